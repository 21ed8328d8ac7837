"""Who is responsible where: zones and groups with their leaders on any day, looked up, on the wall, in the telephone tree."""

import io
from datetime import date, timedelta

import pdfplumber
import pytest

from blueprints.organisation import areas, grid, rules, sheets
from blueprints.organisation import queries as organisation
from blueprints.organisation.models import AreaPart, GridPost
from core import clock
from core.access import Role
from core.printing import paper
from core.records.people import Person
from core.records.places import Place, PlaceKind
from core.refusal import Stale
from tests import make
from tests.counting import selects, statements

ZONE, GROUP = PlaceKind.ZONE, PlaceKind.GROUP


@pytest.fixture
def actor(community):
    return make.actor(community, Role.STAFF)


@pytest.fixture
def places(community):
    """Two stairwells in each of three buildings, by name."""
    for building in (1, 2, 3):
        for stair in (1, 2):
            make.member(community, f"党员{building}{stair}", f"{building}幢{stair}单元")
    found = {place.name: place for place in organisation.stairwells(community)}
    return found | {place.name: place for place in Place.select().where(Place.kind == PlaceKind.BUILDING)}


@pytest.fixture
def drawn(actor, community, places):
    """Buildings 1 and 2 are the east zone, two stairwells of it the first group, everybody led by somebody."""
    east = areas.draw(actor, community, ZONE, "东片", [places["1幢"], places["2幢"]], "党员11")
    first = areas.draw(actor, community, GROUP, "第一组", [places["1幢1单元"], places["2幢1单元"]], "贺国安")
    rules.leader_chosen(actor, places["1幢1单元"], None, "文秀英")
    return east, first


def said(answer):
    return [(place.name if place else "", post.person.name if post else "") for _kind, place, post in answer.steps]


def test_who_is_responsible_for_a_stairwell(community, places, drawn):
    answer = grid.answer(community, places["1幢1单元"])
    assert said(answer) == [("东片", "党员11"), ("第一组", "贺国安"), ("1幢1单元", "文秀英")]
    assert said(grid.answer(community, places["1幢2单元"])) == [("东片", "党员11"), ("", ""), ("1幢2单元", "")]
    assert said(grid.answer(community, places["3幢1单元"])) == [("", ""), ("", ""), ("3幢1单元", "")]


def test_a_leader_is_whoever_bears_the_name_on_file_else_stands_on_file_from_now_on(community, drawn):
    assert Person.select().where(Person.name == "党员11").count() == 1
    assert Person.get(Person.name == "贺国安").stairwell is None


def test_of_two_who_bear_one_name_the_stairwell_tells_which(actor, community, places, drawn):
    for stairwell in ("1幢1单元", "2幢2单元"):
        make.member(community, "王建国", stairwell)
    with pytest.raises(areas.Namesakes, match="2 位王建国：1幢1单元、2幢2单元"):
        areas.name_leader(actor, drawn[0], "王建国")
    areas.name_leader(actor, drawn[0], "王建国 2栋2单元")
    assert organisation.leaders(community)[drawn[0].id].person.stairwell.name == "2幢2单元"
    with pytest.raises(areas.UnknownThere, match="3幢1单元的名册里没有王建国"):
        areas.name_leader(actor, drawn[0], "王建国 3幢1单元")


def test_everything_is_known_as_it_was_on_any_day(actor, community, places, drawn, monkeypatch):
    began = clock.today()
    monkeypatch.setattr(clock, "today", lambda: began + timedelta(days=10))
    areas.name_leader(actor, drawn[0], "党员22", began + timedelta(days=5))
    areas.redraw(actor, Place.get_by_id(drawn[0].id), 1, "东一片", [places["1幢"]])
    now = grid.answer(community, places["2幢1单元"])
    then = grid.answer(community, places["2幢1单元"], began + timedelta(days=6))
    first = grid.answer(community, places["2幢1单元"], began)
    assert (said(now)[0], said(then)[0], said(first)[0]) == (("", ""), ("东一片", "党员22"), ("东一片", "党员11"))
    assert [post.person.name for post in organisation.former_leaders(drawn[0])] == ["党员22", "党员11"]


def test_a_part_moves_from_one_zone_to_another_and_is_never_in_two(actor, community, places, drawn):
    west = areas.draw(actor, community, ZONE, "西片", [places["2幢"], places["3幢"]])
    assert grid.answer(community, places["2幢1单元"]).zone == west
    assert grid.answer(community, places["1幢1单元"]).zone == drawn[0]
    assert grid.answer(community, places["2幢1单元"]).group == drawn[1]
    standing = AreaPart.select().where(AreaPart.until.is_null(True) & (AreaPart.part == places["2幢"]))
    assert standing.count() == 1


def test_a_dissolved_area_leaves_its_history(actor, community, places, drawn):
    areas.dissolve(actor, drawn[0])
    assert grid.answer(community, places["1幢1单元"]).zone is None
    assert drawn[0] not in list(grid.areas(community))
    assert GridPost.get(GridPost.place == drawn[0]).until == clock.today()


@pytest.mark.parametrize(("name", "chosen", "refusal"), [("", ["1幢"], areas.AreaNameMissing), ("南片", [], areas.NoParts), ("东片", ["3幢"], areas.AreaNameTaken)])
def test_what_is_no_area_is_refused(actor, community, places, drawn, name, chosen, refusal):
    with pytest.raises(refusal):
        areas.draw(actor, community, ZONE, name, [places[one] for one in chosen])


def test_a_refused_leader_leaves_no_area_behind(actor, community, places):
    for stairwell in ("1幢1单元", "2幢2单元"):
        make.member(community, "王建国", stairwell)
    with pytest.raises(areas.Namesakes):
        areas.draw(actor, community, ZONE, "东片", [places["1幢"]], "王建国")
    assert not list(grid.areas(community))


def test_who_was_faster_is_told(actor, drawn, places):
    areas.redraw(actor, drawn[0], 1, "东片", [places["1幢"]])
    with pytest.raises(Stale):
        areas.redraw(actor, drawn[0], 1, "东片", [places["2幢"]])


def test_a_leader_begins_on_a_day_that_has_come_and_not_before_the_last(actor, drawn):
    with pytest.raises(rules.NotYet):
        areas.name_leader(actor, drawn[0], "党员22", clock.today() + timedelta(days=1))
    with pytest.raises(rules.BeforeTheLast):
        areas.name_leader(actor, drawn[0], "党员22", clock.today() - timedelta(days=1))


def test_all_answers_cost_as_many_queries_as_one(community, drawn):
    with statements() as sent:
        assert len(grid.answers(community)) == 6
    assert len(selects(sent)) == 4


def test_the_tree_has_zones_then_what_belongs_to_none(community, drawn):
    tree = [
        (zone.name if zone else "", [(group.name if group else "", [one.stairwell.name for one in part]) for group, part in groups])
        for zone, groups in grid.groups_of(grid.answers(community))
    ]
    assert tree == [
        ("东片", [("第一组", ["1幢1单元", "2幢1单元"]), ("", ["1幢2单元", "2幢2单元"])]), ("", [("", ["3幢1单元", "3幢2单元"])]),
    ]  # fmt: skip


def words(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return document.pages[0].width, "".join("".join(page.extract_text().split()) for page in document.pages), len(document.pages)


def test_the_map_is_an_a3_with_plan_and_table(community, drawn):
    width, text, pages = words(paper.render(sheets.MAP, sheets.map_sheet(community)))
    assert (round(width), pages) == (1191, 1)
    for word in ("责任区一览图", "东片", "未划片", "文秀英", "空缺", "贺国安", "共5处"):
        assert word in text, word
    assert text.count("1幢1单元") == 1


def test_the_map_of_67_stairwells_fits_one_sheet(community, actor):
    for building in range(1, 17):
        for stair in range(1, 5 if building > 3 else 6):
            make.member(community, stairwell=f"{building}幢{stair}单元")
    houses = list(Place.select().where(Place.kind == PlaceKind.BUILDING).order_by(Place.position))
    for at, name in enumerate(("东片", "中片", "西片")):
        areas.draw(actor, community, ZONE, name, houses[at * 6 : at * 6 + 6], f"片长{at}")
    for place in organisation.stairwells(community):
        rules.leader_chosen(actor, place, None, "阿卜杜热西提·买买提艾力" if place.slug == "4-2" else f"负责人{place.slug}")
    _width, text, pages = words(paper.render(sheets.MAP, sheets.map_sheet(community)))
    assert pages == 1
    assert all(f"负责人{place.slug}" in text for place in organisation.stairwells(community) if place.slug != "4-2")


def test_the_telephone_tree_is_for_the_office(community, drawn):
    Person.update(phone="15400000077").where(Person.name == "文秀英").execute()
    _width, text, _pages = words(paper.render(sheets.PHONES, sheets.phone_sheet(community)))
    assert "内部使用" in text
    assert text.index("东片") < text.index("第一组") < text.index("15400000077")


def test_the_pages_draw_and_look_up(client, community, places):
    staff = client.as_(make.account(community, Role.STAFF))
    path = "/office/organisation/areas/new?kind=zone"
    assert staff.submit(path, form="new", name="").status_code == 422
    staff.submit(path, form="new", name="东片", parts=[str(places["1幢"].id)], leader="党员11")
    page = staff.get("/office/organisation/responsible?q=1-1").text
    assert "片长" in page
    assert "党员11" in page
    number = grid.areas(community).get().id
    edit = f"/office/organisation/areas/{number}"
    staff.submit(edit, form="leader", leader="李堃")
    assert "李堃" in staff.get("/office/organisation/responsible?q=1幢2单元").text
    answer = staff.submit(edit, form=str(number), name="东一片", parts=[str(places["1幢"].id), str(places["2幢"].id)])
    assert answer.status_code == 303
    assert "东一片" in staff.get("/office/organisation/responsible?q=2-2").text
    assert "没有“9-9”这个楼道" in staff.get("/office/organisation/responsible?q=9-9").text
    assert staff.get("/office/organisation/responsible.pdf").mimetype == "application/pdf"
    staff.submit(edit, form="dissolution")
    assert staff.get(edit).status_code == 404


def test_a_day_that_is_none_means_today(client, community, places):
    staff = client.as_(make.account(community, Role.STAFF))
    for day in ("gestern", "9999-01-01", date(2020, 1, 1).isoformat()):
        assert staff.get(f"/office/organisation/responsible?q=1-1&on={day}").status_code == 200


def test_private_numbers_are_for_those_who_see_the_roster(client, community, places, drawn):
    Person.update(phone="15400000077").where(Person.name == "文秀英").execute()
    member = client.as_(make.account(community, Role.MEMBER))
    assert member.get("/office/organisation/responsible").status_code == 403
    assert member.get("/office/organisation/phones.pdf").status_code == 403
