"""When the database is laid anew; what that hides is tested where residents write (tests/suggestions/test_traces.py)."""

import datetime

import pytest
from peewee import OperationalError

from core import clock, tidy


@pytest.fixture
def laid(monkeypatch):
    """How often it was laid anew."""
    calls = []
    monkeypatch.setattr(tidy, "lay_anew", lambda: calls.append(1))
    return calls


@pytest.mark.parametrize(
    ("size", "hour", "times"), [(tidy.SMALL, 14, 1), (tidy.SMALL + 1, 14, 0), (tidy.SMALL + 1, tidy.NIGHT, 1)]
)
def test_a_large_file_waits_for_the_night(laid, monkeypatch, size, hour, times):
    monkeypatch.setattr(tidy, "size", lambda: size)
    monkeypatch.setattr(clock, "now", lambda: clock.utc(datetime.datetime(2026, 3, 4, hour)))
    tidy.hourly()
    assert len(laid) == times


def test_a_full_disk_does_not_stop_the_jobs(monkeypatch, capsys):
    def full():
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(tidy, "size", full)
    tidy.hourly()
    assert capsys.readouterr().err == "tidy: database or disk is full\n"


def test_nothing_is_laid_anew_inside_a_transaction(db):
    tidy.lay_anew()
    assert db.in_transaction()
    assert tidy.size() > 0
