"""Every paper of the application: it leaves the office and is entered in the register, or it stays, and why.

A paper's name is its route, with the value that chooses among several behind a colon.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import registers
from blueprints.ballots import counting
from blueprints.ballots import rules as polls
from blueprints.boards import rules as boards
from blueprints.boards.models import Commitment
from blueprints.bodies import registers as body_registers
from blueprints.evaluation import registers as evaluation_registers
from blueprints.inservice import asking
from blueprints.inservice.models import Inquiry
from blueprints.meetings import closing, recording
from blueprints.meetings import rules as meetings
from blueprints.meetings.models import Meeting
from blueprints.meetings.states import LineKind
from blueprints.notices import postings
from blueprints.notices import rules as notice_rules
from blueprints.sharing import registers as sharing_registers
from blueprints.suggestions import leaving
from blueprints.suggestions import rules as suggestions
from blueprints.workaccess import rules as workaccess
from blueprints.workaccess.models import WorkRequest
from core import clock, settings
from core.access import actor_of, console
from tests import make, routes
from tests.ballots import ceremony
from tests.notices import office as notices
from tests.suggestions.working import Kind, replied


@dataclass(frozen=True)
class Leaves:
    """``made(place, account)`` answers the record's part of the address; ``issued`` is the route that issues it, asked
    with ``asks`` and sent ``form``."""

    kind: str
    made: object
    issued: str
    form: dict = field(default_factory=dict)
    asks: str = ""


def nothing(_place, _account):
    return {}


def _made(record):
    return lambda place, _account: record(place)


def _board(place, _account):
    row = boards.propose(console(), make.member(place), "每周清扫楼道一次")
    boards.approve(console(), [row])
    boards.publish(console(), [Commitment.get_by_id(row.id)])
    return {"slug": row.stairwell.slug}


def _on_the_wall(place, account):
    _board(place, account)
    return {}


def _notice(place, _account):
    return {"number": notices.published(place).id}


def _concluded(place, _account):
    notice = notices.published(place)
    notice.ends_on = date(2026, 1, 5)
    notice.starts_on = date(2026, 1, 1)
    notice.save()
    return {"number": notice_rules.conclude(notices.clerk(place), notice, "没有异议。").id}


def _withdrawn(place, _account):
    return {"number": notice_rules.withdraw(make.actor(place), notices.published(place), "名单有误。").id}


def _posted(place, _account):
    notice = notices.published(place)
    postings.post(notices.clerk(place), notice, ["社区公告栏"], clock.today(), "王莉")
    return {"number": notice.id}


def _meeting(place, _account):
    return {"number": make.meeting(place).id}


def _approved_meeting(place, account):
    settings.put("meetings.chair_check", False, place)
    meeting = make.meeting(place)
    meetings.submit(console(), meeting, meeting.version)
    fresh = Meeting.get_by_id(meeting.id)
    meetings.approve(actor_of(account), fresh, fresh.version)
    return {"number": meeting.id}


def _closed_record(place, _account):
    meeting = make.meeting(place)
    word = recording.Write("a", meeting.agenda.get().id, LineKind.SPEECH, "text", "先修楼道灯。")
    recording.write_down(console(), meeting, [word])
    closing.close(console(), meeting, None)
    return {"number": meeting.id}


def _issued_meeting(place, _account):
    return {"number": make.meeting(place, issued=True).id}


def _message(place, kind=Kind.COMPLAINT):
    words = suggestions.Message(kind=kind, text="楼道灯不亮", about="无此人" if kind is Kind.SUPERVISION else "")
    return suggestions.submit(place, words, f"leaving-{next(make.counter)}")[0]


def _answered(place, account):
    return {"number": replied(actor_of(account), _message(place)).number}


def _passed_on(place, account):
    suggestion = _message(place)
    leaving.transfer(actor_of(account), suggestion, suggestion.version, "供电所", "电表不归社区管。")
    return {"number": suggestion.number}


def _month_over(_place, _account):
    return {"month": f"{clock.today().replace(day=1) - timedelta(days=1):%Y-%m}"}


def _standing(place, _account):
    return {"number": routes.election_candidate(place)["number"]}


def _accusation(place, _account):
    return {"number": _message(place, Kind.SUPERVISION).number}


def _frozen(place, _account):
    poll = ceremony.watched(ceremony.draft(place))
    polls.freeze(console(), poll)
    return {"number": poll.id}


def _signed(place, _account):
    meeting = ceremony.counted(place)
    counting.sign(console(), meeting.poll, ceremony.WATCHERS)
    return {"number": meeting.poll.id}


def _decided(place, _account):
    row = WorkRequest.get_by_id(routes.work_request(place)["number"])
    row.community_part, row.since, row.funds = "入户登记", clock.today(), "部门拨付"
    row.save()
    row = workaccess.submit(console(), row, row.version)
    row = workaccess.confer(console(), row, row.version, None, "同意")
    return {"number": workaccess.decide(console(), row, row.version, True, "领导小组", "").id}


def _read_by_the_member(place, _account):
    row = Inquiry.get_by_id(routes.inquiry(place)["number"])
    row = asking.draft(console(), row, row.version, "走访", "按时参加活动。")
    return {"number": asking.shown_to_member(console(), row, row.version, "没有意见").id}


LEAVING = {
    "board_prints.poster": Leaves("poster", _board, "board_prints.issue"),
    "board_prints.ledger": Leaves("commitment-ledger", nothing, "board_prints.issue_ledger"),
    "progress.growth": Leaves("commitment-growth", _on_the_wall, "progress.issue_growth"),
    "meetings.minutes": Leaves("minutes", _approved_meeting, "meetings.issue"),
    "meetings.paper:record": Leaves("record", _closed_record, "record.issue"),
    "meetings.paper:notice": Leaves("meeting-notice", _meeting, "meetings.issue_paper"),
    "meetings.paper:approval": Leaves("meeting-approval", _meeting, "meetings.issue_paper"),
    "meetings.paper:public": Leaves("meeting-public", _issued_meeting, "meetings.issue_paper"),
    "resolutions.paper": Leaves("resolution-ledger", nothing, "resolutions.issue"),
    "suggestion_prints.show:slip": Leaves("suggestion-slip", _answered, "suggestion_prints.issue"),
    "suggestion_prints.show:letter": Leaves("suggestion-reply", _answered, "suggestion_prints.issue"),
    "suggestion_prints.show:door": Leaves("suggestion-door", _answered, "suggestion_prints.issue"),
    "suggestion_prints.show:transfer": Leaves("suggestion-transfer", _passed_on, "suggestion_prints.issue"),
    "suggestion_prints.show:sealed": Leaves("suggestion-sealed", _accusation, "suggestion_prints.issue"),
    "suggestion_prints.show:cover": Leaves("suggestion-cover", _accusation, "suggestion_prints.issue"),
    "suggestion_months.paper": Leaves("suggestion-month", _month_over, "suggestion_months.issue"),
    "suggestion_boxes.poster": Leaves("suggestion-box", _made(routes.stairwell), "suggestion_boxes.issue"),
    "notice_prints.paper:notice": Leaves("notice", _notice, "notice_prints.issue", {"paper": "notice"}),
    "notice_prints.paper:result": Leaves("notice-result", _concluded, "notice_prints.issue", {"paper": "result"}),
    "notice_prints.paper:posting": Leaves("notice-posting", _posted, "notice_prints.issue", {"paper": "posting"}),
    "notice_prints.paper:withdrawal": Leaves("notice-withdrawal", _withdrawn, "notice_prints.issue", {"paper": "withdrawal"}),
    "notice_prints.year_ledger": Leaves("notice-ledger", nothing, "notice_prints.issue_ledger"),
    "disclosures_desk.catalogue": Leaves("disclosure-catalogue", nothing, "disclosures_desk.issue"),
    "responsible.map_pdf": Leaves("responsible-map", nothing, "responsible.issue_map"),
    "elections.request_sheet": Leaves("election-request", _standing, "elections.issue"),
    "polls.paper:announcement": Leaves("announcement", _frozen, "polls.issue"),
    "polls.paper:proxies": Leaves("proxies", _frozen, "polls.issue"),
    "polls.paper:report-up": Leaves("report-up", _signed, "polls.issue"),
    "polls.paper:profiles": Leaves("profiles", _frozen, "polls.issue"),
    "polls.paper:reports": Leaves("reports", _signed, "polls.issue"),
    "polls.paper:result": Leaves("result", _signed, "polls.issue"),
    "cobuilding_prints.phones": Leaves("unit-phones", nothing, "cobuilding_prints.issue_phones"),
    "cobuilding_prints.agreement": Leaves("agreement", _made(routes.agreement), "cobuilding_prints.issue"),
    "sharing.thanks": Leaves("thanks", _made(routes.entry(sharing_registers.PROJECTS)), "sharing.issue"),
    "plans.paper:plan": Leaves("plan-plan", _made(routes.plan), "plans.issue"),
    "plans.paper:report": Leaves("plan-report", _made(routes.plan), "plans.issue"),
    "sixones.paper": Leaves("six-ones", _made(routes.unit), "sixones.issue"),
    "body_prints.charter": Leaves("charter", _made(routes.entry(body_registers.CHARTERS)), "body_prints.issue"),
    "body_prints.seats": Leaves("body-members", _made(routes.entry(body_registers.BODIES)), "body_prints.issue_seats"),
    "workaccess.admitted_list": Leaves("work-admitted", nothing, "workaccess.issue_list"),
    "workaccess.reply": Leaves("work-reply", _decided, "workaccess.issue"),
    "inservice.slip": Leaves("check-in", _made(routes.check_in), "inservice.issue"),
    "inservice.card": Leaves("service-card", _made(routes.check_in), "inservice.issue", asks="?paper=card"),
    "inservice_prints.register": Leaves("check-in-register", nothing, "inservice_prints.issue_register"),
    "inservice_prints.receipt": Leaves("check-in-receipt", _made(routes.check_in), "inservice_prints.issue_receipt"),
    "inquiries.letter": Leaves("employer-letter", _read_by_the_member, "inquiries.issue"),
    "member_prints.board": Leaves("quarter-board", _made(routes.quarter_board), "member_prints.issue_board"),
    "evaluation_prints.summary": Leaves("evaluation-summary", _made(routes.evaluated_branch), "evaluation_prints.issue_summary"),
    "evaluation_prints.grades": Leaves("appraisal-results", _made(routes.evaluated_branch), "evaluation_prints.issue_grades"),
    "evaluation_prints.certificate": Leaves(
        "certificate", _made(routes.entry(evaluation_registers.COMMENDATIONS)), "evaluation_prints.issue_certificate"
    ),
    "papers_desk.ledger": Leaves("paper-ledger", nothing, "papers_desk.issue"),
}
LEAVING |= {f"{one.key}.paper": Leaves(f"{one.key}-ledger", nothing, f"{one.key}.issue") for one in registers.ALL}
# Other addresses of the same papers.
SHOWING = {
    "after_meeting.corrigendum": "corrigendum", "reminders.slips": "reminder", "unit_pages.notice": "meeting-notice",
    "unit_pages.minutes": "minutes", "job:meetings.notices": "meeting-notice",
    "board_prints.old_issue": "poster", "job:boards.posters": "poster", "notices.notice_pdf": "notice",
    "notices.result_pdf": "notice-result", "residents.paper": "meeting-public", "suggestion_months.issued": "suggestion-month",
    "job:boards.quarter_boards": "quarter-board", "job:evaluation.certificates": "certificate",
    "job:suggestions.boxes": "supervision-box", "papers_desk.copy": "paper-ledger",
}  # fmt: skip
COUNTED = {
    "polls.slips_file": "slips", "polls.paper:ballots": "ballots", "member_prints.letter": "link-letters",
    "job:boards.letters": "link-letters",
}  # fmt: skip
STAYING = {
    "cobuilding_prints.labels": "成员单位标签: stuck on envelopes",
    "board_prints.pledge": "承诺书: signed by the member and kept by the branch",
    "job:boards.pledges": "the same, of all",
    "member_prints.quarter": "践诺登记表: a form the member fills in and the branch keeps",
    "job:boards.quarters": "the same, of all",
    "board_prints.consent": "公开同意书: signed by the member and kept",
    "job:boards.consents": "the same, of all",
    "evaluation_prints.slips": "评议票: residents fill them in, nothing may tell one from another",
    "job:evaluation.slips": "the same, for all stairwells",
    "board_prints.hanging": "张贴清单: ticked on the walk and typed in",
    "office.today_pdf": "今日要办: the office's own list of work",
    "chair_pages.draft_pdf": "纪要草稿: marked as a draft, for the chair to check",
    "meetings.paper:deliveries": "分送登记表: a form to be signed",
    "meetings.paper:sign-in": "签到表: a form to be signed",
    "polls.paper:roll": "签到与领票册: a form to be signed, kept with the ballots",
    "polls.paper:tally": "正字计票单: a form to be filled in",
    "polls.paper:record": "封箱、开箱记录: signed by hand, kept with the ballots",
    "polls.paper:returns": "废票、交回登记: a form to be filled in and signed",
    "polls.paper:board": "会场规则牌: how to vote, hangs in the hall for the hours of the vote",
    "polls.board_sheet": "正字计票单 with the strokes called: signed, kept with the ballots",
    "polls.trip_sheet": "流动票箱登记表: signed at each door, kept with the ballots",
    "polls.recount_sheet": "复核计票记录: signed by hand, kept with the ballots",
    "polls.destruction_sheet": "销毁记录: signed by hand, kept with the record",
    "elections.names_sheet": "候选人预备人选名册: leaves only bound behind the letter that bears the code",
    "organisation.chart": "党组织架构图: the office's own overview, of any day",
    "responsible.phones_pdf": "责任区联络电话: private numbers, for the staff",
    "visits.blank": "走访登记表: a form to be filled in",
    "visits.record": "走访记录: what people said at their doors stays with the staff",
    "polls.key_sheet": "密钥单: one copy for one holder, no trace of it anywhere",
    "workaccess.application": "准入申请表: a form the department signs",
    "inservice_prints.ask": "征求意见函: a form the employer signs",
    "inquiries.slips": "居民意见单: a form to be filled in",
    "suggestion_prints.blank": "意见建议单: a form to be filled in",
    "suggestion_prints.show:extension": "延期单: signed by who asks and who grants, kept with the message",
    "suggestion_prints.show:asker": "提出人信息页: stays apart in the office, so that the handling slip may travel",
    "suggestions.receipt": "受理回执: its holder prints it; the register would know who holds which code",
}  # fmt: skip
