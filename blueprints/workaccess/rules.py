"""工作准入: submitted, conferred by the joint meeting, decided by the leading group; carried out under its name alone."""

from difflib import SequenceMatcher

from blueprints.meetings.models import Meeting
from blueprints.workaccess.models import ADMITTED, DemandedForm, StandingForm, State, WorkRequest
from core import clock, history, settings
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l
from core.workdays import add_workdays, office_calendar

RULE = _l("社区工作准入制度的通行做法，以本地规定为准")
settings.declare("workaccess.confer_days", _l("申请后多少个工作日内提交联席会议协商"), 30, RULE, group="workaccess")
settings.declare("workaccess.decide_days", _l("协商后多少个工作日内由领导小组审批"), 15, RULE, group="workaccess")
settings.declare("workaccess.one_name", _l("准入后以谁的名义统一布置、检查、考核"), "社区党建工作领导小组", RULE, group="workaccess")
FIELDS = ("department", "contact", "phone", "matter", "basis", "content", "community_part", "since", "until", "funds", "people")
ALIKE = 0.6  # two names of forms this close ask to be compared
CARRIED = {"task": _l("统一布置"), "check": _l("统一检查"), "appraisal": _l("统一考核")}


class WrongState(Refused):
    sentence = _l("这件申请现在是“%(state)s”，不能这样办理。请刷新后再看。")
    status = 409


class NoBasis(Refused):
    sentence = _l("申请要写明依据（文号和条款）、社区承担的环节、起止时间和经费安排，才能提交协商。还缺：%(missing)s。")


class NoReason(Refused):
    sentence = _l("不予准入要写明理由，申请单位才知道怎么改。")


class NotConferred(Refused):
    sentence = _l("还没有写联席会议怎么协商的（哪次会议、什么意见）。")


def apply(actor: Actor, place: Place, values: dict[str, object], forms: list[str]) -> WorkRequest:
    """A department's application is entered as a draft; ``forms`` are the names of forms it wants filled in."""
    with writing():
        row = WorkRequest.create(place=place, **{name: values.get(name) for name in FIELDS if values.get(name) is not None})
        _demand(row, forms)
        history.step(actor, row)
        record(actor, Act.WORK_REQUESTED, row, place, matter=row.matter, department=row.department)
    return row


def amend(actor: Actor, request: WorkRequest, version: int, values: dict[str, object], forms: list[str]) -> WorkRequest:
    """Correct a draft. Raises Stale when ``version`` is old, WrongState once it was submitted."""
    with writing():
        row = _in(request, version, State.DRAFT)
        before = {name: str(getattr(row, name) or "") for name in FIELDS}
        for name in FIELDS:
            setattr(row, name, values.get(name) if values.get(name) is not None else row._meta.fields[name].default)
        _demand(row, forms)
        _changed(actor, row, Act.WORK_REQUESTED, before=before)
    return row


def _demand(row: WorkRequest, forms: list[str]) -> None:
    DemandedForm.delete().where(DemandedForm.request == row).execute()
    known = list(StandingForm.select().where((StandingForm.place == row.place_id) & (StandingForm.void == "")))
    for position, name in enumerate(forms):
        DemandedForm.create(request=row, position=position, name=name, existing=existing(name, known))


def existing(name: str, known: list[StandingForm]) -> str:
    """The form filled in already that a demanded one most resembles by name or by what it covers; "" where none does."""
    if not known:
        return ""

    def likeness(form: StandingForm) -> float:
        bare = _bare(name)
        return max([SequenceMatcher(None, bare, _bare(form.name)).ratio()] + [1.0 for word in form.covers.split("、") if word and word in name])

    best = max(known, key=likeness)
    return best.name if likeness(best) >= ALIKE else ""


def _bare(name: str) -> str:
    for word in ("统计表", "登记表", "情况表", "汇总表", "报表", "台账", "表", "册"):
        name = name.removesuffix(word)
    return name


def submit(actor: Actor, request: WorkRequest, version: int) -> WorkRequest:
    """Hand it to the joint meeting: complete, from today with a day to keep. Raises NoBasis."""
    with writing():
        row = _in(request, version, State.DRAFT)
        needed = {"basis": _("依据"), "community_part": _("社区承担的环节"), "since": _("起止时间"), "funds": _("经费及拨付")}
        missing = [str(words) for name, words in needed.items() if not getattr(row, name)]
        if missing:
            raise NoBasis(missing="、".join(missing))
        row.received_on, row.state = clock.today(), State.SUBMITTED
        row.due_on = _working_days("workaccess.confer_days", row)
        _changed(actor, row, Act.WORK_SUBMITTED)
    return row


def confer(actor: Actor, request: WorkRequest, version: int, meeting: Meeting | None, words: str, opinion: str = "") -> WorkRequest:
    """What the joint meeting made of it, and what the community thinks. Raises NotConferred without words."""
    if not words.strip():
        raise NotConferred()
    with writing():
        row = _in(request, version, State.SUBMITTED)
        row.meeting, row.conferred, row.opinion, row.state = meeting, words.strip(), opinion.strip(), State.CONSULTED
        row.due_on = _working_days("workaccess.decide_days", row)
        _changed(actor, row, Act.WORK_CONFERRED, row.conferred)
    return row


def decide(actor: Actor, request: WorkRequest, version: int, admitted: bool, decided_by: str, reason: str) -> WorkRequest:
    """领导小组审批: admitted, or refused with a reason that goes into the letter. Raises NoReason."""
    if not admitted and not reason.strip():
        raise NoReason()
    with writing():
        row = _in(request, version, State.CONSULTED)
        row.state = State.APPROVED if admitted else State.REFUSED
        row.decided_on, row.reason, row.due_on = clock.today(), reason.strip(), None
        row.decided_by = decided_by.strip() or str(settings.value("workaccess.one_name", row.place_id))
        _changed(actor, row, Act.WORK_DECIDED, row.reason)
    return row


def carry_out(actor: Actor, request: WorkRequest, version: int, what: str, words: str) -> WorkRequest:
    """Tasks, checks and appraisals of admitted work, always in the one name; a department alone may do none of them."""
    with writing():
        row = _in(request, version, *ADMITTED)
        row.state = State.ENTERED
        name = settings.value("workaccess.one_name", row.place_id)
        note = _("%(what)s（以%(name)s名义）：%(words)s", what=CARRIED[what], name=name, words=words.strip())
        _changed(actor, row, Act.WORK_CARRIED_OUT, note)
    return row


def leave(actor: Actor, request: WorkRequest, version: int, words: str = "") -> WorkRequest:
    """The matter leaves the community again."""
    with writing():
        row = _in(request, version, *ADMITTED)
        row.state, row.left_on = State.LEFT, clock.today()
        _changed(actor, row, Act.WORK_LEFT, words.strip())
    return row


def withdraw(actor: Actor, request: WorkRequest, version: int, words: str = "") -> WorkRequest:
    """The department takes its application back before it was decided."""
    with writing():
        row = _in(request, version, State.DRAFT, State.SUBMITTED, State.CONSULTED)
        row.state, row.due_on = State.WITHDRAWN, None
        _changed(actor, row, Act.WORK_LEFT, words.strip())
    return row


def _in(request: WorkRequest, version: int, *states: State) -> WorkRequest:
    row = unchanged(request, version)
    if row.state not in states:
        raise WrongState(state=row.state.title)
    return row


def _working_days(key: str, row: WorkRequest):
    return add_workdays(clock.today(), int(settings.value(key, row.place_id)), office_calendar())[0]


def _changed(actor: Actor, row: WorkRequest, act: Act, note: str = "", **values: object) -> None:
    row.version += 1
    row.save()
    history.step(actor, row, note[:400])
    record(actor, act, row, row.place_id, state=row.state, note=note, **values)
