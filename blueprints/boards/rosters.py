"""Promises on spreadsheets: a column of the members' roster, and the ledger (承诺一览表) as it goes out and comes in."""

import calendar
from collections.abc import Collection
from datetime import date

from blueprints.boards import categories, queries, reported, rules
from blueprints.boards.letters import PURPOSE
from blueprints.boards.models import LIVING, SHOWN_STATES, Commitment, CommitmentState, Progress, Way
from blueprints.boards.wording import likely_category
from blueprints.people import queries as people
from blueprints.people.models import PartyMember
from core import clock, links
from core.access import Can
from core.records.people import Person
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.cells import squeeze
from core.spreadsheets.imports import Roster, Writer
from core.spreadsheets.preview import Fields
from core.spreadsheets.reading import Column, Declaration, Kind
from core.spreadsheets.roster import Row
from core.text import _, _l

# A promise is known by its 编号; else by its words and who made it.
IDENTIFY = (("text", "name", "stairwell"), ("text", "name"))
OURS = ("state", "outcome")  # told on the sheet, changed in the system only


class NoSuchMember(Refused):
    sentence = _l("名册里没有%(name)s，请先在党员名册里登记。")


class SeveralMembers(Refused):
    sentence = _l("名册里有 %(count)s 位%(name)s，请写明楼道或支部。")


class NowhereToHang(Refused):
    sentence = _l("%(name)s还没有责任区（楼道），请先在党员名册里补上。")


class LessDone(Refused):
    sentence = _l("完成数是 %(sheet)s，已登记的是 %(done)s。完成数只能从表格加上去，要改少请在系统里改。")


class NotShown(Refused):
    sentence = _l("这条承诺还没有公示（%(state)s），不能登记完成数。")


def declaration(place: Place) -> Declaration:
    """The columns of the ledger in the order of forms.md 1.3."""
    sorted_by = {str(one.title): one.value for one in categories.offered(place)}
    return Declaration(
        "commitments", str(_l("承诺一览表")),
        (
            Column("id", "编号", ("系统编号",), Kind.IDENTITY),
            Column("name", "姓名", ("党员姓名", "承诺人"), Kind.NAME, required=True, longest=80),
            Column("branch", "支部", ("所在支部", "党支部", "所属支部"), fills=True),
            Column("stairwell", "楼道", ("责任区", "责任区(楼道)", "幢单元", "楼幢单元"), Kind.STAIRWELL, fills=True),
            Column("category", "类别", ("示范类别", "承诺类别"), Kind.CHOICE, choices=sorted_by, fills=True),
            Column("text", "承诺事项", ("承诺", "承诺内容", "公开承诺事项"), required=True, longest=300),
            Column("target", "目标数", ("数量或标准", "数量/标准", "目标", "数量"), longest=80),
            Column("due", "时限", ("完成时限", "完成时间", "期限"), Kind.PARTIAL_DATE),
            Column("done", "完成数", ("已完成数", "完成情况"), Kind.INTEGER),
            Column("evidence", "佐证", ("佐证材料", "证明材料"), longest=200),
            Column("support", "需要的支持", (), longest=120),
            Column("state", "进展", ("状态",)),
            Column("outcome", "评诺结果", ("评诺",)),
            Column("note", "备注", (), longest=300),
        ),
    )  # fmt: skip


def rows(community: Place, year: int, commitments: Collection[Commitment]) -> list[dict[str, object]]:
    """Promises as rows of the ledger."""
    done = reported.done(community, year)
    return [_row(commitment, done.get(commitment.id)) for commitment in commitments]


def _row(row: Commitment, done: reported.Done | None) -> dict[str, object]:
    return {
        "id": row.id, "name": row.member.person.name, "branch": row.member.org.name if row.member.org else "",
        "stairwell": row.stairwell.name, "category": row.category.value, "text": row.text, "target": row.target,
        "due": row.due_on.isoformat() if row.due_on else "", "done": done.amount if done else None,
        "evidence": done.evidence if done else "", "support": row.support, "state": str(row.state.title),
        "outcome": str(row.outcome.title), "note": row.reason,
    }  # fmt: skip


def existing(community: Place) -> list[dict[str, object]]:
    """All promises of the year that were not withdrawn."""
    year = rules.current_year(community)
    return rows(community, year, list(queries.on_boards(community, year, LIVING)))


def differs(record: dict[str, object], row: Row, fields: Fields) -> Fields:
    """What the system says itself is no change; evidence belongs to an amount and comes with it."""
    kept = {key: pair for key, pair in fields.items() if key not in (*OURS, "note", "name", "branch", "stairwell")}
    if "due" in kept and last_day(str(kept["due"][1])) == record["due"]:
        kept.pop("due")
    return kept if "done" in kept else {key: pair for key, pair in kept.items() if key != "evidence"}


def last_day(text: str) -> str:
    """The day by which something due in a month or a year is due."""
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7:
        return f"{text}-{calendar.monthrange(int(text[:4]), int(text[5:]))[1]:02}"
    return text


def check(place: Place, number: int | None, values: dict[str, object]) -> None:
    """Whose promise it is must be known, and what was done can only grow."""
    if number is None:
        if _member(place, values).stairwell_id is None:
            raise NowhereToHang(name=values["name"])
        state, before = CommitmentState.PROPOSED, 0
    else:
        state, before = Commitment.get_by_id(number).state, reported.done_of(number)
    amount = values.get("done") or 0
    if amount < before:
        raise LessDone(sheet=amount, done=before)
    if amount > before and state not in SHOWN_STATES:
        raise NotShown(state=state.title)


def _member(place: Place, values: dict[str, object]) -> PartyMember:
    """The one member of this name, told apart by stairwell and branch."""
    found = [
        member for member in people.members(place).where(Person.name == values["name"])
        if _fits(values.get("stairwell"), member.stairwell) and _fits(values.get("branch"), member.org)
    ]  # fmt: skip
    if not found:
        raise NoSuchMember(name=values["name"])
    if len(found) > 1:
        raise SeveralMembers(name=values["name"], count=len(found))
    return found[0]


def _fits(written: object, place: object) -> bool:
    return not written or place is None or squeeze(str(written)) == squeeze(str(place))


def write(writer: Writer, number: int | None, values: dict[str, object]) -> None:
    """Add a promise from a row of the ledger, or correct the one on file; more done becomes a progress entry."""
    place, due = writer.place, last_day(str(values.get("due") or ""))
    given = {
        "text": str(values["text"]).strip(), "target": str(values.get("target") or "").strip(),
        "due_on": date.fromisoformat(due) if due else None, "support": str(values.get("support") or ""),
        "category": categories.named(place, str(values.get("category") or "")),
    }  # fmt: skip
    if number is None:
        commitment = writer.adopt(rules.enter(_member(place, values), given.pop("text"), **given))
        writer.adopt(rules.note_step(writer.actor, commitment))
        return
    commitment = Commitment.get_by_id(number)
    given["category"] = given["category"] or commitment.category
    if any(getattr(commitment, name) != value for name, value in given.items()):
        writer.change(commitment, **rules.rewritten(commitment, given))
        writer.adopt(rules.note_step(writer.actor, commitment))
    if more := (values.get("done") or 0) - reported.done_of(number):
        _add_progress(writer, commitment, more, str(values.get("evidence") or ""))


def _add_progress(writer: Writer, commitment: Commitment, amount: int, evidence: str) -> None:
    writer.add(
        Progress, commitment=commitment, done_on=clock.today(), amount=amount, evidence=evidence, way=Way.SHEET,
        account=writer.actor.account_id, at=clock.now(),
    )  # fmt: skip


def take_off(writer: Writer, number: int) -> None:
    """A promise the ledger no longer has is withdrawn."""
    _withdraw(writer, Commitment.get_by_id(number), _("导入的一览表里已经没有这一条。"))


def _withdraw(writer: Writer, commitment: Commitment, reason: str) -> None:
    writer.change(commitment, state=CommitmentState.WITHDRAWN, reason=reason)
    writer.adopt(rules.note_step(writer.actor, commitment, reason))


def keep_to(writer: Writer, member: PartyMember, promises: Collection[str], new: bool = False) -> None:
    """What the members' roster says of promises this year: new ones are proposed, those it no longer has withdrawn."""
    year = writer.once("boards.year", lambda: rules.current_year(writer.place))
    words = writer.once("boards.words", lambda: categories.own_words(writer.place))
    on_file = [] if new else list(rules.living(member, year))
    for commitment in on_file:
        if commitment.text not in promises:
            _withdraw(writer, commitment, _("导入的名册里已经没有这一条。"))
    known = {commitment.text for commitment in on_file}
    for text in promises:
        if text not in known:
            made = writer.adopt(rules.enter(member, text, year=year, category=likely_category(text, words)))
            writer.adopt(rules.note_step(writer.actor, made))


def follow(writer: Writer, member: PartyMember) -> None:
    """A member who moved takes this year's promises along to the board of the new stairwell."""
    if member.stairwell_id is None:
        return
    year = writer.once("boards.year", lambda: rules.current_year(writer.place))
    for commitment in rules.living(member, year).where(Commitment.stairwell != member.stairwell_id):
        writer.change(commitment, stairwell=member.stairwell_id)


def leave(writer: Writer, member: PartyMember, reason: str) -> None:
    """A member who left: what was not done yet comes off the board, and the personal link opens nothing any more."""
    for commitment in member.commitments.where(Commitment.state.in_(LIVING)).order_by(Commitment.id):
        if not commitment.done and commitment.state is not CommitmentState.EVALUATED:
            _withdraw(writer, commitment, reason)
    for link in links.live(writer.place, PURPOSE, member.id).values():
        writer.change(link, revoked=True)


def roster(place: Place, _number: int | None = None) -> Roster:
    """How the one importer takes the ledger in; its categories are the community's."""
    return Roster(
        declaration(place), existing, write, take_off, Can.BOARDS_EDIT, IDENTIFY, differs, check=check,
        onward=("/office/boards/commitments", _l("看承诺一览")),
    )  # fmt: skip


ROSTERS = {"commitments": roster}
