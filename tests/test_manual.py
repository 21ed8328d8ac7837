"""docs/manual.md quotes the pages word for word: what stands in 「」 stands on a page."""

import re
from pathlib import Path

import pytest

from tests.commands import linli
from tests.test_words import in_the_source

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")


COUNTED = re.compile(r"（%\(\w+\)s \S+）$")


@pytest.fixture(scope="module")
def words():
    """Every sentence of the pages; a heading that ends in a count is quoted without it."""
    said = {text for message in in_the_source() for text in ([message] if isinstance(message, str) else message)}
    return said | {COUNTED.sub("", text) for text in said}


def test_what_is_quoted_stands_on_a_page(words):
    quoted = set(re.findall(r"「([^」]+)」", TEXT)) - {""}
    assert len(quoted) > 30
    assert quoted - words == set()


def test_the_commands_named_are_there(tmp_path):
    for command in set(re.findall(r"\./linli (\w+)", TEXT)) - {"run"}:
        assert linli(command, "--help", instance=tmp_path).returncode == 0, command


def test_the_files_it_leads_to_are_there():
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (ROOT / "docs" / target).exists(), target
