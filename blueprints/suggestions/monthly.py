"""月度公开表 (7.6): the month's figures on paper and on the residents' page, with answers their askers agreed to show."""

import hashlib
from dataclasses import dataclass
from datetime import date

from peewee import ModelSelect

from blueprints.organisation.queries import body_of
from blueprints.papers import rules as papers
from blueprints.suggestions import figures, queries
from blueprints.suggestions.models import Reply
from core import settings, zh
from core.access import Actor, Can
from core.links import community_address
from core.printing.printer import pdf
from core.records.papers import IssuedPaper, PaperState
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.writing import write_table
from core.text import _, _l, in_chinese

TEMPLATE = "suggestions/print/monthly.html"
KIND = "suggestion-month"
papers.kind(KIND, _l("月度公开表"), Can.SUGGESTIONS_READ, desk=lambda _paper: "/office/suggestion-months", dated=True)
HEADS = ("收到", "已答复", "其中按期", "不予受理", "转送", "在办", "其中超期")
MOST_ANSWERS = 6
NOTE = "按期答复率 = 按期答复 ÷（已答复 + 超期未答复）；不足 5 件只列件数。涉及本社区工作人员的意见由上级办理，不在此列。"


class MonthNotOver(Refused):
    sentence = _l("这个月还没有过完，月底以后再签发。")
    status = 409


@dataclass(frozen=True)
class MonthSheet:
    """The sheet for the notice board."""

    title: str
    body: str
    period: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    total: tuple[int, ...]
    rates: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    note: str
    address: str
    phone: str
    day: str


@in_chinese()
def sheet(community: Place, first: date) -> MonthSheet:
    """The month as it stands, with typical answers; a kind nobody wrote about is left out."""
    month = figures.of_month(community, first)
    return MonthSheet(
        title=f"{first.year}年{first.month}月居民意见办理情况", body=body_of(community),
        period=f"{zh.day(month.first)}至{zh.day(month.last)}", heads=HEADS,
        rows=tuple((line.title, line.numbers()) for line in month.lines if any(line.numbers())),
        total=month.total.numbers(),
        rates=(("按期答复率", month.on_time_share), ("提出人评价满意或基本满意", month.satisfied_share)),
        answers=tuple(_told(reply) for reply in answers(community, month.first, month.last)), note=NOTE,
        address=f"{community_address(community)}/suggestions/", phone=str(settings.value("office.phone", community)),
        day=zh.day(month.last),
    )  # fmt: skip


def answers(community: Place, first: date, last: date) -> ModelSelect:
    """Answers of the month that may be shown."""
    return queries.published(community).where(Reply.day.between(first, last)).limit(MOST_ANSWERS)


def _told(reply: Reply) -> tuple[str, str]:
    return reply.suggestion.summary, " ".join(filter(None, [reply.done, reply.undone])).replace("\n", " ")


def issue(actor: Actor, community: Place, first: date) -> IssuedPaper:
    """签发 a month that is over; when its figures changed since, the next version of it."""
    if figures.of_month(community, first).running:
        raise MonthNotOver()
    content, last = sheet(community, first), _last(community, first)
    if last is not None and hashlib.sha256(pdf(TEMPLATE, content, code=last.code)).hexdigest() == last.digest:
        return last  # equal sheets give equal bytes
    code = papers.new_code()
    paper = pdf(TEMPLATE, content, code=code)
    return papers.enter(actor, community, community, KIND, content.title, code, paper, None, f"{first:%Y-%m}")


def _last(community: Place, first: date) -> IssuedPaper | None:
    return issued(community).where(IssuedPaper.number == f"{first:%Y-%m}").order_by(IssuedPaper.version.desc()).first()


def issued(community: Place) -> ModelSelect:
    """The monthly sheets that hold, the newest month first."""
    mine = (IssuedPaper.subject_kind == Place._meta.table_name) & (IssuedPaper.subject_id == community.id)
    current = (IssuedPaper.state == PaperState.CURRENT) & (IssuedPaper.kind == KIND)
    return IssuedPaper.select().where(mine & current).order_by(IssuedPaper.number.desc())


def copy(community: Place, first: date) -> bytes | None:
    """The sheet of a month as it was issued, None where it never was."""
    paper = _last(community, first)
    return bytes(paper.content.content) if paper is not None and paper.content_id else None


def table(community: Place, first: date) -> bytes:
    """The month as .xlsx."""
    month = figures.of_month(community, first)
    rows = [[line.title, *line.numbers()] for line in (*month.lines, month.total)]
    return write_table(_("月度公开表"), [_("类别"), *HEADS], rows)


def month_of(text: str) -> date | None:
    """``2026-11`` as its first day."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
