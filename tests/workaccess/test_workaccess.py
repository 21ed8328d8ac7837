"""Work access: one door, one name, a letter either way, a public list."""

import io
from datetime import timedelta

import pdfplumber
import pytest

from blueprints.workaccess import queries, registers, rules
from blueprints.workaccess.models import State, Unadmitted, WorkRequest
from core import clock, history
from core.access import Role
from core.records.work import CalendarDay
from core.workdays import add_workdays
from tests import entries, make

TODAY = clock.today()
WHOLE = {
    "department": "市民政局", "matter": "养老需求摸底", "basis": "民发〔2026〕3号第五条", "community_part": "入户登记",
    "since": TODAY, "until": TODAY + timedelta(days=90), "funds": "每户5元，随任务拨付",
}  # fmt: skip


@pytest.fixture
def secretary(client, community):
    return client.as_(make.account(community, Role.SECRETARY))


@pytest.fixture
def someone(community):
    return make.actor(community)


@pytest.fixture
def applied(community, someone):
    return rules.apply(someone, community, WHOLE, ["老年人情况表"])


@pytest.fixture
def consulted(someone, applied):
    return rules.confer(someone, rules.submit(someone, applied, 1), 2, None, "同意，合并到现有走访里做")


def text_of(data):
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")


def test_the_whole_way_on_the_pages(secretary, community):
    typed = {name: str(value) for name, value in WHOLE.items()}
    answer = secretary.submit("/office/work-access/new", **typed, demanded="老年人情况表\n低保核查表")
    path = answer.location
    CalendarDay.create(day=add_workdays(TODAY, 3)[0], working=False, note="停电")
    secretary.submit(path, form="submission")
    assert WorkRequest.get().due_on == add_workdays(TODAY, 31)[0]
    meeting = make.meeting(community)
    secretary.submit(path, form="conferral", meeting=str(meeting.id), words="同意")
    assert WorkRequest.get().due_on == add_workdays(TODAY, 16)[0]
    secretary.submit(path, ("verdict", "admit"), form="decision")
    secretary.submit(path, form="steps", what="check", words="抽查10户")
    page = secretary.get(path).text
    for words in ("正在进行", "统一检查（以社区党建工作领导小组名义）：抽查10户", f"{meeting.title}：同意"):
        assert words in page
    assert "养老需求摸底" in secretary.get("/work-access/").text
    secretary.submit(path, form="leave")
    assert WorkRequest.get().left_on == TODAY
    assert "养老需求摸底" not in secretary.get("/work-access/").text


def test_what_is_incomplete_is_not_submitted(community, someone):
    row = rules.apply(someone, community, {"department": "市民政局", "matter": "摸底", "basis": "某号"}, [])
    with pytest.raises(rules.NoBasis) as refused:
        rules.submit(someone, row, 1)
    assert "社区承担的环节、起止时间、经费及拨付" in str(refused.value)
    assert WorkRequest.get().state is State.DRAFT


def test_a_refusal_needs_a_reason_and_becomes_a_letter(secretary, someone, consulted):
    with pytest.raises(rules.NoReason):
        rules.decide(someone, consulted, consulted.version, False, "", " ")
    rules.decide(someone, consulted, consulted.version, False, "", "经费没有落实")
    path = f"/office/work-access/{consulted.id}"
    letter = text_of(secretary.get(f"{path}/reply.pdf").data)
    assert "不予准入" in letter
    assert "经费没有落实" in letter
    secretary.submit(path, form="prints")
    assert "草稿" not in text_of(secretary.get(f"{path}/reply.pdf").data)


def test_an_admission_says_in_whose_name(secretary, someone, consulted):
    rules.decide(someone, consulted, consulted.version, True, "", "")
    letter = text_of(secretary.get(f"/office/work-access/{consulted.id}/reply.pdf").data)
    assert "以社区党建工作领导小组的名义统一布置、统一检查、统一考核" in letter


@pytest.mark.parametrize("step", ["submit", "confer", "decide", "carry_out", "leave"])
def test_no_step_is_skipped_or_done_twice(someone, consulted, step):
    done = rules.decide(someone, consulted, consulted.version, False, "", "经费没有落实")
    acts = {
        "submit": lambda: rules.submit(someone, done, done.version),
        "confer": lambda: rules.confer(someone, done, done.version, None, "同意"),
        "decide": lambda: rules.decide(someone, done, done.version, True, "", ""),
        "carry_out": lambda: rules.carry_out(someone, done, done.version, "check", ""),
        "leave": lambda: rules.leave(someone, done, done.version),
    }
    with pytest.raises(rules.WrongState):
        acts[step]()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("老年人情况统计表", "老年人情况表"), ("残疾人就业登记表", "民政对象台账"), ("宠物登记表", "")],
)
def test_demanded_forms_are_compared_with_those_there_are(community, someone, wanted, found):
    entries.entry(registers.FORMS, community, name="老年人情况表", covers="")
    entries.entry(registers.FORMS, community, name="民政对象台账", covers="低保、残疾、优抚")
    row = rules.apply(someone, community, WHOLE, [wanted])
    assert [form.existing for form in row.forms] == [found]


def test_papers_of_an_application(secretary, applied):
    text = text_of(secretary.get(f"/office/work-access/{applied.id}/application.pdf").data)
    for words in ("社区工作事项准入申请表", "民发〔2026〕3号第五条", "老年人情况表", "领导小组审批"):
        assert words in text
    assert secretary.get("/work-access/list.pdf").status_code == 200
    assert secretary.get(f"/office/work-access/{applied.id}/reply.pdf").status_code == 404


def test_a_stale_form_is_told(secretary, someone, applied):
    path = f"/office/work-access/{applied.id}/edit"
    secretary.get(path)
    rules.amend(someone, applied, 1, WHOLE | {"contact": "周"}, [])
    answer = secretary.send(path, contact="我填的人")
    assert (answer.status_code, "我填的人" in answer.text) == (409, True)


def test_only_the_secretary_decides(client, community, consulted):
    client.as_(make.account(community, Role.STAFF))
    client.get(f"/office/work-access/{consulted.id}")
    token = client.page.find(".//input[@name='csrf_token']").get("value")
    assert client.post(f"/office/work-access/{consulted.id}/decision", data={"csrf_token": token, "verdict": "admit"}).status_code == 403


def test_what_waits_is_due(secretary, someone, applied):
    rules.submit(someone, applied, 1)
    assert "待联席会议协商" in secretary.get("/office").text


def test_the_end_before_the_beginning_is_refused(secretary):
    typed = {name: str(value) for name, value in WHOLE.items()} | {"until": "2020-01-01"}
    answer = secretary.submit("/office/work-access/new", **typed)
    assert (answer.status_code, "结束日期早于开始日期" in answer.text) == (422, True)


def test_admitted_work_past_its_day_leaves_the_public_list(community, someone, consulted):
    rules.decide(someone, consulted, consulted.version, True, "", "")
    WorkRequest.update(since=TODAY - timedelta(days=9), until=TODAY - timedelta(days=1)).execute()
    assert list(queries.admitted(community)) == []


def test_work_that_was_not_admitted_may_be_refused_and_reported(secretary, community):
    path = "/office/unadmitted-work"
    answer = secretary.submit(f"{path}/new", matter="每周上报走访表", department="某部门", how="电话", refused="y", reported_to="领导小组办公室")
    assert answer.status_code == 303
    row = Unadmitted.get()
    assert (row.refused, row.reported_to, row.asked_on) == (True, "领导小组办公室", TODAY)
    assert "每周上报走访表" in secretary.get(path).text


def test_nobody_checks_or_appraises_in_a_name_of_its_own(someone, consulted):
    """统一布置、统一检查、统一考核: every entry bears the one name of the settings, whatever department asked."""
    row = rules.decide(someone, consulted, consulted.version, True, "", "")
    for what in ("task", "check", "appraisal"):
        row = rules.carry_out(someone, row, row.version, what, "按计划")
    notes = [step.note for step in history.steps(row) if "名义" in step.note]
    assert sorted(note[:4] for note in notes) == sorted(f"统一{word}" for word in ("布置", "检查", "考核"))
    assert all("以社区党建工作领导小组名义" in note for note in notes)
    assert "市民政局名义" not in "".join(notes)


def test_issued_papers_of_work_access_bear_their_code(secretary, someone, consulted):
    rules.decide(someone, consulted, consulted.version, True, "", "")
    assert "草稿" in text_of(secretary.get("/work-access/list.pdf").data)
    secretary.submit("/office/work-access", form="list/prints")
    text = text_of(secretary.get("/work-access/list.pdf").data)
    assert "核对码" in text
    assert "养老需求摸底" in text


def test_the_form_keeps_what_was_decided_while_the_work_goes_on(secretary, someone, consulted):
    row = rules.decide(someone, consulted, consulted.version, True, "", "")
    row = rules.carry_out(someone, row, row.version, "check", "抽查10户")
    text = text_of(secretary.get(f"/office/work-access/{row.id}/application.pdf").data)
    assert "准予准入。" in text
    assert "正在进行" not in text
