"""The papers of a meeting beside its minutes, and the ledger on paper."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from blueprints.meetings import bearers, decided, queries, recording, sending, sheets, slips
from blueprints.meetings.models import Attendance, Meeting, Resolution, ResolutionStep
from blueprints.meetings.protocol import protocol_of
from blueprints.meetings.reminding import Slip
from blueprints.meetings.states import Answer, MeetingState, Presence
from blueprints.organisation.queries import committee_of
from blueprints.papers import rules as papers
from core import clock, evidence, history, jobs
from core.access import Actor, Can
from core.printing.gongwen import day
from core.printing.printer import pdf
from core.records.ledgers import Evidence
from core.records.papers import IssuedPaper
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.writing import write_table
from core.text import _, _l, in_chinese

RECORD = "record"
BUNDLE = 8  # notices printed in one go
jobs.kind("meetings.notices", "blueprints.meetings.printing", "notices", Can.MEETINGS_WRITE)


@dataclass(frozen=True)
class Kind:
    """One paper: what the print menu says of it, its template, its kind in the register of issued papers where it leaves
    the office, and who may print it."""

    title: object
    detail: object
    template: str
    register: str = ""
    internal: bool = False


KINDS = {
    "notice": Kind(_l("会议通知"), _l("A4，带参会回执"), "meetings/print/notice.html", "meeting-notice"),
    "sign-in": Kind(_l("签到表"), _l("A4，每个成员单位一行"), "meetings/print/sign_in.html"),
    "approval": Kind(_l("签发单"), _l("A4，存档用"), "meetings/print/approval.html", "meeting-approval"),
    "public": Kind(_l("居民公开版"), _l("A4，隐去个人和家庭"), "meetings/print/public.html", "meeting-public"),
    "record": Kind(_l("会议记录"), _l("A4，内部，主持人和记录人签名"), "meetings/print/record.html", RECORD, True),
    "deliveries": Kind(_l("分送登记表"), _l("A4，随纪要分送时签收"), "meetings/print/deliveries.html"),
}
LEDGER, REMINDER = "resolution-ledger", "reminder"
for _of in filter(attrgetter("register"), KINDS.values()):
    papers.kind(
        _of.register, _of.title, Can.MEETINGS_WRITE if _of.internal else Can.MEETINGS_READ,
        desk=lambda paper: f"/office/meetings/{paper.subject_id}",
        page=lambda paper: f"/meetings/{paper.subject_id}" if paper.kind == "meeting-public" else "",
    )  # fmt: skip
papers.kind(LEDGER, _l("议定事项台账"), Can.MEETINGS_READ, desk=lambda _paper: "/office/resolutions", dated=True)
papers.kind(REMINDER, _l("督办单"), Can.MEETINGS_WRITE, desk=lambda _paper: "/office/resolutions/reminders", dated=True)


class NotToBeIssued(Refused):
    sentence = _l("这份不用在这里签发：签到表、分送表是填写用的，会议记录在记录页印出签字；居民公开版要等纪要签发以后。")
    status = 409


@in_chinese()
def render(meeting: Meeting, kind: str, draw: Callable[..., bytes] = pdf) -> bytes:
    """One of the papers as a PDF: the copy that was issued, else a draft; a form to fill in is neither."""
    if kind == RECORD:
        return record(meeting, draw)
    drawing = partial(draw, KINDS[kind].template, _sheet(meeting, kind))
    return papers.shown(meeting, KINDS[kind].register, drawing, None) if KINDS[kind].register else drawing()


@in_chinese()
def issue(actor: Actor, meeting: Meeting, kind: str) -> IssuedPaper:
    """签发 one of the papers beside the minutes."""
    one = KINDS[kind]
    if kind == RECORD or not one.register or (kind == "public" and meeting.state is not MeetingState.ISSUED):
        raise NotToBeIssued()
    drawing = partial(pdf, one.template, _sheet(meeting, kind))
    return papers.issue(actor, meeting.place, meeting, one.register, f"{meeting.title}{one.title}", drawing, None)


def record(meeting: Meeting, draw: Callable[..., bytes] = pdf) -> bytes:
    """The raw record: the closed edition as it was printed for signing, else a draft."""
    issued = papers.copy(meeting, RECORD, meeting.record_edition) if meeting.record_closed_at is not None else None
    return issued or draw(KINDS[RECORD].template, _record_sheet(meeting), draft=True)


def _record_sheet(meeting: Meeting) -> slips.RecordSheet:
    return slips.record(meeting, protocol_of(meeting), recording.standing(meeting))


@in_chinese()
def signed_record(meeting: Meeting, code: str) -> bytes:
    """The closed record with its check code, for the signatures and the register."""
    return pdf(KINDS[RECORD].template, _record_sheet(meeting), code=code)


def _sheet(meeting: Meeting, kind: str) -> object:
    protocol = protocol_of(meeting)
    if kind == "notice":
        return sheets.notice(meeting, protocol)
    if kind == "sign-in":
        return sheets.sign_in(meeting, protocol, list(_expected(meeting)))
    if kind == "approval":
        return sheets.approval(meeting, protocol, signed(meeting))
    if kind == "deliveries":
        return slips.deliveries(meeting, protocol, sending.of_meeting(meeting))
    return sheets.public(meeting, protocol, queries.shown_to_residents(meeting))


def _expected(meeting: Meeting) -> Iterator[tuple[str, str, str, str]]:
    """Seats as the sheet goes round: those who said they will not come stay listed, with the note."""
    notes = {Answer.PROXY: "代会", Answer.LEAVE: "请假"}
    for seat in meeting.seats.order_by(Attendance.position, Attendance.id):
        note = "列席" if seat.presence is Presence.OBSERVER else notes.get(seat.answer, "")
        yield seat.unit_text, seat.names, seat.post, note


def signed(meeting: Meeting) -> dict[str, str]:
    """Who drafted, checked, approved, each with the day, as the slip shows it."""
    days = {step.state: day(clock.local(step.at).date()) for step in history.steps(meeting)}
    found = {}
    for role, state in (("drafter", MeetingState.DRAFTED), ("approver", MeetingState.APPROVED)):
        account = getattr(meeting, role)
        found[role] = f"{account.name}　{days.get(state, '')}" if account else ""
    checked = f"{day(meeting.chair_checked_on)}已核对" if meeting.chair_checked_on else ""
    return {**found, "chair": checked}


def notices(community: Place, meeting: int, seats: list[int]) -> Iterator[tuple[int, int]]:
    """One notice for each unit, with its own link on the strip; the links begin with this print."""
    from core.db import writing
    from core.printing import paper

    row = Meeting.get_by_id(meeting)
    rows = list(row.seats.where(Attendance.id.in_(seats)).order_by(Attendance.position))
    protocol = protocol_of(row)
    with writing():
        made = [sheets.notice(row, protocol, seat.unit_text, bearers.give(bearers.of_seat(seat, community))) for seat in rows]
    parts, template = [], KINDS["notice"].template
    entry = papers.issued(row, KINDS["notice"].register, None)  # All units hold the same notice, so one code serves them.
    for part in paper.render_many(template, made, together=BUNDLE, code=entry.code if entry else None):
        parts.append(part)
        yield min(len(parts) * BUNDLE, len(made)), len(made)
    return paper.merge(parts)


@in_chinese()
def reminders(actor: Actor, community: Place, made: list[Slip]) -> bytes:
    """督办单, one page or more for each unit; of those that leave only the digest is kept, for they carry links."""
    committee = committee_of(community)
    body = committee.full_name if committee and committee.full_name else community.name
    code = papers.new_code()
    content = pdf("meetings/print/reminder.html", [slips.reminder(community, body, slip) for slip in made], code=code)
    title = _("督办单（%(n)s 家）", n=len(made))
    papers.enter(actor, community, community, REMINDER, title, code, content, version=None, sheet={})
    return content


@in_chinese()
def ledger(community: Place, rows: Iterable[Resolution], asked: object) -> Callable[..., bytes]:
    """What draws the ledger as a PDF."""
    return partial(pdf, "meetings/print/ledger.html", slips.LedgerSheet(
        body=community.name, title="联席会议议定事项台账", asked=str(asked), on=day(clock.today()),
        lines=tuple(ledger_lines(list(rows))),
    ))  # fmt: skip


def ledger_file(rows: Iterable[Resolution]) -> bytes:
    """The ledger as a spreadsheet."""
    headers = ["序号", "会议", "事项", "牵头", "配合", "时限", "进展", "状态", "佐证"]
    lines = [
        [n, line.meeting, line.text, line.lead, line.assisting, line.due, line.progress, line.state, line.evidence]
        for n, line in enumerate(ledger_lines(list(rows)), 1)
    ]
    return write_table(_("议定事项台账"), headers, lines)


def ledger_lines(rows: list[Resolution]) -> Iterator[slips.LedgerLine]:
    """Plain lines of the ledger, for paper and spreadsheet."""
    owners, last = decided.owners(rows), decided.last_steps(rows)
    files = evidence.beside(*last.values())
    for row in rows:
        names = [owner.text for owner in owners[row.id]] or [row.responsible]
        step = last.get(row.id)
        yield slips.LedgerLine(
            meeting=row.meeting.title, text=row.text, lead=names[0], assisting="、".join(names[1:]), due=day(row.due),
            progress=f"{day(step.on)} {step.note}" if step else "", state=str(row.state.title),
            evidence=_shown_by(step, files[step.id]) if step else "",
        )  # fmt: skip


def _shown_by(step: ResolutionStep, files: list[Evidence]) -> str:
    return "；".join(filter(None, [step.evidence, f"附件{len(files)}份" if files else ""]))


def file_name(meeting: Meeting, title: object) -> str:
    """A readable name for a saved paper."""
    return f"{meeting.title}-{title}"
