"""Papers of co-building as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass

from blueprints.cobuilding import queries
from blueprints.cobuilding.models import Agreement, AgreementTask, MemberUnit
from blueprints.organisation.queries import body_of
from core import clock, zh
from core.printing import gongwen
from core.records.places import Place
from core.registers.sheet import Head, RegisterSheet
from core.text import in_chinese


@dataclass(frozen=True)
class TaskLine:
    """One thing agreed: what, how much, who on either side, by when."""

    text: str
    target: str
    our_owner: str
    their_owner: str
    due: str


@dataclass(frozen=True)
class AgreementSheet:
    """共建协议书: both parties in full, the clauses in order, the tasks as a table, room for two seals."""

    title: str
    number: str
    our_party: str
    their_party: str
    purpose: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    tasks: tuple[TaskLine, ...]
    our_liaison: str
    their_liaison: str
    since: str
    until: str
    renew_days: int
    signed_on: str


@dataclass(frozen=True)
class Label:
    """One address label of a member unit."""

    name: str
    to: str


@dataclass(frozen=True)
class LabelSheet:
    """Labels of all member units, three across and eight down on A4."""

    title: str
    labels: tuple[Label, ...]


def agreement(row: Agreement, renew_days: int) -> AgreementSheet:
    """An agreement as it is signed; blank days are filled in by hand."""
    return AgreementSheet(
        title=row.title, number=row.number, our_party=body_of(row.place), their_party=queries.party_of(row.unit),
        purpose=row.purpose, ours=_clauses(row.ours), theirs=_clauses(row.theirs),
        tasks=tuple(_task(task) for task in queries.tasks(row)), our_liaison=row.our_liaison,
        their_liaison=row.their_liaison, since=gongwen.day(row.since), until=gongwen.day(row.until),
        renew_days=renew_days, signed_on=gongwen.day(row.signed_on) or "　　年　　月　　日",
    )  # fmt: skip


def _clauses(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _task(task: AgreementTask) -> TaskLine:
    target = f"{task.target}{task.counted_in}" if task.target is not None else ""
    return TaskLine(task.text, target, task.our_owner, task.their_owner, zh.day(task.due_on))


PHONE_HEADS = (
    ("单位", 44), ("类别", 18), ("党组织", 30), ("负责人", 18), ("联络员", 18), ("联络员电话", 28), ("任联络员", 24), ("加入日期", 24),
)  # fmt: skip


@in_chinese()
def phones(community: Place, units: Iterable[MemberUnit]) -> RegisterSheet:
    """成员单位通讯录: who speaks for each unit, since when, and how to reach them; for the office alone."""
    whole = sum(width for _title, width in PHONE_HEADS)
    rows = tuple(map(_phone, units))
    return RegisterSheet(
        title="联席会议成员单位通讯录", body=community.name, note=f"共 {len(rows)} 家　内部使用", day=zh.day(clock.today()),
        landscape=True, heads=tuple(Head(title, round(96 * width / whole, 2), False) for title, width in PHONE_HEADS),
        rows=rows, totals=(), signatures=("制表人",),
    )  # fmt: skip


def _phone(unit: MemberUnit) -> tuple[str, ...]:
    liaison = unit.liaison if unit.liaison is not None and unit.liaison.id else None
    who = (liaison.name, liaison.phone, zh.day(liaison.since)) if liaison else ("", "", "")
    return (unit.name, unit.nature, unit.party_org, unit.head, *who, zh.day(unit.joined))


def labels(community: Place) -> LabelSheet:
    """Every unit that belongs today, addressed to its liaison."""
    units = queries.units(community).where(queries.belonging(clock.today()))
    return LabelSheet("成员单位标签", tuple(Label(unit.name, _addressee(unit)) for unit in units))


def _addressee(unit: MemberUnit) -> str:
    liaison = unit.liaison if unit.liaison is not None and unit.liaison.id else None
    return f"联络员　{liaison.name}　同志收" if liaison and liaison.name else "党组织收"
