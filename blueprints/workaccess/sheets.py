"""Papers of work access: the application, the letter of reply, the list of what was admitted."""

from dataclasses import dataclass

from blueprints.organisation.queries import body_of
from blueprints.workaccess import queries
from blueprints.workaccess.models import State, WorkRequest
from core import clock, settings
from core.printing import gongwen
from core.printing.gongwen import OfficialLetter
from core.records.places import Place
from core.text import in_chinese


@dataclass(frozen=True)
class ApplicationSheet:
    """4.10: the form as handed in, with room for opinions and signatures."""

    title: str
    body: str
    facts: tuple[tuple[str, str], ...]
    forms: tuple[tuple[str, str], ...]
    opinion: str
    conferred: str
    decided: str
    left: str


class LetterSheet(OfficialLetter):
    """The reply: admitted, or not and why."""


@dataclass(frozen=True)
class AdmittedLine:
    """One admitted matter."""

    matter: str
    department: str
    period: str
    funds: str
    one_name: str


@dataclass(frozen=True)
class AdmittedSheet:
    """准入事项清单."""

    title: str
    body: str
    day: str
    lines: tuple[AdmittedLine, ...]


def period(row: WorkRequest) -> str:
    """From when to when the work lasts."""
    return f"{gongwen.day(row.since)}至{gongwen.day(row.until)}" if row.until else gongwen.day(row.since)


@in_chinese()
def application(row: WorkRequest) -> ApplicationSheet:
    """The application as it stands."""
    facts = (
        ("申请单位", row.department), ("联系人", f"{row.contact}　{row.phone}".strip()), ("事项名称", row.matter), ("依据", row.basis),
        ("内容", row.content), ("社区承担的环节", row.community_part), ("起止时间", period(row)), ("经费及拨付", row.funds),
        ("人员和培训", row.people),
    )  # fmt: skip
    conferred = "　".join(filter(None, [row.meeting.title if row.meeting else "", row.conferred]))
    decided = _decided(row) if row.decided_on else ""
    forms = tuple((form.name, form.existing) for form in row.forms.order_by())
    return ApplicationSheet("社区工作事项准入申请表", body_of(row.place), facts, forms, row.opinion, conferred, decided, gongwen.day(row.left_on))


def _decided(row: WorkRequest) -> str:
    """What was decided, which stays so whatever became of the work since."""
    verdict = f"不予准入。理由：{row.reason.rstrip('。')}。" if row.state is State.REFUSED else "准予准入。"
    return f"{verdict}　{row.decided_by}　{gongwen.day(row.decided_on)}"


@in_chinese()
def letter(row: WorkRequest) -> LetterSheet:
    """The letter to the department."""
    body, one_name = body_of(row.place), settings.value("workaccess.one_name", row.place_id)
    opening = f"你单位关于“{row.matter}”进入社区的申请收悉。经社区党建工作联席会议协商、{row.decided_by}审批，"
    if row.state is State.REFUSED:
        text = f"{opening}不予准入。理由：{row.reason}\n如情况有变，可以补充材料后重新申请。"
    else:
        text = f"{opening}准予进入，期限为{period(row)}。\n有关工作以{one_name}的名义统一布置、统一检查、统一考核，请勿另行布置、检查和排名；期满自行退出。"
    return LetterSheet("plain", body, "", "关于社区工作事项准入申请的复函", row.department, text, (), body, gongwen.day(row.decided_on))


@in_chinese()
def admitted(place: Place) -> AdmittedSheet:
    """What departments may have the community do today."""
    one_name = str(settings.value("workaccess.one_name", place))
    lines = tuple(AdmittedLine(row.matter, row.department, period(row), row.funds, one_name) for row in queries.admitted(place))
    return AdmittedSheet("社区工作准入事项清单", body_of(place), gongwen.day(clock.today()), lines)
