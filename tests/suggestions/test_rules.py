"""The life of a message, without a browser."""

import datetime
import re
from types import SimpleNamespace

import pytest

from blueprints.suggestions import extensions, figures, handling, leaving, queries, rules
from blueprints.suggestions.acts import open_acts
from blueprints.suggestions.models import (
    Extension,
    Kind,
    Pace,
    Rating,
    Reply,
    State,
    StepKind,
    Suggestion,
    SuggestionWord,
)
from blueprints.suggestions.refusals import (
    AlreadyRated,
    BlankLeft,
    ClassifiedText,
    DueDayPassed,
    FindingMissing,
    NoSuchNumber,
    NotForPublic,
    NotForThem,
    NothingChosen,
    NothingDone,
    NotLater,
    NotOpenAnyMore,
    NotSupervision,
    OnlySealed,
    OwnExtension,
    ReasonMissing,
    StillDissatisfied,
    TextMissing,
    TextTooLong,
    TooLong,
    WhereToMissing,
    WhomMissing,
    WrongState,
)
from core.access import Role
from core.records.people import Account
from core.records.work import AuditDetail, AuditEntry
from core.refusal import AlreadyDone, Stale
from tests import make
from tests.suggestions.working import assigned, kinds, now, registered, replied


def test_from_registration_to_the_archive(say, secretary, staff):
    message = say()
    row = assigned(secretary, message, staff)
    assert (row.state, row.lead_id, row.number[:8]) == (State.ASSIGNED, staff.account_id, "20250923")
    handling.start(staff, row, row.version, "已联系物业")
    row = now(row)
    handling.wait(staff, row, row.version, "等配件到货")
    row = now(row)
    handling.reply(staff, row, row.version, "感应头坏了。", "已换好。")
    rules.rate(row, Rating.SATISFIED, "很快", "n1")
    row = now(row)
    assert (row.state, row.rating) == (State.REPLIED, Rating.SATISFIED)
    handling.close(staff, row, row.version)
    handling.archive(staff, now(row), now(row).version)
    assert now(row).state is State.ARCHIVED
    assert kinds(row) == [
        "received", "registered", "assigned", "started", "noted", "waiting", "replied", "rated", "closed", "archived",
    ]  # fmt: skip
    shown = [(step.kind, step.note) for step in queries.told_to_asker(row)]
    assert ("waiting", "等配件到货") in shown
    assert ("replied", "感应头坏了。\n已换好。") in shown
    assert not [note for kind, note in shown if "物业" in note]


def test_numbers_tell_the_day_and_no_order(say, calendar, monkeypatch):
    numbers = [say().number for _ in range(30)]
    assert all(re.fullmatch(r"20250923-\d{3}", number) for number in numbers)
    assert len(set(numbers)) == 30
    assert numbers != sorted(numbers)
    calendar.becomes(2026, 1, 5)
    assert say().number.startswith("20260105-")


def test_a_day_of_very_many_messages_gets_longer_numbers(say, monkeypatch):
    monkeypatch.setattr(rules, "secrets", SimpleNamespace(randbelow=lambda most: most - 1))
    assert [say().number[9:] for _ in range(3)] == ["999", "9999", "99999"]


@pytest.mark.parametrize(
    ("text", "kind", "refusal"),
    [
        ("  灯 ", Kind.OPINION, TextMissing),
        ("长" * 2001, Kind.OPINION, TextTooLong),
        ("【机密】关于某事的情况", Kind.OPINION, ClassifiedText),
        ("某党员没有兑现承诺", Kind.SUPERVISION, WhomMissing),
    ],
)
def test_what_cannot_enter_the_box_is_refused_in_a_sentence(say, text, kind, refusal):
    with pytest.raises(refusal):
        say(text, kind)
    assert Suggestion.select().count() == 0


def test_two_thousand_characters_are_allowed(say):
    assert len(say("长" * 2000).text) == 2000


def test_the_same_form_twice_is_one_row(community):
    message = rules.Message(kind=Kind.OPINION, text="楼道灯不亮")
    rules.submit(community, message, "same")
    with pytest.raises(AlreadyDone, match="没有重复登记"):
        rules.submit(community, message, "same")
    assert Suggestion.select().count() == 1


def test_every_verb_refuses_a_state_it_does_not_fit(say, secretary):
    row = say()
    with pytest.raises(WrongState, match="待登记"):
        handling.close(secretary, row, row.version)
    with pytest.raises(WrongState):
        handling.reply(secretary, row, row.version, "看过", "修好")
    row = registered(secretary, row)
    with pytest.raises(WrongState, match="待交办"):
        handling.register(secretary, row, row.version, "再来", Kind.OPINION, Pace.SIMPLE)


def test_a_second_editor_is_told_whose_change_came_first(say, secretary, staff):
    row = assigned(secretary, say(), staff)
    handling.note(staff, row, row.version, "已电话核实")
    with pytest.raises(Stale) as told:
        handling.wait(secretary, row, row.version, "等配件")
    assert staff.name in str(told.value)
    assert now(row).state is State.ASSIGNED


def test_the_asker_s_words_make_an_open_page_stale_too(say, secretary, staff):
    row = assigned(secretary, say(), staff)
    rules.add_words(row, "今天又坏了一盏", "n1")
    with pytest.raises(Stale, match="提出人"):
        handling.reply(staff, row, row.version, "看过", "修好")
    assert Reply.select().count() == 0


def test_the_lead_must_hold_the_post(say, secretary, community):
    row = registered(secretary, say())
    for role in (Role.MEMBER, Role.ADMINISTRATOR, Role.READER):
        with pytest.raises(NotForThem):
            handling.assign(secretary, row, row.version, make.account(community, role))
    stranger = make.account(make.community("兰苑社区"), Role.STAFF)
    with pytest.raises(NotForThem):
        handling.assign(secretary, row, row.version, stranger)


def test_assisting_accounts_are_kept_once_and_never_the_lead(say, secretary, staff, community):
    lead, other = Account.get_by_id(staff.account_id), make.account(community, Role.STAFF)
    row = assigned(secretary, say(), staff, assisting=[lead, other, other])
    assert [assist.account_id for assist in row.assists] == [other.id]
    assert queries.knows_asker(make.actor(community, Role.STAFF), row) is False
    assert queries.knows_asker(staff, row)


def test_many_are_assigned_together_or_not_at_all(say, secretary, staff):
    lead = Account.get_by_id(staff.account_id)
    one, two, fresh = registered(secretary, say()), registered(secretary, say()), say()
    with pytest.raises(WrongState):
        handling.assign_all(secretary, [(one, one.version), (fresh, fresh.version)], lead)
    assert now(one).lead is None
    handling.assign_all(secretary, [(one, one.version), (two, two.version)], lead)
    assert [now(row).lead for row in (one, two)] == [lead, lead]
    with pytest.raises(NothingChosen):
        handling.assign_all(secretary, [], lead)


def test_a_reply_says_what_was_found_and_what_was_done_or_why_not(say, secretary, staff):
    row = assigned(secretary, say(), staff)
    with pytest.raises(FindingMissing):
        handling.reply(staff, row, row.version, " ", "修好")
    with pytest.raises(NothingDone):
        handling.reply(staff, row, row.version, "看过", " ", "")
    handling.reply(staff, row, row.version, "看过", "", "按规定由业主大会决定", datetime.date(2025, 12, 1))
    assert "下一次答复：2025年12月1日" in row.steps.order_by().where(rules.SuggestionStep.kind == StepKind.REPLIED).get().note


def test_rejecting_is_never_bare(say, secretary):
    row = say()
    with pytest.raises(ReasonMissing):
        leaving.reject(secretary, row, row.version, "", "区住建局")
    with pytest.raises(WhereToMissing):
        leaving.reject(secretary, row, row.version, "不是社区职责", " ")
    leaving.reject(secretary, row, row.version, "属于住建部门职责", "区住建局 5550-0100")
    assert queries.told_to_asker(row)[-1].note == "属于住建部门职责"
    assert now(row).sent_to == "区住建局 5550-0100"
    assert now(row).answered_on is not None


def test_a_transfer_tells_the_asker_where(say, secretary):
    row = registered(secretary, say())
    leaving.transfer(secretary, row, row.version, "街道城管中队", "占道经营由城管处理")
    assert (now(row).state, now(row).sent_to) == (State.TRANSFERRED, "街道城管中队")


def test_the_same_matter_is_handled_once(say, secretary):
    fresh, third = say(), say("某党员没有兑现承诺", Kind.SUPERVISION, about="王大山")
    first, second = registered(secretary, say()), say()
    for row, other in ((second, None), (second, second), (second, third), (third, first), (second, fresh)):
        with pytest.raises(NoSuchNumber):
            leaving.merge(secretary, row, row.version, other)
    leaving.merge(secretary, second, second.version, first)
    assert (now(second).state, now(second).duplicate_of) == (State.DUPLICATE, first)
    with pytest.raises(NoSuchNumber):
        leaving.merge(secretary, first, first.version, now(second))


def merged(secretary, one, other):
    leaving.merge(secretary, one, now(one).version, now(other))
    return now(one)


def test_everybody_who_asked_reads_the_answer_and_may_rate_it(say, secretary, community):
    main = assigned(secretary, say("小广场没有椅子"), secretary)
    other = merged(secretary, say("小广场请装座椅"), main)
    third = merged(secretary, say("广场没地方坐"), other.duplicate_of)
    handling.reply(secretary, now(main), now(main).version, "确实没有。", "已装两张。")
    for row in (main, other, third):
        assert "已装两张" in queries.told_to_asker(now(row))[-1].note
        assert queries.may_rate(now(row))
        rules.rate(now(row), Rating.SATISFIED, "", f"n{row.id}")
        assert not queries.may_rate(now(row))
    handling.reply(secretary, now(main), now(main).version, "又看了。", "再装一张。")
    assert [now(row).rating for row in (main, other, third)] == [None] * 3
    assert figures.of_year(community, 2025).received == 1


def test_what_was_answered_before_is_told_at_once(say, secretary):
    main = replied(secretary, say("小广场没有椅子"))
    late = merged(secretary, say("小广场请装座椅"), main)
    assert "物业已换好" in queries.told_to_asker(late)[-1].note


def test_a_merged_message_is_told_in_the_order_it_happened(say, secretary):
    """All on one day: nothing twice, and what the asker thinks of the answer after the answer."""
    main = assigned(secretary, say("小广场没有椅子"), secretary)
    other = merged(secretary, registered(secretary, say("小广场请装座椅")), main)
    handling.reply(secretary, now(main), now(main).version, "看过", "装好")
    rules.rate(other, Rating.SATISFIED, "", "n1")
    told = [step.kind for step in queries.told_to_asker(now(other))]
    assert told == [StepKind.RECEIVED, StepKind.REGISTERED, StepKind.DUPLICATE, StepKind.REPLIED, StepKind.RATED]


def test_what_one_of_them_adds_makes_the_handler_s_page_old(say, secretary):
    main = assigned(secretary, say("小广场没有椅子"), secretary)
    other = merged(secretary, say("小广场请装座椅"), main)
    rules.add_words(other, "最好有靠背", "n1")
    with pytest.raises(Stale):
        handling.reply(secretary, main, main.version, "看过", "装好")


def test_a_chain_leads_to_the_one_that_is_handled(say, secretary):
    main, between = registered(secretary, say("小广场没有椅子")), registered(secretary, say("广场缺椅子"))
    first = merged(secretary, say("没地方坐着"), between)
    merged(secretary, between, main)
    assert now(first).duplicate_of == main


def test_one_who_withdraws_takes_nothing_from_the_others(say, secretary):
    main = assigned(secretary, say("小广场没有椅子", asker="张三", consent=True), secretary)
    other = merged(secretary, say("小广场请装座椅"), main)
    rules.withdraw(main, "n1")
    row = now(main)
    assert (row.state, row.asker, row.consent) == (State.ASSIGNED, "", False)
    assert queries.taken_back(row)
    for act in (lambda: rules.add_words(row, "还有", "n2"), lambda: rules.withdraw(row, "n3")):
        with pytest.raises(NotOpenAnyMore, match="已撤回"):
            act()
    handling.reply(secretary, row, row.version, "看过", "装好")
    assert "装好" in queries.told_to_asker(now(other))[-1].note
    rules.withdraw(other, "n4")
    assert (now(other).state, now(other).duplicate_of, now(other).text) == (State.WITHDRAWN, None, "")


def test_messages_about_different_people_are_not_merged(say, secretary, community):
    make.account(community, Role.STAFF, "何静")
    plain, about = registered(secretary, say("小广场没有椅子")), say("小广场没有椅子，何静不管")
    with pytest.raises(NoSuchNumber):
        leaving.merge(secretary, about, about.version, plain)


def test_a_blank_left_in_a_template_does_not_go_out(say, secretary):
    row = assigned(secretary, say(), secretary)
    with pytest.raises(BlankLeft):
        handling.reply(secretary, row, row.version, "经____现场查看", "已修好")
    assert now(row).state is State.ASSIGNED


def test_what_turns_out_to_be_an_accusation_is_searched_no_more(say, secretary, community):
    row = registered(secretary, say("王大山收了好处不办事"))
    assert list(queries.search(secretary, community, "好处"))
    handling.reclassify(secretary, row, row.version, "反映党员作风", Kind.SUPERVISION)
    assert list(queries.search(secretary, community, "好处")) == []
    leaving.seal(secretary, now(row), now(row).version, "街道纪工委", 2)
    assert now(row).text == ""


def test_an_unhappy_asker_is_called_before_closing(say, secretary):
    row = replied(secretary, say())
    rules.rate(row, Rating.DISSATISFIED, "没修好", "n1")
    row = now(row)
    with pytest.raises(StillDissatisfied, match="回访"):
        handling.close(secretary, row, row.version, " ")
    handling.close(secretary, row, row.version, "已上门，换了灯头，居民认可")
    assert now(row).state is State.CLOSED


def test_rating_counts_once_until_there_is_a_new_answer(say, secretary):
    row = replied(secretary, say())
    rules.rate(row, Rating.FAIRLY, "", "n1")
    with pytest.raises(AlreadyRated):
        rules.rate(row, Rating.SATISFIED, "", "n2")
    row = now(row)
    handling.reply(secretary, row, row.version, "又看了一次", "换了新灯")
    rules.rate(row, Rating.SATISFIED, "", "n3")
    assert now(row).rating is Rating.SATISFIED


def test_nothing_is_rated_before_there_is_an_answer(say):
    with pytest.raises(NotOpenAnyMore):
        rules.rate(say(), Rating.SATISFIED, "", "n1")


def test_withdrawing_erases_what_was_not_yet_registered(say):
    row = say(asker="张三", phone="13900000000", spot="北门", about="保安")
    rules.withdraw(row, "n1")
    row = now(row)
    assert (row.state, row.text, row.asker, row.phone, row.spot, row.about, row.bigrams) == ("withdrawn", *[""] * 6)
    with pytest.raises(NotOpenAnyMore, match="已撤回"):
        rules.add_words(row, "还有", "n2")


def test_withdrawing_later_keeps_the_words_but_not_the_person(say, secretary):
    row = registered(secretary, say(asker="张三", phone="13900000000"))
    rules.withdraw(row, "n1")
    row = now(row)
    assert (row.asker, row.phone) == ("", "")
    assert row.text


def test_an_extension_is_asked_in_time_and_granted_by_somebody_else(say, secretary, staff, calendar):
    row = assigned(secretary, say(), staff)
    assert row.due_on == datetime.date(2025, 10, 20)
    with pytest.raises(NotLater):
        extensions.ask(staff, row, row.version, row.due_on, "等材料")
    with pytest.raises(TooLong):
        extensions.ask(staff, row, row.version, datetime.date(2026, 3, 1), "等材料")
    with pytest.raises(ReasonMissing):
        extensions.ask(staff, row, row.version, datetime.date(2025, 10, 28), " ")
    extensions.ask(staff, row, row.version, datetime.date(2025, 10, 28), "等材料")
    row = now(row)
    with pytest.raises(OwnExtension):
        extensions.decide(staff, row, row.version, True)
    assert now(row).due_on == datetime.date(2025, 10, 20)
    extensions.decide(secretary, row, row.version, True)
    assert now(row).due_on == datetime.date(2025, 10, 28)
    assert Extension.get().was_due_on == datetime.date(2025, 10, 20)
    assert "等材料" in queries.told_to_asker(row)[-1].note


def test_an_office_of_one_cannot_grant_its_own_extension(say, secretary, calendar):
    row = assigned(secretary, say(), secretary)
    extensions.ask(secretary, row, row.version, datetime.date(2025, 10, 28), "等材料")
    with pytest.raises(OwnExtension, match="街道"):
        extensions.decide(secretary, now(row), now(row).version, True)


def test_the_database_itself_refuses_a_self_granted_extension(say, secretary, calendar):
    from peewee import IntegrityError

    from core.db import database

    row = say()
    with pytest.raises(IntegrityError), database.atomic():
        Extension.create(
            suggestion=row, until=row.due_on, reason="x", asked_by=secretary.account_id, asked_on=row.due_on,
            decided_by=secretary.account_id, decided_on=row.due_on, granted=True,
        )  # fmt: skip


def test_after_the_due_day_nothing_is_extended(say, secretary, staff, calendar):
    row = assigned(secretary, say(), staff)
    extensions.ask(staff, row, row.version, datetime.date(2025, 10, 28), "等材料")
    calendar.becomes(2025, 10, 21)
    with pytest.raises(DueDayPassed):
        extensions.decide(secretary, now(row), now(row).version, True)
    extensions.decide(secretary, now(row), now(row).version, False, "已过期限")
    with pytest.raises(DueDayPassed):
        extensions.ask(staff, now(row), now(row).version, datetime.date(2025, 10, 30), "等材料")


def test_an_accusation_is_sealed_and_then_unreadable(say, secretary, staff, community):
    row = say("举报某党员收受好处的具体经过", Kind.SUPERVISION, about="王大山", asker="李四", phone="13900000001")
    assert list(queries.search(secretary, community, "收受好处")) == []
    plain = say()
    with pytest.raises(NotSupervision):
        leaving.seal(secretary, plain, plain.version, "街道纪工委", 2)
    row = assigned(secretary, row, secretary)
    handling.note(secretary, row, row.version, "王大山已约谈")
    leaving.seal(secretary, now(row), now(row).version, "街道纪工委", 2)
    row = now(row)
    kept = str(row.__data__) + "".join(str(step.__data__) for step in row.steps)
    for word in ("收受", "王大山", "李四", "13900000001", "约谈", "感应灯"):
        assert word not in kept
    assert (row.state, row.sent_to) == (State.TRANSFERRED, "街道纪工委")


def test_merged_messages_keep_the_earliest_day_that_was_told(say, secretary, staff):
    first, second, third = say(), say(), say()
    first, second = registered(secretary, first), registered(secretary, second, Pace.SIMPLE)
    leaving.merge(secretary, second, second.version, first)
    assert now(first).due_on == second.due_on < first.due_on
    assert StepKind.RECKONED in kinds(first)
    extensions.ask(staff, first, now(first).version, datetime.date(2025, 10, 15), "等材料")
    extensions.decide(secretary, now(first), now(first).version, True)
    third = registered(secretary, third, Pace.SIMPLE)
    leaving.merge(secretary, third, third.version, now(first))
    assert now(first).due_on == datetime.date(2025, 10, 15)


def test_an_accusation_goes_no_other_way(say, secretary):
    row = registered(secretary, say("举报某党员收受好处的具体经过", Kind.SUPERVISION, about="王大山"))
    for rule, given in ((leaving.transfer, ("街道城管中队", "转去")), (leaving.reject, ("查无此事", "街道"))):
        with pytest.raises(OnlySealed, match="密封移送"):
            rule(secretary, row, row.version, *given)
    assert not open_acts(secretary, row) & {"transfer", "reject", "merge"}
    assert "seal" in open_acts(secretary, row)
    handling.reclassify(secretary, row, row.version, "问路灯几时修", Kind.OPINION)
    leaving.transfer(secretary, now(row), now(row).version, "供电所", "路灯归供电所管")


def test_only_with_consent_and_never_about_a_person_is_an_answer_shown(say, secretary, community):
    row = replied(secretary, say(consent=True), publish=True)
    assert [reply.suggestion for reply in queries.published(community)] == [row]
    refused = assigned(secretary, say(consent=False), secretary)
    with pytest.raises(NotForPublic):
        handling.reply(secretary, refused, refused.version, "看过", "修好", publish=True)
    member = assigned(secretary, say("党员没有兑现承诺", Kind.SUPERVISION, about="王大山", consent=True), secretary)
    with pytest.raises(NotForPublic):
        handling.reply(secretary, member, member.version, "看过", "谈过", publish=True)
    assert queries.published(community).count() == 1


def test_the_trail_begins_at_registration_and_holds_no_words(say, secretary):
    row = say("三楼灯不亮", asker="张三")
    assert AuditEntry.select().where(AuditEntry.subject_kind == "suggestion").count() == 0
    registered(secretary, row)
    entry = AuditEntry.select().where(AuditEntry.subject_kind == "suggestion").get()
    assert (entry.act, entry.account) == ("suggestion:registered", secretary.account_id)
    details = "".join(detail.values for detail in AuditDetail.select())
    assert "张三" not in details
    assert "灯" not in details


def test_figures_are_honest(say, secretary, community, calendar):
    for _ in range(4):
        replied(secretary, say())
    late = say()
    calendar.becomes(2025, 11, 20)
    found = figures.of_year(community, 2025)
    assert (found.received, found.answered, found.on_time, found.overdue) == (5, 4, 4, 1)
    assert found.on_time_share == "80%（4/5）"
    assert found.satisfied_share == "0 件（共 0 件）"
    leaving.reject(secretary, late, late.version, "不归社区管", "区住建局")
    found = figures.of_year(community, 2025)
    assert (found.answered, found.on_time, found.overdue) == (5, 4, 0)


def test_a_rate_of_fewer_than_five_is_only_counts():
    assert "%" not in figures.share(4, 4)
    assert figures.share(5, 5) == "100%（5/5）"


def test_what_is_due_today(say, secretary, staff, community, calendar):
    row = assigned(secretary, say(), staff)
    fresh = say()
    verbs = {due.url: due.verb for due in queries.due(secretary, community)}
    assert verbs == {f"/office/suggestions/{fresh.number}": "去登记"}
    extensions.ask(staff, row, row.version, datetime.date(2025, 10, 28), "等材料")
    assert [due.verb for due in queries.due(secretary, community)] == ["去登记", "去审批"]
    calendar.becomes(2025, 10, 20)
    assert "去答复" in [due.verb for due in queries.due(secretary, community)]
    assert list(queries.due(make.actor(community, Role.MEMBER), community)) == []


def test_search_finds_two_characters_and_numbers(say, secretary, community):
    row = say("北门车棚漏雨")
    assert [hit.url for hit in queries.search(secretary, community, "车棚")] == [f"/office/suggestions/{row.number}"]
    assert [hit.url for hit in queries.search(secretary, community, row.number)] == [f"/office/suggestions/{row.number}"]
    assert list(queries.search(secretary, community, "电梯")) == []


def test_after_some_years_only_the_counts_remain(say, secretary, community, calendar):
    from blueprints.suggestions import retention

    row = replied(secretary, say("灯坏了很久", asker="张三", phone="13900000000", photos=[b"picture"]))
    handling.close(secretary, row, row.version, "电话回访过")
    still_open = say("一直没有办的事")
    calendar.becomes(2028, 9, 22)
    assert retention.purge(secretary, community) == 0
    calendar.becomes(2028, 9, 24)
    assert SuggestionWord.select().count() > 0
    assert retention.purge(secretary, community) == 1
    assert {entry.suggestion_id for entry in SuggestionWord.select()} == {still_open.id}
    kept = str(now(row).__data__) + "".join(str(step.__data__) for step in row.steps)
    for word in ("灯", "张三", "13900000000", "回访"):
        assert word not in kept
    assert (row.photos.count(), row.replies.count(), now(still_open).text) == (0, 0, "一直没有办的事")
    assert figures.of_year(community, 2025).answered == 1
    assert retention.purge(secretary, community) == 0
