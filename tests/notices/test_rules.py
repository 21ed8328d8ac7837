"""The life of a notice, without a browser."""

from datetime import date

import pytest

from blueprints.notices import (
    attachments,
    checks,
    markup,
    objections,
    periods,
    postings,
    privacy,
    queries,
    rules,
    steps,
    unsaved,
)
from blueprints.notices.models import Channel, Finding, Notice, NoticeKind, NoticeState, NoticeUnsaved
from core import clock, history, settings
from core.access import Role
from core.audit import faults
from core.filetypes import KindNotTaken
from core.records.papers import IssuedPaper, PaperState
from core.records.work import AuditEntry, CalendarDay
from core.refusal import Stale
from tests import make
from tests.notices.office import clerk, draft, fresh, picture, publish, published, set_clock, workbook

RIGHT_ID, WRONG_ID = "11010519491231002X", "110105194912310021"


@pytest.fixture
def secretary(community):
    return make.actor(community)


def test_a_second_person_approves(community, secretary):
    notice = rules.submit(secretary, draft(secretary, community))
    make.account(community, Role.SECRETARY, "副书记")
    with pytest.raises(rules.SecondPersonNeeded):
        rules.approve(secretary, notice)
    assert fresh(notice).state is NoticeState.SUBMITTED
    approved = rules.approve(make.actor(community), notice)
    assert (approved.state, approved.alone) == ("approved", False)


def test_an_office_of_one_approves_its_own_and_it_is_marked(community, secretary):
    clerk(community)  # may write, may not approve
    notice = rules.submit(secretary, draft(secretary, community))
    approved = rules.approve(secretary, notice)
    assert (approved.state, approved.alone) == ("approved", True)
    assert "单人办理" in [step.note for step in history.steps(approved)]


def test_an_approver_of_the_level_above_counts_as_second_person(community, secretary):
    make.account(community.parent, Role.SECRETARY, "街道书记")
    notice = rules.submit(secretary, draft(secretary, community))
    with pytest.raises(rules.SecondPersonNeeded):
        rules.approve(secretary, notice)


def test_an_account_switched_off_is_no_second_person(community, secretary):
    other = make.account(community, Role.SECRETARY, "离任")
    other.active = False
    other.save()
    assert rules.approve(secretary, rules.submit(secretary, draft(secretary, community))).alone


@pytest.mark.parametrize(
    ("published_on", "first", "last"),
    [
        ((2026, 11, 19), date(2026, 11, 19), date(2026, 11, 25)),  # over a weekend
        ((2025, 9, 26), date(2025, 9, 26), date(2025, 10, 9)),  # a Sunday worked, then the National Day holidays
        ((2026, 11, 21), date(2026, 11, 23), date(2026, 11, 27)),  # published on a Saturday
    ],
)
def test_five_working_days_over_weekends_and_holidays(community, monkeypatch, published_on, first, last):
    set_clock(monkeypatch, *published_on)
    notice = published(community)
    assert (notice.starts_on, notice.ends_on, len(notice.dates), notice.estimated) == (first, last, 5, False)


def test_the_office_s_own_calendar_goes_first(community, monkeypatch):
    CalendarDay.create(day=date(2026, 11, 20), working=False, note="停电")
    set_clock(monkeypatch, 2026, 11, 19)
    assert published(community).ends_on == date(2026, 11, 26)


def test_the_day_after_publishing_may_be_the_first(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    settings.put("notices.count_first_day", False, community)
    assert published(community).starts_on == date(2026, 11, 20)


def test_a_period_beyond_the_known_calendar_says_it_is_estimated(community, monkeypatch):
    set_clock(monkeypatch, 2031, 3, 3)
    notice = published(community)
    assert (notice.ends_on, notice.estimated) == (date(2031, 3, 7), True)


def test_where_a_period_stands(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    notice = published(community)
    seen = [
        (p.day, p.left, p.mark)
        for day in (18, 19, 21, 23, 25, 26)
        for p in [periods.progress(notice, date(2026, 11, day))]
    ]
    assert seen == [(0, 5, 0.5), (1, 4, 1), (2, 3, 2.5), (3, 2, 3), (5, 0, 5), (5, 0, 6)]
    assert periods.progress(notice, date(2026, 11, 19)).labels == ["11月19日", "20日", "23日", "24日", "25日"]


@pytest.mark.parametrize(("kind", "days", "workdays"), [
    (NoticeKind.ADMISSION, 4, True), (NoticeKind.ADMISSION, 7, False), (NoticeKind.RELIEF, 6, False),
])  # fmt: skip
def test_a_period_below_the_minimum_is_refused(community, kind, days, workdays):
    notice = draft(clerk(community), community, kind, days=days, workdays=workdays)
    with pytest.raises(checks.PeriodTooShort, match="至少公示"):
        rules.submit(clerk(community), notice)


def test_the_minimum_is_a_setting(community):
    settings.put("notices.days.admission", 7, community)
    notice = draft(clerk(community), community)
    assert notice.days == 7
    with pytest.raises(checks.PeriodTooShort, match="7"):
        rules.submit(clerk(community), rules.revise(clerk(community), notice, 1, days=5))


def test_a_period_needs_somebody_who_takes_objections(community):
    with pytest.raises(checks.NobodyToAsk):
        rules.submit(clerk(community), draft(clerk(community), community, phone=""))


@pytest.mark.parametrize("text", [
    RIGHT_ID, f"证件{RIGHT_ID}。", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X", "110105-19491231-002X",
])  # fmt: skip
def test_an_id_number_blocks(community, text):
    notice = draft(clerk(community), community, body=f"拟接收张三为预备党员，{text}")
    assert privacy.findings(notice)[0].stops
    with pytest.raises(privacy.IdNumberInside, match="身份证"):
        rules.submit(clerk(community), notice)


def test_eighteen_digits_with_a_wrong_check_digit_are_no_id_number(community):
    notice = draft(clerk(community), community, body=f"合同编号{WRONG_ID}，现予以公示。")
    assert rules.submit(clerk(community), notice).state is NoticeState.SUBMITTED


def test_a_secret_text_is_refused(community):
    with pytest.raises(privacy.SecretInside):
        rules.submit(clerk(community), draft(clerk(community), community, body="机密★一年\n正文"))


def test_what_should_be_looked_at_is_pointed_at(community):
    body = "独居老人王某住3幢2单元。\n电话13800138000，办公室5550-0186。\n联系人陈志强。姓名：×××"
    texts = " ".join(f.text for f in privacy.findings(draft(clerk(community), community, body=body, contact="陈志强")))
    assert all(words in texts for words in ("13800138000", "独居", "×××", "陈志强"))
    assert "5550-0186" not in texts
    assert privacy.findings(draft(clerk(community), community, body="独居老人关爱行动。\n3幢2单元更换路灯。")) == []


def test_files_nobody_reads_are_pointed_at(community):
    notice = draft(clerk(community), community)
    attachments.attach(clerk(community), notice, workbook("张三"), "名单.xlsx")
    assert privacy.findings(notice) == []
    attachments.attach(clerk(community), fresh(notice), picture(), "扫描件.jpg")
    assert [("扫描件.jpg" in one.text, one.stops) for one in privacy.findings(fresh(notice))] == [(True, False)]


def test_numbers_follow_one_another_and_drafts_have_none(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    settings.put("notices.mark", "梅社", community)
    waiting = draft(clerk(community), community)
    assert [published(community).number for _ in range(2)] == ["梅社〔2026〕1号", "梅社〔2026〕2号"]
    assert waiting.number == ""
    set_clock(monkeypatch, 2027, 1, 4)
    assert published(community, NoticeKind.ANNOUNCEMENT).number == "梅社〔2027〕1号"


def test_changed_words_go_back_to_draft(community, secretary):
    notice = rules.approve(secretary, rules.submit(clerk(community), draft(clerk(community), community)))
    changed = rules.revise(clerk(community), notice, notice.version, body="改过的正文，" * 3)
    assert changed.state is NoticeState.DRAFT
    with pytest.raises(steps.WrongState):
        rules.publish(secretary, changed)


def test_an_approver_approves_only_what_he_saw(community, secretary):
    seen = rules.submit(clerk(community), draft(clerk(community), community))
    changed = rules.revise(clerk(community), seen, seen.version, title="另一个标题")
    rules.submit(clerk(community), changed)
    with pytest.raises(Stale):
        rules.approve(secretary, seen, seen.version)
    assert fresh(seen).state is NoticeState.SUBMITTED


def test_sending_back_needs_a_reason(community, secretary):
    notice = rules.submit(clerk(community), draft(clerk(community), community))
    with pytest.raises(rules.ReasonMissing):
        rules.send_back(secretary, notice, " ")
    assert rules.send_back(secretary, notice, "请补上培养联系人").reason == "请补上培养联系人"


def test_a_correction_keeps_the_old_and_starts_anew(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    old = published(community)
    set_clock(monkeypatch, 2026, 11, 23)
    new = rules.correct(clerk(community), old)
    assert (new.state, new.edition, new.body, fresh(old).state) == ("draft", 2, old.body, "published")
    with pytest.raises(rules.CorrectionOpen):
        rules.correct(clerk(community), old)
    with pytest.raises(checks.CorrectionMissing):
        rules.submit(clerk(community), new)
    new = rules.revise(clerk(community), new, new.version, body="新的正文。", correction="“张山”应为“张三”。")
    new = publish(community, rules.submit(clerk(community), new))
    assert (fresh(old).state, fresh(old).body, queries.correction_of(old)) == ("corrected", old.body, new)
    assert (new.starts_on, new.ends_on) == (date(2026, 11, 23), date(2026, 11, 27))


def test_a_correction_of_a_slip_goes_on_with_the_period_and_its_objections(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    old = published(community)
    objections.note(clerk(community), old, date(2026, 11, 19), Channel.CALL)
    set_clock(monkeypatch, 2026, 11, 23)
    new = rules.correct(clerk(community), old)
    new = rules.revise(clerk(community), new, 1, new_period=False, correction="错一个字。")
    new = publish(community, rules.submit(clerk(community), new))
    assert (new.ends_on, new.objections.count(), old.objections.count()) == (date(2026, 11, 25), 1, 0)


def test_withdrawal_needs_a_reason_and_stays_listed(community, secretary):
    notice = published(community)
    with pytest.raises(rules.ReasonMissing):
        rules.withdraw(secretary, notice, "")
    rules.withdraw(secretary, notice, "名单有误")
    assert [(row.state, row.reason) for row in queries.public(community)] == [("withdrawn", "名单有误")]


def test_what_was_withdrawn_or_corrected_says_so_at_the_check_page(community, secretary):
    notice = published(community)
    from blueprints.papers import rules as papers

    papers.enter(secretary, community, notice, "notice", "公示", papers.new_code(), b"%PDF", 1)
    new = rules.revise(clerk(community), rules.correct(clerk(community), notice), 1, correction="错一个字。")
    publish(community, rules.submit(clerk(community), new))
    assert IssuedPaper.get().state is PaperState.CORRECTED


def test_a_result_waits_for_the_end_of_the_period(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    notice = published(community)
    set_clock(monkeypatch, 2026, 11, 25)
    with pytest.raises(rules.NotOverYet, match="11月25日"):
        rules.conclude(clerk(community), notice, "没有异议。")
    set_clock(monkeypatch, 2026, 11, 26)
    with pytest.raises(rules.ConclusionMissing):
        rules.conclude(clerk(community), notice, " ")
    assert rules.conclude(clerk(community), notice, "没有异议。").concluded_on == date(2026, 11, 26)
    assert rules.archive(clerk(community), notice).state is NoticeState.ARCHIVED


def test_a_running_period_cannot_be_archived_but_an_announcement_can(community):
    with pytest.raises(steps.WrongState):
        rules.archive(clerk(community), published(community))
    assert rules.archive(clerk(community), published(community, NoticeKind.ANNOUNCEMENT)).state is NoticeState.ARCHIVED


def test_relief_notices_are_gone_when_their_period_is(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 16)
    published(community, NoticeKind.RELIEF)
    assert queries.public(community).count() == 1
    set_clock(monkeypatch, 2026, 11, 22)
    assert queries.current(community).count() == 1
    set_clock(monkeypatch, 2026, 11, 23)
    assert queries.public(community).count() == 0


def test_objections_are_noted_without_names_and_settled(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    notice = published(community)
    with pytest.raises(objections.ObjectionTooEarly):
        objections.note(clerk(community), notice, date(2026, 11, 18), Channel.LETTER)
    one = objections.note(clerk(community), notice, date(2026, 11, 19), Channel.LETTER, "程序不清楚")
    objections.settle(clerk(community), one, Finding.NOT_UPHELD, "已当面说明")
    assert [(o.finding, o.handling) for o in queries.objections(notice)] == [("not_upheld", "已当面说明")]


def test_a_posting_log_knows_what_hangs(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    notice = published(community)
    assert postings.post(clerk(community), notice, ["公告栏", " 公告栏 ", "3幢2单元", ""], clock.today(), "王莉") == 2
    assert postings.post(clerk(community), notice, ["公告栏"], clock.today(), "王莉") == 0
    with pytest.raises(postings.WrongPostingDay):
        postings.post(clerk(community), notice, ["北门"], date(2026, 11, 20), "王莉")
    ids = [row.id for row in queries.postings(notice)]
    with pytest.raises(postings.WrongPostingDay):
        postings.take_down(clerk(community), notice, ids, date(2026, 11, 18))
    set_clock(monkeypatch, 2026, 11, 26)
    assert "2 处张贴件该撤下了" in " ".join(due.text for due in queries.due(clerk(community), community))
    assert postings.take_down(clerk(community), notice, ids, clock.today()) == 2


def test_what_is_due(community, monkeypatch, secretary):
    set_clock(monkeypatch, 2026, 9, 1)
    writer = clerk(community)
    set_clock(monkeypatch, 2026, 11, 19)

    def verbs(actor):
        return [due.verb for due in queries.due(actor, community)]

    assert verbs(writer) == []
    notice = rules.submit(writer, draft(writer, community, NoticeKind.FINANCE, days=7))
    assert verbs(secretary) == ["去审核"]
    notice = rules.approve(secretary, notice)
    assert "去发布" in verbs(writer)
    rules.publish(secretary, notice)
    assert verbs(writer) == []
    set_clock(monkeypatch, 2026, 11, 25)
    assert verbs(writer) == ["查看"]
    set_clock(monkeypatch, 2026, 11, 27)
    assert verbs(writer) == ["登记结果"]
    assert verbs(make.actor(community, Role.READER)) == []


def test_attachments_are_checked_and_end_with_the_draft(community):
    writer = clerk(community)
    notice = draft(writer, community)
    with pytest.raises(KindNotTaken):
        attachments.attach(writer, notice, b"MZ\x90\x00 a program", "名单.pdf")
    with pytest.raises(privacy.IdNumberInside):
        attachments.attach(writer, notice, workbook(RIGHT_ID), "名单.xlsx")
    one = attachments.attach(writer, notice, workbook("张三"), "名单.xlsx")
    two = attachments.attach(writer, notice, workbook("李四"), "名单.xlsx")
    attachments.detach(writer, one)
    assert [row.position for row in queries.attachments(notice)] == [two.position]
    out = publish(community, rules.submit(writer, fresh(notice)))
    with pytest.raises(steps.WrongState):
        attachments.attach(writer, out, workbook("王五"), "名单.xlsx")


def test_what_is_typed_is_kept_per_person_until_saved(community):
    writer, other = clerk(community), clerk(community)
    notice = draft(writer, community)
    before = AuditEntry.select().count()
    unsaved.keep(writer, notice, {"title": "打到一半"})
    unsaved.keep(writer, notice, {"title": "打到一半又一半"})
    assert unsaved.kept(writer, notice).values == {"title": "打到一半又一半"}
    assert unsaved.kept(other, notice) is None
    assert AuditEntry.select().count() == before
    rules.revise(writer, notice, notice.version, title="打完了")
    assert NoticeUnsaved.select().count() == 0


def test_search_finds_words_of_two_characters_and_numbers(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    notice = published(community, NoticeKind.ANNOUNCEMENT, title="关于|暂停供水的公告", body="因管网检修，3幢停水。")
    published(community, title="另一份公示")

    def found(words):
        return [row.id for row in queries.narrowed(queries.public(community), community, words=words)]

    assert found("停水") == found("供水 检修") == found("〔2026〕1号") == [notice.id]
    assert found("停电") == []


def test_another_community_sees_nothing(community):
    notice = published(community)
    other = make.community("兰苑社区")
    assert queries.visible_to(make.actor(other), community).count() == 0
    assert queries.public(other).where(Notice.id == notice.id).count() == 0


def test_every_act_leaves_a_sound_trace(community, monkeypatch, secretary):
    set_clock(monkeypatch, 2026, 11, 19)
    notice = published(community)
    rules.withdraw(secretary, notice, "名单有误")
    acts = [row.act for row in AuditEntry.select().where(AuditEntry.subject_kind == "notice").order_by(AuditEntry.seq)]
    assert acts == [
        "notice:drafted", "notice:submitted", "notice:reviewed", "notice:published", "paper:replaced", "notice:withdrawn",
    ]  # fmt: skip
    assert list(faults()) == []


def test_the_database_itself_refuses_a_notice_out_of_order(community):
    from peewee import IntegrityError

    from core.db import database

    with pytest.raises(IntegrityError), database.atomic():
        Notice.create(place=community, kind="announcement", affair="party", state="published")
    with pytest.raises(IntegrityError), database.atomic():
        Notice.create(place=community, kind="announcement", affair="party", state="withdrawn")


@pytest.mark.parametrize("dashes", ["", "|---|---|\n", "| :- | -: \n"])
@pytest.mark.parametrize("end", [" |", ""])
def test_a_table_needs_no_line_of_dashes(dashes, end):
    typed = f"收支如下：\n| 项目 | 金额{end}\n{dashes}| 收入 | 5000{end}\n| 支出 | 3200{end}\n特此公示。"
    words, table, close = markup.blocks(typed)
    assert (words.text, close.text) == ("收支如下：", "特此公示。")
    assert table.rows == (("项目", "金额"), ("收入", "5000"), ("支出", "3200"))
