"""Plain functions that make records for tests, through the rules where a rule exists."""

import itertools
import secrets
from datetime import timedelta

from blueprints.meetings import rules as meetings
from blueprints.meetings import series as meeting_series
from blueprints.meetings.models import Meeting
from blueprints.meetings.protocol import Decision, Item, Protocol, Seat
from blueprints.meetings.states import Presence
from blueprints.organisation import rules as organisation
from blueprints.people.models import MemberCategory, PartyMember
from core import clock
from core.access import Actor, Role, console
from core.bigrams import bigrams
from core.db import writing
from core.records.people import Account, Person, RoleGrant
from core.records.places import Place
from core.strokes import sort_key

counter = itertools.count(1)


def community(name: str = "梅苑社区") -> Place:
    """A community with its Party committee."""
    return organisation.found_community(console(), name)


def account(place: Place, role: Role = Role.SECRETARY, name: str = "") -> Account:
    """An account holding one role at a place."""
    login = name or f"{role}-{next(counter)}"
    with writing():
        made = Account.create(
            login=login, name=login, password="x", seal=secrets.token_hex(8), created_at=clock.now()
        )
        RoleGrant.create(account=made, role=role, place=place, since=clock.today())
    return made


def grant(account: Account, role: Role, place: Place) -> None:
    """One more role for an account."""
    with writing():
        RoleGrant.create(account=account, role=role, place=place, since=clock.today())


def actor(place: Place, role: Role = Role.SECRETARY) -> Actor:
    """Somebody with this role who acts in a rule."""
    from core.access import actor_of

    return actor_of(account(place, role))


def person(place: Place, name: str = "", stairwell: Place | None = None) -> Person:
    """Somebody of the community."""
    name = name or f"张三{next(counter)}"
    with writing():
        return Person.create(
            place=place, name=name, sort_key=sort_key(name), bigrams=bigrams(name), stairwell=stairwell
        )


def member(place: Place, name: str = "", stairwell: str = "3幢2单元", branch: str = "第一党支部") -> PartyMember:
    """A Party member of a stairwell."""
    with writing():
        here = organisation.stairwell_named(console(), place, stairwell)
        return PartyMember.create(
            place=place, person=person(place, name, here), category=MemberCategory.RETIRED, stairwell=here,
            org=organisation.branch_named(console(), place, branch),
        )  # fmt: skip


def protocol(days: int = -1, **values: object) -> Protocol:
    """A joint meeting of yesterday with one decision."""
    decision = Decision("5幢张桂英等独居老人优先照明改造。", "梅苑社区居委会、甲厂", clock.today() + timedelta(days=9))
    given = {
        "series": f"联席会议{next(counter)}纪要", "issuing_body": "中共梅苑社区委员会", "chair": "沈国庆（书记）",
        "held_at": clock.now() + timedelta(days=days), "venue": "二楼会议室",
        "seats": (Seat(Presence.PRESENT, "梅苑社区党委", "沈国庆、张桂英"),),
        "items": (Item("关于照明改造的汇报", "社区", "听取汇报。", (decision,)),),
    }  # fmt: skip
    return Protocol(**{**given, **values})


def meeting(place: Place, issued: bool = False, days: int = -1, **values: object) -> Meeting:
    """A meeting that was held; ``issued`` skips the paper."""
    said = protocol(days, **values)
    with writing():
        made = meetings.enter(console(), meeting_series.series_of(console(), place, said), said)
        if issued:
            made.state, made.number_year, made.number_serial, made.issued_on = "issued", made.year, 1, clock.today()
            made.save()
    return Meeting.get_by_id(made.id)


def meeting_of(series, days: int = -1, **values: object) -> Meeting:
    """A meeting of a series that stands already; everybody on its roster is expected."""
    said = protocol(days, **{"series": series.name, "seats": (), **values})
    return Meeting.get_by_id(meetings.enter(console(), series, said).id)
