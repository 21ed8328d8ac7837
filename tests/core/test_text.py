"""An English page changes what is read, never what is printed or written down."""

from datetime import date
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask_babel import force_locale

from blueprints.boards import posters
from blueprints.suggestions import sheets
from blueprints.suggestions.models import Kind
from core import text, zh
from core.db import writing
from tests import make

SOURCE = Path(__file__).resolve().parents[2] / "translations/en/LC_MESSAGES/messages.po"


@pytest.fixture
def english(app, db, tmp_path, monkeypatch):
    """An English reader, with the catalogue of the source whatever lies in .venv."""
    compiled = tmp_path / "en/LC_MESSAGES/messages.mo"
    compiled.parent.mkdir(parents=True)
    with open(SOURCE, "rb") as source, open(compiled, "wb") as target:
        write_mo(target, read_po(source, locale="en"))
    monkeypatch.setattr(text, "CATALOGUES", tmp_path)
    text.catalogue.cache_clear()
    with force_locale("en"):
        yield
    text.catalogue.cache_clear()


def test_an_english_reader_reads_english(english):
    assert str(Kind.COMPLAINT.title) == "Complaint"
    assert zh.day(date(2026, 11, 9)) == "2026-11-09"


def test_a_paper_ordered_by_an_english_reader_is_chinese(english, community):
    assert "投诉" in sheets.blank(community).kinds
    member = make.member(community)
    assert posters.Posters(community).shown(member.stairwell).period.endswith("年度")
    assert str(Kind.COMPLAINT.title) == "Complaint"


def test_what_is_written_down_is_chinese(english):
    with writing():
        with writing():
            assert str(Kind.COMPLAINT.title) == "投诉"
        assert zh.day(date(2026, 11, 9)) == "2026年11月9日"
    assert zh.day(date(2026, 11, 9)) == "2026-11-09"
