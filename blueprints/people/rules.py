"""Taking rosters in: a member or representative is a link to a Person who stands on file once."""

from blueprints.boards import rules as boards
from blueprints.boards.models import Commitment
from blueprints.organisation.rules import branch_named, stairwell_named
from blueprints.people import queries
from blueprints.people.models import MemberCategory, PartyMember, Representative
from blueprints.people.rosters import MEMBERS, REPRESENTATIVES
from core import clock
from core.access import Can
from core.bigrams import bigrams
from core.imports import Roster, Writer
from core.records.people import Person, Sex
from core.records.places import Place
from core.strokes import sort_key

PERSON_FIELDS = ("name", "sex", "birth", "phone")


def existing_members(community: Place) -> list[dict[str, object]]:
    """Members on file in the roster's own columns, for comparison and export."""
    texts = _first_commitments(community)
    return [
        {
            "id": member.id,
            **_person_values(member.person),
            "joined": member.joined,
            "branch": member.org.name if member.org else "",
            "stairwell": member.stairwell.name if member.stairwell else "",
            "category": member.category,
            "employer": member.employer,
            "post": member.post,
            "commitment": texts.get(member.id, ""),
        }
        for member in queries.members(community)
    ]


def _person_values(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in PERSON_FIELDS}


def _first_commitments(community: Place) -> dict[int, str]:
    """Each member's commitments of this year, several on lines of their own."""
    rows = (
        Commitment.select(Commitment.member, Commitment.text)
        .where((Commitment.place == community) & (Commitment.year == boards.current_year(community)))
        .order_by(Commitment.id)
        .tuples()
    )
    texts: dict[int, str] = {}
    for member, text in rows:
        texts[member] = f"{texts[member]}\n{text}" if member in texts else text
    return texts


def write_member(writer: Writer, number: int | None, values: dict[str, object]) -> None:
    """Add a member from a roster row, or change the one on file."""
    community = writer.place
    links = {
        "org": branch_named(writer.actor, community, values.get("branch") or ""),
        "stairwell": _stairwell(writer, values),
        "category": values.get("category") or MemberCategory.OTHER,
        **{name: values.get(name) or "" for name in ("joined", "employer", "post")},
    }
    if number is None:
        person = writer.add(Person, place=community, **_person(values, links["stairwell"]))
        member = writer.add(PartyMember, place=community, person=person, since=None, **links)
    else:
        member = PartyMember.get_by_id(number)
        writer.change(member.person, **_person(values, links["stairwell"]))
        writer.change(member, **links)
    _write_commitments(writer, member, str(values.get("commitment") or ""))


def _write_commitments(writer: Writer, member: PartyMember, text: str) -> None:
    year = boards.current_year(writer.place)
    known = {row.text for row in member.commitments.where(Commitment.year == year)}
    for line in filter(None, (part.strip() for part in text.splitlines())):
        if line not in known and member.stairwell is not None:
            writer.adopt(boards.propose(writer.actor, member, line))


def end_membership(writer: Writer, number: int) -> None:
    """A member no longer on the sheet: the membership ends today, nothing is deleted."""
    writer.change(PartyMember.get_by_id(number), until=clock.today())


def existing_representatives(community: Place) -> list[dict[str, object]]:
    """Representatives on file in the roster's own columns."""
    return [
        {
            "id": row.id,
            **_person_values(row.person),
            "stairwell": row.stairwell.name if row.stairwell else "",
            "office": row.office,
        }
        for row in queries.representatives(community)
    ]


def write_representative(writer: Writer, number: int | None, values: dict[str, object]) -> None:
    """Add a representative from a roster row, or change the one on file."""
    links = {"stairwell": _stairwell(writer, values), "office": values.get("office") or ""}
    if number is None:
        person = _known_person(writer, values) or writer.add(
            Person, place=writer.place, **_person(values, links["stairwell"])
        )
        writer.add(Representative, place=writer.place, person=person, **links)
        return
    row = Representative.get_by_id(number)
    writer.change(row.person, **_person(values, links["stairwell"]))
    writer.change(row, **links)


def end_mandate(writer: Writer, number: int) -> None:
    """A representative no longer on the sheet: the mandate ends today."""
    writer.change(Representative.get_by_id(number), until=clock.today())


def _known_person(writer: Writer, values: dict[str, object]) -> Person | None:
    """The person on file with this name and phone (decision 4): a member who is a representative too stays one person."""
    if not values.get("phone"):
        return None
    return Person.get_or_none(
        (Person.place == writer.place) & (Person.name == values["name"]) & (Person.phone == values["phone"])
    )


def _stairwell(writer: Writer, values: dict[str, object]) -> Place | None:
    text = values.get("stairwell")
    return stairwell_named(writer.actor, writer.place, str(text)) if text else None


def _person(values: dict[str, object], stairwell: Place | None) -> dict[str, object]:
    name = str(values["name"])
    fields = {field: values[field] or "" for field in PERSON_FIELDS if field in values}
    fields["sex"] = Sex(fields.get("sex", ""))
    return {**fields, "sort_key": sort_key(name), "bigrams": bigrams(name), "stairwell": stairwell}


ROSTERS: dict[str, Roster] = {
    "members": Roster(MEMBERS, existing_members, write_member, end_membership, Can.PEOPLE_IMPORT),
    "representatives": Roster(
        REPRESENTATIVES, existing_representatives, write_representative, end_mandate, Can.PEOPLE_IMPORT
    ),
}
