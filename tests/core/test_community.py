"""What is remembered of a community, and that it is never older than the last recorded act."""

from types import SimpleNamespace

import pytest

from core import clock
from core import community as communities
from core.access import console
from core.audit import Act, record
from core.db import writing
from core.records.places import Place
from tests import make


@pytest.fixture
def outside(monkeypatch):
    """As in a request, where no transaction is open (a test lives in one)."""
    monkeypatch.setattr(communities, "database", SimpleNamespace(in_transaction=lambda: False))


@pytest.fixture
def read():
    """A read that counts how often it is asked."""
    asked = []

    @communities.until_recorded
    def people(place, *more):
        asked.append(more)
        return len(asked)

    return people


def change(place):
    with writing():
        record(console(), Act.PERSON_ADDED, None, place)


def test_a_read_is_remembered_until_something_is_recorded(community, read, outside):
    assert [read(community), read(community)] == [1, 1]
    assert read(community, "else") == 2
    change(community)
    assert read(community) == 3, "the place at hand still has its old version"


def test_another_day_and_another_community_are_read_anew(community, read, outside):
    assert read(community) == 1
    with clock.on(clock.today().replace(year=2020)):
        assert read(community) == 2
    assert read(make.community("兰苑社区")) == 3


def test_inside_a_transaction_nothing_is_remembered(community, read):
    assert [read(community), read(community)] == [1, 2]


def test_a_request_s_community_is_its_own(community):
    stands = communities.stamp(None)
    (one, known), (other, _same) = communities.opened(stands), communities.opened(stands)
    one.name = "改了"
    assert other.name == Place.get_by_id(community.id).name == community.name
    assert not other.is_dirty()
    assert known["boards.title"]
