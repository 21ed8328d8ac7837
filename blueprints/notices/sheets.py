"""The papers of a notice as plain values: the notice itself, its result, the certificate that it hung."""

from dataclasses import dataclass

from blueprints.notices import queries, wording
from blueprints.notices.markup import Block, blocks
from blueprints.notices.models import Finding, Notice
from core import clock, settings
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
    certified_on: str


def notice(record: Notice) -> NoticeSheet:
    """The notice as it hangs on the wall; a draft's date stays open."""
    return NoticeSheet(
        head="red" if settings.value("notices.red_head", record.place_id) else "plain",
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
        head="red" if settings.value("notices.red_head", record.place_id) else "plain",
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
    rows = list(queries.objections(record))
    linked = queries.linked_objections(record)
    unit = "个工作日" if record.workdays else "天"
    first, last = gongwen.day(record.starts_on), gongwen.day(record.ends_on)
    number = f"（{record.number}）" if record.number else ""
    opening = f"《{wording.flat(record.title)}》{number}于{first}至{last}公示，公示期{record.days}{unit}。"
    if not rows and not linked:
        return [opening, "公示期内未收到异议。", *record.conclusion.splitlines()]
    count = f"公示期内收到异议{len(rows) + linked}件"
    found = "，".join(
        f"{kind.title}{number}件" for kind in Finding if (number := sum(row.finding is kind for row in rows))
    )
    return [opening, f"{count}。" if not found else f"{count}，其中{found}。", *record.conclusion.splitlines()]


def certificate(record: Notice) -> CertificateSheet:
    """Where the sheets hung, from the posting log."""
    period = ""
    if record.starts_on and record.ends_on:
        period = f"自{gongwen.day(record.starts_on)}起至{gongwen.day(record.ends_on)}止"
    return CertificateSheet(
        issuing_body=record.issuer,
        title="张贴证明",
        paper=wording.flat(record.title),
        number=record.number,
        period=period,
        lines=tuple(
            PostingLine(row.spot, gongwen.day(row.posted_on), gongwen.day(row.removed_on), row.posted_by)
            for row in queries.postings(record)
        ),
        certified_on=gongwen.day(clock.today()),
    )
