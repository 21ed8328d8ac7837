"""A ballot form as it was filled in: read, checked against the rules printed on it, turned into a vote."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from .ballot import Ballot, Kind, Unmarked
from .body import Vote, line_fits
from .refusals import N_, BodyMalformed

WITH_OTHERS = (Kind.ELECTION, Kind.PRESELECTION)
FIRST, SECOND = 1, 2
MARKS_KNOWN = 100
MARKS = {str(mark): mark for mark in range(MARKS_KNOWN)}


@dataclass(frozen=True)
class Fault:
    """One thing to change, told on top of the page and at the field itself."""

    field: str
    sentence: str
    values: dict


@dataclass(frozen=True)
class Filled:
    marks: tuple[int, ...]
    lines: tuple[str, ...]
    whole: bool = False

    def count(self, option: int) -> int:
        return self.marks.count(option)


def blank(ballot: Ballot) -> Filled:
    """Nothing is ticked beforehand."""
    return Filled((0,) * len(ballot.rows), ("",) * ballot.lines)


def read(ballot: Ballot, form: Mapping[str, str]) -> Filled:
    if form.get("whole"):
        return Filled((0,) * len(ballot.rows), ("",) * ballot.lines, whole=True)
    marks = tuple(_mark(form.get(f"m{row}", "0"), len(ballot.options)) for row in range(len(ballot.rows)))
    lines = tuple(written(ballot, form.get(f"w{line}", "")) for line in range(ballot.lines))
    return Filled(marks, lines)


def _mark(value: str, options: int) -> int:
    mark = MARKS.get(value, MARKS_KNOWN)
    if mark > options:
        raise BodyMalformed
    return mark


def written(ballot: Ballot, text: str) -> str:
    """Two spellings of one name would be counted as two people, so spaces and wide letters are evened out."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    if not text.isprintable():
        raise BodyMalformed
    if ballot.lines_are_names:
        text = re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text)
    return text


def vote(filled: Filled) -> Vote:
    return Vote(filled.marks, tuple(line for line in filled.lines if line), filled.whole)


def faults(ballot: Ballot, filled: Filled) -> list[Fault]:
    """A whole ballot given up is always good; otherwise every rule that the paper prints is checked."""
    if filled.whole:
        return []
    found = too_long(filled) + unmarked(ballot, filled) + too_many(ballot, filled)
    return found + (wrong_names(ballot, filled) if ballot.lines_are_names and any(filled.lines) else [])


def too_long(filled: Filled) -> list[Fault]:
    sentence = N_("第 %(line)s 行太长，最多 31 个汉字，请缩短。")
    long = [number for number, line in enumerate(filled.lines) if not line_fits(line)]
    return [Fault(f"w{number}", sentence, {"line": number + 1}) for number in long]


def unmarked(ballot: Ballot, filled: Filled) -> list[Fault]:
    if ballot.unmarked is not Unmarked.REFUSED:
        return []
    missing = [row for row, mark in enumerate(filled.marks) if not mark]
    names = {row: " ".join(part for part in (ballot.rows[row][0].name, ballot.rows[row][1]) if part) for row in missing}
    return [Fault(f"m{row}", N_("“%(name)s”这一项还没有选。"), {"name": names[row]}) for row in missing]


def too_many(ballot: Ballot, filled: Filled) -> list[Fault]:
    others = sum(1 for line in filled.lines if line) if ballot.kind in WITH_OTHERS else 0
    count = filled.count(FIRST) + others
    if not ballot.cap or count <= ballot.cap:
        return []
    ticked = [f"m{row}" for row, mark in enumerate(filled.marks) if mark == FIRST]
    ticked += [f"w{line}" for line, text in enumerate(filled.lines) if text]
    values = {"option": ballot.options[0].title, "cap": ballot.cap, "count": count, "more": count - ballot.cap}
    sentence = N_("“%(option)s”最多 %(cap)s 个，现在有 %(count)s 个，请改掉 %(more)s 个。")
    return [Fault(ticked[ballot.cap], sentence, values)]


def wrong_names(ballot: Ballot, filled: Filled) -> list[Fault]:
    found, seen, names = [], set(), {written(ballot, candidate.name) for candidate in ballot.candidates}
    for number, name in enumerate(filled.lines):
        if name and name in names:
            found.append(Fault(f"w{number}", N_("“%(name)s”已在候选人中，请直接对其表态。"), {"name": name}))
        elif name and name in seen:
            found.append(Fault(f"w{number}", N_("“%(name)s”写了两次，请删去一处。"), {"name": name}))
        seen.add(name)
    others, against = len(seen - {""}), filled.count(SECOND)
    if ballot.kind in WITH_OTHERS and others > against:
        sentence = N_("另选他人 %(others)s 名，多于不赞成的 %(against)s 名。每不赞成一名，可另选一名。")
        first = next(number for number, name in enumerate(filled.lines) if name)
        found.append(Fault(f"w{first}", sentence, {"others": others, "against": against}))
    return found
