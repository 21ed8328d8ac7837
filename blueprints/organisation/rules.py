"""Founding communities and naming the places and branches a roster mentions."""

import re
from collections.abc import Callable
from datetime import date

from peewee import fn

from blueprints.organisation.models import GridPost
from blueprints.organisation.queries import committee_of, community_of, standing
from blueprints.organisation.rosters import ORGS
from blueprints.people.models import PartyMember
from core import clock, zh
from core.access import Actor, Can
from core.audit import Act, record
from core.bigrams import bigrams
from core.db import Record, writing
from core.records.people import Person
from core.records.places import OrgKind, PartyOrg, Place, PlaceKind
from core.refusal import Refused
from core.spreadsheets.imports import Roster, Writer
from core.spreadsheets.preview import BY_NAME
from core.stairwells import stairwell, stairwell_slug, stairwell_text
from core.strokes import sort_key
from core.text import _l

Part = int | str
Adopt = Callable[[Record], object]


class CommunityExists(Refused):
    sentence = _l("已经有一个叫“%(name)s”的社区了，请换一个名称。")


class NameMissing(Refused):
    sentence = _l("请填写社区名称，例如“梅苑社区”。")


class NotAStairwell(Refused):
    sentence = _l("“%(text)s”看不出是哪一幢哪一单元，请写成“3幢2单元”。")


def found_community(actor: Actor, name: str, slug: str = "") -> Place:
    """Set up a community with its sub-district and its Party committee."""
    name = name.strip()
    if not name:
        raise NameMissing()
    with writing():
        if Place.select().where((Place.kind == PlaceKind.COMMUNITY) & (Place.name == name)).exists():
            raise CommunityExists(name=name)
        parent = Place.select().where(Place.kind == PlaceKind.SUB_DISTRICT).first() or Place.create(
            kind=PlaceKind.SUB_DISTRICT, name="街道", slug="street"
        )
        number = Place.select().where(Place.kind == PlaceKind.COMMUNITY).count() + 1
        place = Place.create(
            kind=PlaceKind.COMMUNITY, parent=parent, name=name, slug=slug or f"c{number}", position=number
        )
        committee = PartyOrg.create(
            place=place, kind=OrgKind.COMMITTEE, name=f"{name}党委", full_name=f"中共{name}委员会"
        )
        record(actor, Act.SET_UP, place, place, name=name)
        record(actor, Act.ORG_ADDED, committee, place, name=committee.full_name)
    return place


def _nobody(_row: Record) -> None:
    """A row nobody needs to remember."""


def stairwell_named(
    actor: Actor, community: Place, text: str, since: date | None = None, adopt: Adopt = _nobody
) -> Place:
    """The stairwell a roster means by e.g. ``3幢2单元``; an unknown one is added, so an office starts from its own list.

    ``adopt`` is told of every row added on the way: an import takes them back with itself.
    """
    parts = stairwell(text)
    if parts is None:
        raise NotAStairwell(text=text)
    slug, name = stairwell_slug(*parts), stairwell_text(*parts)
    found = Place.select().where(
        (Place.community == community) & (Place.kind == PlaceKind.STAIRWELL) & ((Place.slug == slug) | (Place.name == name))
    )
    return found.order_by(Place.name != name).first() or _add_stairwell(actor, community, *parts, since, adopt)


def _add_stairwell(
    actor: Actor, community: Place, building: Part, stair: Part, since: date | None, adopt: Adopt
) -> Place:
    with writing():
        house, added = Place.get_or_create(
            parent=community, slug=str(building), kind=PlaceKind.BUILDING,
            defaults={"community": community, "name": f"{building}幢", "position": _order(building), "since": since},
        )  # fmt: skip
        if added:
            adopt(house)
            record(actor, Act.PLACE_ADDED, house, community, name=house.name)
        place = Place.create(
            parent=house, kind=PlaceKind.STAIRWELL, community=community, slug=stairwell_slug(building, stair),
            name=stairwell_text(building, stair), position=_order(building) * 1000 + _order(stair), since=since,
        )  # fmt: skip
        adopt(place)
        record(actor, Act.PLACE_ADDED, place, community, name=place.name)
    return place


def _order(part: Part) -> int:
    """Building order of 3, 3A, 甲: by number, then by letter; letters alone come last."""
    digits = re.match(r"\d*", str(part))[0]
    rest = str(part)[len(digits) :]
    return int(digits or 90) * 10 + (sum(map(ord, rest)) % 9 + 1 if rest else 0)


def branch_named(actor: Actor, community: Place, name: str, adopt: Adopt = _nobody) -> PartyOrg | None:
    """The branch a roster names; an unknown one is added below the committee, and ``adopt`` is told of it."""
    if not name:
        return None
    found = PartyOrg.get_or_none((PartyOrg.place == community) & (PartyOrg.name == name) & standing(PartyOrg))
    if found:
        return found
    with writing():
        last = PartyOrg.select(fn.COALESCE(fn.MAX(PartyOrg.position), 0)).where(PartyOrg.place == community).scalar()
        org = PartyOrg.create(
            place=community, parent=committee_of(community), kind=OrgKind.BRANCH, name=name,
            full_name=f"中共{community.name}{name}", position=last + 1,
        )  # fmt: skip
        adopt(org)
        record(actor, Act.ORG_ADDED, org, community, name=name)
    return org


class NameTooLong(Refused):
    sentence = _l("姓名最多 %(most)s 个字，请只填姓名。")


class UnknownResident(Refused):
    sentence = _l("这个楼道的名册里没有这个人，请从名单里选，或者填写姓名。")


class NotYet(Refused):
    sentence = _l("%(day)s 还没有到，请到那天再登记。")


class BeforeTheLast(Refused):
    sentence = _l("现任是%(day)s开始的，新的起始日期不能比它早。")


def appoint_leader(actor: Actor, place: Place, person: Person | None, since: date | None = None) -> None:
    """From a day on (today) this person leads the place, or nobody does; whoever led it before stays on file with both days.

    Raises NotYet for a day to come, BeforeTheLast for one before the present leader began.
    """
    since = since or clock.today()
    if since > clock.today():
        raise NotYet(day=zh.day(since))
    with writing():
        now = GridPost.get_or_none((GridPost.place == place) & GridPost.until.is_null(True))
        if (now.person_id if now else None) == (person.id if person else None):
            return
        if now and since < now.since:
            raise BeforeTheLast(day=zh.day(now.since))
        GridPost.update(until=since).where((GridPost.place == place) & GridPost.until.is_null(True)).execute()
        if person is not None:
            GridPost.create(place=place, person=person, since=since)
        name = person.name if person else ""
        record(actor, Act.LEADER_CHANGED, place, community_of(place), place_name=place.name, leader=name)


def leader_chosen(actor: Actor, place: Place, number: int | None, name: str, since: date | None = None) -> None:
    """The leader as an office names one: somebody on file in the stairwell, else a name, which then stands on file."""
    name = " ".join(name.split())
    on_file = Person.select().where((Person.stairwell == place) & ((Person.id == number) | (Person.name == name)))
    with writing():
        person = on_file.order_by(Person.id).first()
        if number and person is None:
            raise UnknownResident()
        if person is None and name:
            person = new_person(place.community_id, name, place)
        appoint_leader(actor, place, person, since)


def new_person(community: Place | int, name: str, stairwell: Place | None = None) -> Person:
    """Somebody of whom only the name is known. Raises NameTooLong."""
    if len(name) > Person.name.max_length:
        raise NameTooLong(most=Person.name.max_length)
    return Person.create(place=community, name=name, sort_key=sort_key(name), bigrams=bigrams(name), stairwell=stairwell)


def existing_orgs(community: Place) -> list[dict[str, object]]:
    """Organisations on file in the columns of their sheet, those that ended too."""
    rows = PartyOrg.select().where(PartyOrg.place == community).order_by(PartyOrg.position, PartyOrg.id)
    return [
        {"id": org.id, "name": org.name, "full_name": org.full_name, "kind": org.kind, "since": _iso(org.since),
         "until": _iso(org.until), "parent": org.parent.name if org.parent else ""}
        for org in rows
    ]  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def write_org(writer: Writer, number: int | None, values: dict[str, object]) -> None:
    """Add an organisation from its row, or correct the one on file; a parent nobody knows yet is added first."""
    root, name = committee_of(writer.place), values["name"]
    org = PartyOrg.get_by_id(number) if number else None
    above = str(values.get("parent") or "")
    parent = branch_named(writer.actor, writer.place, above, writer.adopt) if above and above != name else root
    fields = {
        "name": name, "full_name": values.get("full_name") or f"中共{writer.place.name}{name}",
        "kind": values.get("kind") or OrgKind.BRANCH,
        **{key: date.fromisoformat(values[key]) if values.get(key) else None for key in ("since", "until")},
        "parent": None if org is not None and org == root else parent,
    }  # fmt: skip
    if org is None:
        last = PartyOrg.select(fn.COALESCE(fn.MAX(PartyOrg.position), 0)).where(PartyOrg.place == writer.place).scalar()
        writer.add(PartyOrg, place=writer.place, position=last + 1, **fields)
    else:
        writer.change(org, **fields)


def end_org(writer: Writer, number: int) -> None:
    """An organisation no longer on the sheet ended today, unless members or parts are still in it."""
    org = PartyOrg.get_by_id(number)
    kept = org.members.where(PartyMember.until.is_null(True)).exists() or org.parts.where(PartyOrg.until.is_null(True)).exists()
    if org.parent_id and org.until is None and not kept:
        writer.change(org, until=clock.today())


ROSTERS = {"orgs": Roster(ORGS, existing_orgs, write_org, end_org, Can.ORGS_EDIT, BY_NAME)}
