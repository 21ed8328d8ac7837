"""Party organisations: founded, renamed, given another kind, moved, merged, split, ended; each with its day and document."""

from collections.abc import Iterable
from datetime import date

from peewee import chunked, fn

from blueprints.organisation.models import OrgChange, OrgEvent, OrgFormer
from blueprints.organisation.queries import committee_of, standing
from blueprints.people.models import FormerBranch, PartyMember
from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.places import OrgKind, PartyOrg, Place
from core.refusal import Refused
from core.text import _l


class OrgNameTaken(Refused):
    sentence = _l("已经有一个叫“%(name)s”的党组织了，请换一个名称。")
    status = 409


class NotYet(Refused):
    sentence = _l("%(day)s还没有到。请填上级批复里的日期，最晚是今天。")


class BeforeItsChange(Refused):
    sentence = _l("%(name)s在%(day)s才成立或调整过，新的日期不能更早。")


class BelowItself(Refused):
    sentence = _l("%(name)s在它自己的下面，不能作它的上级。请另选一个。")


class StillHasMembers(Refused):
    sentence = _l("%(name)s还有 %(members)s 名党员、%(parts)s 个下级组织，不能直接撤销。请先合并到别的组织，或逐个转出。")


class IntoItself(Refused):
    sentence = _l("请选另一个党组织，不能合并到自己。")


class RootStays(Refused):
    sentence = _l("%(name)s是社区党组织，不能撤销或并入下级。")


def found(actor: Actor, place: Place, values: dict[str, object]) -> PartyOrg:
    """A new organisation below another; without a parent it stands below the community's committee."""
    day = values.get("since") or clock.today()
    _check_name(place, values["name"])
    with writing():
        org = PartyOrg.create(
            place=place, parent=values.get("parent") or committee_of(place), kind=values["kind"], name=values["name"],
            full_name=values.get("full_name") or f"中共{place.name}{values['name']}", since=day, position=_last(place) + 1,
        )  # fmt: skip
        _event(org, OrgChange.FOUNDED, day, document=values.get("document", ""))
        record(actor, Act.ORG_ADDED, org, place, name=org.name)
    return org


def _last(place: Place) -> int:
    return PartyOrg.select(fn.COALESCE(fn.MAX(PartyOrg.position), 0)).where(PartyOrg.place == place).scalar()


def _check_name(place: Place, name: str, org: PartyOrg | None = None) -> None:
    same = PartyOrg.select().where((PartyOrg.place == place) & (PartyOrg.name == name) & standing(PartyOrg))
    if any(one != org for one in same):
        raise OrgNameTaken(name=name)


def change(actor: Actor, org: PartyOrg, version: int, day: date, values: dict[str, object], document: str = "") -> PartyOrg:
    """Another name, kind or parent from a day on; until then it is what it was. Raises Stale when ``version`` is old."""
    with writing():
        org = unchanged(org, version)
        new = {name: values[name] for name in ("kind", "name", "full_name", "parent") if name in values}
        new = {name: value for name, value in new.items() if value != getattr(org, f"{name}_id" if name == "parent" else name)}
        if not new:
            return org
        _check_day(org, day)
        _check_name(org.place, new.get("name", org.name), org)
        _check_parent(org, new)
        before = {name: str(getattr(org, name) or "") for name in new}
        _keep_former(org, day)
        for name, value in new.items():
            setattr(org, name, value)
        org.version += 1
        org.save()
        for step, names in STEPS.items():
            if told := [name for name in names if name in new]:
                _event(org, step, day, before=_said(before[told[0]], step), after=_said(getattr(org, told[0]), step), document=document)
        record(actor, Act.ORG_CHANGED, org, org.place_id, before=before, after={name: str(getattr(org, name)) for name in new})
    return org


STEPS = {OrgChange.RENAMED: ("name", "full_name"), OrgChange.RETYPED: ("kind",), OrgChange.MOVED: ("parent",)}


def _said(value: object, step: OrgChange) -> str:
    return str(OrgKind(value).title) if step is OrgChange.RETYPED else str(value or "")


def _check_day(org: PartyOrg, day: date) -> None:
    if day > clock.today():
        raise NotYet(day=day.isoformat())
    last = OrgFormer.select(fn.MAX(OrgFormer.until)).where(OrgFormer.org == org).scalar() or org.since
    if last and day < last:
        raise BeforeItsChange(name=org.name, day=last.isoformat())


def _check_parent(org: PartyOrg, new: dict[str, object]) -> None:
    above = PartyOrg.get_or_none((PartyOrg.id == new.get("parent")) & (PartyOrg.place == org.place))
    if "parent" in new and org.parent_id is None:
        raise RootStays(name=org.name)
    while above is not None:
        if above == org:
            raise BelowItself(name=PartyOrg.get_by_id(new["parent"]).name)
        above = above.parent


def _keep_former(org: PartyOrg, day: date) -> None:
    OrgFormer.create(org=org, until=day, kind=org.kind, name=org.name, full_name=org.full_name, parent=org.parent_id)


def _event(org: PartyOrg, step: OrgChange, day: date, **values: object) -> None:
    OrgEvent.create(place=org.place_id, org=org, change=step, day=day, **values)


def _members(org: PartyOrg):
    return (PartyMember.org == org) & PartyMember.until.is_null(True)


def _take(org: PartyOrg, into: PartyOrg, day: date, chosen: object = True) -> int:
    """Members go to another organisation from a day on; that they were here stays on file."""
    rows = [row for (row,) in PartyMember.select(PartyMember.id).where(_members(org) & chosen).tuples()]
    for some in chunked(rows, 100):
        FormerBranch.insert_many([{"member": row, "org": org, "until": day} for row in some]).execute()
        PartyMember.update(org=into).where(PartyMember.id.in_(some)).execute()
    return len(rows)


def _parts(org: PartyOrg):
    return PartyOrg.select().where((PartyOrg.parent == org) & standing(PartyOrg))


def end(actor: Actor, org: PartyOrg, version: int, day: date, document: str = "") -> None:
    """撤销: only an organisation without members and without parts."""
    with writing():
        org = unchanged(org, version)
        _check_day(org, day)
        if org.parent_id is None:
            raise RootStays(name=org.name)
        members, parts = PartyMember.select().where(_members(org)).count(), _parts(org).count()
        if members or parts:
            raise StillHasMembers(name=org.name, members=members, parts=parts)
        _close(org, day)
        _event(org, OrgChange.ENDED, day, document=document)
        record(actor, Act.ORG_ENDED, org, org.place_id, name=org.name, day=day)


def _close(org: PartyOrg, day: date) -> None:
    org.until = day
    org.version += 1
    org.save()


def merge(actor: Actor, org: PartyOrg, version: int, into: PartyOrg, day: date, document: str = "") -> int:
    """All members and parts go to another organisation, and this one ends; answers how many members went."""
    with writing():
        org = unchanged(org, version)
        if org == into:
            raise IntoItself()
        _check_day(org, day)
        if org.parent_id is None:
            raise RootStays(name=org.name)
        for part in _parts(org):
            change(actor, part, part.version, day, {"parent": into.id if part != into else org.parent_id}, document)
        gone = _take(org, into, day)
        _close(org, day)
        _event(org, OrgChange.MERGED, day, other=into, members=gone, document=document)
        record(actor, Act.ORG_MERGED, org, org.place_id, name=org.name, into=into.name, members=gone, day=day)
    return gone


def split(actor: Actor, org: PartyOrg, version: int, values: dict[str, object], members: Iterable[int]) -> PartyOrg:
    """A new organisation beside this one takes these members with it."""
    with writing():
        org = unchanged(org, version)
        day = values["since"]
        _check_day(org, day)
        new = found(actor, org.place, {**values, "parent": org.parent_id or org.id})
        gone = _take(org, new, day, PartyMember.id.in_(list(members)))
        _event(org, OrgChange.SPLIT, day, other=new, members=gone, document=values.get("document", ""))
        record(actor, Act.ORG_SPLIT, org, org.place_id, name=org.name, new=new.name, members=gone, day=day)
    return new
