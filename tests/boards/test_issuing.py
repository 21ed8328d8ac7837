"""Posters in the register: the same issue while nothing changed, a new one with a new code when something did."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pdfplumber
import pytest

from blueprints.boards import hanging, issuing, posting, rules
from blueprints.boards.models import Commitment, PostingLog
from blueprints.boards.posters import TEMPLATE, Posters
from blueprints.boards.posting import BoardState
from blueprints.organisation import rules as organisation
from blueprints.people.membership import end_member
from blueprints.people.photos import set_photo
from core import clock
from core.printing import paper
from core.records.papers import Blob, IssuedPaper, PaperState
from core.records.work import AuditEntry
from tests import make
from tests.counting import selects, statements


@pytest.fixture
def place(shown, community):
    return shown(community, "陈䶮").stairwell


@pytest.fixture
def issue(secretary_actor, community, place):
    def enter():
        return issuing.issue(secretary_actor, Posters(community, place), place)

    return enter


def board(community, place):
    return posting.boards(community, place)[0]


def amend(actor, place, **changed):
    promise = Commitment.get(Commitment.stairwell == place)
    rules.amend(actor, promise, promise.version, **changed)
    rules.approve(actor, [promise])
    rules.publish(actor, [promise])


def hang(actor, community, place, day=None):
    return hanging.hang(actor, community, [board(community, place)], day or clock.today(), "何静")


def test_a_reprint_is_the_same_issue_while_nothing_changed(issue):
    first, again = issue(), issue()
    assert (first.id, first.version, again.code) == (again.id, 1, first.code)
    assert AuditEntry.select().where(AuditEntry.act == "paper:issued").count() == 1


def test_the_printed_copy_equals_the_board_and_says_its_code(issue, community, place):
    entered = issue()
    sheet = issuing.printed(community, entered)
    bare = replace(sheet, code="", check_url="", small_print="")
    assert bare == Posters(community, place).shown(place)
    assert issuing.printed(community, entered, size="A3") == replace(sheet, size="A3")
    text = words(paper.render(TEMPLATE, sheet))
    assert f"核对码{entered.code}" in text
    assert "第1版" in text
    assert "样稿" not in text
    assert "草稿" not in text


def test_paper_is_chinese_for_a_reader_of_english_too(app, issue, community, place):
    entered = issue()
    with app.test_request_context("/?lang=en"):
        posters = Posters(community, place)
        assert issuing.best(posters, place, entered, size="A4").code == entered.code
        assert posters.shown(place).period == f"{clock.today().year}年度"
        assert issuing.issue(make.actor(community), posters, place) == entered


def words(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join("".join(page.extract_text().split()) for page in document.pages)


def test_a_changed_promise_makes_a_second_issue_and_replaces_the_first(issue, secretary_actor, place):
    first = issue()
    amend(secretary_actor, place, text="每周清扫楼道两次")
    second = issue()
    assert (second.version, second.state) == (2, PaperState.CURRENT)
    assert second.code != first.code
    old = IssuedPaper.get_by_id(first.id)
    assert (old.state, old.replaced_by) == (PaperState.REPLACED, second)
    assert "已由新版代替" in words(paper.render(TEMPLATE, issuing.printed(second.place, old)))


def test_nothing_unpublished_is_issued(issue, secretary_actor, community):
    rules.propose(secretary_actor, make.member(community, "李堃"), "每月巡查一次")
    with pytest.raises(issuing.NotAllPublished, match="李堃"):
        issue()
    assert not IssuedPaper.select().exists()


def test_an_empty_stairwell_is_not_issued(secretary_actor, community):
    place = make.member(community, stairwell="9幢9单元").stairwell
    with pytest.raises(issuing.NothingPublished, match="9幢9单元"):
        issuing.issue(secretary_actor, Posters(community, place), place)


def test_what_cannot_be_printed_is_not_entered(secretary_actor, community, place):
    def prove(_sheet):
        raise paper.MissingGlyphs(characters="“\U000e0100”")

    with pytest.raises(paper.MissingGlyphs):
        issuing.issue(secretary_actor, Posters(community, place), place, prove)
    assert not IssuedPaper.select().exists()


def test_the_life_of_a_board(issue, secretary_actor, community, place):
    assert board(community, place).state is BoardState.BARE
    issue()
    assert board(community, place).state is BoardState.TO_HANG
    hang(secretary_actor, community, place)
    assert board(community, place).state is BoardState.CURRENT
    promise = Commitment.get(Commitment.stairwell == place)
    rules.amend(secretary_actor, promise, promise.version, text="每周清扫楼道两次")
    assert board(community, place).state is BoardState.OUTDATED
    assert board(community, place).reasons == ["陈䶮的承诺改动后还没有公示"]
    rules.approve(secretary_actor, [promise])
    rules.publish(secretary_actor, [promise])
    assert board(community, place).reasons == ["陈䶮的承诺有改动"]
    issue()
    assert board(community, place).unhung_issue.version == 2
    hang(secretary_actor, community, place)
    assert board(community, place).state is BoardState.CURRENT


def test_why_a_board_has_to_be_replaced(issue, secretary_actor, community, place, shown):
    leaving = shown(community, "李堃", "每月巡查一次")
    issue()
    hang(secretary_actor, community, place)
    end_member(secretary_actor, leaving.member, clock.today(), "组织关系转出")
    shown(community, "张㛃", "每月量血压一次")
    staying = Commitment.get(Commitment.text == "每周清扫楼道一次").member
    rules.consent(secretary_actor, staying, ["phone"], "signed")
    organisation.appoint_leader(secretary_actor, place, staying.person)
    assert board(community, place).reasons == [
        "李堃已不在这块牌上（离开或承诺已撤下）", "新增张㛃", "陈䶮的支部、类别或同意公示的内容有变化", "负责人已改为陈䶮",
    ]  # fmt: skip


def test_progress_is_no_reason_to_replace_a_board(issue, secretary_actor, community, place):
    issue()
    hang(secretary_actor, community, place)
    rules.fulfil(secretary_actor, [Commitment.get(Commitment.stairwell == place)])
    assert board(community, place).state is BoardState.CURRENT


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-12-23", BoardState.CURRENT), ("2026-12-24", BoardState.ENDING), ("2027-01-01", BoardState.OUTDATED)],
)
def test_a_board_is_due_before_its_period_ends(issue, secretary_actor, community, place, monkeypatch, day, state):
    year = clock.today().year
    issue()
    hang(secretary_actor, community, place)
    monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(day).replace(year=year + int(day[:4]) - 2026))
    rules.settings.put("boards.year", year, community)
    assert board(community, place).state is state


def test_hanging_asks_who_and_when(issue, secretary_actor, community, place):
    with pytest.raises(hanging.NotIssued, match="3幢2单元"):
        hang(secretary_actor, community, place)
    issue()
    with pytest.raises(hanging.NotYet):
        hang(secretary_actor, community, place, clock.today() + timedelta(days=1))
    with pytest.raises(hanging.WhoHung):
        hanging.hang(secretary_actor, community, [board(community, place)], clock.today(), "  ")
    with pytest.raises(hanging.NothingHung):
        hanging.hang(secretary_actor, community, [], clock.today(), "何静")
    with pytest.raises(hanging.WhichDay):
        hanging.day_typed("昨天")
    assert not PostingLog.select().exists()


def test_all_boards_cost_as_many_queries_as_one(community, shown, secretary_actor):
    for number in range(1, 8):
        place = shown(community, f"党员{number}", stairwell=f"{number}幢1单元").stairwell
        issuing.issue(secretary_actor, Posters(community, place), place)
        hang(secretary_actor, community, place)
    with statements() as all_boards:
        assert len(posting.boards(community)) == 7
    with statements() as one_board:
        posting.boards(community, place)
    assert len(selects(all_boards)) <= len(selects(one_board)) + 1 <= 14


def test_what_is_due_today_names_the_boards(issue, secretary_actor, community, place):
    issue()
    assert [due.text for due in hanging.due(community)] == ["1 块公示牌已打印，等张贴登记"]
    hang(secretary_actor, community, place)
    assert list(hanging.due(community)) == []
    rules.withdraw(secretary_actor, [Commitment.get(Commitment.stairwell == place)], "党员已搬离")
    (due,) = hanging.due(community)
    assert due.text == "1 块公示牌需要更换：3幢2单元"


def photo(colour):
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(out, "JPEG")
    return out.getvalue()


def test_a_photo_hangs_only_with_consent_and_leaves_with_its_erasure(issue, secretary_actor, community, place):
    member = Commitment.get(Commitment.stairwell == place).member
    set_photo(secretary_actor, member, photo("#446688"))
    assert Posters(community, place).shown(place).members[0].photo_name is None
    rules.consent(secretary_actor, member, ["photo"], "signed")
    sheet = issuing.printed(community, issue())
    found = issuing.images([sheet])
    assert issuing.without_lost_photos(sheet, found).members[0].photo_name in found
    set_photo(secretary_actor, member, b"")
    assert not Blob.select().exists()
    assert issuing.without_lost_photos(sheet, issuing.images([sheet])).members[0].photo_name is None
