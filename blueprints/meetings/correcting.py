"""更正说明: issued minutes are not edited, so what was wrong in them is said in a new paper with its own number."""

from collections.abc import Callable

from blueprints.meetings import masking, queries, slips
from blueprints.meetings.models import Meeting
from blueprints.meetings.states import CorrectionState, MeetingState
from blueprints.meetings.writings import Corrigendum
from blueprints.papers import rules as papers
from core import clock, history, numbers
from core.access import Actor, Can, accounts_holding
from core.audit import Act, record
from core.db import writing
from core.printing.printer import pdf
from core.records.papers import PaperState
from core.refusal import Refused
from core.text import _l

KIND = "corrigendum"
papers.kind(KIND, _l("更正说明"), Can.MEETINGS_READ)
FIELDS = ("passage", "wrong", "right", "reason")


class NotIssuedYet(Refused):
    sentence = _l("纪要还没有签发，直接修改就行，不用更正说明。")
    status = 409


class HalfCorrection(Refused):
    sentence = _l("请写明原来错的话、改成什么、为什么更正，三样都要。")


class SameWords(Refused):
    sentence = _l("“原文”和“改为”是一样的，请核对。")


class OwnCorrection(Refused):
    sentence = _l("更正说明是您自己起草的，要由另一位有审核权限的同志签发。")
    status = 403


class Decided(Refused):
    sentence = _l("这份更正说明现在是“%(state)s”，不能再改。")
    status = 409


def draft(actor: Actor, meeting: Meeting, words: dict[str, str], known: Corrigendum | None = None) -> Corrigendum:
    """Write one, or write it anew before it is issued; ``words`` are passage, wrong, right, reason."""
    words = {name: words.get(name, "").strip() for name in FIELDS}
    if not (words["wrong"] and words["right"] and words["reason"]):
        raise HalfCorrection()
    if words["wrong"] == words["right"]:
        raise SameWords()
    with writing():
        if meeting.state is not MeetingState.ISSUED:
            raise NotIssuedYet()
        row = _open(known) if known else Corrigendum(meeting=meeting)
        for name, value in words.items():
            setattr(row, name, value)
        row.drafter, row.version = actor.account_id, row.version + bool(known)
        row.save()
        record(actor, Act.CORRIGENDUM_CHANGED, row, meeting.place_id, **words)
    return row


def _open(row: Corrigendum, version: int | None = None) -> Corrigendum:
    fresh = history.unchanged(row, version)
    if fresh.state is not CorrectionState.DRAFTED:
        raise Decided(state=fresh.state.title)
    return fresh


def discard(actor: Actor, row: Corrigendum, version: int | None = None) -> Corrigendum:
    """作废 before it was issued; no number was taken."""
    with writing():
        fresh = _open(row, version)
        fresh.state = CorrectionState.DISCARDED
        fresh.version += 1
        fresh.save()
        record(actor, Act.CORRIGENDUM_CHANGED, fresh, fresh.meeting.place_id, state=fresh.state)
    return fresh


def issue(actor: Actor, row: Corrigendum, version: int | None = None, draw: Callable[..., bytes] = pdf) -> Corrigendum:
    """签发: numbered in its own row, printed, registered; the check page of the minutes says 已更正 from now on."""
    with writing():
        fresh = _open(row, version)
        meeting, year = fresh.meeting, clock.today().year
        others = accounts_holding(Can.MEETINGS_APPROVE, meeting.place_id) - {actor.account_id}
        fresh.alone = fresh.drafter_id is not None and fresh.drafter_id == actor.account_id
        if fresh.alone and others:
            raise OwnCorrection()
        fresh.number_year, fresh.number_serial = year, numbers.take(meeting.place, f"{KIND}-{meeting.series_id}", year)
        fresh.issued_on, fresh.approver, fresh.state = clock.today(), actor.account_id, CorrectionState.ISSUED
        fresh.version += 1
        fresh.save()
        number = number_text(fresh)
        code = papers.new_code()
        content = draw("meetings/print/corrigendum.html", slips.corrigendum(fresh, number), code=code)
        title = f"{meeting.series.name}更正说明{number}"
        papers.enter(actor, meeting.place, fresh, KIND, title, code, content, number=number)
        papers.withdraw(actor, meeting, "minutes", meeting.place, PaperState.CORRECTED)
        record(actor, Act.CORRIGENDUM_ISSUED, fresh, meeting.place_id, number=number)
    return fresh


def number_text(row: Corrigendum) -> str:
    """更正〔2026〕1号; a draft shows where the number will stand."""
    year, serial = row.number_year or clock.today().year, row.number_serial or "　"
    return f"{row.meeting.series.mark}更正〔{year}〕{serial}号"


def paper(row: Corrigendum) -> bytes:
    """What was issued, byte for byte; before that a draft marked as one."""
    return papers.copy(row, KIND) or pdf("meetings/print/corrigendum.html", slips.corrigendum(row, number_text(row)), draft=True)


def issued(meeting: Meeting) -> list[Corrigendum]:
    """What was corrected in these minutes, in order."""
    return list(meeting.corrigenda.where(Corrigendum.state == CorrectionState.ISSUED).order_by(Corrigendum.id))


def for_residents(meeting: Meeting) -> list[tuple[str, str, str]]:
    """Each correction's number with the wrong words and the right ones as residents may read them.

    The words are blank where residents never read what was wrong.
    """
    rows = issued(meeting)
    hidden = masking.mask(meeting.place, queries.people_named(meeting)) if rows else None
    public = "\n".join(row.public_text for row in meeting.resolutions) if rows else ""
    told = []
    for row in rows:
        wrong, right = (hidden.proposal(text).rstrip("。") for text in (row.wrong, row.right))
        told.append((number_text(row), wrong, right) if wrong in public else (number_text(row), "", ""))
    return told
