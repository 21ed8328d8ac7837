"""docs/glossary.md names every area, record and permission, and nothing that is not there."""

import re
from pathlib import Path

import pytest

import models
from core.access import Can

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"`([^`]+)`", TEXT))
AREAS = sorted(path.parent.name for path in ROOT.glob("blueprints/*/views.py"))


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_its_heading(area):
    headings = re.findall(r"^## ([\w, ]+):", TEXT, re.MULTILINE)
    assert area in {name.strip() for heading in headings for name in heading.split(",")}


def test_every_record_is_named():
    assert {record.__name__ for record in models.ALL} <= WORDS


def test_every_permission_is_explained():
    assert set(Can) == {word for word in WORDS if re.fullmatch(r"[a-z]+:[a-z]+", word)}


def test_every_name_is_one_of_the_code():
    files = [*ROOT.glob("core/**/*.py"), *ROOT.glob("blueprints/**/*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    known = set(re.findall(r"\w+", code)) | {path.name for path in files}
    names = {name for word in WORDS for name in re.findall(r"\b[A-Z]\w+\b|\b\w+\.py\b", word)}
    assert names - known == set()
