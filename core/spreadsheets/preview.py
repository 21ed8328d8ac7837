"""What an import would do: the rows of a sheet beside the records on file, nothing written."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from core.refusal import Refused
from core.spreadsheets.cells import Kind, clean, squeeze
from core.spreadsheets.identity import BY_NAME, PERSON, Identity, Likeness, Namesakes, Record
from core.spreadsheets.roster import Column, Declaration, Refusal, Row, Sheet
from core.text import _, _l

__all__ = ["BY_NAME", "PERSON", "Change", "Match", "Plan", "Unclear", "preview"]

Fields = dict[str, tuple[object, object]]


@dataclass(frozen=True)
class Change:
    """A record on file and the fields the sheet has otherwise: key → (on file, in the sheet)."""

    row: Row
    record: Record
    fields: Fields


@dataclass(frozen=True)
class Match:
    """A record on file that the sheet repeats."""

    row: Row
    record: Record


@dataclass(frozen=True)
class Unclear:
    """A row that may be one of ``records`` or somebody new: a preview asks, a command adds and warns."""

    row: Row
    records: tuple[Record, ...]
    reason: str


    def beside(self, record: Record, declaration: Declaration) -> tuple[list[Column], list[Column]]:
        """The columns in which the row and a record differ, and those in which they agree; blanks say neither."""
        both = [c for c in declaration.columns if self.row.values.get(c.key) and record.get(c.key) and c.key != "id"]
        return (
            [column for column in both if self.row.values[column.key] != record[column.key]],
            [column for column in both if self.row.values[column.key] == record[column.key]],
        )


@dataclass
class Plan:
    """What applying the sheet would do; ``missing`` are records on file the sheet does not name."""

    sheet: Sheet
    added: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[Match] = field(default_factory=list)
    missing: list[Record] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)

    name_key: str = "name"

    def name_of(self, row: Row) -> str:
        """What people call the row."""
        return str(row.values.get(self.name_key) or "")

    @property
    def digest(self) -> str:
        """The same for the same changes: what somebody saw in the preview is what confirming may do."""
        told = (
            [row.number for row in self.added],
            [(change.row.number, change.record["id"], sorted(change.fields.items())) for change in self.changed],
            [(one.row.number, [record["id"] for record in one.records]) for one in self.unclear],
            [record["id"] for record in self.missing],
        )
        return hashlib.blake2b(repr(told).encode(), digest_size=12).hexdigest()

    def report(self, *, applied: bool = False, batch: int | None = None) -> dict[str, object]:
        """The form of ``import --json``; unclear rows are among the added, as a command adds them."""
        return {
            "sheet": self.sheet.title,
            "header_row": self.sheet.header_row,
            "columns": self.sheet.columns,
            "unknown": self.sheet.unknown,
            "other_sheets": self.sheet.other_sheets,
            "added": len(self.added) + len(self.unclear),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "missing": len(self.missing),
            "refused": [refusal.report() for refusal in self.refused],
            "unclear": [{"row": u.row.number, "reason": u.reason} for u in self.unclear],
            "applied": applied,
            "batch": batch,
        }


class RepeatedRow(Refused):
    sentence = _l("与第 %(row)s 行重复，只取前面一行。")


Differs = Callable[[Record, Row, Fields], Fields]


def preview(
    sheet: Sheet, existing: Iterable[Record], identify: Identity = PERSON, differs: Differs | None = None
) -> Plan:
    """The plan of an import: ``existing`` are the records on file as dicts with ``id`` and the columns' keys,
    ``identify`` the rules by which a row is one of them, ``differs`` corrects what was found to differ."""
    plan = Plan(sheet, refused=list(sheet.refused), name_key=identify[0][0])
    comparison = _Comparison(sheet, list(existing), Likeness(sheet.declaration, identify))
    comparison.refuse_repeats(plan)
    comparison.match()
    for row in comparison.rows:
        record = comparison.found.get(row.number)
        if record is not None:
            if fields := found_fields(sheet, record, row, differs):
                plan.changed.append(Change(row, record, fields))
            else:
                plan.unchanged.append(Match(row, record))
        elif doubt := comparison.doubt(row):
            plan.unclear.append(doubt)
        else:
            plan.added.append(row)
    named = {*comparison.claimed, *(record["id"] for unclear in plan.unclear for record in unclear.records)}
    plan.missing = [record for record in comparison.existing if record["id"] not in named]
    plan.refused.sort(key=lambda refusal: refusal.row)
    return plan


def found_fields(sheet: Sheet, record: Record, row: Row, differs: Differs | None) -> Fields:
    """What a row would change on file, the area's own view of it included."""
    fields = differences(sheet, record, row)
    return differs(record, row, fields) if differs else fields


def differences(sheet: Sheet, record: Record, row: Row) -> Fields:
    """What the row has otherwise than the record. In an exported sheet, known by its 编号, an emptied cell
    empties the field; in the office's own list a blank or a coarser date says nothing."""
    exported = row.values.get("id") == record["id"]
    fields: Fields = {}
    for key, new in row.values.items():
        old = record.get(key)
        old = clean(old) if isinstance(old, str) else old
        if key == "id" or old == new or (old in ("", None) and new in ("", None)):
            continue
        coarser = sheet.declaration[key].kind is Kind.PARTIAL_DATE and str(old or "").startswith(str(new))
        if exported or not (new in ("", None) or coarser):
            fields[key] = (record.get(key), new)
    return fields


class _Comparison:
    """Rows and records of one import, and which row was found to be which record."""

    def __init__(self, sheet: Sheet, existing: list[Record], likeness: Likeness) -> None:
        self.rows, self.existing, self.likeness = list(sheet.rows), existing, likeness
        self.by_id = {record["id"]: record for record in existing}
        self.by_name: dict[str, Namesakes] = defaultdict(lambda: Namesakes(likeness))
        for record in existing:
            self.by_name[self._name(record)].add(record, record)
        self.found: dict[int, Record] = {}
        self.claimed: dict[object, int] = {}
        self.twins: dict[int, list[int]] = defaultdict(list)

    def _name(self, values: Record) -> str:
        return squeeze(str(values.get(self.likeness.name_key) or ""))

    def refuse_repeats(self, plan: Plan) -> None:
        """Takes out rows that say again what an earlier one said; twins stay, remembered as doubtful."""
        kept: dict[str, Namesakes] = defaultdict(lambda: Namesakes(self.likeness))
        for row in self.rows:
            namesakes = kept[self._name(row.values)]
            earlier_rows = namesakes.near(row.values)
            repeated = next((e for e in earlier_rows if self.likeness.repeats(e.values, row.values)), None)
            if repeated:
                reason = str(RepeatedRow(row=repeated.number))
                column = plan.sheet.columns[self.likeness.name_key]
                plan.refused.append(Refusal(row.number, column, plan.name_of(row), reason))
                continue
            for earlier in earlier_rows:
                if self.likeness.twins(earlier.values, row.values):
                    self.twins[row.number].append(earlier.number)
                    self.twins[earlier.number].append(row.number)
            namesakes.add(row, row.values)
        self.rows = [row for namesakes in kept.values() for row in namesakes.every()]
        self.rows.sort(key=lambda row: row.number)

    def match(self) -> None:
        """Numbers first, then each rule from the strongest, so that a weak likeness never takes a sure one's record."""
        for row in self.rows:
            record = self.by_id.get(row.values.get("id"))
            if record is not None and self.likeness.plausible(row.values, record):
                self._claim(row, record)
        for rule in range(len(self.likeness.rules)):
            wants: dict[object, list[tuple[int, int, Row]]] = defaultdict(list)
            for row in self.rows:
                if row.number not in self.found and (best := self._best(row, rule)):
                    score, record = best
                    wants[record["id"]].append((-score, row.number, row))
            for key, rows in wants.items():
                self._claim(min(rows, key=lambda want: want[:2])[2], self.by_id[key])

    def _claim(self, row: Row, record: Record) -> None:
        if record["id"] not in self.claimed:
            self.found[row.number] = record
            self.claimed[record["id"]] = row.number

    def _best(self, row: Row, rule: int) -> tuple[int, Record] | None:
        """The one record this rule finds; of several the likeliest, unless two are equally likely."""
        scores = [
            (self.likeness.score(row.values, record), record)
            for record in self.by_name[self._name(row.values)].near(row.values)
            if record["id"] not in self.claimed and self.likeness.same(row.values, record) == rule
        ]
        scores.sort(key=lambda pair: -pair[0])
        if not scores or (len(scores) > 1 and scores[0][0] == scores[1][0]):
            return None
        return scores[0]

    def doubt(self, row: Row) -> Unclear | None:
        """Why a row that was not found may yet be somebody on file, or somebody of an earlier row."""
        numbered = self.by_id.get(row.values.get("id"))
        if numbered is not None:
            who = str(numbered.get(self.likeness.name_key) or "")
            if numbered["id"] in self.claimed:
                return Unclear(row, (), _("编号与第 %(row)s 行相同。", row=self.claimed[numbered["id"]]))
            return Unclear(row, (numbered,), _("这个编号在册的是%(who)s，资料都不相同。", who=who))
        free = (r for r in self.by_name[self._name(row.values)].every() if r["id"] not in self.claimed)
        alike = tuple(record for record in free if self.likeness.doubtful(row.values, record))
        if alike:
            reason = _("在册有 %(count)s 位同名的，资料不足或有出入，分不清是不是同一人。", count=len(alike))
            return Unclear(row, alike, reason)
        # Of two such rows the first is taken as it stands; the other is the one to ask about.
        twin = next((n for n in self.twins[row.number] if n in self.found or n < row.number), None)
        if twin:
            return Unclear(row, (), _("与第 %(row)s 行同名且资料相近，分不清是不是同一人。", row=twin))
        return None
