"""Houses and stairwells on their pages: another name, an end, a return."""

from datetime import timedelta

import pytest

from blueprints.organisation import houses, queries, rules
from blueprints.organisation.models import GridPost
from blueprints.people.models import PartyMember
from core import clock
from core.access import Role, console
from core.records.places import Place, PlaceKind
from core.refusal import Stale
from tests import make


@pytest.fixture
def secretary(client, community):
    return client.as_(make.account(community))


@pytest.fixture
def stairwell(community):
    return make.member(community, stairwell="3幢2单元").stairwell


def emptied(stairwell):
    PartyMember.update(until=clock.today()).where(PartyMember.stairwell == stairwell).execute()
    return Place.get_by_id(stairwell.id)


def test_a_stairwell_is_renamed_and_its_printed_address_still_opens(secretary, community, stairwell):
    path = f"/office/organisation/places/{stairwell.id}"
    assert secretary.submit(path, form="name", name="13栋2单元").status_code == 303
    row = Place.get_by_id(stairwell.id)
    assert (row.name, row.slug) == ("13幢2单元", "3-2")
    assert "13幢2单元" in secretary.get("/boards/3-2").text
    assert rules.stairwell_named(console(), community, "13幢2单元") == row
    assert "楼道更名或撤销" in secretary.get(path).text


def test_a_stairwell_ends_when_nobody_is_left_and_may_come_back(secretary, community, stairwell):
    path = f"/office/organisation/places/{stairwell.id}"
    answer = secretary.submit(path, form="end")
    assert (answer.status_code, "还有 1 名党员" in answer.text) == (409, True)
    emptied(stairwell)
    rules.appoint_leader(console(), stairwell, make.person(community))
    house = stairwell.parent
    assert "还有 1 个楼道" in secretary.submit(f"/office/organisation/places/{house.id}", form="end").text
    assert secretary.submit(path, form="end").status_code == 303
    assert secretary.submit(f"/office/organisation/places/{house.id}", form="end").status_code == 303
    assert list(queries.stairwells(community)) == []
    assert list(queries.stairwells(community, clock.today() - timedelta(days=1))) == [stairwell]
    assert GridPost.get().until == clock.today()
    assert secretary.submit(path, form="return").status_code == 303
    assert (Place.get_by_id(stairwell.id).until, Place.get_by_id(house.id).until) == (None, None)


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda row: houses.rename(console(), row, row.version, " "), houses.PlaceNameMissing),
        (lambda row: houses.rename(console(), row, row.version, "4幢1单元"), houses.PlaceNameTaken),
        (lambda row: houses.rename(console(), row, row.version - 1, "别名"), Stale),
        (lambda row: houses.end(console(), row, row.version, clock.today() + timedelta(days=1)), houses.NoDayOfEnd),
    ],
)
def test_what_cannot_be_is_said(community, stairwell, act, refusal):
    make.member(community, stairwell="4幢1单元")
    with pytest.raises(refusal):
        act(emptied(stairwell))


def test_another_community_s_house_is_not_found(secretary, stairwell):
    other = make.member(make.community("兰苑社区"), stairwell="9幢9单元").stairwell
    assert secretary.get(f"/office/organisation/places/{other.id}").status_code == 404
    zone = Place.create(kind=PlaceKind.ZONE, parent=stairwell.community_id, name="东片", slug="zone-1")
    assert secretary.get(f"/office/organisation/places/{zone.id}").status_code == 404


def test_a_reader_sees_and_does_not_change(client, community, stairwell):
    client.as_(make.account(community, Role.READER))
    path = f"/office/organisation/places/{stairwell.id}"
    assert "更名" not in client.get(path).text
    assert client.post(f"{path}/name", data={"name": "x"}).status_code in (400, 403)
