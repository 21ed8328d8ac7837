"""The papers of a notice as plain values: the notice itself, its result, the certificate that it hung."""

from dataclasses import dataclass
from datetime import date

from blueprints.notices import queries, wording
from blueprints.notices.markup import Block, blocks
from blueprints.notices.models import Notice, NoticePosting, NoticeState, NoticeStep
from core import clock
from core.printing import gongwen


@dataclass(frozen=True)
class NoticeSheet:
    """An official paper on A4: head (red or plain), title, text in blocks, closing sentences, 落款."""

    head: str
    issuing_body: str
    number: str
    title: str
    addressee: str
    text: tuple[Block, ...]
    closing: tuple[str, ...]
    attached: tuple[str, ...]
    signed_by: str
    signed_on: str
    printed_by: str = ""


@dataclass(frozen=True)
class PostingLine:
    """One wall: where, from when to when, by whom."""

    spot: str
    posted_on: str
    removed_on: str
    posted_by: str


@dataclass(frozen=True)
class CertificateSheet:
    """张贴证明: that a paper hung, where and when; poster and witness sign by hand."""

    issuing_body: str
    title: str
    paper: str
    number: str
    period: str
    lines: tuple[PostingLine, ...]
    pictures: tuple[tuple[str, str], ...]
    certified_on: str


def notice(record: Notice) -> NoticeSheet:
    """The notice as it hangs on the wall; a draft's date stays open."""
    return NoticeSheet(
        head="red" if record.red else "plain",
        issuing_body=record.issuer,
        number=record.number,
        title=record.title,
        addressee=record.addressee,
        text=tuple(blocks(record.body)),
        closing=tuple(filter(None, [*wording.closing(record), wording.correction_note(record)])),
        attached=tuple(_names(record)),
        signed_by=record.issuer,
        signed_on=gongwen.day(wording.notice_day(record)) or "　　年　　月　　日",
    )


def _names(record: Notice) -> list[str]:
    """Names of attachments as 附件说明 has them: without the file's ending."""
    return [row.name.rpartition(".")[0] or row.name for row in queries.attachments(record)]


def result(record: Notice) -> NoticeSheet:
    """公示结果: title, period, how many objections and what the check found, conclusion."""
    return NoticeSheet(
        head="red" if record.red else "plain",
        issuing_body=record.issuer,
        number="",  # A result is no document of its own; its text names the number of the notice.
        title=f"{record.title.removesuffix('公示')}公示结果",
        addressee="",
        text=tuple(Block("paragraph", text) for text in _result_text(record)),
        closing=(),
        attached=(),
        signed_by=record.issuer,
        signed_on=gongwen.day(record.concluded_on) or "　　年　　月　　日",
    )


def _result_text(record: Notice) -> list[str]:
    unit = "个工作日" if record.workdays else "天"
    first, last = gongwen.day(record.starts_on), gongwen.day(record.ends_on)
    number = f"（{record.number}）" if record.number else ""
    opening = f"《{wording.flat(record.title)}》{number}于{first}至{last}公示，公示期{record.days}{unit}。"
    return [opening, wording.objections_told(queries.findings(record)), *record.conclusion.splitlines()]


def withdrawal(record: Notice) -> NoticeSheet:
    """撤回公告: what is withdrawn, why, and that the sheets on the walls no longer count."""
    number = f"（{record.number}）" if record.number else ""
    text = [
        f"{gongwen.day(wording.notice_day(record))}发布的《{wording.flat(record.title)}》{number}现予撤回。",
        f"撤回理由：{record.reason.rstrip('。')}。", "已经张贴的不再有效，以本公告为准。",
    ]  # fmt: skip
    return NoticeSheet(
        head="red" if record.red else "plain", issuing_body=record.issuer, number="",
        title=f"关于撤回《{wording.flat(record.title)}》|的公告", addressee="",
        text=tuple(Block("paragraph", words) for words in text), closing=(), attached=(), signed_by=record.issuer,
        signed_on=gongwen.day(_day_of(record, NoticeState.WITHDRAWN)),
    )  # fmt: skip


def _day_of(record: Notice, state: NoticeState) -> date | None:
    last = record.steps.where(NoticeStep.state == state).order_by(NoticeStep.id.desc()).first()
    return clock.local(last.at).date() if last else None


def photos(record: Notice) -> dict[str, bytes]:
    """The pictures a certificate shows, by the names its sheet has for them."""
    rows = queries.postings(record).where(NoticePosting.photo.is_null(False))
    return {f"{row.id}.jpg": bytes(row.photo.content) for row in rows}


def certificate(record: Notice) -> CertificateSheet:
    """Where the sheets hung, from the posting log; it is of the day the last of them was hung or taken down."""
    period, rows = "", list(queries.postings(record))
    if record.starts_on and record.ends_on:
        period = f"自{gongwen.day(record.starts_on)}起至{gongwen.day(record.ends_on)}止"
    return CertificateSheet(
        issuing_body=record.issuer,
        title="张贴证明",
        paper=wording.flat(record.title),
        number=record.number,
        period=period,
        lines=tuple(
            PostingLine(row.spot, gongwen.day(row.posted_on), gongwen.day(row.removed_on), row.posted_by) for row in rows
        ),
        pictures=tuple((f"{row.id}.jpg", row.spot) for row in rows if row.photo_id),
        certified_on=gongwen.day(max((row.removed_on or row.posted_on for row in rows), default=clock.today())),
    )
