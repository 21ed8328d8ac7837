"""Fixtures of the suggestion box: quick hashing, fresh limits, a fixed working day."""

import datetime
import secrets

import pytest

from blueprints.suggestions import receipts, rules, views
from blueprints.suggestions.models import Kind
from core import clock
from core.access import Role
from tests import make

TUESDAY = datetime.datetime(2025, 9, 23, 2, 0)  # ten in the morning, in the week before the autumn holidays


@pytest.fixture(autouse=True)
def quick_and_fresh(monkeypatch):
    """The slow hash is made quick; nobody's tries of an earlier test count."""
    monkeypatch.setattr(receipts, "COST", {"time_cost": 1, "memory_cost": 8, "parallelism": 1})
    views.messages._seen.clear()
    views.guesses._seen.clear()


class Calendar:
    """The wall clock of a test."""

    def __init__(self, now):
        self.now = now

    def becomes(self, year, month, day):
        self.now = datetime.datetime(year, month, day, 2, 0)


@pytest.fixture(autouse=True)
def calendar(monkeypatch):
    """It is Tuesday, 23 September 2025, until ``calendar.becomes`` says otherwise."""
    calendar = Calendar(TUESDAY)
    monkeypatch.setattr(clock, "now", lambda: calendar.now)
    return calendar


@pytest.fixture
def say(community):
    """Somebody says something: ``say("灯坏了", asker="张三")`` answers the message; its code is ``say.code``."""

    def say(text="3 楼楼道灯不亮，晚上看不见", kind=Kind.OPINION, **said):
        message, say.code = rules.submit(
            community, rules.Message(kind=kind, text=text, **said), secrets.token_urlsafe(8)
        )
        return message

    return say


@pytest.fixture
def secretary(community):
    return make.actor(community)


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)
