"""Model texts: what is asked of the writer for a kind of notice, and how names and cells that were typed are read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from peewee import JOIN

from blueprints.notices.pasting import PIPES
from blueprints.people.models import PartyMember
from core.access import Actor
from core.records.people import Person
from core.records.places import PartyOrg, Place
from core.refusal import Refused
from core.text import _l

UNKNOWN = "×××"
SHOWN_TO_ALL = "现予以公示，接受党员和居民监督。"
PERSON = re.compile(r"[㐀-鿿𠀀-𯨟·]{2,12}")
BETWEEN = re.compile(r"(?:[\s，;；|]|,(?!\d{3}))+")  # 1,465.50 is one cell


class ThingTooLong(Refused):
    sentence = _l("“%(name)s”的简要事迹有 %(n)s 个字，请缩到 %(most)s 个字以内。")


@dataclass(frozen=True)
class Start:
    """Whom and what a text is for: ``item`` and ``period`` are those of the three-affairs catalogue, "" elsewhere."""

    actor: Actor
    place: Place
    item: str = ""
    period: str = ""


@dataclass(frozen=True)
class Blank:
    """One question. ``kind``: line, lines, day, time or choice; ``choices(start)`` answers {value: words}, ``preset``
    what stands there already."""

    name: str
    title: object
    hint: object = ""
    kind: str = "line"
    choices: Callable[[Start], Mapping[str, object]] | None = None
    preset: Callable[[Start], str] = lambda _start: ""
    rows: int = 4


@dataclass(frozen=True)
class Words:
    """A text as it was put together; ``fields`` go into the notice's other lines, ``facts`` are kept for the next one."""

    title: str
    body: str
    fields: dict[str, object] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)


Answers = Mapping[str, str]


@dataclass(frozen=True)
class ModelText:
    """The questions of a kind, and what puts the answers together; an answer left out becomes ×××."""

    blanks: tuple[Blank, ...]
    compose: Callable[[Start, Answers], Words]


def said(answers: Answers, name: str, otherwise: str = UNKNOWN) -> str:
    """An answer, or what stands where none was given."""
    return answers.get(name, "").strip() or otherwise


def lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def cells(text: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """A list that was typed or pasted, a row a line: cells between tabs, else between spaces or commas; 、 parts names.

    A first line that names columns says which cell is which; elsewhere they come in the order of ``columns``.
    """
    order: Sequence[str] = columns
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in (line.split("\t") if "\t" in line else BETWEEN.split(line.strip()))]
        if sum(part in columns for part in parts) > 1:
            order = parts
        elif len(parts) == 1 and "、" in line and all(PERSON.fullmatch(name.strip()) for name in line.split("、") if name.strip()):
            found += [{columns[0]: name.strip()} for name in line.split("、") if name.strip()]
        elif any(parts):
            found.append({name: part for name, part in zip(order, parts, strict=False) if part})
    return found


def known(place: Place, names: Sequence[str]) -> dict[str, dict[str, str]]:
    """What the rosters say of these people, those left out whose name two of them bear."""
    rows = (
        Person.select(Person, PartyMember, PartyOrg)
        .join(PartyMember, JOIN.LEFT_OUTER, on=((PartyMember.person == Person.id) & PartyMember.until.is_null(True)), attr="member")
        .join(PartyOrg, JOIN.LEFT_OUTER)
        .where((Person.place == place) & Person.name.in_(list(names)))
    )
    found: dict[str, list[dict[str, str]]] = {}
    for person in rows:
        found.setdefault(person.name, []).append(_facts(person))
    return {name: several[0] for name, several in found.items() if len(several) == 1}


def _facts(person: Person) -> dict[str, str]:
    member = getattr(person, "member", None)
    member = member if member is not None and member.id else None
    work = " ".join(filter(None, [member.employer, member.post])) if member else ""
    told = {
        "性别": str(person.sex.title) if person.sex else "", "出生年月": month(person.birth), "文化程度": person.education,
        "学历": person.education, "单位及职务": work, "现任职务": member.post if member else "",
        "支部": member.org.name if member and member.org else "", "政治面貌": "中共党员" if member else "",
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def month(partial: str) -> str:
    """1978-02-03 → 1978年2月: no birthday on a wall."""
    parts = partial.split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts[:2], "年月", strict=False)) if partial else ""


def people(start: Start, text: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The people of a list with every column, from what was typed and else from the rosters."""
    rows = cells(text, columns)
    told = known(start.place, [row.get(columns[0], "") for row in rows])
    return [{name: row.get(name) or told.get(row.get(columns[0], ""), {}).get(name, "") for name in columns} for row in rows]


def table(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """The rows as the notice's own table; a list without rows has one to be filled in."""
    shown = rows or [dict.fromkeys(columns, UNKNOWN)]
    body = [[str(row.get(name, "")).translate(PIPES) for name in columns] for row in shown]
    return "\n".join("| " + " | ".join(line) + " |" for line in [list(columns), *body])
