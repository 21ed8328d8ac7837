"""What the example community shows: every state an office meets, on the days the story says."""

from datetime import date

import pytest

from blueprints.ballots import box, roll, sealing, slips, steps
from blueprints.ballots.ballot import Kind
from blueprints.ballots.layout import UNUSED, USED, connected, read_slip
from blueprints.ballots.models import Poll, PollStatus
from blueprints.boards import figures, growing
from blueprints.boards.models import SHOWN_STATES, Commitment, CommitmentState
from blueprints.meetings.models import Meeting, MeetingState, ResolutionStep
from blueprints.notices import periods
from blueprints.notices.models import Notice, NoticeKind, NoticeState
from blueprints.office import demo
from blueprints.people.models import PartyMember, Representative
from blueprints.suggestions import concern, queries
from blueprints.suggestions.models import OPEN, State, Suggestion
from core import clock
from core.access import actor_of, console
from core.db import database
from core.example import is_example
from core.records.places import Place, PlaceKind
from core.records.work import AuditEntry
from core.workdays import is_workday


@pytest.fixture(scope="module")
def loaded(app):
    """The example and its passwords, loaded once for all that is looked at here."""
    with app.app_context(), database.atomic() as transaction:
        yield demo.load(console())
        transaction.rollback()


@pytest.fixture
def place(loaded):
    return loaded[0]


def states(record, place):
    return {row.state for row in record.select(record.state).where(record.place == place).distinct()}


def test_it_says_that_it_is_made_up(place):
    assert is_example()


def test_the_rosters_are_those_of_the_repository(place):
    assert PartyMember.select().where(PartyMember.place == place).count() == 187
    assert Representative.select().count() == 120
    assert Place.select().where(Place.kind == PlaceKind.STAIRWELL).count() == 67


def test_the_passwords_open_the_office(app, loaded):
    for login in (demo.SECRETARY, *demo.STAFF):
        browser = app.test_client()
        assert browser.submit("/login", login=login, password=loaded[1][login]).status_code == 303, login
        assert browser.get("/office").status_code == 200, login


def test_most_promises_hang_and_the_others_wait(place):
    assert states(Commitment, place) == set(CommitmentState) - {CommitmentState.WITHDRAWN}
    mine = (Commitment.place == place) & (Commitment.year == clock.today().year)
    shown = Commitment.select().where(mine & Commitment.state.in_(SHOWN_STATES)).count()
    assert shown > 0.9 * Commitment.select().where(mine).count()


def test_the_growth_of_the_source_text(place):
    """16 buildings with 54 members became 67 stairwells with 187 members: counted from dated rows, on any day."""
    year = clock.today().year - 1
    began, grown = figures.on(place, date(year, 4, 1)), figures.on(place, date(year, 12, 31))
    assert (began.buildings, began.on_show) == (16, 54)
    assert (grown.stairwells, grown.on_show) == (67, 187)
    assert figures.on(place, date(year, 3, 4)).on_show == 0
    points = figures.growth(place)
    assert (points[0].buildings, points[0].on_show, points[3].stairwells, points[3].on_show) == (16, 54, 67, 187)
    drawn = growing.sheet(place, points)
    assert [(mark.members, mark.stairwells) for mark in drawn.marks][:4] == [(54, 27), (54, 27), (187, 67), (187, 67)]
    assert "16 幢楼、54 名党员" in drawn.said


def test_a_notice_of_every_state(place):
    assert states(Notice, place) == set(NoticeState)


def test_the_candidates_are_on_the_third_of_five_days(place):
    notice = Notice.get(Notice.kind == NoticeKind.CANDIDATES)
    where = periods.progress(notice, clock.today())
    assert where.total == 5
    assert where.day == (3 if is_workday(clock.today())[0] else 2)
    assert notice.body.count("中共党员") == 9


def test_a_message_of_every_state(place):
    assert states(Suggestion, place) == set(State)
    late = Suggestion.select().where(Suggestion.state.in_(OPEN) & (Suggestion.due_on < clock.today()))
    assert late.count() == 1


def test_what_is_said_about_the_secretary_is_seen_by_nobody_here(place):
    (about,) = [row for row in Suggestion.select() if concern.waits_unseen(row)]
    for login in demo.STAFF:
        assert not queries.visible_to(actor_of(demo.account(login)), place).where(Suggestion.id == about.id).exists()


def test_a_meeting_issued_one_in_review_one_planned(place):
    assert states(Meeting, place) == {MeetingState.ISSUED, MeetingState.DRAFTED, MeetingState.PLANNED}
    assert ResolutionStep.select().count() in (0, 2)  # the meeting's own days stand in the file


def test_a_trust_vote_is_running(place, loaded):
    poll = Poll.get(Poll.place == place)
    assert (poll.kind, poll.status, poll.nominees.count()) == (Kind.TRUST, PollStatus.OPEN, 9)
    assert box.turnout(steps.file_of(poll))["R"][USED] == 47
    ticks = roll.ticks(poll.classes.get())
    assert (ticks["roll"], ticks["entitled"], ticks["ticked_slip"]) == (120, 118, 58)


def test_the_slips_to_try_are_good_and_the_key_sheets_open_the_box(place, loaded):
    shown, poll = loaded[1], Poll.get(Poll.place == place)
    with connected(steps.file_of(poll)) as file:
        for code in shown["试投用的票码"].split("　"):
            assert read_slip(file, slips.slip_hash(poll.key, slips.normalise(code))).state == UNUSED
    key = bytes.fromhex(poll.public_key)
    assert sealing.recover(key, (shown["密钥单 1"], shown["密钥单 3"])).public_key.encode() == key


def test_the_trail_reads_in_the_order_of_days(place):
    at = [entry.at for entry in AuditEntry.select(AuditEntry.at).order_by(AuditEntry.seq)]
    assert at == sorted(at)
    assert at[-1] <= clock.now()
    assert (at[-1] - at[0]).days > 40
