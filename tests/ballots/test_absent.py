"""Those who do not come: mandates off by default and never in the Party's votes, moving boxes with their list."""

import io
from datetime import timedelta

import pdfplumber
import pytest

from blueprints.ballots import counting, desk, moving, printing, proxies, roll, rules
from blueprints.ballots.ballot import Kind
from blueprints.ballots.equations import reconcile
from blueprints.ballots.kinds import BoxKind, Proxies, Source
from blueprints.ballots.models import Poll, PollEvent, Proxy, RollEntry, Scrutineer
from core import clock, settings
from core.access import Role, console
from core.audit import AuditEntry
from tests import make
from tests.ballots import ceremony


def text_of(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "".join("".join(page.extract_text() for page in opened.pages).split())


@pytest.fixture
def poll(community):
    return ceremony.watched(ceremony.draft(community, proxies=Proxies.KIN))


def entrusts(poll, principal=0, holder=1, relation="夫妻"):
    people = ceremony.voters(poll)
    return proxies.entrust(console(), people[principal], people[holder], relation)


def test_nobody_votes_for_anybody_unless_the_poll_says_so(community):
    poll = ceremony.draft(community)
    with pytest.raises(proxies.ProxiesOff):
        entrusts(poll)


def test_members_never_vote_by_proxy(community):
    for number in range(3):
        make.member(community, f"党员{number}")
    poll = rules.create(console(), community, Kind.TRUST, "信任票", [Source.MEMBERS], proxies=Proxies.ANY)
    with pytest.raises(proxies.MembersVoteThemselves, match="第二十四条"):
        entrusts(poll)


def test_only_kin_where_the_poll_says_kin(poll):
    with pytest.raises(proxies.RelationMissing):
        entrusts(poll, relation=" ")
    assert entrusts(poll).relation == "夫妻"


def test_a_mandate_goes_no_further_and_one_holder_takes_few(poll):
    entrusts(poll, 0, 1)
    with pytest.raises(proxies.AlreadyMandated):
        entrusts(poll, 0, 2)
    with pytest.raises(proxies.TooManyMandates):
        entrusts(poll, 2, 1)
    with pytest.raises(proxies.NoSubProxy):
        entrusts(poll, 1, 2)
    with pytest.raises(proxies.NoSubProxy):
        entrusts(poll, 3, 0)
    with pytest.raises(proxies.AnotherRoll):
        entrusts(poll, 4, 4)


def test_a_candidate_takes_no_mandate(poll):
    people = ceremony.voters(poll)
    RollEntry.update(name="方可").where(RollEntry.id == people[1].id).execute()
    with pytest.raises(proxies.NomineeHolds):
        entrusts(poll)


def test_mandates_end_some_days_before_the_vote(poll):
    settings.put("polls.proxy_days", 3, poll.place)
    Poll.update(held_on=clock.today() + timedelta(days=2)).where(Poll.id == poll.id).execute()
    with pytest.raises(proxies.TooLate):
        entrusts(poll)


def sealed_with_mandate(community):
    meeting = ceremony.sealed(community, proxies=Proxies.ANY)
    proxies.entrust(console(), *ceremony.voters(meeting.poll)[:2])
    rules.open_voting(console(), meeting.poll)
    return meeting


def test_the_extra_slip_is_a_tick_on_the_roll_and_nothing_else(community):
    meeting = sealed_with_mandate(community)
    given = Proxy.get()
    with pytest.raises(proxies.HolderAway):
        proxies.tick(given, slip_taken=True)
    holder = roll.tick(given.holder, slip_taken=True)
    before = PollEvent.select().count(), AuditEntry.select().count()
    proxies.tick(given, slip_taken=True)
    assert (PollEvent.select().count(), AuditEntry.select().count()) == before
    totals = roll.ticks(meeting.poll.classes.get())
    assert (totals["present"], totals["proxies"], totals["ticked_slip"]) == (1, 1, 2)
    assert holder.signed_in
    with pytest.raises(proxies.VotedAlready):
        proxies.revoke(console(), given)
    assert {field.name for field in Proxy._meta.sorted_fields} == {
        "id", "poll_class", "principal", "holder", "relation",
    }  # fmt: skip
    assert not RollEntry.select().where(RollEntry.proxy_slip).exists()  # while people vote the database knows no tick


def test_who_comes_after_all_takes_the_mandate_back_first(community):
    sealed_with_mandate(community)
    given = Proxy.get()
    with pytest.raises(roll.PrincipalCame, match=given.holder.name):
        roll.tick(given.principal, slip_taken=True)
    proxies.revoke(console(), given)
    assert roll.tick(given.principal, slip_taken=True).signed_in


def test_a_count_with_mandates_balances(community):
    meeting = sealed_with_mandate(community)
    given = Proxy.get()
    roll.tick(given.holder, slip_taken=True)
    proxies.tick(given, slip_taken=True)
    for _ in range(2):
        code = meeting.codes.pop()
        ceremony.cast(meeting.poll, code, bytes(12), (1, 1, 1))
    rules.close_voting(console(), meeting.poll)
    meeting.desk(slips_left=len(meeting.codes))
    meeting.opens_the_box()
    found = counting.count(console(), meeting.poll)
    assert found["R"].mismatches == ()
    assert "委托投票1" in text_of(printing.four_reports(meeting.poll))


def test_without_the_mandate_two_ballots_for_one_do_not_balance(community):
    meeting = sealed_with_mandate(community)
    ticks = roll.ticks(meeting.poll.classes.get()) | {"ticked_slip": 2, "present": 1, "proxies": 0}
    from blueprints.ballots.figures import Desk, Figures
    from blueprints.ballots.tally import Count

    figures = Figures(**{name: ticks[name] for name in ("entitled", "roll", "present", "proxies", "ticked_slip")})
    assert 2 in {line.equation for line in reconcile(Desk(Kind.TRUST, figures, Count(0, 0, ()))).mismatches}


def test_the_list_of_mandates_is_printed_and_worked_by_hand(app, community, poll):
    secretary = app.test_client().as_(make.account(community, Role.SECRETARY, "书记"))
    people, at = ceremony.voters(poll), f"/office/polls/{poll.id}/proxies"
    values = {"principal": str(people[0].id), "holder": str(people[1].id), "relation": "父女"}
    assert secretary.submit(at, form="", **values).status_code == 422
    assert secretary.submit(at, form="", **values, on_paper="y").status_code == 303
    assert "父女" in secretary.get(at).text
    text = text_of(secretary.get(f"{at}.pdf").data)
    assert people[0].name in text
    assert "受托人不得再委托他人" in text
    assert secretary.submit(at, form="/revocation").status_code == 303
    assert Proxy.select().count() == 0


def test_a_proxy_draws_a_slip_at_the_door(app, community):
    meeting = sealed_with_mandate(community)
    given = Proxy.get()
    secretary = app.test_client().as_(make.account(community, Role.SECRETARY, "书记"))
    at = f"/office/polls/{meeting.poll.id}"
    secretary.submit(f"{at}/roll", ("tick", "signed_in"), f"/roll/{given.holder_id}")
    assert f"代{given.principal.name}领票码条" in secretary.get(f"{at}/roll").text
    assert secretary.send(f"{at}/roll", ("tick", "slip_taken"), f"/proxies/{given.id}").status_code == 303
    assert roll.ticks(meeting.poll.classes.get())["ticked_slip"] == 1
    assert f"代{given.principal.name}：已领" in secretary.get(f"{at}/roll").text
    assert secretary.send(f"{at}/roll", ("tick", "slip_taken!"), f"/proxies/{given.id}").status_code == 303
    assert roll.ticks(meeting.poll.classes.get())["ticked_slip"] == 0


@pytest.fixture
def moving_box(community):
    meeting = ceremony.sealed(community)
    meeting.box = desk.add_box(console(), meeting.poll.classes.get(), "", BoxKind.MOVING, issued=4)
    return meeting


NAMES = ("沈兰英", "曹文", "何静")


def plans(meeting, carriers=NAMES, route="3幢2单元、5幢1单元", hours=2):
    start = clock.now().replace(hour=1)
    return moving.plan(console(), meeting.box, route, start, start + timedelta(hours=hours), carriers)


def test_a_moving_box_needs_three_people_a_route_and_times(moving_box):
    with pytest.raises(moving.TooFewCarriers, match="3 名以上"):
        plans(moving_box, NAMES[:2])
    with pytest.raises(moving.CarrierUnknown, match="王五"):
        plans(moving_box, ("沈兰英", "曹文", "王五"))
    with pytest.raises(moving.RouteMissing):
        plans(moving_box, route=" ")
    with pytest.raises(moving.TimesWrong):
        plans(moving_box, hours=0)
    with pytest.raises(moving.NotPlanned):
        printing.moving(moving_box.box)
    assert plans(moving_box).carriers == list(NAMES)


def test_the_list_of_a_moving_box_names_its_people_and_no_others(moving_box):
    rows = ceremony.voters(moving_box.poll)
    for row in rows[:2]:
        roll.tick(row, mobile=True)
    plans(moving_box)
    text = text_of(printing.moving(moving_box.box))
    assert "护送人员沈兰英、曹文、何静" in text
    assert rows[0].name in text
    assert rows[2].name not in text
    assert "带出选票4张" in text


def test_two_moving_boxes_share_the_doors(moving_box):
    rows = ceremony.voters(moving_box.poll)
    for row in rows[:3]:
        roll.tick(row, mobile=True)
    second = desk.add_box(console(), moving_box.poll.classes.get(), "流动票箱二", BoxKind.MOVING, issued=2)
    moving.assign(second, [rows[1].id, rows[5].id])
    moving.assign(moving_box.box, [rows[0].id])
    assert [row.id for row in moving.visited(second)] == [rows[1].id]
    assert [row.id for row in moving.visited(moving_box.box)] == [rows[0].id]


def test_the_trip_is_planned_on_its_page(app, community, moving_box):
    secretary = app.test_client().as_(make.account(community, Role.SECRETARY, "书记"))
    at = f"/office/polls/{moving_box.poll.id}/box/{moving_box.box.id}/trip"
    values = {"route": "3幢2单元", "leaves_at": "2026-11-28T09:00", "back_at": "2026-11-28T11:00"}
    refused = secretary.submit(at, form="", **values, carriers=["沈兰英", "曹文"])
    assert (refused.status_code, "3 名以上" in refused.text, "3幢2单元" in refused.text) == (422, True, True)
    assert secretary.submit(at, form="", **values, carriers=list(NAMES)).status_code == 303
    assert "9:00至11:00" in text_of(secretary.get(f"{at}.pdf").data)
    assert Scrutineer.select().count() == 3


def test_what_came_back_is_registered_by_reason(community):
    meeting = ceremony.running(community)
    desk.spoil(console(), meeting.poll, meeting.codes.pop(), "污损：打湿", True)
    desk.spoil(console(), meeting.poll, meeting.codes.pop(), "破损", False)
    desk.surrender(console(), meeting.poll, meeting.codes.pop())
    text = text_of(printing.returns(meeting.poll))
    assert "换领纸质选票1" in text
    assert "作废：污损1" in text
    assert "作废：破损1" in text
    assert "其中换发备用票码条1" in text
