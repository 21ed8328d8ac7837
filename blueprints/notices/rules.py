"""The life of a notice: draft, submit, approve, publish, correct, withdraw, conclude, archive."""

from datetime import datetime

from blueprints.notices import comparing, pasting, periods, privacy, queries, wording, words
from blueprints.notices.checks import check, check_length
from blueprints.notices.markup import plain
from blueprints.notices.models import (
    OPEN_STATES,
    Affair,
    Notice,
    NoticeAttachment,
    NoticeKind,
    NoticeObjection,
    NoticeState,
    NoticeUnsaved,
)
from blueprints.notices.steps import WrongState, held, move
from blueprints.organisation.queries import committee_of
from blueprints.papers import rules as papers
from core import clock, numbers, settings
from core.access import Actor, Can, accounts_holding
from core.audit import Act, record
from core.db import writing
from core.history import step
from core.printing import gongwen
from core.records.papers import PaperState
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l

EDITABLE = ("affair", "title", "issuer", "addressee", "body", "days", "workdays", "spots", "receiver", "contact",
            "phone", "correction", "new_period", "red")  # fmt: skip
LONGEST_CORRECTION = 500
SEVERAL_LINES = ("body", "spots", "correction")
settings.declare("notices.spots", _l("平常张贴的地点"), "社区公告栏", group="notices")
settings.declare("notices.red_head", _l("公示用红头（有发文权的单位才能用）"), False, group="notices")
settings.declare("notices.mark", _l("公示文号的机关代字（如“梅社”，可不填）"), "", group="notices")
settings.declare("notices.number_start", _l("每年公示文号的起始号"), 1, group="notices")


class SecondPersonNeeded(Refused):
    sentence = _l("这份公示是您提交的，要由另一位有审核权的同事审核。")
    status = 409


class ReasonMissing(Refused):
    sentence = _l("请写明理由。退回的理由给写稿人看，撤回的理由给居民看。")


class CorrectionOpen(Refused):
    sentence = _l("这份公示已经有一份更正稿，请在那一份上改。")
    status = 409


class NotOverYet(Refused):
    sentence = _l("公示期到 %(day)s 才结束，期满后再登记结果。")


class MoreThanCame(Refused):
    sentence = _l("成立和不成立的件数，加起来不能比从意见箱来的异议多。")


class ConclusionMissing(Refused):
    sentence = _l("请写明公示结果：收到几件异议、怎么处理的、结论是什么。")


def draft(actor: Actor, place: Place, kind: NoticeKind, title: str = "", body: str = "", **fields: object) -> Notice:
    """A new notice of this kind, filled in with what the office usually says; other areas begin theirs here too."""
    days, workdays = periods.shortest(kind, place)
    committee = committee_of(place)
    name = committee.full_name if committee else ""
    affair = Affair(fields.pop("affair", kind.affair))
    usual = {
        "issuer": wording.issuer_of(affair, place, name), "days": days, "workdays": workdays,
        "phone": settings.value("office.phone", place), "red": bool(settings.value("notices.red_head", place)), "spots": str(settings.value("notices.spots", place)),
    }  # fmt: skip
    with writing():
        typed = tidy({**usual, **fields, "title": title, "body": body})
        notice = Notice.create(place=place, kind=kind, affair=affair, **typed)
        check_length(notice)
        _index(notice)
        step(actor, notice)
        record(actor, Act.NOTICE_DRAFTED, notice, place, kind=kind, title=title)
    return notice


def revise(actor: Actor, notice: Notice, version: int, **changed: object) -> Notice:
    """Save what was typed; a text already submitted or approved has to be submitted again."""
    with writing():
        fresh = held(notice, version, *OPEN_STATES)
        changed = tidy(changed)
        before = {name: getattr(fresh, name) for name in EDITABLE if name in changed}
        after = {name: changed[name] for name in before if changed[name] != before[name]}
        for name, value in after.items():
            setattr(fresh, name, value)
        if fresh.corrects_id and not fresh.correction:
            fresh.correction = comparing.told(fresh.corrects, fresh)[:LONGEST_CORRECTION]
        check_length(fresh)
        _index(fresh)
        NoticeUnsaved.delete().where(
            (NoticeUnsaved.notice == fresh) & (NoticeUnsaved.account == actor.account_id)
        ).execute()
        if after:
            move(actor, fresh, NoticeState.DRAFT, Act.NOTICE_CHANGED, _("修改"), reason="", before=before, after=after)
    return fresh


def tidy(fields: dict[str, object]) -> dict[str, object]:
    """What was typed or pasted, without the marks of other programs."""
    return {
        name: (pasting.text if name in SEVERAL_LINES else pasting.one_line)(value) if isinstance(value, str) else value
        for name, value in fields.items()
    }


def submit(actor: Actor, notice: Notice, version: int | None = None) -> Notice:
    """提交审核: from here on a second person decides."""
    with writing():
        fresh = held(notice, version, NoticeState.DRAFT, NoticeState.RETURNED)
        check(fresh)
        fresh.submitter = actor.account_id
        move(actor, fresh, NoticeState.SUBMITTED, Act.NOTICE_SUBMITTED, reason="")
    return fresh


def is_alone(actor: Actor, notice: Notice) -> bool:
    """Whether nobody but the submitter may approve: an office of one approves its own work, and it is marked."""
    others = accounts_holding(Can.NOTICES_APPROVE, notice.place_id) - {notice.submitter_id}
    return notice.submitter_id == actor.account_id and not others


def approve(actor: Actor, notice: Notice, version: int | None = None) -> Notice:
    """审核 · 同意, by somebody other than the submitter (decision 11)."""
    with writing():
        fresh = held(notice, version, NoticeState.SUBMITTED)
        alone = is_alone(actor, fresh)
        if fresh.submitter_id == actor.account_id and not alone:
            raise SecondPersonNeeded()
        fresh.approver, fresh.alone = actor.account_id, alone
        note = str(_l("单人办理")) if alone else ""
        move(actor, fresh, NoticeState.APPROVED, Act.NOTICE_REVIEWED, note, alone=alone)
    return fresh


def send_back(actor: Actor, notice: Notice, reason: str, version: int | None = None) -> Notice:
    """审核 · 退回修改; the writer reads the reason."""
    if not reason.strip():
        raise ReasonMissing()
    with writing():
        fresh = held(notice, version, NoticeState.SUBMITTED)
        move(actor, fresh, NoticeState.RETURNED, Act.NOTICE_REVIEWED, reason.strip(), reason=reason.strip())
    return fresh


def publish(actor: Actor, notice: Notice, version: int | None = None) -> Notice:
    """发布: the number is taken, the days of the period are fixed, a corrected edition steps back."""
    with writing():
        fresh = held(notice, version, NoticeState.APPROVED)
        check(fresh)
        fresh.published_at = clock.now()
        fresh.number = _number(fresh)
        _open_period(fresh)
        if fresh.corrects_id:
            _step_back(actor, fresh)
        _index(fresh)
        move(actor, fresh, NoticeState.PUBLISHED, Act.NOTICE_PUBLISHED, number=fresh.number, dates=fresh.dates)
    return fresh


def _number(notice: Notice) -> str:
    year = clock.today().year
    start = int(settings.value("notices.number_start", notice.place_id))
    serial = numbers.take(notice.place, "notice", year, start)
    return gongwen.document_number(str(settings.value("notices.mark", notice.place_id)), year, serial)


def _open_period(notice: Notice) -> None:
    """Fix the days; a correction that changes nothing of substance goes on with the days that run."""
    old = notice.corrects
    if old is not None and not notice.new_period:
        notice.days, notice.workdays, notice.dates = old.days, old.workdays, old.dates
        notice.starts_on, notice.ends_on, notice.estimated = old.starts_on, old.ends_on, old.estimated
    elif notice.days:
        first = periods.first_day(clock.today(), notice.place_id)
        days, notice.estimated = periods.days_from(first, notice.days, notice.workdays)
        notice.starts_on, notice.ends_on = days[0], days[-1]
        notice.dates = [day.isoformat() for day in days]


def _step_back(actor: Actor, correction: Notice) -> None:
    """The old edition stays readable and says it was corrected; what was objected goes with the new one."""
    old = held(correction.corrects, None, NoticeState.PUBLISHED, NoticeState.CONCLUDED)
    move(actor, old, NoticeState.CORRECTED, Act.NOTICE_CORRECTED, correction.correction, by=correction.id)
    if not correction.new_period:
        NoticeObjection.update(notice=correction).where(NoticeObjection.notice == old).execute()
    papers.withdraw(actor, paper_subject(old), "notice", old.place, PaperState.CORRECTED)


def correct(actor: Actor, notice: Notice, version: int | None = None) -> Notice:
    """更正: a new edition begins as a copy of the old, which stays in force until the new one is published."""
    with writing():
        old = held(notice, version, NoticeState.PUBLISHED, NoticeState.CONCLUDED)
        if old.corrections.where(Notice.state.in_(OPEN_STATES)).exists():
            raise CorrectionOpen()
        copied = {name: getattr(old, name) for name in EDITABLE if name not in ("correction", "new_period")}
        fresh = Notice.create(
            **copied, place=old.place, kind=old.kind, facts=old.facts, edition=old.edition + 1, corrects=old, first=old.first_id or old.id
        )
        _index(fresh)
        for file in old.attachments:
            NoticeAttachment.create(notice=fresh, position=file.position, name=file.name, blob=file.blob_id)
        step(actor, fresh)
        record(actor, Act.NOTICE_DRAFTED, fresh, old.place_id, corrects=old.id)
    return fresh


def withdraw(actor: Actor, notice: Notice, reason: str, version: int | None = None) -> Notice:
    """撤回: the words are taken off the page, the title stays listed with the reason."""
    if not reason.strip():
        raise ReasonMissing()
    privacy.stop_text(_l("撤回理由"), reason)
    with writing():
        fresh = held(notice, version, NoticeState.PUBLISHED, NoticeState.CONCLUDED, NoticeState.ARCHIVED)
        papers.withdraw(actor, paper_subject(fresh), "notice", fresh.place)
        move(actor, fresh, NoticeState.WITHDRAWN, Act.NOTICE_WITHDRAWN, reason.strip(), reason=reason.strip())
    return fresh


def conclude(
    actor: Actor, notice: Notice, conclusion: str, version: int | None = None, upheld: int = 0, refused: int = 0
) -> Notice:
    """公示结果: what was objected and what came of it, once the period is over.

    ``upheld`` and ``refused``: what the check found of the objections out of the suggestion box (成立、不成立), as far as
    the actor knows of them: a refusal must not tell that there are more.
    """
    if not conclusion.strip():
        raise ConclusionMissing()
    privacy.stop_text(_l("公示结果"), conclusion)
    with writing():
        fresh = held(notice, version, NoticeState.PUBLISHED)
        if fresh.ends_on is None:
            raise WrongState(title=wording.flat(fresh.title), state=fresh.state.title)
        if not periods.is_over(fresh, clock.today()):
            raise NotOverYet(day=gongwen.day(fresh.ends_on))
        if min(upheld, refused) < 0 or upheld + refused > queries.linked_objections(fresh, actor):
            raise MoreThanCame()
        fresh.conclusion, fresh.concluded_on = conclusion.strip(), clock.today()
        fresh.box_upheld, fresh.box_refused = upheld, refused
        move(actor, fresh, NoticeState.CONCLUDED, Act.NOTICE_CONCLUDED, conclusion=fresh.conclusion)
    return fresh


def archive(actor: Actor, notice: Notice, version: int | None = None) -> Notice:
    """归档: after the result, or at any time where there was no period."""
    with writing():
        fresh = held(notice, version, NoticeState.PUBLISHED, NoticeState.CONCLUDED)
        if fresh.state is NoticeState.PUBLISHED and fresh.days:
            raise WrongState(title=wording.flat(fresh.title), state=fresh.state.title)
        move(actor, fresh, NoticeState.ARCHIVED, Act.NOTICE_ARCHIVED)
    return fresh


def archive_year(actor: Actor, place: Place, year: int) -> int:
    """年终归档: what was published in a past year and is done with; how many that were."""
    first, last = (clock.utc(datetime(one, 1, 1)) for one in (year, year + 1))
    done = (Notice.state == NoticeState.CONCLUDED) | ((Notice.state == NoticeState.PUBLISHED) & (Notice.days == 0))
    with writing():
        rows = list(
            Notice.select().where(
                (Notice.place == place) & done & (Notice.published_at >= first) & (Notice.published_at < last)
            )
        )
        for row in rows if year < clock.today().year else ():
            archive(actor, row)
    return len(rows) if year < clock.today().year else 0


def discard(actor: Actor, notice: Notice, version: int | None = None) -> Notice:
    """作废: a text that never went out."""
    with writing():
        fresh = held(notice, version, *OPEN_STATES)
        move(actor, fresh, NoticeState.DISCARDED, Act.NOTICE_DISCARDED)
    return fresh


def paper_subject(notice: Notice) -> Notice:
    """All editions share one entry of the register, so that the check page leads from the old paper to the new."""
    return notice.first or notice


def _index(notice: Notice) -> None:
    words.index(notice, f"{wording.flat(notice.title)}\n{plain(notice.body)}\n{notice.issuer}\n{notice.number}")
