"""A backup restores whole, also onto the other database, and refuses what it should."""

import json
import zipfile

import pytest

from tests import postgres
from tests.commands import ROOT, linli

PASSWORD = "宝剑锋从磨砺出，梅花香自苦寒来\n"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """An office with 187 members, and its backup."""
    folder = tmp_path_factory.mktemp("saved")
    linli("init", "--community", "梅苑社区", "--account", "书记", instance=folder / "a", stdin=PASSWORD)
    linli("import", "members", ROOT / "data/members.xlsx", "--apply", instance=folder / "a")
    linli("backup", folder / "backup.zip", instance=folder / "a")
    return folder / "backup.zip"


def unchanged(instance, **more):
    report = linli("import", "members", ROOT / "data/members.xlsx", "--json", instance=instance, **more).stdout
    return json.loads(report)["unchanged"]


def test_a_restored_office_is_the_same(saved, tmp_path):
    linli("restore", saved, instance=tmp_path / "b")
    linli("check", instance=tmp_path / "b")
    assert unchanged(tmp_path / "b") == 187


def test_an_office_moves_to_postgresql_and_back(saved, tmp_path):
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server can be had on this machine")
    with postgres.server() as url:
        linli("restore", saved, instance=tmp_path / "p", DATABASE_URL=url)
        linli("check", instance=tmp_path / "p", DATABASE_URL=url)
        assert unchanged(tmp_path / "p", DATABASE_URL=url) == 187
        linli("account", "add", "新人", "--role", "staff", instance=tmp_path / "p", DATABASE_URL=url, stdin=PASSWORD)
        linli("backup", tmp_path / "back.zip", instance=tmp_path / "p", DATABASE_URL=url)
    linli("restore", tmp_path / "back.zip", instance=tmp_path / "s")
    linli("check", instance=tmp_path / "s")
    assert "新人" in linli("account", "list", instance=tmp_path / "s").stdout


def test_nothing_is_restored_over_data(saved, tmp_path):
    linli("restore", saved, instance=tmp_path / "b")
    again = linli("restore", saved, instance=tmp_path / "b", check=False)
    assert (again.returncode, "已经有数据" in again.stderr) == (1, True)


def test_a_damaged_backup_is_refused_and_nothing_written(saved, tmp_path):
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(saved) as good, zipfile.ZipFile(damaged, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content.replace("文秀英".encode(), "文秀文".encode()) if name == "person.jsonl" else content)
    answer = linli("restore", damaged, instance=tmp_path / "b", check=False)
    assert (answer.returncode, "损坏" in answer.stderr, "Traceback" in answer.stderr) == (1, True, False)
    linli("restore", saved, instance=tmp_path / "b")
    text = linli("restore", ROOT / "README.md", instance=tmp_path / "c", check=False)
    assert (text.returncode, "不是邻里的备份文件" in text.stderr) == (1, True)


def test_a_backup_tells_no_time_of_day(saved):
    with zipfile.ZipFile(saved) as archive:
        assert {entry.date_time[3:] for entry in archive.infolist()} == {(0, 0, 0)}
