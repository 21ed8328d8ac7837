"""Pages stay flat: with 380 units and ten years they ask the database as little, and say as much, as with 16 and one."""

import re

import pytest

from bench.meetings import LARGE, PAGES, SMALL, fill
from blueprints.meetings import bearers, recording
from blueprints.meetings.models import Meeting
from blueprints.meetings.recording import Write
from blueprints.meetings.states import LineKind
from core.access import Role
from core.db import writing
from tests import make
from tests.counting import statements

MOST = 1.3


@pytest.fixture
def both(community):
    """The small community and the large one, each with the numbers of what is opened."""
    large = make.community("大社区")
    return [(community, fill(community, *SMALL)), (large, fill(large, *LARGE))]


def opened(client, place, path):
    """(statements, bytes without tokens) of a page opened by somebody who works there."""
    at = "" if place.slug == "c1" else f"/c/{place.slug}"
    client.application.wsgi_app.wsgi_app.pages.clear()
    with statements() as sent:
        answer = client.get(at + path)
    assert answer.status_code == 200, path
    return len(sent), len(re.sub(r"\s+", " ", answer.text))


def test_no_page_grows_with_units_or_years(client, both):
    account = make.account(both[0][0], Role.STAFF)
    make.grant(account, Role.STAFF, both[1][0])
    told = []
    for path in PAGES:
        sizes = []
        for place, numbers in both:
            client.as_(account, "" if place.slug == "c1" else f"/c/{place.slug}")
            sizes.append(opened(client, place, path.format(**numbers)))
        (few, small), (many, large) = sizes
        if many > few + 2 or large > small * MOST + 2500:
            told.append(f"{path}: {few} → {many} statements, {small} → {large} characters")
    assert told == []


def test_a_unit_s_own_page_does_not_grow(client, both):
    sizes = []
    for place, numbers in both:
        seat = Meeting.get_by_id(numbers["ahead"]).seats[5]
        with writing():
            path = bearers.give(bearers.of_seat(seat, place)).partition("/l/")[2]
        sizes.append(opened(client, place, f"/l/{path}"))
    (few, _small), (many, large) = sizes
    assert many <= few + 2
    assert large < 20_000  # it lists twenty open tasks at most, however many ten years left behind


def test_a_word_typed_costs_as_little_with_a_long_roster(community, both):
    actor = make.actor(community)
    counts = []
    for _place, numbers in both:
        meeting = Meeting.get_by_id(numbers["ahead"])
        with statements() as sent:
            recording.write_down(actor, meeting, [Write("a", meeting.agenda.get().id, LineKind.VIEW, "text", "一")])
        counts.append(len(sent))
    assert counts[1] <= counts[0]
