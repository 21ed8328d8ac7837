"""Who may do what: every permission, every role, and the gate that refuses what is not marked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from flask import Flask, abort, g, redirect, request, url_for
from peewee import JOIN, SQL, Expression

from core import clock
from core.prepared import Prepared, asked
from core.records.people import Account, RoleGrant
from core.records.places import Place, PlaceKind
from core.text import _l

DAY = timedelta(days=1)


class Can(StrEnum):
    """Permissions, named ``area:act``; an area's blueprint marks each of its routes with one."""

    OFFICE_ENTER = "office:enter"
    SETTINGS_EDIT = "settings:edit"
    ACCOUNTS_EDIT = "accounts:edit"
    COMMUNITIES_FOUND = "communities:found"
    AUDIT_READ = "audit:read"
    PEOPLE_READ = "people:read"
    PEOPLE_EDIT = "people:edit"
    PEOPLE_IMPORT = "people:import"
    ORGANISATION_READ = "organisation:read"
    ORGANISATION_EDIT = "organisation:edit"
    ORGS_EDIT = "orgs:edit"
    BOARDS_READ = "boards:read"
    BOARDS_EDIT = "boards:edit"
    BOARDS_REVIEW = "boards:review"
    BOARDS_PRINT = "boards:print"
    APPRAISALS_READ = "appraisals:read"
    APPRAISALS_EDIT = "appraisals:edit"
    NOTICES_READ = "notices:read"
    NOTICES_WRITE = "notices:write"
    NOTICES_APPROVE = "notices:approve"
    NOTICES_PRINT = "notices:print"
    SUGGESTIONS_READ = "suggestions:read"
    SUGGESTIONS_HANDLE = "suggestions:handle"
    SUGGESTIONS_ASSIGN = "suggestions:assign"
    SUGGESTIONS_EXTEND = "suggestions:extend"
    POLLS_READ = "polls:read"
    POLLS_PREPARE = "polls:prepare"
    POLLS_RUN = "polls:run"
    POLLS_COUNT = "polls:count"
    MEETINGS_READ = "meetings:read"
    MEETINGS_WRITE = "meetings:write"
    MEETINGS_APPROVE = "meetings:approve"
    PAPERS_READ = "papers:read"
    PAPERS_ISSUE = "papers:issue"
    UNITS_READ = "units:read"
    UNITS_EDIT = "units:edit"
    VISITS_READ = "visits:read"
    VISITS_EDIT = "visits:edit"


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    SECRETARY = "secretary"
    STAFF = "staff"
    MEMBER = "member"
    SCRUTINEER = "scrutineer"
    READER = "reader"

    @property
    def title(self):
        return {
            "administrator": _l("管理员"),
            "secretary": _l("书记"),
            "staff": _l("工作人员"),
            "member": _l("党员"),
            "scrutineer": _l("监票人"),
            "reader": _l("上级查阅"),
        }[self.value]

    @property
    def about(self):
        """What somebody with this role does here, for whoever gives it."""
        return {
            "administrator": _l("管账号和设置，看留痕；不看意见"),
            "secretary": _l("日常工作，另加审核承诺、公示和纪要，交办意见，改设置"),
            "staff": _l("起草公示、办意见、管名册和公示牌、办投票"),
            "member": _l("看公示牌和联席会议"),
            "scrutineer": _l("看投票、用自己的账号录票"),
            "reader": _l("只看，不改；不看意见"),
        }[self.value]


READING = {
    Can.OFFICE_ENTER, Can.PEOPLE_READ, Can.ORGANISATION_READ, Can.BOARDS_READ, Can.NOTICES_READ,
    Can.POLLS_READ, Can.MEETINGS_READ, Can.PAPERS_READ, Can.UNITS_READ,
}  # fmt: skip
WORKING = READING | {
    Can.PEOPLE_EDIT, Can.PEOPLE_IMPORT, Can.ORGANISATION_EDIT, Can.BOARDS_EDIT, Can.BOARDS_PRINT, Can.NOTICES_WRITE, Can.NOTICES_PRINT,
    Can.SUGGESTIONS_READ, Can.SUGGESTIONS_HANDLE, Can.POLLS_PREPARE, Can.POLLS_RUN, Can.POLLS_COUNT,
    Can.MEETINGS_WRITE, Can.PAPERS_ISSUE, Can.UNITS_EDIT,
    Can.VISITS_READ, Can.VISITS_EDIT, Can.APPRAISALS_READ, Can.APPRAISALS_EDIT,
}  # fmt: skip
ROLES: dict[Role, frozenset[Can]] = {
    # The administrator looks after accounts and settings and reads no suggestions.
    Role.ADMINISTRATOR: frozenset({Can.OFFICE_ENTER, Can.SETTINGS_EDIT, Can.ACCOUNTS_EDIT, Can.COMMUNITIES_FOUND, Can.AUDIT_READ}),
    Role.SECRETARY: frozenset(
        WORKING
        | {Can.BOARDS_REVIEW, Can.NOTICES_APPROVE, Can.SUGGESTIONS_ASSIGN,
           Can.SUGGESTIONS_EXTEND, Can.MEETINGS_APPROVE, Can.AUDIT_READ, Can.SETTINGS_EDIT, Can.ORGS_EDIT}
    ),
    Role.STAFF: frozenset(WORKING),
    Role.MEMBER: frozenset({Can.OFFICE_ENTER, Can.BOARDS_READ, Can.MEETINGS_READ}),
    Role.SCRUTINEER: frozenset({Can.OFFICE_ENTER, Can.POLLS_READ, Can.POLLS_COUNT}),
    Role.READER: frozenset(READING),
}  # fmt: skip


@dataclass(frozen=True)
class Actor:
    """Whoever acts: an account with its permissions per community, the console, or a visitor.

    ``allowed`` maps a community's id to what may be done there.
    """

    name: str
    account_id: int | None = None
    person_id: int | None = None
    allowed: dict[int, frozenset[Can]] = field(default_factory=dict, hash=False)
    everywhere: bool = False

    def can(self, permission: Can, place: Place | int | None = None) -> bool:
        """Whether the permission is held at ``place`` (None: anywhere at all)."""
        if self.everywhere:
            return True
        if place is None:
            return any(permission in held for held in self.allowed.values())
        place_id = place if isinstance(place, int) else (place.community_id or place.id)
        return permission in self.allowed.get(place_id, frozenset())

    def communities(self, permission: Can) -> list[int]:
        """Ids of the communities where the permission is held: the scope of every list."""
        if self.everywhere:
            return [row.id for row in Place.select(Place.id).where(Place.kind == PlaceKind.COMMUNITY)]
        return [place for place, held in self.allowed.items() if permission in held]


VISITOR = Actor(name="")


def console() -> Actor:
    """Whoever sits at the machine and types ./linli commands."""
    return Actor(name="命令行", everywhere=True)


def actor_of(account: Account) -> Actor:
    """The account's permissions today, each grant spread over the communities below its place."""
    rows = RoleGrant.select(RoleGrant.role, Place.id).join(Place, on=reached()).where(
        (RoleGrant.account == account) & standing(RoleGrant, clock.today())
    )
    return Actor(account.name, account.id, account.person_id, _allowed(rows.tuples()))


def _allowed(roles: Iterable[tuple[str | None, int | None]]) -> dict[int, frozenset[Can]]:
    """Per community all that its roles there permit together."""
    allowed: dict[int, frozenset[Can]] = {}
    for role, community in roles:
        if community is not None:
            allowed[community] = allowed.get(community, frozenset()) | ROLES.get(Role(role), frozenset())
    return allowed


# An active account by its number and seal, a line for each role it holds today in each community.
_signed_in = Prepared(
    lambda: Account.select(Account.name, Account.person, RoleGrant.role, Place.id)
    .join(RoleGrant, JOIN.LEFT_OUTER, on=(RoleGrant.account == Account.id) & standing(RoleGrant, asked("day")))
    .join(Place, JOIN.LEFT_OUTER, on=reached())
    .where((Account.id == asked("number")) & (Account.seal == asked("seal")) & Account.active)
)


def signed_in(number: int, seal: str) -> Actor | None:
    """Who acts behind a session; None once the account is shut or its password changed."""
    rows = list(_signed_in(number=number, seal=seal, day=clock.today()))
    return Actor(rows[0][0], number, rows[0][1], _allowed(row[2:] for row in rows)) if rows else None


def reached() -> Expression:
    """The condition that a grant reaches a community: its own, or one of the sub-district it was given for."""
    return (Place.kind == PlaceKind.COMMUNITY) & ((Place.id == RoleGrant.place) | (Place.parent == RoleGrant.place))


def standing(grants: type[RoleGrant], day: date | SQL) -> Expression:
    """The condition that a grant holds on a day."""
    return (grants.since <= day) & (grants.until.is_null(True) | (grants.until > day))


def accounts_holding(permission: Can, place: Place | int) -> set[int]:
    """Ids of the active accounts that hold a permission at a community today: who could be the second person."""
    community = place if isinstance(place, int) else (place.community_id or place.id)
    above = Place.select(Place.parent).where(Place.id == community)
    today = clock.today()
    query = (
        RoleGrant.select(RoleGrant.account)
        .join(Account)
        .where(
            Account.active
            & RoleGrant.role.in_([role.value for role, held in ROLES.items() if permission in held])
            & ((RoleGrant.place == community) | RoleGrant.place.in_(above))
            & standing(RoleGrant, today)
        )
        .distinct()
    )
    return {row[0] for row in query.tuples()}


def communities_below(place_id: int) -> Iterable[int]:
    """The community itself, or those of a sub-district."""
    query = Place.select(Place.id).where(
        (Place.kind == PlaceKind.COMMUNITY) & ((Place.id == place_id) | (Place.parent == place_id))
    )
    return [row[0] for row in query.tuples()]


def needs(permission: Can) -> Callable:
    """Mark a view: only an account holding the permission gets in."""

    def mark(view):
        view.access = permission
        return view

    return mark


def public(view: Callable) -> Callable:
    """Mark a view anybody may open; it has no session and no form token of the session."""
    view.access = None
    return view


def before_set_up(view: Callable) -> Callable:
    """Mark a public view that opens before any community is founded; all others are not found until then."""
    view.before_set_up = True
    return view


def gate() -> object:
    """Before every request: refuse what carries no mark, send the signed-out to the sign-in page."""
    view = g.app.view_functions.get(request.endpoint)
    if view is None:
        return None  # 404 and 405 are answered by Flask
    if not hasattr(view, "access"):
        abort(500, f"{request.endpoint} carries no permission")
    if view.access is not None:
        return _admit(view.access)
    if g.place is None and not getattr(view, "before_set_up", False):
        abort(404)
    return None


def _admit(permission: Can) -> object:
    if not g.actor.account_id:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    if not g.actor.can(permission, g.place):
        abort(404 if not g.actor.can(Can.OFFICE_ENTER, g.place) else 403)
    return None


def init_access(app: Flask) -> None:
    """Put the gate in front of every view; what no static file answers (core/static.py) is not found for anybody."""
    before_set_up(public(app.view_functions["static"]))
    app.before_request(gate)
