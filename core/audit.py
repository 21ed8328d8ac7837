"""The audit trail: a hash chain of who did what, when; never ballots, never who asked anonymously."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from enum import StrEnum

from peewee import JOIN, ModelSelect

from core import clock
from core.access import Actor
from core.db import Record, database, locked
from core.records.places import Place
from core.records.work import AuditDetail, AuditEntry, AuditHead


class Act(StrEnum):
    """Every act the trail knows; a name never changes its meaning."""

    SET_UP = "office:set-up"
    SIGNED_IN = "account:signed-in"
    ACCOUNT_ADDED = "account:added"
    ACCOUNT_CHANGED = "account:changed"
    SETTING_CHANGED = "setting:changed"
    CALENDAR_CHANGED = "calendar:changed"
    IMPORTED = "import:applied"
    IMPORT_UNDONE = "import:undone"
    HEADERS_MAPPED = "import:headers-mapped"
    PERSON_ADDED = "person:added"
    PERSON_CHANGED = "person:changed"
    PLACE_ADDED = "place:added"
    PLACE_CHANGED = "place:changed"
    ORG_ADDED = "org:added"
    ORG_CHANGED = "org:changed"
    ORG_ENDED = "org:ended"
    ORG_MERGED = "org:merged"
    ORG_SPLIT = "org:split"
    PAPER_ISSUED = "paper:issued"
    PAPER_REPLACED = "paper:replaced"
    PAPER_COUNTED = "paper:counted"
    COMMITMENT_PROPOSED = "commitment:proposed"
    COMMITMENT_CHANGED = "commitment:changed"
    COMMITMENT_REVIEWED = "commitment:reviewed"
    COMMITMENT_PUBLISHED = "commitment:published"
    COMMITMENT_PROGRESS = "commitment:progress"
    COMMITMENT_WITHDRAWN = "commitment:withdrawn"
    COMMITMENT_EVALUATED = "commitment:evaluated"
    COMMITMENT_ARCHIVED = "commitment:archived"
    EVALUATION_SET = "evaluation:set"
    OWN_WORD_GIVEN = "evaluation:own-word"
    SLIPS_COUNTED = "evaluation:slips"
    BRANCH_MET = "evaluation:branch-met"
    YEAR_BEGUN = "commitment:year-begun"
    CATEGORY_CHANGED = "category:changed"
    LINK_GIVEN = "link:given"
    LINK_ENDED = "link:ended"
    BOARD_HUNG = "board:hung"
    BOARD_UNHUNG = "board:unhung"
    LEADER_CHANGED = "leader:changed"
    AREA_CHANGED = "area:changed"
    CONSENT_CHANGED = "consent:changed"
    ENTRY_ADDED = "entry:added"
    ENTRY_CHANGED = "entry:changed"
    ENTRY_VOIDED = "entry:voided"
    BOOKED = "booking:made"
    BOOKING_CANCELLED = "booking:cancelled"
    PLAN_CHANGED = "plan:changed"
    SIX_ONES_NOTED = "six-ones:noted"
    WORK_REQUESTED = "work:requested"
    WORK_SUBMITTED = "work:submitted"
    WORK_CONFERRED = "work:conferred"
    WORK_DECIDED = "work:decided"
    WORK_CARRIED_OUT = "work:carried-out"
    WORK_LEFT = "work:left"
    CHECKED_IN = "check-in:made"
    CHECK_IN_CHANGED = "check-in:changed"
    INQUIRY_MADE = "inquiry:made"
    INQUIRY_CHANGED = "inquiry:changed"
    UNIT_ADDED = "unit:added"
    UNIT_CHANGED = "unit:changed"
    SERIES_CHANGED = "series:changed"
    MEETING_ENTERED = "meeting:entered"
    MEETING_CHANGED = "meeting:changed"
    MEETING_SUBMITTED = "meeting:submitted"
    MEETING_APPROVED = "meeting:approved"
    MEETING_SENT_BACK = "meeting:sent-back"
    MEETING_ISSUED = "meeting:issued"
    MEETING_MASKED = "meeting:masked"
    MEETING_SUMMONED = "meeting:summoned"
    MEETING_ANSWERED = "meeting:answered"
    MEETING_SEATED = "meeting:seated"
    MEETING_CHECKED = "meeting:checked"
    MEETING_CANCELLED = "meeting:cancelled"
    ROSTER_CHANGED = "roster:changed"
    PROPOSAL_MADE = "proposal:made"
    PROPOSAL_SETTLED = "proposal:settled"
    RECORD_CLOSED = "record:closed"
    RECORD_REOPENED = "record:reopened"
    MINUTES_SENT = "minutes:sent"
    CORRIGENDUM_CHANGED = "corrigendum:changed"
    CORRIGENDUM_ISSUED = "corrigendum:issued"
    RESOLUTION_PROGRESS = "resolution:progress"
    RESOLUTION_SETTLED = "resolution:settled"
    RESOLUTION_REMINDED = "resolution:reminded"
    RESOLUTION_REPORTED = "resolution:reported"
    NOTICE_DRAFTED = "notice:drafted"
    NOTICE_CHANGED = "notice:changed"
    NOTICE_SUBMITTED = "notice:submitted"
    NOTICE_REVIEWED = "notice:reviewed"
    NOTICE_SCHEDULED = "notice:scheduled"
    NOTICE_PUBLISHED = "notice:published"
    NOTICE_CORRECTED = "notice:corrected"
    NOTICE_WITHDRAWN = "notice:withdrawn"
    NOTICE_OBJECTION = "notice:objection"
    NOTICE_CONCLUDED = "notice:concluded"
    NOTICE_ARCHIVED = "notice:archived"
    NOTICE_DISCARDED = "notice:discarded"
    NOTICE_POSTED = "notice:posted"
    DISCLOSURE_SET = "disclosure:set"
    VISIT_RECORDED = "visit:recorded"
    VISIT_CHANGED = "visit:changed"
    VISITS_PURGED = "visits:purged"
    SUGGESTION_RECORDED = "suggestion:recorded"
    SUGGESTION_REGISTERED = "suggestion:registered"
    SUGGESTION_ASSIGNED = "suggestion:assigned"
    SUGGESTION_PROGRESS = "suggestion:progress"
    SUGGESTION_EXTENSION = "suggestion:extension"
    SUGGESTION_REPLIED = "suggestion:replied"
    SUGGESTION_CLOSED = "suggestion:closed"
    SUGGESTION_PASSED_ON = "suggestion:passed-on"
    SUGGESTION_CONCERNS = "suggestion:concerns"
    SUGGESTION_CLEARED = "suggestion:cleared"
    SUGGESTIONS_PURGED = "suggestions:purged"
    POLL_CHANGED = "poll:changed"
    POLL_FROZEN = "poll:frozen"
    POLL_SEALED = "poll:sealed"
    POLL_OPENED = "poll:opened"
    POLL_CLOSED = "poll:closed"
    POLL_UNSEALED = "poll:unsealed"
    POLL_COUNTED = "poll:counted"
    POLL_SIGNED = "poll:signed"
    POLL_PUBLISHED = "poll:published"
    POLL_ARCHIVED = "poll:archived"
    POLL_CANCELLED = "poll:cancelled"
    POLL_INTERRUPTED = "poll:interrupted"
    POLL_RESUMED = "poll:resumed"
    ELECTION_CHANGED = "election:changed"
    BACKUP_RESTORED = "backup:restored"


def record(actor: Actor, act: Act, subject: Record | None = None, place: Place | int | None = None, **values) -> None:
    """Append one entry inside the caller's transaction; ``values`` are what changed (erasable detail).

    Raises RuntimeError outside a transaction: a trace that can survive its fact is no trace.
    """
    if not database.in_transaction():
        raise RuntimeError("audit.record belongs inside core.db.writing()")
    where = _community(place)
    salt = secrets.token_hex(16)
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    head = _locked_head()
    entry = AuditEntry(
        seq=head.seq + 1, at=clock.now(), account=actor.account_id, who=actor.name, act=act,
        subject_kind=subject._meta.table_name if subject is not None else "",
        subject_id=subject._pk if subject is not None else None,
        place=where, detail_digest=_detail_digest(salt, text),
    )  # fmt: skip
    entry.digest = _digest(head.digest, entry)
    entry.save(force_insert=True)
    AuditDetail.create(entry=entry, salt=salt, values=text)
    AuditHead.update(seq=entry.seq, digest=entry.digest).where(AuditHead.id == head.id).execute()
    if where:
        Place.update(version=Place.version + 1).where(Place.id == where).execute()


def _community(place: Place | int | None) -> int | None:
    if place is None or isinstance(place, int):
        return place
    return place.community_id or place.id


def _locked_head() -> AuditHead:
    query = AuditHead.select().order_by(AuditHead.id).limit(1)
    head = locked(query).first()
    return head or AuditHead.create()


def _detail_digest(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def _digest(previous: str, entry: AuditEntry) -> str:
    parts = [
        previous, entry.seq, entry.at.isoformat(), entry.account, entry.who, str(entry.act), entry.subject_kind,
        entry.subject_id, entry.place_id, entry.detail_digest,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def faults() -> Iterator[str]:
    """Walk the whole chain; one English line per link that does not hold."""
    previous, seq = "", 0
    rows = AuditEntry.select(AuditEntry, AuditDetail).join(AuditDetail, JOIN.LEFT_OUTER).order_by(AuditEntry.seq)
    for entry in rows.iterator():
        seq += 1
        if entry.seq != seq:
            yield f"entry {seq} is missing"
            seq = entry.seq
        if entry.digest != _digest(previous, entry):
            yield f"entry {entry.seq} does not match its digest"
        detail = getattr(entry, "auditdetail", None)
        if detail is not None and detail.salt and entry.detail_digest != _detail_digest(detail.salt, detail.values):
            yield f"the values of entry {entry.seq} were changed"
        previous = entry.digest
    head = AuditHead.select().first()
    if head and (head.seq, head.digest) != (seq, previous):
        yield "the head of the chain does not match its last entry"


def history(subject: Record) -> ModelSelect:
    """What the trail says of one record, oldest first, each entry with its values where they were not erased."""
    about = (AuditEntry.subject_kind == subject._meta.table_name) & (AuditEntry.subject_id == subject._pk)
    query = AuditEntry.select(AuditEntry, AuditDetail).join(AuditDetail, JOIN.LEFT_OUTER)
    return query.where(about).order_by(AuditEntry.seq)


def values(entry: AuditEntry) -> dict[str, object]:
    """What an entry of ``history`` says changed; nothing where it was erased."""
    detail = getattr(entry, "auditdetail", None)
    return json.loads(detail.values) if detail is not None and detail.values else {}
