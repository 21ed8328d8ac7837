"""The life of a record: who was faster, and the row as it stands now."""

import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.meetings import rules as meetings
from core import history
from core.access import Role, console
from core.db import writing
from core.refusal import Stale
from tests import make


def test_the_refusal_names_who_was_faster(community):
    meeting = make.meeting(community)
    clerk = make.actor(community, Role.STAFF)
    meetings.submit(clerk, meeting, 1)
    with pytest.raises(Stale, match=clerk.name), writing():
        history.unchanged(meeting, 1)
    assert [step.account and step.account.name for step in history.steps(meeting)] == [None, clerk.name]


def test_a_record_without_steps_was_changed_by_somebody(community):
    unit = cobuilding.add_unit(console(), community, {"name": "第一中学"})
    with pytest.raises(Stale, match="别人"), writing():
        history.unchanged(unit, 0)


def test_what_comes_from_no_form_is_never_old(community):
    meeting = make.meeting(community)
    meetings.submit(make.actor(community), meeting, 1)
    with writing():
        assert history.unchanged(meeting, None).version == 2
