"""Home visits: what stays with whom, wishes that become messages, coverage by stairwell and by nobody's rank."""

import io
import re
from datetime import date

import pdfplumber
import pytest
from openpyxl import load_workbook

from blueprints.suggestions import queries as suggestions
from blueprints.suggestions.kinds import Kind, Source
from blueprints.suggestions.models import Suggestion
from blueprints.visits import queries, retention, rules, sheets
from blueprints.visits.models import HomeVisit, Topic
from core.access import Role, actor_of
from core.printing import paper
from core.records.work import AuditDetail
from core.refusal import AlreadyDone, Stale
from tests import make
from tests.notices.office import set_clock

TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def tenth_of_march(monkeypatch, app):
    set_clock(monkeypatch, 2026, 3, 10)


@pytest.fixture
def stairwell(community):
    return make.member(community).stairwell


@pytest.fixture
def clerk(community):
    return make.account(community, Role.STAFF, "何静")


@pytest.fixture
def colleague(community):
    return make.account(community, Role.STAFF, "任远")


def told(stairwell, **values):
    given = {"visited_on": TODAY, "visitors": "何静、楼组长", "stairwell": stairwell, "topic": Topic.BUILDING, "door": "302室"}
    return rules.Visit(**{**given, "wish": "三楼的灯不亮，想请人来修", "name": "李阿姨", "phone": "13900000000", **values})


def visited(account, stairwell, **values):
    return rules.enter(actor_of(account), stairwell.community, told(stairwell, **values), f"n{next(make.counter)}")[0]


def test_a_wish_becomes_a_message_without_a_word_typed_again(clerk, stairwell, community):
    row = visited(clerk, stairwell)
    message, code = rules.become_message(actor_of(clerk), row, 1, Kind.HELP, True, "n1")
    assert (message.text, message.kind, message.source) == ("三楼的灯不亮，想请人来修", Kind.HELP, Source.VISIT)
    assert (message.stairwell, message.spot, message.asker, message.phone) == (stairwell, "", "李阿姨 302室", "13900000000")
    assert (message.received_on, message.consent, len(code)) == (TODAY, True, 16)
    row = HomeVisit.get_by_id(row.id)
    assert (row.suggestion, row.wish, row.name, row.phone, row.door) == (message, "", "", "", "302室")
    with pytest.raises(rules.AlreadyMessage):
        rules.become_message(actor_of(clerk), row, row.version, Kind.HELP, True, "n2")
    assert suggestions.tracked(community, code) == message


def test_the_same_form_twice_makes_one_message(clerk, stairwell):
    first, second = visited(clerk, stairwell), visited(clerk, stairwell)
    rules.become_message(actor_of(clerk), first, 1, Kind.HELP, True, "same")
    with pytest.raises(AlreadyDone):
        rules.become_message(actor_of(clerk), second, 1, Kind.HELP, True, "same")
    assert HomeVisit.get_by_id(second.id).wish
    assert Suggestion.select().count() == 1


def test_a_wish_about_one_of_the_office_is_kept_in_no_list_they_read(clerk, colleague, stairwell, community):
    secretary = make.account(community, Role.SECRETARY, "沈兰英")
    row, message, code = rules.enter(actor_of(colleague), community, told(stairwell, wish="何静答应了三次没有来"), "n1")
    assert code
    assert row.wish == ""
    assert queries.message_of(actor_of(clerk), row) is None
    assert queries.message_of(actor_of(colleague), row) is None
    assert queries.message_of(actor_of(secretary), row) == message
    for account in (clerk, colleague):
        cells = sheets._cells(actor_of(account), community, [row])[0]
        assert message.number not in cells
        assert "答应" not in "".join(cells)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"visited_on": date(2026, 3, 11)}, rules.NotYetVisited),
        ({"again_on": date(2026, 3, 9)}, rules.AgainTooEarly),
        ({"wish": "他的身份证是 11010519491231002X"}, rules.IdNumberInVisit),
    ],
)
def test_what_cannot_be_recorded_is_said(clerk, stairwell, values, refusal):
    with pytest.raises(refusal):
        visited(clerk, stairwell, **values)
    assert HomeVisit.select().count() == 0


def test_without_a_wish_there_is_no_message(clerk, stairwell):
    row = visited(clerk, stairwell, wish=" ")
    with pytest.raises(rules.NothingWished):
        rules.become_message(actor_of(clerk), row, 1, Kind.HELP, False, "n1")


def test_a_second_hand_is_told_who_was_faster(clerk, stairwell):
    row = visited(clerk, stairwell)
    rules.correct(actor_of(clerk), row, 1, told(stairwell, again_on=date(2026, 3, 20)), "c1")
    with pytest.raises(Stale):
        rules.correct(actor_of(clerk), row, 1, told(stairwell), "c2")


def test_the_trail_holds_no_word_and_no_door(clerk, stairwell):
    visited(clerk, stairwell)
    kept = "".join(detail.values for detail in AuditDetail.select())
    for word in ("302", "李阿姨", "灯不亮", "139"):
        assert word not in kept


def test_coverage_is_by_stairwell_with_the_long_unvisited_ones_late(clerk, stairwell, community):
    other = make.member(community, stairwell="4幢1单元").stairwell
    visited(clerk, stairwell, visited_on=date(2025, 12, 1))
    visited(clerk, stairwell, visited_on=date(2026, 1, 5))
    covered = {one.stairwell.name: (one.number, one.last, one.late) for one in queries.coverage(community, 2026)}
    assert covered == {stairwell.name: (1, date(2026, 1, 5), False), other.name: (0, None, True)}
    assert not any(name in ("account", "recorded_by", "rank") for name in queries.Covered.__dataclass_fields__)


def test_no_field_asks_for_belief_opinion_or_mood():
    fields = set(HomeVisit._meta.fields)
    assert fields == {
        "id", "place", "visited_on", "visitors", "stairwell", "door", "topic", "name", "phone", "wish", "suggestion",
        "again_on", "again", "recorded_by", "version",
    }  # fmt: skip


def test_a_visit_to_repeat_is_due(clerk, stairwell, community):
    row = visited(clerk, stairwell, again_on=date(2026, 3, 12))
    assert [due.verb for due in queries.due(actor_of(clerk), community)] == ["登记回访"]
    rules.correct(actor_of(clerk), row, 1, told(stairwell, again_on=date(2026, 3, 12), again="灯亮了"), "c1")
    assert list(queries.due(actor_of(clerk), community)) == []


def test_after_some_years_only_the_coverage_is_left(clerk, stairwell, community):
    row, young = visited(clerk, stairwell, visited_on=date(2023, 3, 9)), visited(clerk, stairwell, visited_on=date(2023, 3, 10))
    assert retention.purge(actor_of(clerk), community) == 1
    row = HomeVisit.get_by_id(row.id)
    assert (row.door, row.wish, row.name, row.phone) == ("", "", "", "")
    assert HomeVisit.get_by_id(young.id).wish
    assert queries.coverage(community, 2023)[0].number == 2
    assert retention.purge(actor_of(clerk), community) == 0


def test_door_and_wish_are_on_nobody_else_s_page_paper_or_table(client, clerk, colleague, stairwell, community):
    row = visited(clerk, stairwell, again_on=date(2026, 3, 12), again="李阿姨说好了")
    client.as_(colleague)
    for path in ("/office/visits", f"/office/visits/{row.id}"):
        page = client.get(path).text
        for word in ("302", "李阿姨", "139", "想请人来修"):
            assert word not in page, path
    assert client.get(f"/office/visits/{row.id}/edit").status_code == 404
    book = load_workbook(io.BytesIO(client.get("/office/visits/visits.xlsx").data))
    kept = str([list(line) for line in book.active.iter_rows(values_only=True)])
    sheet = str(sheets.record(actor_of(colleague), community, 2026))
    for word in ("302", "李阿姨", "想请人来修"):
        assert word not in kept
        assert word not in sheet
    client.as_(clerk)
    assert "302室" in client.get(f"/office/visits/{row.id}").text
    assert "302室" in str(sheets.record(actor_of(clerk), community, 2026))


def test_from_the_door_to_the_receipt(client, clerk, stairwell):
    client.as_(clerk)
    typed = {
        "visited_on": "2026-03-09", "visitors": "何静", "stairwell": "3-2", "door": "302室", "topic": "elderly",
        "wish": "想问助餐能不能送上门", "name": "李阿姨",
    }  # fmt: skip
    wrong = client.submit("/office/visits/new", form="new", **{**typed, "topic": []})
    assert wrong.status_code == 422
    assert "302室" in wrong.text
    sent = client.submit("/office/visits/new", form="new", **typed)
    assert sent.status_code == 303
    client.get(sent.location)
    receipt = client.send(sent.location, form="messages", kind="help")
    assert "查询码" in receipt.text
    assert receipt.headers["Cache-Control"] == "no-store"
    assert Suggestion.get().number in client.get("/office/visits").text
    assert "诉求已经转为意见" in client.get(f"{sent.location}/edit").text
    changed = client.send(f"{sent.location}/edit", form="edit", again_on="2026-03-20")
    assert changed.status_code == 303
    assert HomeVisit.get().again_on == date(2026, 3, 20)


def test_a_new_visit_about_the_office_shows_its_receipt_at_once(client, colleague, stairwell, clerk):
    client.as_(colleague)
    typed = {"visited_on": "2026-03-09", "visitors": "任远", "stairwell": "3-2", "topic": "other", "wish": "何静答应了没来"}
    answer = client.submit("/office/visits/new", form="new", **typed)
    assert answer.status_code == 200
    assert "已转为意见" in answer.text


def test_the_empty_record_is_for_the_doors(community):
    with pdfplumber.open(io.BytesIO(paper.render("visits/print/record.html", sheets.blank(community)))) as document:
        (page,) = document.pages
        text = page.extract_text().replace(" ", "")
    assert page.width > page.height
    for words in ("走访记录", "门牌", "转为意见", "不记信仰、看法和情绪"):
        assert words in text


def test_readers_see_no_visits(client, community, clerk, stairwell):
    row = visited(clerk, stairwell)
    client.as_(make.account(community, Role.READER))
    assert client.get("/office/visits").status_code == 403
    assert client.get(f"/office/visits/{row.id}").status_code == 403


def test_words_about_the_office_added_later_become_a_message_too(client, colleague, stairwell, clerk, community):
    """Else the secretary, who reads every wish, would read what is said about herself."""
    secretary = make.account(community, Role.SECRETARY, "沈兰英")
    row = visited(clerk, stairwell)
    client.as_(clerk)
    answer = client.submit(f"/office/visits/{row.id}/edit", wish="三楼的灯不亮，沈兰英说没钱修")
    assert answer.status_code == 200
    assert re.search(r"<span>\d{4}</span>", answer.text)
    row = HomeVisit.get_by_id(row.id)
    assert (row.wish, row.suggestion.text) == ("", "三楼的灯不亮，沈兰英说没钱修")
    for account in (secretary, colleague, clerk):
        assert queries.message_of(actor_of(account), row) is None
        client.as_(account)
        assert "没钱修" not in client.get(f"/office/visits/{row.id}").text
