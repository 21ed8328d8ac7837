"""The papers of a meeting beside its minutes, and the ledger on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from blueprints.cobuilding import queries as cobuilding
from blueprints.meetings import decided, queries, sheets
from blueprints.meetings.models import Meeting, MeetingState, Resolution
from blueprints.meetings.protocol import protocol_of
from blueprints.papers import rules as papers
from core import clock
from core.access import Actor, Can
from core.printing.gongwen import day
from core.printing.printer import pdf
from core.records.papers import IssuedPaper
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.writing import write_table
from core.text import _, _l, in_chinese


@dataclass(frozen=True)
class Kind:
    """One paper: what the print menu says of it, its template, and its kind in the register where it leaves the office."""

    title: object
    detail: object
    template: str
    register: str = ""


KINDS = {
    "notice": Kind(_l("会议通知"), _l("A4，带参会回执"), "meetings/print/notice.html", "meeting-notice"),
    "sign-in": Kind(_l("签到表"), _l("A4，每个成员单位一行"), "meetings/print/sign_in.html"),
    "approval": Kind(_l("签发单"), _l("A4，存档用"), "meetings/print/approval.html", "meeting-approval"),
    "public": Kind(_l("居民公开版"), _l("A4，隐去个人和家庭"), "meetings/print/public.html", "meeting-public"),
}
LEDGER = "resolution-ledger"
for _of in filter(attrgetter("register"), KINDS.values()):
    papers.kind(
        _of.register, _of.title, Can.MEETINGS_READ, desk=lambda paper: f"/office/meetings/{paper.subject_id}",
        page=lambda paper: f"/meetings/{paper.subject_id}" if paper.kind == "meeting-public" else "",
    )  # fmt: skip
papers.kind(LEDGER, _l("议定事项台账"), Can.MEETINGS_READ, desk=lambda _paper: "/office/resolutions", dated=True)


class NotIssuedYet(Refused):
    sentence = _l("签到表不用签发；居民公开版要等纪要签发以后。")
    status = 409


def render(meeting: Meeting, name: str, draw: Callable[..., bytes] = pdf) -> bytes:
    """One of the papers as a PDF: the copy that was issued, else a draft; a sign-in sheet is neither."""
    if not KINDS[name].register:
        return draw(KINDS[name].template, _sheet(meeting, name))
    return papers.shown(meeting, KINDS[name].register, partial(draw, KINDS[name].template, _sheet(meeting, name)), None)


def issue(actor: Actor, meeting: Meeting, name: str) -> IssuedPaper:
    """签发 one of the papers beside the minutes."""
    one = KINDS[name]
    if not one.register or (name == "public" and meeting.state is not MeetingState.ISSUED):
        raise NotIssuedYet()
    draw = partial(pdf, one.template, _sheet(meeting, name))
    return papers.issue(actor, meeting.place, meeting, one.register, f"{meeting.title}{one.title}", draw, None)


def _sheet(meeting: Meeting, name: str) -> object:
    protocol = protocol_of(meeting)
    if name == "notice":
        return sheets.notice(meeting, protocol)
    if name == "sign-in":
        units = cobuilding.units(meeting.place).where(cobuilding.belonging())
        return sheets.sign_in(meeting, protocol, [unit.name for unit in units])
    if name == "approval":
        people = {role: getattr(meeting, role).name for role in ("drafter", "approver") if getattr(meeting, role)}
        return sheets.approval(meeting, protocol, people)
    return sheets.public(meeting, protocol, queries.shown_to_residents(meeting))


@in_chinese()
def ledger(community: Place, rows: list[Resolution], asked: object) -> Callable[..., bytes]:
    """What draws the ledger as a PDF."""
    return partial(pdf, "meetings/print/ledger.html", sheets.LedgerSheet(
        body=community.name, title="联席会议议定事项台账", asked=str(asked), on=day(clock.today()),
        lines=tuple(ledger_lines(rows)),
    ))  # fmt: skip


def ledger_file(rows: list[Resolution]) -> bytes:
    """The ledger as a spreadsheet."""
    headers = ["序号", "会议", "事项", "牵头", "配合", "时限", "进展", "状态"]
    lines = [
        [n, line.meeting, line.text, line.lead, line.assisting, line.due, line.progress, line.state]
        for n, line in enumerate(ledger_lines(rows), 1)
    ]
    return write_table(_("议定事项台账"), headers, lines)


def ledger_lines(rows: list[Resolution]):
    """Plain lines of the ledger, for paper and spreadsheet."""
    owners, last = decided.owners(rows), decided.last_steps(rows)
    for row in rows:
        names = [owner.text for owner in owners[row.id]] or [row.responsible]
        step = last.get(row.id)
        yield sheets.LedgerLine(
            meeting=row.meeting.title, text=row.text, lead=names[0], assisting="、".join(names[1:]), due=day(row.due),
            progress=f"{day(step.on)} {step.note}" if step else "", state=str(row.state.title),
        )  # fmt: skip


def file_name(meeting: Meeting, title: object) -> str:
    """A readable name for a saved paper."""
    return f"{meeting.title}-{title}"
