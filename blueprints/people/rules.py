"""Taking rosters in: a member or representative is a link to a Person who stands on file once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from blueprints.boards import queries as boards_queries
from blueprints.boards import rosters as promises_in
from blueprints.boards import rules as boards
from blueprints.organisation.rules import branch_named, stairwell_named
from blueprints.people import queries
from blueprints.people.models import FormerBranch, MemberCategory, PartyMember, Representative
from blueprints.people.rosters import MEMBERS, REPRESENTATIVES
from core import clock
from core.access import Can
from core.bigrams import bigrams
from core.records.people import Person, Sex
from core.records.places import PartyOrg, Place
from core.spreadsheets.imports import Roster, Writer
from core.spreadsheets.preview import Fields
from core.spreadsheets.roster import Row
from core.strokes import sort_key
from core.text import _, _l

PERSON_FIELDS = ("name", "sex", "birth", "phone")


def existing_members(community: Place) -> list[dict[str, object]]:
    """Members on file in the roster's own columns, for comparison and export."""
    promises = boards_queries.promises(community, boards.current_year(community))
    return [member_values(member, promises.get(member.id, ())) for member in queries.members(community)]


def member_values(member: PartyMember, promises: Iterable[str] = ()) -> dict[str, object]:
    """One member as a row of the roster; several promises stand in one cell, each on its line."""
    return {
        "id": member.id,
        **_person_values(member.person),
        "joined": member.joined,
        "branch": member.org.name if member.org else "",
        "stairwell": member.stairwell.name if member.stairwell else "",
        "category": member.category,
        "employer": member.employer,
        "post": member.post,
        "commitment": "\n".join(promises),
    }


def _person_values(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in PERSON_FIELDS}


def member_differs(record: dict[str, object], row: Row, fields: Fields) -> Fields:
    """In the office's own list a promise is one more beside those on file; an exported sheet, known by its 编号, holds all.

    A category left out is that of all others.
    """
    if "category" in fields and not fields["category"][1] and record["category"] is MemberCategory.OTHER:
        fields = {key: pair for key, pair in fields.items() if key != "category"}
    if "commitment" not in fields:
        return fields
    rest = {key: pair for key, pair in fields.items() if key != "commitment"}
    on_file, sheet = (_lines(text) for text in (record["commitment"], row.values["commitment"]))
    exported = row.values.get("id") == record["id"]
    wanted = sheet if exported else on_file + [line for line in sheet if line not in on_file]
    nowhere = not (record["stairwell"] or row.values.get("stairwell"))
    if set(wanted) == set(on_file) or nowhere:
        return rest
    return {**rest, "commitment": (record["commitment"], "\n".join(wanted))}


def homeless_promise(row: Row) -> str:
    """A promise hangs in a stairwell; a row without one keeps its member and loses its promise, and says so."""
    if row.values.get("commitment") and not row.values.get("stairwell"):
        return _("没有写责任区（楼道），人员会导入，承诺事项不会。")
    return ""


def _lines(text: object) -> list[str]:
    return list(dict.fromkeys(filter(None, (line.strip() for line in str(text or "").splitlines()))))


def write_member(writer: Writer, number: int | None, values: dict[str, object]) -> PartyMember:
    """Add a member from a roster row, or change the one on file; without a column of promises those stay."""
    stairwell = _stairwell(writer, values)
    links = {
        "org": _branch(writer, str(values.get("branch") or "")),
        "stairwell": stairwell,
        "category": values.get("category") or MemberCategory.OTHER,
        **{name: values.get(name) or "" for name in ("joined", "employer", "post")},
    }
    if number is None:
        person = _person_of(writer, values, stairwell, PartyMember)
        member = writer.add(PartyMember, place=writer.place, person=person, since=values.get("since"), **links)
    else:
        member = PartyMember.get_by_id(number)
        _correct(writer, member, _person(values, stairwell), links)
        promises_in.follow(writer, member)
    if "commitment" in values and stairwell is not None:
        promises_in.keep_to(writer, member, _lines(values["commitment"]), new=number is None)
    return member


def _correct(writer: Writer, member: PartyMember, person: dict[str, object], links: dict[str, object]) -> None:
    """The version of a member's form is the person's, so a change of the membership alone makes older forms stale too."""
    version = member.person.version
    writer.change(member.person, **person)
    before = len(writer.changes)
    _keep_branch(writer, member, links["org"])
    writer.change(member, **links)
    if len(writer.changes) > before and member.person.version == version:
        writer.change(member.person, version=version + 1)


def _keep_branch(writer: Writer, member: PartyMember, org: PartyOrg | None) -> None:
    """Where a member belonged stays on file, so that branches can be counted on any day; a day's first word counts."""
    today = clock.today()
    known = FormerBranch.select().where((FormerBranch.member == member) & (FormerBranch.until == today)).exists()
    if member.org_id is not None and member.org_id != (org.id if org else None) and not known:
        writer.add(FormerBranch, member=member, org=member.org_id, until=today)


def _branch(writer: Writer, name: str) -> PartyOrg | None:
    return writer.once(("branch", name), lambda: branch_named(writer.actor, writer.place, name, writer.adopt))


def end_membership(writer: Writer, number: int, day: date | None = None, reason: str = "") -> None:
    """The membership ends, by default today because a sheet no longer has it; nothing is deleted."""
    member = PartyMember.get_by_id(number)
    writer.change(member, until=day or clock.today())
    promises_in.leave(writer, member, _("党员已离开：%(reason)s", reason=reason or _("导入的名册里已经没有这一位")))


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
        person = _person_of(writer, values, links["stairwell"], Representative)
        writer.add(Representative, place=writer.place, person=person, **links)
        return
    row = Representative.get_by_id(number)
    writer.change(row.person, **_person(values, links["stairwell"]))
    writer.change(row, **links)


def end_mandate(writer: Writer, number: int) -> None:
    """A representative no longer on the sheet: the mandate ends today."""
    writer.change(Representative.get_by_id(number), until=clock.today())


def _person_of(
    writer: Writer, values: dict[str, object], stairwell: Place | None, role: type[PartyMember] | type[Representative]
) -> Person:
    """Whoever stands on file as something else already, by name with phone or birth month (decision 4), stays one
    person and is typed once; else somebody new."""
    free = writer.once(("people", role), lambda: _people_without(writer.place, role))
    same = [person for person in free.get(str(values["name"]), ()) if _same(person, values)]
    if len(same) != 1:
        return writer.add(Person, place=writer.place, **_person(values, stairwell))
    free[str(values["name"])].remove(same[0])
    known = {name: value for name, value in _person(values, same[0].stairwell or stairwell).items() if value}
    return writer.change(same[0], **known)


def _people_without(place: Place, role: type[PartyMember] | type[Representative]) -> dict[str, list[Person]]:
    """People of the community who do not hold this role today, by name."""
    holding = role.select(role.person).where((role.place == place) & role.until.is_null(True))
    found: dict[str, list[Person]] = defaultdict(list)
    for person in Person.select().where((Person.place == place) & Person.id.not_in(holding)):
        found[person.name].append(person)
    return found


def _same(person: Person, values: dict[str, object]) -> bool:
    sex, birth, phone = (str(values.get(name) or "") for name in ("sex", "birth", "phone"))
    if person.sex and sex and person.sex != sex:
        return False
    born = person.birth[:7] == birth[:7] if min(len(person.birth), len(birth)) >= 7 else None
    return born is not False and (bool(born) or bool(phone and person.phone == phone))


def _stairwell(writer: Writer, values: dict[str, object]) -> Place | None:
    text = str(values.get("stairwell") or "")
    if not text:
        return None
    return writer.once(("stairwell", text), lambda: stairwell_named(writer.actor, writer.place, text, adopt=writer.adopt))


def _person(values: dict[str, object], stairwell: Place | None) -> dict[str, object]:
    name = str(values["name"])
    fields = {field: values[field] or "" for field in PERSON_FIELDS if field in values}
    fields["sex"] = Sex(fields.get("sex", ""))
    return {**fields, "sort_key": sort_key(name), "bigrams": bigrams(name), "stairwell": stairwell}


ROSTERS: dict[str, Roster] = {
    "members": Roster(
        MEMBERS, existing_members, write_member, end_membership, Can.PEOPLE_IMPORT, differs=member_differs,
        remark=homeless_promise, onward=("/office/boards/commitments?state=proposed", _l("下一步：审核承诺")),
    ),
    "representatives": Roster(
        REPRESENTATIVES, existing_representatives, write_representative, end_mandate, Can.PEOPLE_IMPORT,
        onward=("/office/people/representatives", _l("看居民代表名册")),
    ),
}
