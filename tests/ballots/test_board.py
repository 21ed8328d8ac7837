"""唱票板: strokes by ballot and by name, taking back, the sums as one of two blind entries, the printed sheet."""

import io

import pdfplumber
import pytest

from blueprints.ballots import board, counting, desk, printing, roll, rules
from blueprints.ballots.ballot import Kind, Unmarked
from blueprints.ballots.desk import Tally
from blueprints.ballots.models import BoxKind, CallBoard, PaperBox, PollEvent
from core.access import console
from core.audit import AuditEntry
from core.records.people import Account
from tests.ballots import ceremony


def hall(place, **fields):
    """A poll whose paper lies in the hall's box, waiting to be called."""
    meeting = ceremony.running(place, **fields)
    meeting.hall = desk.add_box(console(), meeting.poll.classes.get(), "", BoxKind.HALL)
    rules.close_voting(console(), meeting.poll)
    meeting.desk(slips_left=len(meeting.codes), paper_printed=10, paper_left=10)
    meeting.board = board.begin(meeting.one, meeting.hall)
    return meeting


def now(meeting):
    return CallBoard.get_by_id(meeting.board.id)


def calls(meeting, *marks, names=()):
    board.call(meeting.one, meeting.board, now(meeting).version, marks, names)


def test_ballots_are_called_one_by_one(community):
    meeting = hall(community)
    calls(meeting, "1", "2", "")
    calls(meeting, "1", "x", "3")
    board.call_void(meeting.one, meeting.board, None)
    board.call_whole(meeting.one, meeting.board, None)
    found = now(meeting)
    assert (found.valid, found.void) == (3, 1)
    # 信任, 不信任, 弃权, 未填, 该项无效; nothing marked counts as 弃权.
    assert found.rows == [[2, 0, 1, 0, 0], [0, 1, 1, 0, 1], [0, 0, 3, 0, 0]]


def test_the_last_moves_can_be_taken_back_and_no_more(community):
    meeting = hall(community)
    for _ in range(board.MOVES_KEPT + 2):
        calls(meeting, "1", "1", "1")
    for _ in range(board.MOVES_KEPT):
        board.take_back(meeting.one, meeting.board, None)
    assert now(meeting).rows[0][0] == 2
    with pytest.raises(board.NothingToTakeBack):
        board.take_back(meeting.one, meeting.board, None)


def test_a_form_sent_twice_is_one_ballot(community):
    meeting = hall(community)
    version = now(meeting).version
    board.call(meeting.one, meeting.board, version, ("1", "1", "1"))
    with pytest.raises(board.CalledTwice):
        board.call(meeting.one, meeting.board, version, ("1", "1", "1"))
    assert now(meeting).valid == 1


def test_only_its_caller_draws_on_a_board(community):
    meeting = hall(community)
    with pytest.raises(board.AnotherCalls):
        board.call_void(meeting.other, meeting.board, None)
    assert board.begin(meeting.other, meeting.hall).account_id == meeting.one.account_id
    board.clear(meeting.other, meeting.board)
    assert board.begin(meeting.other, meeting.hall).account_id == meeting.other.account_id
    with pytest.raises(desk.AccountNeeded):
        board.begin(console(), meeting.hall)


def test_names_are_called_stroke_by_stroke(community):
    meeting = hall(community)
    for _ in range(3):
        board.stroke(meeting.one, meeting.board, None)
    for cell in ((0, 0), (0, 0), (0, 0), (1, 1)):
        board.stroke(meeting.one, meeting.board, None, cell)
    tally = board.tally_of(now(meeting))
    assert tally == Tally(3, 3, 0, ((3, 0, 0, 0, 0), (0, 1, 2, 0, 0), (0, 0, 3, 0, 0)))
    board.stroke(meeting.one, meeting.board, None, (0, 1))
    with pytest.raises(board.MoreThanBallots, match="王秋实"):
        board.tally_of(now(meeting))
    with pytest.raises(board.NoSuchCell):
        board.stroke(meeting.one, meeting.board, None, (0, 5))


def test_a_ballot_that_chooses_too_many_is_called_void(community):
    meeting = hall(community, kind=Kind.ELECTION, seats=2, lines=1)
    with pytest.raises(board.TooManyChosen):
        calls(meeting, "1", "1", "1")
    with pytest.raises(board.TooManyChosen):
        calls(meeting, "1", "1", "3", names=("李四",))
    calls(meeting, "1", "2", "3", names=("李四",))
    assert now(meeting).written == {"李四": 1}


def test_unmarked_rows_of_an_appraisal_are_not_filled_in(community):
    meeting = hall(community, kind=Kind.APPRAISAL, unmarked=Unmarked.ABSTAINS)
    calls(meeting, "1", "", "4")
    assert now(meeting).rows == [[1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0], [0, 0, 0, 1, 0, 0]]


def test_the_sums_become_one_blind_entry(community):
    meeting = hall(community)
    with pytest.raises(board.NothingCalled):
        board.take_over(meeting.one, meeting.board)
    calls(meeting, "1", "2", "3")
    assert not board.take_over(meeting.one, meeting.board)
    assert now(meeting).recent == []
    same = Tally(1, 1, 0, ((1, 0, 0, 0, 0), (0, 1, 0, 0, 0), (0, 0, 1, 0, 0)))
    assert desk.enter_box(meeting.other, meeting.hall, same)
    assert PaperBox.get_by_id(meeting.hall.id).accepted["rows"][1] == [0, 1, 0, 0, 0]
    with pytest.raises(desk.BoxAccepted):
        calls(meeting, "1", "1", "1")


def test_calls_leave_no_trace_of_when_and_who(community):
    meeting = hall(community)
    events, entries = PollEvent.select().count(), AuditEntry.select().count()
    calls(meeting, "1", "2", "3")
    board.stroke(meeting.one, meeting.board, None, (0, 0))
    board.take_back(meeting.one, meeting.board, None)
    assert (PollEvent.select().count(), AuditEntry.select().count()) == (events, entries)


def test_nothing_is_called_while_people_vote_or_after_the_signature(community):
    meeting = ceremony.running(community)
    box = desk.add_box(console(), meeting.poll.classes.get(), "", BoxKind.HALL)
    with pytest.raises(Exception, match="投票中"):
        board.begin(meeting.one, box)


def test_the_page_calls_without_a_script(app, community):
    meeting = hall(community)
    caller = app.test_client().as_(Account.get_by_id(meeting.one.account_id))
    at = f"/office/polls/{meeting.poll.id}/box/{meeting.hall.id}/board"
    answer = caller.submit(at, ("do", "ballot"), "/calls", m0="1", m1="2", m2="x")
    assert answer.status_code == 303
    caller.submit(at, ("do", "void"), "/calls")
    caller.submit(at + "?way=name", ("do", "r0-0"), "/calls")
    caller.submit(at + "?way=name", ("do", "valid"), "/calls")
    assert now(meeting).rows[0] == [2, 0, 0, 0, 0]
    page = caller.get(at).text
    assert page.count('class="zheng') == 3
    stale = caller.post(at.replace("/board", "/calls"), data={"do": "void", "version": "1", "csrf_token": token(caller)})
    assert (stale.status_code, "刚刚记过一笔" in stale.text) == (409, True)
    box = caller.send(at, ("do", "back"), "/calls")
    assert box.status_code == 303


def test_with_htmx_only_the_board_comes_back(app, community):
    meeting = hall(community)
    caller = app.test_client().as_(Account.get_by_id(meeting.one.account_id))
    at = f"/office/polls/{meeting.poll.id}/box/{meeting.hall.id}/board"
    caller.get(at)
    asked = {"HX-Request": "true"}
    data = {"do": "ballot", "version": "1", "m0": "1", "csrf_token": token(caller)}
    box = caller.post(at.replace("/board", "/calls"), data=data, headers=asked)
    assert (box.status_code, "<html" in box.text, 'id="board"' in box.text) == (200, False, True)
    refused = caller.post(at.replace("/board", "/calls"), data=data, headers=asked)
    assert "刚刚记过一笔" in refused.text
    whole = f"/office/polls/{meeting.poll.id}/classes/{meeting.poll.classes.get().id}/board"
    for path in (at, at + "?way=name", whole):
        watched = caller.get(path, headers=asked)
        assert (watched.status_code, "<html" in watched.text) == (200, False)


def token(client):
    return client.page.xpath("//input[@name='csrf_token']/@value")[0]


def test_others_watch_and_do_not_read_the_first_entry(app, community):
    meeting = hall(community)
    for _ in range(7):
        calls(meeting, "1", "2", "3")
    watcher = app.test_client().as_(Account.get_by_id(meeting.other.account_id))
    meeting.poll.scrutineers.model.update(account=meeting.other.account_id).where(
        meeting.poll.scrutineers.model.name == "何静"
    ).execute()
    at = f"/office/polls/{meeting.poll.id}/box/{meeting.hall.id}/board"
    whole = f"/office/polls/{meeting.poll.id}/classes/{meeting.poll.classes.get().id}/board"
    assert "<b>7</b>" in watcher.get(at).text
    assert "<b>7</b>" in watcher.get(whole).text
    assert 'name="do"' not in watcher.page.text_content()
    refused = watcher.post(at.replace("/board", "/calls"), data={"do": "void", "csrf_token": "x"})
    assert refused.status_code in (400, 409)
    board.take_over(meeting.one, meeting.board)
    assert "<b>7</b>" not in watcher.get(at).text
    assert "<b>7</b>" not in watcher.get(whole).text
    assert watcher.get(at + ".pdf").status_code == 404


def test_the_sheet_is_printed_with_its_strokes(community):
    meeting = hall(community)
    for _ in range(12):
        calls(meeting, "1", "2", "3")
    with pdfplumber.open(io.BytesIO(printing.called(now(meeting)))) as pdf:
        text = pdf.pages[0].extract_text()
        drawn = pdf.pages[0].curves + pdf.pages[0].lines
    assert "收回 12 张 有效 12 张 废票 0 张" in " ".join(text.split())
    assert "王秋实" in text
    # Twelve strokes in each of three cells, and the lines of the table beside them.
    assert len(drawn) >= 36


def test_a_board_can_be_counted_to_the_end(community):
    meeting = hall(community)
    for _ in range(2):
        entry = next(row for row in ceremony.voters(meeting.poll) if not row.paper_taken)
        roll.tick(entry, paper_taken=True)
    meeting.desk(paper_left=8)
    calls(meeting, "1", "2", "3")
    calls(meeting, "1", "1", "")
    board.take_over(meeting.one, meeting.board)
    desk.enter_box(meeting.other, meeting.hall, board.tally_of(now(meeting)))
    meeting.opens_the_box()
    assert counting.count(console(), meeting.poll)["R"].mismatches == ()
