"""The counted result as people read it: line by line in the ballot's order, never ranked by votes."""

import json
from dataclasses import dataclass

from blueprints.ballots.ballot import Kind
from blueprints.ballots.models import Poll, PollClass
from blueprints.ballots.tally import LEAST_SHOWN
from blueprints.ballots.words import options, votes_needed
from core.text import _


@dataclass(frozen=True)
class Line:
    """One candidate or item; ``passed`` is None where nothing is passed (recommendation, appraisal)."""

    name: str
    item: str
    counts: tuple[int, ...]
    unmarked: int
    void: int
    passed: bool | None
    grade: str = ""


@dataclass(frozen=True)
class Group:
    """One class of voters, or several too small to be shown alone."""

    title: str
    figures: dict[str, int]
    base: int
    needed: int
    options: tuple[str, ...]
    lines: tuple[Line, ...]
    written: tuple[tuple[str, int], ...]
    tied: tuple[str, ...] = ()
    tied_seats: int = 0
    vacant: int = 0
    elected: tuple[str, ...] = ()


def groups(poll: Poll) -> list[Group]:
    """What was counted, class by class; empty before the count."""
    if not poll.result:
        return []
    public = json.loads(poll.result)
    titles = {row.code: row.title for row in poll.classes.order_by(PollClass.id)}
    return [_group(poll, public, group, titles) for group in public["groups"]]


@dataclass(frozen=True)
class Combined:
    """All classes together: who is recommended by the merge rule, or each row's weighted grade with its shares in per cent.

    ``settled`` is false when more were named than are looked for; ``too_many_best`` is a warning, the committee decides.
    """

    names: tuple[str, ...]
    settled: bool
    grades: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    too_many_best: bool


def combined(poll: Poll) -> Combined | None:
    """None where every class stands for itself."""
    found = json.loads(poll.result)["combined"] if poll.result else None
    if found is None:
        return None
    if "names" in found:
        return Combined(tuple(found["names"]), found["settled"], (), False)
    config = json.loads(poll.result)["config"]
    rows = [(one["name"], item) for one in config["candidates"] for item in config["items"] or [""]]
    grades = tuple(
        (name, item, _grade(poll, found, number), tuple(_per_cent(*share) for share in found["shares"][number]))
        for number, (name, item) in enumerate(rows)
    )
    return Combined((), True, grades, found["too_many_best"])


def _per_cent(part: int, whole: int) -> str:
    """One place after the point, rounded half up in whole numbers."""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def counts_shown(poll: Poll) -> bool:
    """Whether votes are published: the poll says so, and no group is so small that its sums tell how people voted."""
    return poll.show_counts and not poll.invalid and all(one.figures["recovered"] >= LEAST_SHOWN for one in groups(poll))


def _group(poll: Poll, public: dict, group: dict, titles: dict[str, str]) -> Group:
    total, rules, outcome = group["total"], public["rules"], group["outcome"]
    rows = [(c["name"], item) for c in public["config"]["candidates"] for item in public["config"]["items"] or [""]]
    lines = tuple(
        Line(
            name, item, tuple(counts[:-2]), counts[-2], counts[-1], _passed(poll, name, outcome), _grade(poll, outcome, number)
        )
        for number, ((name, item), counts) in enumerate(zip(rows, total["rows"], strict=True))
    )
    return Group(
        title="、".join(titles[code] for code in group["classes"]), figures=_sum(public["figures"], group["classes"]),
        base=group["base"], needed=votes_needed(group["base"], rules["threshold"]), options=tuple(options(poll)),
        lines=lines, written=tuple(total["written"].items()), tied=tuple(outcome.get("tied", ())),
        tied_seats=outcome.get("tied_seats", 0), vacant=outcome.get("vacant", 0), elected=tuple(outcome.get("elected", ())),
    )  # fmt: skip


def _passed(poll: Poll, name: str, outcome: dict) -> bool | None:
    if poll.kind in (Kind.TRUST, Kind.RESOLUTION):
        return name in outcome["passed"]
    return name in outcome["elected"] if "elected" in outcome else None


def _grade(poll: Poll, outcome: dict, row: int) -> str:
    return "／".join(options(poll)[number] for number in outcome["grades"][row]) if "grades" in outcome else ""


def _sum(figures: dict[str, dict], codes: list[str]) -> dict[str, int]:
    """The figures of the group's classes added up."""
    first = figures[codes[0]]
    return {name: sum(figures[code][name] or 0 for code in codes) for name in first}


def pass_title(poll: Poll) -> tuple[str, str]:
    """The words for somebody over the line and for somebody below it."""
    if poll.kind in (Kind.ELECTION, Kind.PRESELECTION):
        return _("当选"), _("未当选")
    if poll.kind is Kind.TRUST and poll.rules["threshold"] == [1, 2]:
        return _("过半"), _("未过半")
    return _("通过"), _("未通过")
