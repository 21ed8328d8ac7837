"""楼道负责人一览表: who leads each stairwell, out and in as a sheet, so that 67 of them are not named one by one."""

from datetime import date

from blueprints.organisation import queries
from blueprints.organisation.models import GridPost
from blueprints.organisation.rules import BeforeTheLast, NotYet, stairwell_named
from core import clock, zh
from core.access import Can
from core.audit import Act, record
from core.bigrams import bigrams
from core.records.people import Person
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.cells import Kind
from core.spreadsheets.imports import Roster, Writer
from core.spreadsheets.roster import Column, Declaration
from core.strokes import sort_key
from core.text import _l

LEADERS = Declaration(
    "leaders",
    "楼道负责人一览表",
    (
        Column("id", "编号", ("系统编号",), Kind.IDENTITY),
        Column(
            "stairwell", "楼道", ("幢单元", "楼幢单元", "楼栋单元", "责任区", "责任楼道", "单元"), Kind.STAIRWELL, required=True
        ),
        Column("name", "负责人", ("楼道负责人", "姓名", "楼道长", "楼组长", "单元长", "院户长", "负责人姓名"), Kind.NAME, longest=80),
        Column("since", "起始日期", ("任职时间", "开始日期", "起始时间", "担任时间"), Kind.DAY),
    ),
)


class SeveralOfThem(Refused):
    sentence = _l("名册里有 %(count)s 位%(name)s，都不住在%(where)s。请在那个楼道的页面上指定。")


def existing(community: Place) -> list[dict[str, object]]:
    """Every stairwell in building order with its leader of today."""
    posts = queries.leaders(community)
    return [_row(place, posts.get(place.id)) for place in queries.stairwells(community)]


def _row(place: Place, post: GridPost | None) -> dict[str, object]:
    name, since = (post.person.name, post.since.isoformat()) if post else ("", "")
    return {"id": place.id, "stairwell": place.name, "name": name, "since": since}


def check(community: Place, number: int | None, values: dict[str, object]) -> None:
    """A leader begins on a day that has come, not before the last one, and is one person."""
    since, now = _day(values), _post(number)
    if since and since > clock.today():
        raise NotYet(day=zh.day(since))
    if now and values.get("name") != now.person.name and since and since < now.since:
        raise BeforeTheLast(day=zh.day(now.since))
    _on_file(community, values)


def _day(values: dict[str, object]) -> date | None:
    return date.fromisoformat(str(values["since"])) if values.get("since") else None


def _post(number: int | None) -> GridPost | None:
    return GridPost.get_or_none((GridPost.place == number) & GridPost.until.is_null(True)) if number else None


def _on_file(community: Place, values: dict[str, object]) -> Person | None:
    """Whoever bears the name in the stairwell, else the only one who bears it at all."""
    named = list(Person.select().where((Person.place == community) & (Person.name == values.get("name"))).order_by(Person.id))
    here = [one for one in named if one.stairwell and one.stairwell.name == values["stairwell"]]
    if not here and len(named) > 1:
        raise SeveralOfThem(count=len(named), name=values["name"], where=values["stairwell"])
    return next(iter(here or named), None)


def write(writer: Writer, number: int | None, values: dict[str, object]) -> None:
    """The stairwell is led by whom its row names; whoever led it before stays on file with both days."""
    text, name = str(values["stairwell"]), str(values.get("name") or "")
    place = Place.get_by_id(number) if number else stairwell_named(writer.actor, writer.place, text, adopt=writer.adopt)
    now, since = _post(place.id), _day(values)
    if now and now.person.name == name:
        writer.change(now, since=since or now.since)
        return
    # A day that was exported with the last leader says nothing of the next.
    begins = since if since and not (now and since == now.since) else clock.today()
    if now:
        writer.change(now, until=begins)
    if name:
        writer.add(GridPost, place=place, person=_person(writer, place, values), since=begins)
    if now or name:
        record(writer.actor, Act.LEADER_CHANGED, place, writer.place, place_name=place.name, leader=name)


def _person(writer: Writer, place: Place, values: dict[str, object]) -> Person:
    name = str(values["name"])
    return _on_file(writer.place, values) or writer.add(
        Person, place=writer.place, name=name, sort_key=sort_key(name), bigrams=bigrams(name), stairwell=place
    )


def leave(writer: Writer, number: int) -> None:
    """A stairwell the sheet no longer has is led by nobody from today on."""
    if now := _post(number):
        writer.change(now, until=clock.today())


ROSTERS = {
    "leaders": Roster(
        LEADERS, existing, write, leave, Can.BOARDS_EDIT, (("stairwell",),), check=check,
        onward=("/office/organisation/responsible", _l("看谁负责哪里")),
    )
}  # fmt: skip
