"""领导联系点: one community and one enterprise each, visited before 1 July; what was heard is dealt with."""

from datetime import date

import pytest

from blueprints.bodies import queries, registers, rules
from blueprints.bodies.models import ContactVisit
from blueprints.cobuilding import rules as cobuilding
from blueprints.suggestions.models import Source, Suggestion
from core import clock
from core.access import Role
from tests import entries, make


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


def point(community, **changed):
    values = {"leader": "顾书记", "kind": "community", "unit": "", "since": "2024-01-01"}
    return entries.entry(registers.POINTS, community, **(values | changed))


def test_a_leader_has_a_community_and_an_enterprise(community):
    with pytest.raises(queries.WhichEnterprise):
        point(community, kind="enterprise")
    factory = cobuilding.add_unit(make.actor(community), community, {"name": "明泉物业公司", "joined": "2024"})
    point(community)
    point(community, kind="enterprise", unit=factory.id, aim="市级社区党建示范点", aim_on="2026-12-31")
    names = [name.partition("（")[0] for name in queries.point_names(community)]
    assert names == ["顾书记·社区", "顾书记·明泉物业公司"]


def test_a_problem_heard_becomes_a_message_once(staff, community):
    here = point(community)
    visit = entries.entry(registers.POINT_VISITS, community, point=here.id, matter="看了党员服务中心", problem="3幢路灯不亮三天了")
    assert "有问题待转办" in staff.get(f"/office/contact-points/{here.id}").text
    staff.submit(f"/office/contact-visits/{visit.id}", form="messages")
    message = Suggestion.get()
    assert (message.text, message.source, message.received_on) == ("3幢路灯不亮三天了", Source.VISIT, clock.today())
    assert message.number in staff.get(f"/office/contact-visits/{visit.id}").text
    with pytest.raises(rules.AlreadyMessage):
        rules.become_message(make.actor(community), visit, ContactVisit.get().version)
    quiet = entries.entry(registers.POINT_VISITS, community, point=here.id, problem="")
    with pytest.raises(rules.NoProblem):
        rules.become_message(make.actor(community), quiet, 1)


@pytest.mark.parametrize(("today", "due"), [(date(2026, 5, 31), False), (date(2026, 6, 1), True), (date(2026, 7, 1), True), (date(2026, 7, 2), False)])
def test_points_not_visited_yet_are_due_before_the_first_of_july(community, monkeypatch, today, due):
    actor, seen, waiting = make.actor(community), point(community), point(community, leader="钱部长")
    entries.entry(registers.POINT_VISITS, community, point=seen.id, on="2026-02-03")
    entries.entry(registers.POINT_VISITS, community, point=waiting.id, on="2025-06-30")
    monkeypatch.setattr(clock, "today", lambda: today)
    assert [row.text for row in queries.due(actor, community)] == (["钱部长今年还没有走访联系点"] if due else [])
