"""What the office page shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module

from peewee import JOIN, ModelSelect

from core import settings
from core.access import Actor, Can
from core.records.places import Place, PlaceKind
from core.records.work import AuditDetail, AuditEntry
from core.registers import ledger
from core.search import MOST, Hit
from core.text import _, _l

# Areas that can be searched; each has queries.search(actor, community, words) -> Iterable[Hit], at most 50.
SEARCH_AREAS = ("people", "notices", "boards", "suggestions", "meetings", "cobuilding", "ballots", "inservice", "elections", "papers")


# Areas that declare settings, by the group they declare, in the order of the settings page.
SETTING_AREAS = {
    "office": _l("办公"),
    "notices": _l("公示公告"),
    "suggestions": _l("意见箱"),
    "visits": _l("走访"),
    "boards": _l("党员承诺"),
    "evaluation": _l("评诺和民主评议"),
    "ballots": _l("投票"),
    "meetings": _l("联席会议"),
    "workaccess": _l("工作准入"),
    "cobuilding": _l("共驻共建"),
    "organisation": _l("组织"),
}


def communities(actor: Actor) -> list[Place]:
    """The communities of this instance in which somebody works, the oldest first."""
    mine = Place.id.in_(actor.communities(Can.OFFICE_ENTER)) & (Place.kind == PlaceKind.COMMUNITY)
    return list(Place.select().where(mine).order_by(Place.id))


@dataclass(frozen=True)
class Chosen:
    """One setting as it stands at a community: the value in force, and what was set before with the day."""

    declared: settings.Declared
    value: object
    past: list[tuple[date, object]]

    @property
    def own(self) -> bool:
        """Whether the community departs from the default."""
        return self.value != self.declared.default


def chosen(community: Place, area: str | None = None, words: str = "") -> list[Chosen]:
    """The settings a person may change, of one area or of all, with these words in title, source, or value."""
    values, past = settings.values(community), settings.history(community)
    found = [
        Chosen(one, values[key], past.get(key, []))
        for key, one in settings.DECLARED.items()
        if one.group in SETTING_AREAS and area in (None, one.group)
    ]
    return [one for one in found if all(word in _said(one) for word in words.casefold().split())]


def _said(one: Chosen) -> str:
    return f"{one.declared.title} {one.declared.source} {shown(one.value)} {SETTING_AREAS[one.declared.group]}".casefold()


def shown(value: object) -> str:
    """A setting's value as one reads it."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value) if value != "" else _("（没有填）")


AUDIT_PAGE = 100


def audit_entries(actor: Actor, community: Place, first: int = 0) -> ModelSelect:
    """A page of the trail here, newest first, with what changed.

    Paged by places in this list: a number of the whole chain would tell how much is filed elsewhere, at the level above
    for one, about the very person who reads.
    """
    scope = AuditEntry.place.in_(actor.communities(Can.AUDIT_READ)) & (AuditEntry.place == community)
    return (
        AuditEntry.select(AuditEntry, AuditDetail).join(AuditDetail, JOIN.LEFT_OUTER).where(scope)
        .order_by(AuditEntry.seq.desc()).offset(first).limit(AUDIT_PAGE)
    )  # fmt: skip


def search(actor: Actor, community: Place, words: str) -> dict[str, list[Hit]]:
    """What the words are found in, by area: the office's own pages first, then all records the account may see."""
    found: dict[str, list[Hit]] = {}
    for hit in _hits(actor, community, words):
        found.setdefault(str(hit.area), []).append(hit)
    return found


def _hits(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    yield from _pages(actor, community, words)
    for area in SEARCH_AREAS:
        yield from import_module(f"blueprints.{area}.queries").search(actor, community, words)
    for register in import_module("registers").ALL:
        yield from ledger.search(register, actor, community, words)


def _pages(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Settings by their own words, for whoever may change them."""
    if actor.can(Can.SETTINGS_EDIT, community):
        for one in chosen(community, words=words)[:MOST]:
            url = f"/office/settings/{one.declared.group}#{one.declared.key}"
            yield Hit(str(one.declared.title), url, str(_("设置")), shown(one.value))
