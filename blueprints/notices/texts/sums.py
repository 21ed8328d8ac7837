"""Model text of financial disclosure: the sums are added up here, last quarter's balance is brought forward."""

from collections.abc import Sequence
from datetime import date

from blueprints.notices.models import Notice, NoticeKind, NoticeState
from blueprints.notices.texts.asking import (
    SHOWN_TO_ALL,
    UNKNOWN,
    Answers,
    Blank,
    ModelText,
    Start,
    Words,
    cells,
    said,
    table,
)
from core import clock
from core.refusal import Refused
from core.spreadsheets.cells import money
from core.text import _l

CAME_IN, WENT_OUT = ("来源", "金额"), ("日期", "用途", "金额", "经手", "审批")
QUARTERS = "一二三四"
OVER = (NoticeState.PUBLISHED, NoticeState.CONCLUDED, NoticeState.ARCHIVED)


class NoSum(Refused):
    sentence = _l("“%(line)s”这一行看不出金额。收入写“来源 金额”，支出写“日期 用途 金额 经手 审批”，金额例如 1,200.50。")


def last_quarters(today: date, count: int = 5) -> list[str]:
    """The quarters that are over, the last one first, and the one that runs."""
    number = today.year * 4 + (today.month - 1) // 3
    order = [number - 1, number, *range(number - 2, number - count, -1)]
    return [f"{one // 4}年第{QUARTERS[one % 4]}季度" for one in order]


def brought_forward(start: Start) -> str:
    """The balance the last disclosure of the same money closed with."""
    rows = (
        Notice.select(Notice.facts)
        .where((Notice.place == start.place) & (Notice.kind == NoticeKind.FINANCE) & Notice.state.in_(OVER))
        .order_by(Notice.published_at.desc())
        .limit(20)
    )
    subject = _subject(start)
    found = (row.facts for row in rows if row.facts.get("closing") is not None and row.facts.get("subject") == subject)
    last = next(found, None)
    return _yuan(last["closing"]) if last else ""


def _subject(start: Start) -> str:
    return start.item.removesuffix("收支") or "党组织活动经费"


def _finance(start: Start, answers: Answers) -> Words:
    subject, quarter = said(answers, "subject"), said(answers, "quarter")
    income = _with_sums(answers.get("income", ""), CAME_IN)
    spent = _with_sums(answers.get("spent", ""), WENT_OUT)
    opening = _sum(answers["opening"], {}) if answers.get("opening", "").strip() else None
    came, went = (sum(fen for _row, fen in rows) for rows in (income, spent))
    closing = opening + came - went if opening is not None else None
    totals = [
        {"项目": name, "金额（元）": UNKNOWN if fen is None else _yuan(fen)}
        for name, fen in (("上期结余", opening), ("本期收入", came), ("本期支出", went), ("本期结余", closing))
    ]
    body = [
        f"根据社区财务公开制度，现将{quarter}{subject}收支情况公示如下：", table(("项目", "金额（元）"), totals),
        *_details("收入明细：", CAME_IN, income), *_details("支出明细：", WENT_OUT, spent),
        f"制表：{said(answers, 'maker')}；审核：{said(answers, 'checker')}。", SHOWN_TO_ALL,
    ]  # fmt: skip
    return Words(f"{quarter}{subject}|收支情况公示", "\n".join(body), facts={"subject": subject, "closing": closing})


def _details(heading: str, columns: Sequence[str], rows: list[tuple[dict[str, str], int]]) -> list[str]:
    if not rows:
        return []
    shown = [{**row, "金额": _yuan(fen)} for row, fen in rows]
    return [heading, table(columns, shown)]


def _with_sums(text: str, columns: Sequence[str]) -> list[tuple[dict[str, str], int]]:
    return [(row, _sum(row.get("金额", ""), row)) for row in cells(text, columns)]


def _sum(text: str, row: dict[str, str]) -> int:
    try:
        return money(text)
    except Refused:
        raise NoSum(line=" ".join(row.values()) or text) from None


def _yuan(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02}"


TEXTS = {
    NoticeKind.FINANCE: ModelText(
        (
            Blank("subject", _l("哪一笔钱"), _l("党费只向党员公开，不在这里公示"), preset=_subject),
            Blank("quarter", _l("哪个季度"), kind="choice", choices=lambda _start: {one: one for one in last_quarters(clock.today())}),
            Blank("opening", _l("上期结余（元）"), _l("上一次公示过的会自动带来"), preset=brought_forward),
            Blank("income", _l("本期收入"), _l("一行一笔：来源 金额"), "lines", rows=3),
            Blank("spent", _l("本期支出"), _l("一行一笔：日期 用途 金额 经手 审批；合计和结余由系统算。"), "lines", rows=6),
            Blank("maker", _l("制表人")),
            Blank("checker", _l("审核人")),
        ),
        _finance,
    ),
}  # fmt: skip
