"""Every route of the application with the record it is opened on: a route missing here fails tests/test_access.py.

``{endpoint: values}``: ``values(place)`` makes a record in a community and answers the address's values.
"""

import io
from datetime import datetime, time, timedelta
from pathlib import Path

from PIL import Image

import registers
from blueprints.ballots import proxies
from blueprints.ballots import rules as polls
from blueprints.ballots.ballot import Kind as Ballot
from blueprints.ballots.kinds import BoxKind, Proxies
from blueprints.ballots.models import Nominee, PaperBox, PollClass, RollEntry, Scrutineer
from blueprints.boards import categories, doing, letters, quarters
from blueprints.boards import rules as boards
from blueprints.boards.models import Commitment, PostingLog
from blueprints.bodies import registers as body_registers
from blueprints.cobuilding import registers as cobuilding_registers
from blueprints.cobuilding import rules as cobuilding
from blueprints.cobuilding.models import MemberUnit
from blueprints.disclosures import rules as disclosing
from blueprints.disclosures.models import DisclosureItem
from blueprints.elections import rules as elections
from blueprints.elections.models import ElectionCandidate, ElectionStage
from blueprints.evaluation import registers as evaluation_registers
from blueprints.evaluation import rules as evaluation
from blueprints.evaluation.models import EvaluationRound
from blueprints.inservice import asking
from blueprints.inservice import rules as inservice
from blueprints.inservice.models import CheckIn, Inquiry, InquiryKind
from blueprints.meetings import calling, chair_pages, correcting, proposing, rules
from blueprints.meetings import ledger as meeting_ledger
from blueprints.meetings import series as meeting_series
from blueprints.meetings.models import Meeting
from blueprints.meetings.series import Entry
from blueprints.meetings.states import ResolutionState
from blueprints.notices import attachments, objections, postings, prints
from blueprints.notices.models import Channel
from blueprints.organisation import areas, orgs
from blueprints.people import imports, uploads
from blueprints.people.models import PartyMember
from blueprints.plans import queries as plan_queries
from blueprints.plans import rules as plans
from blueprints.plans.models import AnnualPlan
from blueprints.sharing import registers as sharing_registers
from blueprints.sharing import rules as sharing
from blueprints.suggestions import filters, handling
from blueprints.suggestions import rules as suggestions
from blueprints.suggestions.models import Kind, Pace
from blueprints.visits import rules as visits
from blueprints.visits.models import Topic
from blueprints.workaccess import rules as workaccess
from core import clock, files, jobs, links
from core.access import actor_of, console
from core.db import writing
from core.records.papers import IssuedPaper
from core.records.places import Place, PlaceKind
from core.records.work import ImportBatch, ImportState
from core.registers import ledger
from tests import entries, make
from tests.ballots.ceremony import draft, watched
from tests.notices import office as notices


def nothing(_place):
    return {}


def commitment(place):
    return {"number": boards.propose(console(), make.member(place), "每周清扫楼道一次").id}


def shown_commitment(place):
    row = boards.propose(console(), make.member(place), "每周清扫楼道一次")
    boards.approve(console(), [row])
    boards.publish(console(), [row])
    return {"number": row.id}


def progress_entry(place):
    row = Commitment.get_by_id(shown_commitment(place)["number"])
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "#446688").save(picture, "PNG")
    entry = doing.report(console(), row, doing.Report(clock.today(), 1), files=[(picture.getvalue(), "现场.png")])
    return {"number": entry.id}


def progress_file(place):
    return progress_entry(place) | {"position": 1}


def quarter_form(place):
    row = Commitment.get_by_id(shown_commitment(place)["number"])
    return {"number": row.member_id, "code": quarters.Quarter.of(clock.today()).code}


def quarter_board(place):
    row = Commitment.get_by_id(shown_commitment(place)["number"])
    return {"slug": row.stairwell.slug, "code": quarters.Quarter.of(clock.today()).code}


def evaluation_round(place):
    """This year's, with a promise of the branch and stairwell that are asked for."""
    row = Commitment.get_by_id(shown_commitment(place)["number"])
    if not EvaluationRound.select().where(EvaluationRound.place == place).exists():
        evaluation.begin(console(), place, row.year, clock.today(), clock.today())
    return {"year": row.year}


def evaluated_branch(place):
    return evaluation_round(place) | {"number": PartyMember.get(PartyMember.place == place).org_id}


def evaluated_member(place):
    return evaluation_round(place) | {"number": PartyMember.get(PartyMember.place == place).id}


def evaluated_stairwell(place):
    return evaluation_round(place) | {"slug": PartyMember.get(PartyMember.place == place).stairwell.slug}


def own_category(place):
    return {"number": categories.add(console(), place, f"助老服务{next(make.counter)}").id}


def year(_place):
    return {"year": clock.today().year}


def linked_member(place):
    one = make.member(place)
    letters.give(console(), place, letters.tokens_for([one]))
    return {"number": one.id}


def personal_link(place):
    tokens = letters.tokens_for([make.member(place)])
    letters.give(console(), place, tokens)
    return {"token": next(iter(tokens.values()))}


def notice(place):
    return {"number": notices.published(place).id}


def notice_paper(place):
    return notice(place) | {"name": "notice"}


def notice_file(place):
    draft = notices.draft(notices.clerk(place), place)
    file = attachments.attach(notices.clerk(place), draft, notices.workbook("张三"), "名单.xlsx")
    return {"number": draft.id, "position": file.position}


def notice_objection(place):
    found = notices.published(place)
    one = objections.note(notices.clerk(place), found, clock.today(), Channel.CALL)
    return {"number": found.id, "which": one.id}


def disclosure(place):
    if not DisclosureItem.select().where(DisclosureItem.place == place).exists():
        disclosing.usual(console(), place)
    item = DisclosureItem.get((DisclosureItem.place == place) & (DisclosureItem.frequency == "quarterly"))
    return {"number": item.id, "covers": f"{clock.today().year + 1}-Q1"}


def notice_posting(place):
    found = notices.published(place)
    postings.post(notices.clerk(place), found, ["社区公告栏"], clock.today(), "王莉")
    posting = found.postings.get()
    postings.picture(notices.clerk(place), posting, notices.picture())
    return {"number": found.id, "which": posting.id}


def issued_paper(place):
    return {"number": prints.issue(console(), notices.published(place), "notice").id}


def stairwell(place):
    make.member(place, stairwell="3幢2单元" if place.slug == "c1" else "77幢7单元")
    return {"slug": "3-2" if place.slug == "c1" else "77-7"}


def area(place):
    """A zone of one building."""
    house = make.member(place, stairwell=f"{next(make.counter) % 900 + 1}幢1单元").stairwell.parent
    house = make.member(place, stairwell="88幢1单元").stairwell.parent
    return {"number": areas.draw(console(), place, PlaceKind.ZONE, f"东片{next(make.counter)}", [house]).id}


def member(place):
    return {"number": make.member(place).id}


def photo(place):
    return {**stairwell(place), **member(place)}


def hung(place):
    """A board that hangs, with its photo."""
    slug = stairwell(place)["slug"]
    where = Place.get((Place.community == place) & (Place.slug == slug))
    number = next(make.counter)
    values = {"title": "公示牌", "kind": "other", "code": f"C{number}", "version": number, "digest": "x"}
    paper = IssuedPaper.create(
        place=place, subject_kind="place", subject_id=where.id, sheet={"until": "2020-12-31", "members": []}, issued_at=clock.now(), **values
    )  # fmt: skip
    photo = files.store(f"photo {next(make.counter)}".encode(), "image/jpeg")
    row = PostingLog.create(place=place, stairwell=where, paper=paper, hung_on=clock.today(), hung_by="何静", photo=photo)
    return {"slug": slug, "number": row.id}


def issue(place):
    return {**stairwell(place), "version": 1}


def batch(place):
    row = ImportBatch.create(
        place=place, kind="members", file_name="x.xlsx", state=ImportState.APPLIED, created_at=clock.now(),
        report={"added": 0, "changed": 0, "unchanged": 0, "refused": []},
    )  # fmt: skip
    return {"number": row.id}


def upload(place):
    content = (Path(__file__).parent.parent / "data" / "members.xlsx").read_bytes()
    return {"kind": "members", "key": uploads.keep(place, imports.roster("members", place), "members", content, "名册.xlsx").key}


def job(place):
    return {"number": jobs.order(console(), place, "boards.posters", "公示牌", "公示牌.pdf", size="A4").id}


def account(place):
    return {"number": make.account(place).id}


def unit(place):
    return {"number": cobuilding.add_unit(console(), place, {"name": f"第{next(make.counter)}中学"}).id}


def suggestion(place):
    """A message that was answered, with a picture."""
    words = suggestions.Message(kind=Kind.SUPERVISION, text="楼道灯不亮，说了两次", about="无此人", photos=[b"picture"])
    row, _code = suggestions.submit(place, words, f"nonce-{next(make.counter)}")
    lead = make.account(place)
    handling.register(console(), row, 1, "灯不亮", Kind.SUPERVISION, Pace.SIMPLE)
    handling.assign(console(), row, 2, lead)
    handling.reply(console(), row, 3, "灯头坏了", "已换好")
    return {"number": row.number}


def visit(place):
    """Recorded by the console, so that nobody but the secretary knows its door."""
    here = make.member(place).stairwell
    told = visits.Visit(clock.today(), "任远", here, Topic.BUILDING, door="302", wish="楼道灯不亮")
    return {"number": visits.enter(console(), place, told, f"visit-{next(make.counter)}")[0].id}


def month(_place):
    """The present one: figures of a month are the own community's everywhere."""
    return {"month": f"{clock.today():%Y-%m}"}


def saved_filter(place):
    """Somebody else's: kept filters are for whoever keeps them."""
    owner = make.account(place)
    return {"which": filters.keep(actor_of(owner), place, "灯", "show=open&q=灯").id}


def suggestion_photo(place):
    return {**suggestion(place), "position": 1}


def meeting(place):
    return {"number": make.meeting(place).id}


def series(place):
    return {"number": make.meeting(place).series_id}


def resolution(place):
    return {"number": make.meeting(place, issued=True).resolutions.get().id}


def resolution_step(place):
    row = make.meeting(place, issued=True).resolutions.get()
    step = meeting_ledger.report(console(), row, "甲厂", ResolutionState.DONE, "装好了")
    return {"number": row.id, "step": step.id}


def resolution_file(place):
    row = make.meeting(place, issued=True).resolutions.get()
    step = meeting_ledger.report(
        console(), row, "甲厂", ResolutionState.DONE, "装好了", files=[(notices.workbook("张三"), "名单.xlsx")]
    )
    return {"number": row.id, "step": step.id, "position": 1}


def house(place):
    return {"number": make.member(place).stairwell_id}


def seat(place):
    made = make.meeting(place)
    return {"number": made.id, "seat": made.seats.get().id}


def roster(place):
    """A series with a roster of its own, and its first name."""
    values = {"name": f"会议{next(make.counter)}纪要", "issuing_body": "街道党工委", "own_roster": True}
    made = meeting_series.found_series(console(), place, values)
    meeting_series.enlist(console(), made, [Entry("甲厂")])
    return {"number": made.id, "member": made.members.get().id}


def proposal(place):
    return {"number": proposing.propose(console(), make.meeting(place).series, "甲厂", "关于停车").id}


def corrigendum(place):
    made = make.meeting(place, issued=True)
    words = {"wrong": "五幢", "right": "3幢", "reason": "笔误"}
    return {"number": made.id, "which": correcting.draft(console(), made, words).id}


def unit_link(place):
    """A link of somebody who sits at a meeting that lies ahead."""
    unit(place)
    made = make.meeting(place, days=9, seats=(), items=())
    (letter,) = calling.call(console(), made, [], everybody=True)[:1]
    return {"token": letter.address.split("/")[-2]}


def unit_meeting(place):
    return {**unit_link(place), "number": Meeting.select(Meeting.id).order_by(Meeting.id.desc()).get().id}


def unit_file(place):
    return {**unit_meeting(place), "step": 1, "position": 1}


def chair_link(place):
    made = make.meeting(place)
    rules.submit(console(), made, 1)
    with writing():
        return {"token": links.give(place, chair_pages.PURPOSE, made.id)}


def poll(place):
    return {"number": polls.create(console(), place, Ballot.TRUST, "候选人信任票").id}


def nominee(place):
    number = poll(place)["number"]
    return {"number": number, "which": Nominee.create(poll=number, name="王秋实").id}


def scrutineer(place):
    number = poll(place)["number"]
    return {"number": number, "which": Scrutineer.create(poll=number, name="沈兰英", no_kin=True).id}


def poll_class(place):
    number = poll(place)["number"]
    return {"number": number, "which": PollClass.get(PollClass.poll == number).id}


def voter(place):
    values = poll_class(place)
    person = make.person(place)
    row = RollEntry.create(poll_class=values["which"], person=person, name=person.name)
    return {"number": values["number"], "which": row.id}


def paper_box(place):
    made = watched(draft(place))
    polls.freeze(console(), made)
    return {"number": made.id, "which": PaperBox.create(poll_class=made.classes.get(), name="现场票箱").id}


def moving_box(place):
    made = watched(draft(place))
    polls.freeze(console(), made)
    box = PaperBox.create(poll_class=made.classes.get(), name="流动票箱", kind=BoxKind.MOVING, issued=3)
    return {"number": made.id, "which": box.id}


def proxy(place):
    made = draft(place, proxies=Proxies.ANY)
    one, other = RollEntry.select().where(RollEntry.poll_class == made.classes.get()).order_by(RollEntry.id).limit(2)
    return {"number": made.id, "which": proxies.entrust(console(), one, other).id}


def election(place):
    return {"number": elections.begin(console(), place, "社区党委换届", "社区党委委员", 2).id}


def election_stage(place):
    return election(place) | {"stage": "recommendation"}


def election_document(place):
    values = election_stage(place)
    row = ElectionStage.get((ElectionStage.process == values["number"]) & (ElectionStage.stage == "recommendation"))
    return values | {"which": elections.file(console(), row, "会议记录", "1号").id}


def election_candidate(place):
    number = election(place)["number"]
    return {"number": number, "which": ElectionCandidate.create(process=number, name="王秋实").id}


def poll_paper(paper):
    return lambda place: {**poll(place), "paper": paper}


def org(place):
    values = {"name": f"第{next(make.counter)}党支部", "kind": "branch"}
    return {"number": orgs.found(console(), place, values).id}


def members(_place):
    return {"kind": "members"}


ROUTES = {
    "static": lambda _place: {"filename": "mark.svg"},
    "home.index": nothing,
    "home.health": nothing,
    "home.search": nothing,
    "home.privacy": nothing,
    "home.accessibility": nothing,
    "office.set_up": nothing,
    "office.set_up_example": nothing,
    "office.today": nothing,
    "office.example": nothing,
    "office.today_pdf": nothing,
    "preferences.index": nothing,
    "preferences.area": lambda _place: {"area": "office"},
    "keeping.show": nothing,
    "keeping.forget": nothing,
    "calendar.show": nothing,
    "calendar.mark": nothing,
    "calendar.unmark": nothing,
    "calendar.complete": nothing,
    "office.audit_trail": nothing,
    "office.search": nothing,
    "accounts.sign_in": nothing,
    "accounts.sign_out": nothing,
    "accounts.own": nothing,
    "accounts.index": nothing,
    "communities.index": nothing,
    "communities.found": nothing,
    "accounts.add": nothing,
    "accounts.edit": account,
    "accounts.suspend": account,
    "organisation.index": nothing,
    "organisation.chart": nothing,
    "organisation.add": nothing,
    "organisation.show": org,
    "organisation.change": org,
    "organisation.end": org,
    "organisation.merge": org,
    "organisation.split": org,
    "responsible.index": nothing,
    "responsible.draw": nothing,
    "responsible.edit": area,
    "responsible.lead": area,
    "responsible.dissolve": area,
    "responsible.map_pdf": nothing,
    "responsible.issue_map": nothing,
    "responsible.phones_pdf": nothing,
    "people.index": nothing,
    "people.representatives": nothing,
    "imports.index": nothing,
    "imports.choose": members,
    "imports.preview": upload,
    "imports.map_columns": upload,
    "imports.settle": upload,
    "imports.confirm": upload,
    "imports.refused": upload,
    "imports.export": members,
    "imports.batch": batch,
    "imports.undo": batch,
    "people.add": nothing,
    "people.edit": member,
    "people.end": member,
    "portraits.show": member,
    "portraits.take": member,
    "portraits.cut": member,
    "portraits.photo": member,
    "portraits.portrait": member,
    "boards_public.index": nothing,
    "boards_public.show": stairwell,
    "boards_public.photo": photo,
    "boards.coverage": nothing,
    "boards.stairwell": stairwell,
    "boards.member": member,
    "boards.agree": member,
    "boards.propose": member,
    "boards.lead": stairwell,
    "boards.hang": nothing,
    "boards.hung_photo": hung,
    "boards.add_photo": hung,
    "boards.take_back": hung,
    "commitments.index": nothing,
    "commitments.review": nothing,
    "commitments.publish": nothing,
    "commitments.withdraw": nothing,
    "commitments.edit": commitment,
    "commitments.withdraw_one": commitment,
    "progress.report": shown_commitment,
    "progress.reopen": shown_commitment,
    "progress.fulfil": nothing,
    "progress.report_many": nothing,
    "progress.take_back": progress_entry,
    "progress.evidence": progress_file,
    "progress.on_a_day": nothing,
    "progress.table": nothing,
    "progress.growth": nothing,
    "progress.issue_growth": nothing,
    "promise_years.index": nothing,
    "promise_years.choose": year,
    "promise_years.begin": year,
    "promise_years.archive": year,
    "promise_years.kinds": nothing,
    "promise_years.change_kind": own_category,
    "typing_in.enter": nothing,
    "typing_in.form": lambda place: {"code": f"L{member(place)['number']}-{clock.today().year}"},
    "typing_in.quarter": lambda _place: {"code": "2026-4"},
    "member_prints.letter": member,
    "member_prints.stop": linked_member,
    "member_prints.all_letters": nothing,
    "member_prints.quarter": quarter_form,
    "member_prints.all_quarters": lambda _place: {"code": "2026-4"},
    "member_prints.all_boards": lambda _place: {"code": "2026-4"},
    "member_prints.board": quarter_board,
    "member_prints.issue_board": quarter_board,
    "own.propose": personal_link,
    "own.amend": lambda place: personal_link(place) | {"number": 1},
    "own.report": lambda place: personal_link(place) | {"number": 1},
    "own.say": lambda place: personal_link(place) | {"number": 1},
    "links.show": personal_link,
    "board_prints.poster": stairwell,
    "board_prints.issue": stairwell,
    "board_prints.old_issue": issue,
    "board_prints.choose": nothing,
    "board_prints.posters": nothing,
    "board_prints.pledge": member,
    "board_prints.all_pledges": nothing,
    "board_prints.consent": member,
    "board_prints.all_consents": nothing,
    "board_prints.ledger": nothing,
    "board_prints.ledger_file": nothing,
    "board_prints.issue_ledger": nothing,
    "board_prints.hanging": nothing,
    "cobuilding.units": nothing,
    "cobuilding.add": nothing,
    "cobuilding.edit": unit,
    "meetings.meetings": nothing,
    "meetings.add": nothing,
    "meetings.show": meeting,
    "meetings.edit": meeting,
    "meetings.submit": meeting,
    "meetings.review": meeting,
    "meetings.chair_check": meeting,
    "meetings.cancel": meeting,
    "meetings.issue": meeting,
    "meetings.public_wording": meeting,
    "meetings.minutes": meeting,
    "meetings.paper": lambda place: {**meeting(place), "kind": "sign-in"},
    "meeting_series.add": nothing,
    "meeting_series.edit": series,
    "meeting_series.roster": series,
    "meeting_series.leave": roster,
    "meeting_files.choose": nothing,
    "meeting_files.preview": nothing,
    "meeting_files.confirm": nothing,
    "invitations.index": meeting,
    "invitations.call": meeting,
    "invitations.answer": seat,
    "invitations.event": meeting,
    "invitations.proposals": nothing,
    "invitations.settle": proposal,
    "attendance.index": meeting,
    "attendance.register": meeting,
    "attendance.add": meeting,
    "attendance.rest": meeting,
    "record.show": meeting,
    "record.save": meeting,
    "record.sync": meeting,
    "record.end": meeting,
    "record.close": meeting,
    "record.reopen": meeting,
    "record.issue": meeting,
    "after_meeting.deliveries": meeting,
    "after_meeting.sign": meeting,
    "after_meeting.send": meeting,
    "after_meeting.add_receiver": meeting,
    "after_meeting.corrigenda": meeting,
    "after_meeting.decide": corrigendum,
    "after_meeting.corrigendum": corrigendum,
    "after_meeting.announce": meeting,
    "resolutions.index": nothing,
    "resolutions.export": nothing,
    "meetings.issue_paper": lambda place: {**meeting(place), "kind": "sign-in"},
    "resolutions.paper": nothing,
    "resolutions.issue": nothing,
    "resolutions.show": resolution,
    "resolutions.progress": resolution,
    "resolutions.look_at": resolution_step,
    "resolutions.file": resolution_file,
    "resolutions.settle": resolution,
    "reminders.index": nothing,
    "reminders.slips": nothing,
    "residents.index": nothing,
    "residents.show": meeting,
    "residents.paper": meeting,
    "residents.event": meeting,
    "residents.feed": nothing,
    "unit_pages.index": unit_link,
    "unit_pages.meeting": unit_meeting,
    "unit_pages.event": unit_meeting,
    "unit_pages.notice": unit_meeting,
    "unit_pages.minutes": unit_meeting,
    "unit_pages.receipt": unit_meeting,
    "unit_pages.propose": unit_link,
    "unit_pages.task": unit_meeting,
    "unit_pages.file": unit_file,
    "chair_pages.give": meeting,
    "chair_pages.draft": chair_link,
    "chair_pages.draft_pdf": chair_link,
    "jobs.index": nothing,
    "jobs.show": job,
    "jobs.file": job,
    "jobs.cancel": job,
    "notices.index": nothing,
    "notices.atom": nothing,
    "notices.hall": nothing,
    "notices.show": notice,
    "notices.notice_pdf": notice,
    "notices.result_pdf": notice,
    "notices.attachment": notice_file,
    "notices_desk.index": nothing,
    "notices_desk.choose": nothing,
    "disclosures.index": nothing,
    "disclosures_desk.index": nothing,
    "disclosures_desk.load": nothing,
    "disclosures_desk.show": disclosure,
    "disclosures_desk.by_notice": disclosure,
    "disclosures_desk.otherwise": disclosure,
    "disclosures_desk.nothing": disclosure,
    "disclosures_desk.take_back": disclosure,
    "disclosures_desk.catalogue": nothing,
    "disclosures_desk.issue": nothing,
    "notices_desk.begin": nothing,
    "notices_desk.show": notice,
    "notices_desk.edit": notice,
    "notices_desk.keep": notice,
    "notices_desk.throw_away": notice,
    "notices_desk.submit": notice,
    "notices_desk.review": notice,
    "notices_desk.publish": notice,
    "notices_desk.correct": notice,
    "notices_desk.withdraw": notice,
    "notices_desk.archive": notice,
    "notices_desk.archive_year": nothing,
    "notices_desk.discard": notice,
    "notices_desk.schedule": notice,
    "notices_desk.keep_back": notice,
    "notices_desk.picture": notice_posting,
    "notices_desk.photo": notice_posting,
    "notice_prints.paper": notice_paper,
    "notice_prints.issue": notice,
    "notice_prints.export": nothing,
    "notice_prints.year_ledger": nothing,
    "notice_prints.issue_ledger": nothing,
    "notices_desk.conclude": notice,
    "notices_desk.object_to": notice,
    "notices_desk.settle": notice_objection,
    "notices_desk.post": notice,
    "notices_desk.take_down": notice,
    "notices_desk.attach": notice,
    "notices_desk.attachment": notice_file,
    "notices_desk.detach": notice_file,
    "suggestions.index": nothing,
    "suggestions.new": nothing,
    "suggestions.taken": nothing,
    "suggestions.receipt": nothing,
    "suggestions.track": nothing,
    "suggestions.add": nothing,
    "suggestions.rate": nothing,
    "suggestions.withdraw": nothing,
    "visits.index": nothing,
    "visits.add": nothing,
    "visits.show": visit,
    "visits.edit": visit,
    "visits.become_message": visit,
    "visits.record": nothing,
    "visits.blank": nothing,
    "visits.table": nothing,
    "suggestion_boxes.index": nothing,
    "suggestion_boxes.poster": stairwell,
    "suggestion_boxes.issue": stairwell,
    "suggestion_boxes.posters": nothing,
    "suggestion_months.index": nothing,
    "suggestion_months.paper": month,
    "suggestion_months.table": month,
    "suggestion_months.issue": month,
    "suggestion_months.issued": month,
    "suggestion_queue.index": nothing,
    "suggestion_queue.assign_many": nothing,
    "suggestion_queue.ledger": nothing,
    "suggestion_queue.keep": nothing,
    "suggestion_queue.drop": saved_filter,
    "suggestion_desk.new": nothing,
    "suggestion_desk.photo": suggestion_photo,
    "suggestion_desk.register": suggestion,
    "suggestion_desk.assign": suggestion,
    "suggestion_desk.reclassify": suggestion,
    "suggestion_desk.usual_templates": nothing,
    "suggestion_desk.start": suggestion,
    "suggestion_desk.note": suggestion,
    "suggestion_desk.wait": suggestion,
    "suggestion_desk.reply": suggestion,
    "suggestion_desk.extend": suggestion,
    "suggestion_desk.decide": suggestion,
    "suggestion_desk.close": suggestion,
    "suggestion_desk.archive": suggestion,
    "suggestion_desk.reject": suggestion,
    "suggestion_desk.transfer": suggestion,
    "suggestion_desk.seal": suggestion,
    "suggestion_desk.merge": suggestion,
    "suggestion_desk.clear": suggestion,
    "suggestion_desk.concern": suggestion,
    "suggestion_desk.show": suggestion,
    "suggestion_prints.blank": nothing,
    "suggestion_prints.show": lambda place: {**suggestion(place), "paper": "slip"},
    "suggestion_prints.issue": lambda place: {**suggestion(place), "paper": "slip"},
    "ballots.index": nothing,
    "ballots.secrecy": nothing,
    "ballots.limits": nothing,
    "ballots.say": nothing,
    "ballots.show": poll,
    "ballots.check_receipt": poll,
    "ballots.result_file": poll,
    "ballots.turnout": poll,
    "polls.index": nothing,
    "polls.create": nothing,
    "polls.nominee": nominee,
    "polls.describe": nominee,
    "polls.withdraw": nominee,
    "polls.dismiss": scrutineer,
    "polls.tick": voter,
    "polls.exclude": voter,
    "polls.figures": poll_class,
    "polls.add_box": poll_class,
    "polls.box": paper_box,
    "polls.withdraw_box": paper_box,
    "polls.calling": paper_box,
    "polls.begin_calling": paper_box,
    "polls.call": paper_box,
    "polls.clear_board": paper_box,
    "polls.take_board": paper_box,
    "polls.board_sheet": paper_box,
    "polls.class_board": poll_class,
    "polls.paper": poll_paper("tally"),
    "polls.issue": poll_paper("reports"),
    "polls.show": poll,
    "polls.edit": poll,
    "polls.nominate": poll,
    "polls.scrutineers": poll,
    "polls.freeze": poll,
    "polls.redraft": poll,
    "polls.seal": poll,
    "polls.sealed": poll,
    "polls.key_sheet": lambda place: {**poll(place), "which": 1},
    "polls.slips_file": poll,
    "polls.slips": poll,
    "polls.opening": poll,
    "polls.open_voting": poll,
    "polls.papers": poll,
    "polls.announce": poll,
    "polls.complete": poll,
    "polls.agree": poll,
    "polls.recounts": poll,
    "polls.recount_sheet": lambda place: {**poll(place), "which": 1},
    "polls.destruction_sheet": poll,
    "polls.proxy_list": poll,
    "polls.revoke_proxy": proxy,
    "polls.tick_proxy": proxy,
    "polls.trip": moving_box,
    "polls.trip_sheet": moving_box,
    "polls.close": poll,
    "polls.reopen": poll,
    "polls.resume": poll,
    "polls.cancel": poll,
    "polls.repeat": poll,
    "polls.voters": poll,
    "polls.renew": poll,
    "polls.returns": poll,
    "polls.count_desk": poll,
    "polls.audits": poll,
    "polls.unseal": poll,
    "polls.count": poll,
    "polls.equations": poll,
    "polls.sign": poll,
    "polls.results": poll,
    "polls.publish": poll,
    "polls.archive": poll,
    "polls.destroy": poll,
    "polls.envelope": poll,
    "elections.index": nothing,
    "elections.create": nothing,
    "elections.show": election,
    "elections.stop": election,
    "elections.stage": election_stage,
    "elections.plan": election_stage,
    "elections.file": election_stage,
    "elections.document": election_document,
    "elections.take_off": election_document,
    "elections.poll": election_stage,
    "elections.notice": lambda place: {**election(place), "stage": "notice"},
    "elections.names": election_stage,
    "elections.candidate": election_candidate,
    "elections.request_sheet": election,
    "elections.issue": election,
    "elections.names_sheet": election,
    "papers.enter": nothing,
    "papers.check": lambda _place: {"code": "AAAAA-AAAAA"},
    "papers_desk.index": nothing,
    "papers_desk.show": issued_paper,
    "papers_desk.copy": issued_paper,
    "papers_desk.export": nothing,
    "papers_desk.ledger": nothing,
    "papers_desk.issue": nothing,
}


def entry(register):
    return lambda place: {"number": entries.entry(register, place).id}


def agreement(place):
    return {"number": entries.entry(cobuilding_registers.AGREEMENTS, place).id}


def booking(place):
    resource = entries.entry(sharing_registers.RESOURCES, place)
    begins = datetime.combine(clock.today() + timedelta(days=3), time(9))
    made = sharing.book(console(), resource, begins, begins + timedelta(hours=2), "讲座", "第一党支部")
    return {"number": resource.id, "which": made.id}


def plan(place):
    year = clock.today().year
    return {"number": (plan_queries.plan_of(place, year) or plans.begin(console(), place, year)).id}


def plan_item(place):
    number = plan(place)["number"]
    item = plans.write_item(console(), AnnualPlan.get_by_id(number), None, 0, {"name": "义诊进楼道", "month": 5})
    return {"number": number, "which": item.id}


def plan_link(place):
    made = AnnualPlan.get_by_id(plan(place)["number"])
    return {"token": plans.invite(console(), made, MemberUnit.get_by_id(unit(place)["number"])).split("/")[-2]}


def work_request(place):
    values = {"department": "市民政局", "matter": "养老需求摸底", "basis": "民发〔2026〕3号第五条"}
    return {"number": workaccess.apply(console(), place, values, ["老年人情况表"]).id}


def check_in(place):
    values = {"name": f"周{next(make.counter)}", "employer": "市第一医院", "since": clock.today().isoformat(), "tasks": "联络员"}
    return {"number": inservice.arrive(console(), place, values).id}


def service(place):
    row = CheckIn.get_by_id(check_in(place)["number"])
    return {"number": row.id, "which": inservice.serve(console(), row, clock.today(), "义诊", 4, 1, "").id}


def inquiry(place):
    return {"number": asking.ask(console(), CheckIn.get_by_id(check_in(place)["number"]), InquiryKind.AWARD, "", None).id}


def opinion_link(place):
    return {"token": asking.invite(console(), Inquiry.get_by_id(inquiry(place)["number"]))}


def entry_file(register):
    def values(place):
        row = entries.entry(register, place)
        return {"number": row.id, "position": ledger.attach(register, console(), row, notices.workbook("张三"), "名单.xlsx").position}

    return values


ROUTES |= {
    "cobuilding_prints.agreement": agreement,
    "cobuilding_prints.issue": agreement,
    "cobuilding_prints.labels": nothing,
    "cobuilding_prints.phones": nothing,
    "cobuilding_prints.issue_phones": nothing,
    "cobuilding.renew": agreement,
    "contacts.become_message": entry(body_registers.POINT_VISITS),
    "places.show": house,
    "places.rename": house,
    "places.end": house,
    "places.take_up": house,
    "sharing.index": nothing,
    "sharing.book": entry(sharing_registers.RESOURCES),
    "sharing.cancel": booking,
    "sharing.thanks": entry(sharing_registers.PROJECTS),
    "sharing.issue": entry(sharing_registers.PROJECTS),
    "plans.index": nothing,
    "plans.begin": nothing,
    "plans.show": plan,
    "plans.go_on": plan,
    "plans.invite": plan,
    "plans.add": plan,
    "plans.edit": plan_item,
    "plans.paper": lambda place: {**plan(place), "kind": "plan"},
    "plans.issue": lambda place: {**plan(place), "kind": "plan"},
    "plans.propose": plan_link,
    "sixones.index": nothing,
    "sixones.table": nothing,
    "sixones.show": unit,
    "sixones.note": lambda place: {**unit(place), "item": "team"},
    "sixones.paper": unit,
    "sixones.issue": unit,
}
ROUTES |= {
    "body_prints.charter": entry(body_registers.CHARTERS),
    "body_prints.issue": entry(body_registers.CHARTERS),
    "body_prints.seats": entry(body_registers.BODIES),
    "body_prints.issue_seats": entry(body_registers.BODIES),
    "workaccess.admitted": nothing,
    "workaccess.admitted_list": nothing,
    "workaccess.issue_list": nothing,
    "workaccess.index": nothing,
    "workaccess.add": nothing,
    "workaccess.edit": work_request,
    "workaccess.show": work_request,
    "workaccess.submit": work_request,
    "workaccess.confer": work_request,
    "workaccess.decide": work_request,
    "workaccess.carry_out": work_request,
    "workaccess.end": lambda place: {**work_request(place), "how": "withdraw"},
    "workaccess.application": work_request,
    "workaccess.reply": work_request,
    "workaccess.issue": work_request,
}
ROUTES |= {
    **{f"inservice.{name}": nothing for name in ("index", "add")},
    **{f"inservice.{name}": check_in for name in ("edit", "show", "tasks", "serve", "leave", "slip", "issue", "card")},
    **{f"inservice_prints.{name}": nothing for name in ("register", "issue_register")},
    **{f"inservice_prints.{name}": check_in for name in ("receipt", "issue_receipt", "ask")},
    "inservice.strike": service,
    **{f"inquiries.{name}": nothing for name in ("index", "feed_back")},
    "inquiries.ask": check_in,
    **{f"inquiries.{name}": inquiry for name in ("show", "invite", "type_in", "draft", "read", "letter", "issue", "slips")},
    "inquiries.say": opinion_link,
}
ROUTES |= {
    **{f"evaluation.{name}": nothing for name in ("index", "begin")},
    **{f"evaluation.{name}": evaluation_round for name in ("show", "move")},
    **{f"evaluation.{name}": evaluated_branch for name in ("branch", "find")},
    "evaluation.member": evaluated_member,
    "slip_desk.index": evaluation_round,
    "slip_desk.count": evaluated_stairwell,
    "voice.say": lambda place: {"slug": evaluated_stairwell(place)["slug"]},
    "appraisals.latest": nothing,
    "appraisals.index": year,
    **{f"appraisals.{name}": evaluated_branch for name in ("branch", "meet")},
    "appraisals.notice": year,
    "evaluation_prints.slips": evaluated_stairwell,
    "evaluation_prints.all_slips": evaluation_round,
    **{f"evaluation_prints.{name}": evaluated_branch for name in ("summary", "issue_summary", "grades", "issue_grades")},
    **{f"evaluation_prints.{name}": entry(evaluation_registers.COMMENDATIONS) for name in ("certificate", "issue_certificate")},
    "evaluation_prints.all_certificates": year,
}
for _one in registers.ALL:
    ROUTES |= {f"{_one.key}.{name}": nothing for name in ("index", "table", "paper", "issue", "add")}
    ROUTES |= {f"{_one.key}.{name}": entry(_one) for name in ("show", "edit", "void", "attach")}
    ROUTES |= {f"{_one.key}.{name}": entry_file(_one) for name in ("file", "detach")}

# Kinds of sheet are no records: the same address means the own community's sheet everywhere.
NOT_RECORDS = {
    "imports.choose", "imports.export", "promise_years.choose", "promise_years.begin", "promise_years.archive",
    "typing_in.quarter", "member_prints.all_quarters", "member_prints.all_boards", "preferences.area",
    "appraisals.index", "appraisals.notice", "evaluation_prints.all_certificates", "suggestion_months.paper",
    "suggestion_months.table", "suggestion_months.issue",
}  # fmt: skip
