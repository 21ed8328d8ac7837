"""A stairwell with promises on show, and the days of their evaluation."""

from datetime import date

import pytest

from blueprints.boards import rules as boards
from blueprints.boards.models import Commitment
from blueprints.evaluation import rules
from core import clock
from tests import make


def at(monkeypatch, month, day, year=2026):
    monkeypatch.setattr(clock, "_now", lambda: clock.utc(clock.datetime(year, month, day, 13, 37, 42)))


@pytest.fixture
def secretary_actor(community):
    return make.actor(community)


@pytest.fixture
def promise(community, secretary_actor):
    """A function that puts a member with a promise on the board of a stairwell."""

    def put(name="陈䶮", text="每月清扫楼道一次", stairwell="3幢2单元", branch="第一党支部"):
        row = boards.propose(secretary_actor, make.member(community, name, stairwell, branch), text, target="12次")
        boards.approve(secretary_actor, [row])
        boards.publish(secretary_actor, [row])
        return Commitment.get_by_id(row.id)

    return put


@pytest.fixture
def begun(community, secretary_actor, promise, monkeypatch):
    """This year's round in December, its promise, and a second one in the same stairwell."""
    at(monkeypatch, 12, 5)
    first, second = promise("陈䶮"), promise("李堃", "每季度查看灯具一次")
    row = rules.begin(secretary_actor, community, 2026, date(2026, 12, 1), date(2026, 12, 20))
    return row, first, second
