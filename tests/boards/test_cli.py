"""./linli print boards, pledges, letters, progress; the ledger in and out, as the office types them."""

import io
import json

import pdfplumber
import pytest

from tests.commands import linli
from tests.people.test_imports import WEN, sheet


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    """An office with two members in two branches; their promises wait for review."""
    folder = tmp_path_factory.mktemp("print")
    linli("init", "--community", "梅苑社区", "--account", "书记", instance=folder, stdin="宝剑锋从磨砺出，梅花香自苦寒来\n")
    rows = sheet(
        {**WEN, "commitment": "每周清扫楼道一次"},
        {**WEN, "name": "陈䶮", "birth": "1960-01", "phone": "", "stairwell": "2幢1单元", "branch": "第二党支部",
         "commitment": "每月量血压一次"},
    )  # fmt: skip
    (folder / "名册.xlsx").write_bytes(rows)
    linli("import", "members", folder / "名册.xlsx", "--apply", instance=folder)
    return folder


def pages(path):
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as document:
        return ["".join(page.extract_text().split()) for page in document.pages]


def test_boards_print_samples_and_issue_nothing(instance):
    out = instance / "boards.pdf"
    linli("print", "boards", "--out", out, instance=instance)
    first, second = pages(out)
    assert "1幢1单元" in first
    assert "2幢1单元" in second
    assert "样稿" in first + second
    assert "核对码" not in first + second


def test_one_stairwell_however_it_is_written(instance):
    out = instance / "one.pdf"
    for name in ("2幢1单元", "2-1", "２号楼1单元"):
        linli("print", "boards", "--stairwell", name, "--size", "A3", "--out", out, instance=instance)
        (text,) = pages(out)
        assert "陈䶮" in text
    refused = linli("print", "boards", "--stairwell", "9幢9单元", "--out", out, instance=instance, check=False)
    assert (refused.returncode, "9幢9单元" in refused.stderr) == (1, True)


def test_forms_of_all_of_a_branch_or_a_refusal(instance):
    out = instance / "forms.pdf"
    linli("print", "pledges", "--out", out, instance=instance)
    assert len(pages(out)) == 2
    linli("print", "pledges", "--branch", "第二党支部", "--out", out, instance=instance)
    (text,) = pages(out)
    assert "陈䶮" in text
    refused = linli("print", "pledges", "--branch", "第九党支部", "--out", out, instance=instance, check=False)
    assert refused.returncode == 1
    assert "现有：第一党支部、第二党支部" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_letters_progress_forms_and_the_ledger(instance):
    out = instance / "letters.pdf"
    linli("print", "letters", "--out", out, instance=instance)
    assert [("个人承诺链接" in text, "同志" in text) for text in pages(out)] == [(True, True)] * 2
    again = linli("print", "letters", "--out", out, instance=instance, check=False)
    assert (again.returncode, "已经有有效的个人链接" in again.stderr) == (1, True)
    refused = linli("print", "progress", "--quarter", "2026-9", "--out", out, instance=instance, check=False)
    assert (refused.returncode, "请写成 2026-4" in refused.stderr) == (1, True)
    nobody = linli("print", "progress", "--out", out, instance=instance, check=False)
    assert (nobody.returncode, "Traceback" in nobody.stderr) == (1, False)
    book = instance / "一览表.xlsx"
    linli("export", "commitments", book, instance=instance)
    report = json.loads(linli("import", "commitments", book, "--json", instance=instance).stdout)
    assert (report["added"], report["changed"], report["unchanged"], report["refused"]) == (0, 0, 2, [])
