"""践诺: amounts against goals, evidence, quarters and their reminders, bulk and paper entry."""

import io
from datetime import date

import pdfplumber
import pytest
import zxingcpp
from PIL import Image

from blueprints.boards import codes, doing, quarter_forms, quarters, reported, rules, signed, wording
from blueprints.boards.doing import Report
from blueprints.boards.models import Commitment, CommitmentState, Consent, Progress, Way
from blueprints.boards.quarters import Quarter
from blueprints.boards.signed import PledgeLine, QuarterLine
from core import clock
from core.access import Role
from core.printing import paper
from core.records.ledgers import Evidence
from core.records.papers import Blob
from core.refusal import Stale
from tests import make

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def november(monkeypatch):
    """A day in the fourth quarter, so that reminders and years are what the tests say."""
    monkeypatch.setattr(clock, "_now", lambda: clock.utc(clock.datetime(2026, 12, 20, 9, 30)))


@pytest.fixture
def promise(community, shown):
    return shown(community, "陈䶮", "每周清扫楼道一次")


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#446688").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("target", "goal"),
    [
        ("52次", (52, "次")), ("全年不少于１２ 场", (12, "场")), ("十二户", (12, "户")), ("30", (30, "")), ("1,200人次", (1200, "人次")),
        ("≥4场", (4, "场")), ("20小时以上", (20, "小时")),
        ("每月1次", (None, "")), ("2次/月", (None, "")), ("3-5次", (None, "")), ("按时完成", (None, "")), ("", (None, "")), ("0次", (None, "")),
    ],
)  # fmt: skip
def test_a_target_is_a_number_with_its_unit_or_a_standard(target, goal):
    assert wording.goal_of(target) == goal


def test_a_corrected_target_names_its_goal_anew(promise, secretary_actor):
    changed = rules.amend(secretary_actor, promise, None, target="52次")
    assert (changed.goal, changed.unit, changed.state) == (52, "次", CommitmentState.PROPOSED)


def test_progress_adds_up_and_tells_its_evidence(promise, secretary_actor, community):
    doing.report(secretary_actor, promise, Report(DAY, 2, "扫了两次", "照片"), files=[(picture(), "现场.png")])
    doing.report(secretary_actor, promise, Report(date(2026, 10, 3), 3, "国庆扫了三次", "签到表第3页"))
    done = reported.done(community, 2026)[promise.id]
    assert (done.amount, done.entries, done.last, done.evidence) == (5, 2, DAY, "签到表第3页；照片")
    assert reported.last_done(community, 2026) == {promise.id: DAY}
    assert [file.name for file in Evidence.select()] == ["现场.jpg"]
    assert Commitment.get_by_id(promise.id).state is CommitmentState.PUBLISHED


def test_done_as_promised_on_its_day_and_not_done_after_all(promise, secretary_actor):
    doing.report(secretary_actor, promise, Report(DAY), done=True)
    row = Commitment.get_by_id(promise.id)
    assert (row.state, row.fulfilled_on, Progress.select().count()) == ("fulfilled", DAY, 0)
    rules.reopen(secretary_actor, [row])
    row = Commitment.get_by_id(promise.id)
    assert (row.state, row.fulfilled_on) == ("published", None)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (Report(DAY), doing.ProgressMissing), (Report(date(2026, 12, 21), 1), doing.NotYetDone),
        (Report(date(2025, 12, 1), 1), doing.BeforeTheYear), (Report(DAY, 1_000_001), doing.TooMuch),
    ],
)  # fmt: skip
def test_what_cannot_have_been_done_is_refused(promise, secretary_actor, said, refusal):
    with pytest.raises(refusal):
        doing.report(secretary_actor, promise, said)
    assert not Progress.select().exists()


def test_a_reason_alone_is_an_entry(promise, secretary_actor):
    doing.report(secretary_actor, promise, Report(DAY, hindrance="住院", plan="出院后补上"))
    assert Progress.get().hindrance == "住院"


def test_nothing_is_reported_of_what_does_not_hang(community, secretary_actor):
    waiting = rules.propose(secretary_actor, make.member(community), "每月巡查一次")
    with pytest.raises(rules.WrongState):
        doing.report(secretary_actor, waiting, Report(DAY, 1))


def test_an_entry_taken_back_takes_its_files_along(promise, secretary_actor):
    entry = doing.report(secretary_actor, promise, Report(DAY, 2), files=[(picture(), "现场.png")])
    doing.take_back(secretary_actor, entry)
    assert [model.select().count() for model in (Progress, Evidence, Blob)] == [0, 0, 0]


def test_evaluation_and_archive_close_a_promise(promise, secretary_actor):
    with pytest.raises(rules.WhyNotHonoured):
        rules.evaluate(secretary_actor, [promise], rules.Outcome.NOT_HONOURED)
    rules.evaluate(secretary_actor, [promise], rules.Outcome.PARTLY, "")
    rules.archive(secretary_actor, [promise])
    row = Commitment.get_by_id(promise.id)
    assert (row.state, row.outcome) == ("archived", "partly")
    with pytest.raises(rules.WrongState):
        rules.amend(secretary_actor, row, None, text="改一改")


def test_quarters():
    quarter = Quarter.of(date(2026, 12, 31))
    assert (quarter.code, quarter.first, quarter.last, quarter.next.code, quarter.before.code) == (
        "2026-4", date(2026, 10, 1), date(2026, 12, 31), "2027-1", "2026-3",
    )  # fmt: skip
    assert quarter.title == "2026年第四季度"
    assert [Quarter.coded(text) for text in ("2026-5", "2026", "x-1", "2026-²")] == [None] * 4


def test_who_owes_a_quarter(community, shown, secretary_actor):
    promise, other, done = (shown(community, name, f"{name}每月巡查一次") for name in ("甲一", "乙二", "丙三"))
    doing.report(secretary_actor, other, Report(DAY, 1))
    doing.report(secretary_actor, done, Report(DAY), done=True)
    states = {one.member.person.name: one.silent for one in quarters.members(community, Quarter(2026, 4))}
    assert states == {"甲一": True, "乙二": False, "丙三": False}
    assert promise.state == "published"
    assert quarters.members(community, Quarter(2026, 3)) == []


def due(community, role=Role.STAFF):
    return [one.text for one in quarters.due(make.actor(community, role), community)]


def test_the_office_is_reminded_near_the_end_of_a_quarter(community, shown, secretary_actor, monkeypatch):
    promise = shown(community, "甲一")
    shown(community, "乙二")
    assert due(community) == ["2026年第四季度还有 2 名党员没有践诺进展：第一党支部 2 人"]
    assert due(community, Role.READER) == []
    doing.report(secretary_actor, promise, Report(DAY, 1))
    assert due(community) == ["2026年第四季度还有 1 名党员没有践诺进展：第一党支部 1 人"]
    monkeypatch.setattr(clock, "_now", lambda: clock.utc(clock.datetime(2026, 11, 20, 9, 30)))
    assert due(community) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("L187", "L187"), ("l187-2026", "L187-2026"), ("Ｌ１８７－２０２６－４", "L187-2026-4"),
        ("http://linli.test/c/c2/office/boards/forms/L187-2026", "L187-2026"), ("187", None), ("L187-2026-5", None), ("", None),
    ],
)  # fmt: skip
def test_codes_are_scanned_or_typed(text, code):
    assert (str(codes.read(text)) if codes.read(text) else None) == code


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026.12.31", date(2026, 12, 31)), ("12月", date(2026, 12, 31)), ("6月底", date(2026, 6, 30)), ("9月3日", date(2026, 9, 3)), ("", None)],
)
def test_days_as_people_write_them(text, day):
    assert signed.day_of(text, 2026) == day


def test_a_signed_form_is_taken_in_whole(community, secretary_actor):
    member = make.member(community)
    first = rules.propose(secretary_actor, member, "每周清扫楼道")
    lines = [
        PledgeLine("每周清扫楼道一次", "52次", "12月", "扫把", first.id, first.version), PledgeLine("每月量血压", "12次"), PledgeLine(""),
    ]  # fmt: skip
    assert signed.take_pledge(secretary_actor, member, 2026, lines, ["photo"], "signed", "approve") == 2
    rows = list(Commitment.select().order_by(Commitment.id))
    assert [(row.text, row.goal, row.support, row.state) for row in rows] == [
        ("每周清扫楼道一次", 52, "扫把", "approved"), ("每月量血压", 12, "", "approved"),
    ]  # fmt: skip
    assert rows[0].due_on == date(2026, 12, 31)
    assert Consent.get().fields == ["photo"]


def test_a_signed_form_with_one_bad_line_writes_nothing(community, secretary_actor):
    member = make.member(community)
    first = rules.propose(secretary_actor, member, "每周清扫楼道")
    rules.amend(secretary_actor, first, 1, text="每周清扫两次")
    for bad, words in ((PledgeLine("改", number=first.id, version=1), "第 2 条：.*改过"), (PledgeLine("再改", due="13月"), "第 2 条：没有")):
        with pytest.raises(signed.OnLine, match=words) as caught:
            signed.take_pledge(secretary_actor, member, 2026, [PledgeLine("每月巡查"), bad], [], "signed")
        assert caught.value.status in (Stale.status, 422)
    assert Commitment.select().count() == 1


def test_a_quarter_s_form_is_taken_in_and_belongs_to_its_member(promise, community, shown, secretary_actor):
    other = shown(community, "李堃")
    lines = [QuarterLine(promise.id, "11月20日", "2次", "扫了", done=True), QuarterLine(promise.id)]
    assert signed.take_quarter(secretary_actor, promise.member, lines, DAY) == 1
    entry = Progress.get()
    assert (entry.amount, entry.done_on, entry.way) == (2, DAY, Way.PAPER)
    assert Commitment.get_by_id(promise.id).state is CommitmentState.FULFILLED
    with pytest.raises(signed.OnLine, match="不是陈䶮的承诺"):
        signed.take_quarter(secretary_actor, promise.member, [QuarterLine(other.id, amount="1")], DAY)


def test_a_quarter_s_form_says_what_is_on_file(promise, community, secretary_actor):
    rules.amend(secretary_actor, promise, None, category=rules.Category.STUDY)
    doing.report(secretary_actor, promise, Report(DAY, 2, "扫了两次", hindrance="雨天", plan="补上"))
    (sheet,) = quarter_forms.sheets(community, Quarter(2026, 4))
    (item,) = sheet.items
    assert (item.entries, item.total, item.hindrance, item.plan) == (("11月20日 2次 扫了两次",), "2次", "雨天", "补上")
    assert (sheet.number, sheet.quarter) == (f"L{promise.member_id}-2026-4", "2026年第四季度")
    assert sheet.record_url.endswith(f"/office/boards/forms/L{promise.member_id}-2026-4")


def test_a_quarter_s_form_is_one_page_however_much_is_said(community, shown, secretary_actor):
    first = shown(community, "阿卜杜热西提·买买提艾力·艾合买提", "为本楼道65岁以上的独居老人每月量血压一次并建立记录卡，发现异常及时联系家属")
    for number in range(4):
        more = rules.propose(secretary_actor, first.member, f"每月组织第{number + 1}次楼道清扫，带着邻居一起做", target="12次")
        rules.approve(secretary_actor, [more])
        rules.publish(secretary_actor, [more])
    for day in (3, 10, 17):
        doing.report(secretary_actor, first, Report(date(2026, 11, day), 1, "上门为三户独居老人量了血压，登记在册"))
    with pdfplumber.open(io.BytesIO(paper.render(quarter_forms.TEMPLATE, quarter_forms.sheets(community, Quarter(2026, 4))))) as document:
        (page,) = document.pages
        text = "".join(page.extract_text().split())
        (code,) = [found.text for found in zxingcpp.read_barcodes(page.to_image(resolution=200).original)]
    assert page.width > page.height
    assert code.endswith(f"/office/boards/forms/L{first.member_id}-2026-4")
    for words in ("党员践诺登记表", "2026年第四季度", "累计3次", "11月17日1次", "本人签名", "支部核实人签名"):
        assert words in text, words
