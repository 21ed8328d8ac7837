"""./linli demo as somebody types it, on both databases."""

import io
import json

import pdfplumber
import pytest

from tests import postgres
from tests.commands import linli


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def example(request, tmp_path_factory):
    """Runs commands on an instance with the example community; ``printed`` is what loading it said."""
    folder = tmp_path_factory.mktemp("demo")
    if request.param == "sqlite":
        yield Example(folder)
    elif postgres.binaries() is None:
        pytest.skip("no PostgreSQL server can be had on this machine")
    else:
        with postgres.server() as url:
            yield Example(folder, DATABASE_URL=url)


class Example:
    def __init__(self, folder, **environment):
        self.folder, self.environment = folder, environment
        self.printed = self.linli("demo").stdout

    def linli(self, *arguments, **options):
        return linli(*arguments, instance=self.folder, **self.environment, **options)


def test_it_prints_accounts_once(example):
    lines = [line.split("\t") for line in example.printed.splitlines() if "\t" in line]
    listed = [line.split("\t")[0] for line in example.linli("account", "list").stdout.splitlines()]
    accounts = lines[: len(listed)]
    assert sorted(login for login, _password in accounts) == sorted(listed)
    assert len({password for _login, password in accounts}) == len(accounts)
    assert all(len(password) >= 12 for _login, password in accounts)
    assert [name for name, _value in lines[len(listed) :]] == ["试投用的票码", "密钥单 1", "密钥单 2", "密钥单 3"]


def test_a_second_time_is_refused(example):
    again = example.linli("demo", check=False)
    assert again.returncode == 1
    assert "只能装入空的系统" in again.stderr
    assert again.stdout == ""


def test_what_was_loaded_is_whole(example):
    assert example.linli("check").returncode == 0


def test_its_rosters_are_those_of_the_repository(example):
    """Nothing was changed and nothing lost: the sheets that came in match what is on file."""
    for kind, rows in (("members", 187), ("representatives", 120), ("units", 16)):
        report = json.loads(example.linli("import", kind, f"data/{kind}.xlsx", "--json").stdout)
        assert (report["added"], report["changed"], report["refused"]) == (0, 0, []), kind
        assert report["unchanged"] + len(report["unclear"]) == rows, kind


def test_its_papers_say_that_they_are_examples(example, tmp_path):
    file = tmp_path / "board.pdf"
    example.linli("print", "boards", "--stairwell", "1幢1单元", "--out", file)
    with pdfplumber.open(io.BytesIO(file.read_bytes())) as pdf:
        assert all("示例" in "".join(page.extract_text().split()) for page in pdf.pages)
