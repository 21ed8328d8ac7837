"""Reads of member units; how many there were on any day."""

from collections.abc import Iterator
from datetime import date

from peewee import JOIN, ModelSelect, fn

from blueprints.cobuilding.models import (
    Agreement,
    AgreementTask,
    JobOffer,
    Liaison,
    MemberUnit,
    MutualReview,
    Pairing,
    PairingKind,
)
from core import clock
from core.access import Actor, Can
from core.records.places import Place
from core.search import MOST, Hit
from core.text import _

NAMED = 20  # units named one by one under a list; of more the count is told


def belonging(on: date | None = None):
    """The condition that a unit belongs to the joint meeting on a day."""
    day = (on or clock.today()).isoformat()
    return (MemberUnit.joined <= day) & ((MemberUnit.left == "") | (MemberUnit.left > day))


def departed(on: date):
    """The condition that a unit had left the joint meeting by a day."""
    return (MemberUnit.left != "") & (MemberUnit.left <= on.isoformat())


def units(community: Place) -> ModelSelect:
    """All units in the order of the office's own list, each with today's liaison joined as ``unit.liaison``."""
    return (
        MemberUnit.select(MemberUnit, Liaison)
        .join(Liaison, JOIN.LEFT_OUTER, on=((Liaison.unit == MemberUnit.id) & Liaison.until.is_null(True)), attr="liaison")
        .where(MemberUnit.place == community)
        .order_by(MemberUnit.id)
    )


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Units the actor may see in this community, those that left included."""
    return units(community).where(MemberUnit.place.in_(actor.communities(Can.UNITS_READ)))


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Units whose name, head, resources or liaison the words are found in."""
    found = MemberUnit.name.contains(words) | MemberUnit.head.contains(words) | MemberUnit.resource.contains(words)
    spoken = Liaison.name.contains(words) | Liaison.phone.contains(words)
    edits = actor.can(Can.UNITS_EDIT, community)
    for unit in visible_to(actor, community).where(found | spoken).limit(MOST):
        note = " ".join(filter(None, (unit.nature, unit.liaison.name if unit.liaison and unit.liaison.id else "")))
        yield Hit(unit.name, f"/office/units/{unit.id}" if edits else "/office/units", str(_("成员单位")), note)


def liaisons(unit: MemberUnit) -> ModelSelect:
    """Who spoke for the unit, the latest first."""
    return unit.liaisons.order_by(Liaison.id.desc())


def liaison(unit: MemberUnit) -> Liaison | None:
    """Who speaks for the unit today."""
    return unit.liaisons.where(Liaison.until.is_null(True)).first()


def growth(community: Place) -> list[tuple[date, int]]:
    """Units on the last day of each year since the first joined, the last point being today."""
    years = [int(joined[:4]) for (joined,) in _dated(community)]
    if not years:
        return []
    today = clock.today()
    days = [date(year, 12, 31) for year in range(min(years), today.year)] + [today]
    return [(day, count(community, day)) for day in days]


def _dated(community: Place) -> ModelSelect:
    return MemberUnit.select(MemberUnit.joined).where((MemberUnit.place == community) & (MemberUnit.joined != "")).tuples()


def count(community: Place, on: date | None = None) -> int:
    """How many units belong on a day; one without a joining date counts from the beginning."""
    return MemberUnit.select().where((MemberUnit.place == community) & belonging(on)).count()


def unit_names(community: Place) -> dict[str, int]:
    """Member units by name, those that left last."""
    rows = MemberUnit.select(MemberUnit.name, MemberUnit.id).where(MemberUnit.place == community)
    return dict(rows.order_by(MemberUnit.left, MemberUnit.id).tuples())


def agreement_names(community: Place) -> dict[str, int]:
    """Agreements by title and unit, the newest first."""
    rows = Agreement.select(Agreement, MemberUnit).join(MemberUnit).where((Agreement.place == community) & (Agreement.void == ""))
    return {f"{row.unit.name}·{row.title}（L{row.id}）": row.id for row in rows.order_by(Agreement.until.desc(), Agreement.id)}


Following = Agreement.alias()


def renewal_of(agreement: Agreement) -> Agreement | None:
    """The agreement that follows this one."""
    return agreement.renewals.where(Agreement.void == "").first()


def awaits_renewal():
    """The condition that an agreement is followed by none, and that nobody said why not."""
    follows = Following.select(Following.id).where((Following.renews == Agreement.id) & (Following.void == ""))
    return (Agreement.not_renewed == "") & ~fn.EXISTS(follows)


def without_agreement(community: Place) -> ModelSelect:
    """Units that belong today and have no agreement in force."""
    day = clock.today()
    holds = (Agreement.since <= day) & (Agreement.until >= day) & (Agreement.void == "")
    signed = Agreement.select(Agreement.unit).where((Agreement.place == community) & holds)
    rows = MemberUnit.select().where((MemberUnit.place == community) & belonging() & MemberUnit.id.not_in(signed))
    return rows.order_by(MemberUnit.id)


def tasks(agreement: Agreement) -> ModelSelect:
    """What was agreed, the most urgent first."""
    return agreement.tasks.where(AgreementTask.void == "").order_by(AgreementTask.due_on, AgreementTask.id)


def of_agreement(agreement: Agreement) -> dict[str, object]:
    """What the page of an agreement shows beside its lines: its tasks, what both sides said each year, what it follows."""
    years = (MutualReview.year >= agreement.since.year) & (MutualReview.year <= agreement.until.year) & (MutualReview.void == "")
    reviews = agreement.unit.reviews.where(years).order_by(MutualReview.year.desc(), MutualReview.id)
    return {"tasks": list(tasks(agreement)), "reviews": list(reviews), "renewal": renewal_of(agreement), "former": agreement.renews}


def paired(community: Place, on: date | None = None) -> ModelSelect:
    """Pairings that stand on a day."""
    day = on or clock.today()
    holds = (Pairing.since <= day) & (Pairing.until.is_null() | (Pairing.until > day))
    return Pairing.select().where((Pairing.place == community) & (Pairing.void == "") & holds)


def pairing_counts(community: Place) -> dict[str, object]:
    """How many pairings of either kind there are, and of the units that stand by nobody yet the first and how many."""
    kinds = {kind: paired(community).where(Pairing.kind == kind).count() for kind in PairingKind}
    taken = paired(community).select(Pairing.unit)
    alone = MemberUnit.select().where((MemberUnit.place == community) & belonging() & MemberUnit.id.not_in(taken))
    return {"kinds": list(kinds.items()), "alone": list(alone.order_by(MemberUnit.id).limit(NAMED)), "lonely": alone.count()}


def posts(community: Place, year: int) -> tuple[int, int]:
    """Posts offered in a year and how many of them were filled."""
    inside = (JobOffer.since >= date(year, 1, 1)) & (JobOffer.since <= date(year, 12, 31)) & (JobOffer.void == "")
    found = JobOffer.select(fn.SUM(JobOffer.posts), fn.SUM(JobOffer.filled)).where((JobOffer.place == community) & inside)
    offered, filled = found.tuples().first()
    return offered or 0, filled or 0


def party_of(unit: MemberUnit) -> str:
    """The unit's Party organisation in full; a roster that only says its kind is completed with the unit's name."""
    said = unit.party_org.strip()
    return said if said.startswith(unit.name) else f"{unit.name}{said}"
