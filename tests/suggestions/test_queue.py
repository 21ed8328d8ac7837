"""The queue at its desk: filters that add up, filters one keeps, many assigned at once, the ledger of what one sees."""

import io

import pytest
from openpyxl import load_workbook

from blueprints.suggestions import filters, listing
from blueprints.suggestions.kinds import Kind
from blueprints.suggestions.listing import Listing
from blueprints.suggestions.models import SavedFilter
from core.access import Role, actor_of
from tests import make
from tests.suggestions.working import assigned, now, registered, replied


@pytest.fixture
def account(community):
    return make.account(community, Role.SECRETARY, "沈兰英")


@pytest.fixture
def office(client, account):
    return client.as_(account)


def numbers(actor, place, **asked):
    return [row.number for row in listing.chosen(actor, place, Listing(**asked))]


def test_each_filter_holds_what_it_says(say, secretary, staff, community, calendar):
    make.member(community)
    here = make.Place.get(make.Place.slug == "3-2")
    fresh = say("北门车棚漏雨", Kind.COMPLAINT)
    led = assigned(secretary, say("三楼灯不亮", stairwell=here), staff)
    helped = assigned(secretary, say("门禁坏了三天"), secretary, assisting=[make.Account.get_by_id(staff.account_id)])
    answered = replied(secretary, say("井盖夜里响"))
    assert numbers(staff, community, show="lead") == [led.number]
    assert numbers(staff, community, show="assist") == [helped.number]
    assert numbers(staff, community, show="unassigned") == [fresh.number]
    assert numbers(staff, community, show="replied") == [answered.number]
    assert numbers(staff, community, kind="complaint") == [fresh.number]
    assert numbers(staff, community, stairwell="3-2") == [led.number]
    assert numbers(staff, community, handler=str(staff.account_id)) == [led.number]
    assert numbers(staff, community, q="车棚") == [fresh.number]
    assert numbers(staff, community, q="车棚", kind="praise") == []
    calendar.becomes(2025, 10, 20)
    assert set(numbers(staff, community, show="near")) == {led.number, helped.number}
    assert numbers(staff, community, show="late") == [fresh.number]
    counts = listing.counts(staff, community)
    assert (counts["open"], counts["late"], counts["near"], counts["lead"]) == (3, 1, 2, 1)


@pytest.mark.parametrize("values", [{"show": "nothing"}, {"kind": "x"}, {"handler": "x" * 99}, {"handler": "9" * 30}, {"q": "\x00"}])
def test_nonsense_asks_for_nothing(say, secretary, community, values):
    row = say()
    assert [one.number for one in listing.chosen(secretary, community, Listing.asked(values))] == [row.number]


def test_a_stairwell_nobody_knows_holds_nothing(say, secretary, community):
    say()
    assert list(listing.chosen(secretary, community, Listing.asked({"stairwell": "9\x009"}))) == []


def test_a_filter_is_kept_for_whoever_keeps_it(office, client, account, say, community):
    say("三楼灯不亮", Kind.COMPLAINT)
    office.get("/office/suggestions?kind=complaint&q=灯")
    kept = office.send("/office/suggestions", form="filters", title="灯的投诉")
    assert kept.status_code == 303
    assert "灯的投诉" in office.get("/office/suggestions").text
    office.get("/office/suggestions?kind=complaint&q=灯")
    office.send("/office/suggestions", form="filters", title="灯的投诉")
    assert SavedFilter.select().count() == 1
    client.as_(make.account(community, Role.STAFF))
    assert "灯的投诉" not in client.get("/office/suggestions").text
    client.as_(account)
    client.get(kept.location)
    assert client.send("/office/suggestions", form="removals").status_code == 303
    assert SavedFilter.select().count() == 0


def test_filters_have_names_and_an_end(office, account, community):
    office.get("/office/suggestions?kind=help")
    assert office.send("/office/suggestions", form="filters", title=" ").status_code == 422
    for number in range(filters.MOST_KEPT):
        filters.keep(actor_of(account), community, f"第{number}个", "show=open")
    office.get("/office/suggestions?kind=help")
    full = office.send("/office/suggestions", form="filters", title="再一个")
    assert full.status_code == 422
    assert "最多存 12 个" in full.text
    assert 'value="再一个"' in full.text


def test_the_ledger_is_of_the_list_one_looks_at(office, say):
    one, other = say("三楼灯不亮"), say("车棚漏雨", Kind.COMPLAINT)

    def listed(query):
        book = load_workbook(io.BytesIO(office.get(f"/office/suggestions/ledger.xlsx{query}").data))
        return {row[0] for row in book.active.iter_rows(min_row=2, values_only=True)}

    assert listed("") == {one.number, other.number}
    assert listed("?kind=complaint") == {other.number}
    assert listed("?show=done") == set()


def test_many_are_assigned_and_the_list_stays(office, say, secretary, community):
    lead = make.account(community, Role.STAFF, "何静")
    rows = [registered(secretary, say("楼道灯不亮")) for _ in range(2)]
    ids = [f"{row.number}.{row.version}" for row in rows]
    office.get("/office/suggestions?q=灯不亮")
    answer = office.send("/office/suggestions", form="assignments", ids=ids, lead=str(lead.id))
    assert "q=" in answer.location
    assert {now(row).lead for row in rows} == {lead}
