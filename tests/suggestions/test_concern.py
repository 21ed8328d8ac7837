"""The conflict rule: who is spoken about, and those below, see nothing, count nothing, find nothing."""

import re

import pytest

from blueprints.suggestions import concern, figures, handling, leaving, listing, queries, rules
from blueprints.suggestions.ledger import ledger_file
from blueprints.suggestions.models import Concern, Kind, Rating, State, Suggestion
from blueprints.suggestions.refusals import NotForThem, ReasonMissing, WhomToKeepFrom
from core.access import Role, actor_of
from core.records.people import Account
from core.records.work import AuditEntry
from tests import make
from tests.suggestions.working import assigned, now, registered


@pytest.fixture
def office(community):
    """Two of the staff, the secretary, the street's secretary."""
    accounts = {
        "何静": make.account(community, Role.STAFF, "何静"),
        "任远": make.account(community, Role.STAFF, "任远"),
        "沈兰英": make.account(community, Role.SECRETARY, "沈兰英"),
        "段雪梅": make.account(community.parent, Role.SECRETARY, "段雪梅"),
    }
    return {name: actor_of(account) for name, account in accounts.items()}


def seers(office, community, message):
    return {
        name
        for name, actor in office.items()
        if queries.visible_to(actor, community).where(Suggestion.id == message.id).exists()
    }


def test_an_ordinary_message_is_seen_by_all_who_handle(say, office, community):
    assert seers(office, community, say()) == set(office)


def test_about_one_of_the_staff_only_those_above_see_it(say, office, community):
    assert seers(office, community, say("何静态度不好，说过两次")) == {"沈兰英", "段雪梅"}


def test_about_the_secretary_neither_she_nor_those_below_see_it(say, office, community):
    assert seers(office, community, say("向上反映沈 兰英不公开账目")) == {"段雪梅"}


def test_about_the_street_s_secretary_nobody_sees_it(say, office, community):
    message = say("反映段雪梅的作风")
    assert seers(office, community, message) == set()
    assert concern.waits_unseen(message)
    assert figures.of_year(community, message.received_on.year).received == 0


def test_without_anybody_above_it_waits_unseen_and_uncounted(say, community):
    secretary = make.account(community, Role.SECRETARY, "沈兰英")
    message = say("反映沈兰英不公开账目")
    assert concern.waits_unseen(message)
    assert figures.of_year(community, message.received_on.year).received == 0
    assert queries.visible_to(actor_of(secretary), community).count() == 0
    above = make.account(community.parent, Role.SECRETARY, "段雪梅")
    assert not concern.waits_unseen(message)
    assert queries.visible_to(actor_of(above), community).count() == 1
    assert figures.of_year(community, message.received_on.year).received == 0
    leaving.reject(actor_of(above), message, message.version, "查无此事", "街道纪工委")
    assert figures.of_year(community, message.received_on.year).received == 0


def test_the_name_of_the_person_behind_an_account_counts(say, office, community):
    account = Account.get(Account.login == "任远")
    account.name, account.person = "renyuan", make.person(community, "任小远")
    account.save()
    assert seers(office, community, say("任小远收了东西不办事")) == {"沈兰英", "段雪梅"}


@pytest.mark.parametrize(
    ("about", "seen"),
    [
        ("社区书记", {"段雪梅"}),
        ("你们社区的工作人员", {"沈兰英", "段雪梅"}),
        ("街道书记", set()),
        ("小王，穿红衣服的", {"沈兰英", "段雪梅"}),
        ("无", {"何静", "任远", "沈兰英", "段雪梅"}),
    ],
)
def test_the_asker_s_own_choice_counts(say, office, community, about, seen):
    assert seers(office, community, say(about=about)) == seen


def test_a_post_in_the_text_alone_hides_nothing(say, office, community):
    make.account(community, Role.SECRETARY, "书记")
    assert seers(office, community, say("请书记帮忙看看路灯")) == set(office)


def test_a_member_without_a_post_is_handled_by_the_office(say, office, community):
    member = make.member(community, "王大山")
    message = say("没有兑现承诺", Kind.SUPERVISION, about="三楼的王大山")
    assert [row.person_id for row in message.concerns] == [member.person_id]
    assert seers(office, community, message) == set(office)


def test_a_member_who_gets_a_post_later_loses_sight_of_it(say, office, community):
    member = make.member(community, "王大山")
    message = say("没有兑现承诺", Kind.SUPERVISION, about="王大山")
    account = make.account(community, Role.STAFF, "dashan")
    account.person = member.person
    account.save()
    assert not concern.may_see(account, message)
    assert seers(office, community, message) == {"沈兰英", "段雪梅"}


def test_lists_counts_search_dues_and_the_ledger_agree(say, office, community):
    message = say("何静收钱不办事", Kind.COMPLAINT)
    for name, seen in (("何静", 0), ("任远", 0), ("沈兰英", 1)):
        actor = office[name]
        assert listing.counts(actor, community)["open"] == seen
        assert len(list(queries.search(actor, community, "收钱"))) == seen
        assert len(list(queries.due(actor, community))) == seen
        assert _in_ledger(actor, community, message) == bool(seen)


def _in_ledger(actor, community, message):
    import io

    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(ledger_file(actor, community))).active
    return any(row[0] == message.number for row in sheet.iter_rows(values_only=True))


def test_the_number_of_a_hidden_message_looks_like_any_other(say, office, community):
    """A rising number would leave a gap where somebody may not see a message."""
    for row in (say(), say("何静态度不好"), say("沈兰英不公开账目")):
        assert re.fullmatch(r"\d{8}-\d{3}", row.number)


def test_it_cannot_be_given_to_whom_it_is_about(say, office, community):
    message = say("何静态度不好")
    row = registered(office["沈兰英"], message)
    for name in ("何静", "任远"):
        with pytest.raises(NotForThem):
            handling.assign(office["沈兰英"], row, row.version, Account.get(Account.login == name))
    assert [one.name for one in queries.handlers(community, row)] == ["沈兰英", "段雪梅"]


def test_later_words_may_name_somebody_too(say, office, community):
    message = say()
    rules.add_words(message, "是何静不让修的", "n1")
    assert seers(office, community, message) == {"沈兰英", "段雪梅"}


def test_whoever_stands_above_may_find_that_it_is_not_about_them(say, office, community):
    message = say("楼下环境如何静下来，晚上太吵")
    assert seers(office, community, message) == {"沈兰英", "段雪梅"}
    handling.clear_concern(office["沈兰英"], message, message.version, "只是字面相同")
    assert Concern.select().count() == 0
    assert seers(office, community, now(message)) == set(office)


def test_the_trail_of_a_hidden_message_is_filed_above(say, office, community):
    registered(office["段雪梅"], say("沈兰英不公开账目"))
    entry = AuditEntry.select().where(AuditEntry.subject_kind == "suggestion").get()
    assert entry.place_id == community.parent_id


def test_one_who_is_named_sees_nothing_even_with_two_posts(say, community):
    account = make.account(community, Role.SECRETARY, "沈兰英")
    make.grant(account, Role.ADMINISTRATOR, community)
    message = say("沈兰英不公开账目")
    actor = actor_of(account)
    assert queries.visible_to(actor, community).where(Suggestion.id == message.id).first() is None


def test_a_rating_and_the_spot_may_name_somebody_too(say, office, community):
    assert seers(office, community, say("桌子太高，轮椅够不着", spot="何静那个窗口")) == {"沈兰英", "段雪梅"}
    message = say()
    row = assigned(office["沈兰英"], message, office["何静"])
    handling.reply(office["何静"], row, row.version, "感应头坏了。", "已换好。")
    rules.rate(now(message), Rating.DISSATISFIED, "何静没有来看就说修好了", "n1")
    assert seers(office, community, message) == {"沈兰英", "段雪梅"}
    assert f"{message.number} 三楼感应灯不亮" in [due.text for due in queries.due(office["沈兰英"], community)]


def test_whoever_is_named_later_has_it_no_longer_to_handle(say, office, community):
    """Else it would wait on a desk where nobody sees it."""
    message = say()
    assigned(office["沈兰英"], message, office["何静"], assisting=[Account.get(Account.login == "任远")])
    rules.add_words(now(message), "是何静不让修的", "n1")
    row = now(message)
    assert (row.state, row.lead, row.assists.count()) == (State.REGISTERED, None, 0)
    assert list(listing.chosen(office["沈兰英"], community, listing.Listing("unassigned"))) == [row]


def test_the_office_s_own_summary_counts_too(say, office, community):
    message = say("那个戴眼镜的女同志说话难听")
    registered(office["任远"], message, summary="反映何静态度")
    assert seers(office, community, message) == {"沈兰英", "段雪梅"}
    other = registered(office["任远"], say("那个戴眼镜的女同志说话难听"), summary="反映态度")
    handling.reclassify(office["任远"], other, other.version, "反映何静态度", Kind.COMPLAINT)
    assert seers(office, community, other) == {"沈兰英", "段雪梅"}


def test_who_reads_it_may_say_whom_it_is_about(say, office, community):
    """The words name nobody, the reader knows: from then on it is handled one level up, and the reader sees it no more."""
    message = registered(office["任远"], say("那个戴眼镜的女同志说话难听", consent=True))
    for account, reason, refusal in ((None, "就她戴眼镜", WhomToKeepFrom), (office["何静"], " ", ReasonMissing)):
        chosen = account and Account.get_by_id(account.account_id)
        with pytest.raises(refusal):
            handling.note_concern(office["任远"], message, message.version, chosen, reason)
    handling.note_concern(office["任远"], message, message.version, Account.get(Account.login == "何静"), "就她戴眼镜")
    assert seers(office, community, message) == {"沈兰英", "段雪梅"}
    assert not handling.may_publish(now(message))
    handling.clear_concern(office["沈兰英"], message, now(message).version, "不是她")
    assert seers(office, community, message) == set(office)


def test_after_that_the_reader_is_back_at_the_queue(client, say, office, community):
    message = registered(office["任远"], say("那个戴眼镜的女同志说话难听"))
    client.as_(Account.get(Account.login == "任远"))
    client.get(f"/office/suggestions/{message.number}")
    whom = str(office["何静"].account_id)
    data = {"concern-account": whom, "concern-words": "就她戴眼镜"}
    answer = client.submit(f"/office/suggestions/{message.number}", form="concerns", **data)
    assert answer.location == "/office/suggestions"
    assert f"{message.number} 涉及同事，已转给上一级办理" in client.get("/office/suggestions").text
    assert client.get(f"/office/suggestions/{message.number}").status_code == 404
