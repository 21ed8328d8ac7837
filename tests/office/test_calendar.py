"""The working calendar: what an office may enter, and the deadlines that follow it."""

from datetime import date

import pytest

from blueprints.office import holidays
from blueprints.office import today as office
from blueprints.suggestions import deadlines, extensions
from blueprints.suggestions import rules as suggestions
from blueprints.suggestions.models import Kind, Pace, Suggestion
from core import clock, workdays
from core.access import Role
from core.records.work import AuditEntry, CalendarDay
from tests import make
from tests.notices.office import set_clock
from tests.suggestions.working import now, registered


@pytest.fixture
def late_november(monkeypatch):
    set_clock(monkeypatch, 2026, 11, 27)


@pytest.fixture
def secretary(late_november, community):
    return make.actor(community)


def say(community):
    return suggestions.submit(community, suggestions.Message(kind=Kind.OPINION, text="楼道灯不亮"), f"n{next(make.counter)}")[0]


def test_days_are_entered_in_a_row_and_only_where_the_list_says_otherwise(community, secretary, late_november):
    holidays.mark(secretary, community, date(2026, 12, 30), date(2027, 1, 3), working=False, note="元旦")
    # 2 and 3 January are a weekend, but nobody's list says so yet.
    assert [str(row.day) for row in CalendarDay.select().order_by(CalendarDay.day)] == [
        "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03",
    ]  # fmt: skip
    holidays.mark(secretary, community, date(2026, 12, 30), date(2026, 12, 30), working=True)
    assert not CalendarDay.select().where(CalendarDay.day == date(2026, 12, 30)).exists()
    assert AuditEntry.select().where(AuditEntry.act == "calendar:changed").count() == 2


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (date(2026, 11, 27), date(2026, 11, 28), holidays.OnlyDaysToCome),
        (date(2026, 12, 5), date(2026, 12, 4), holidays.EndBeforeBegin),
        (date(2026, 12, 1), date(2027, 12, 1), holidays.TooManyDays),
    ],
)
def test_what_cannot_be_entered_is_said_and_nothing_kept(community, secretary, late_november, first, last, refusal):
    with pytest.raises(refusal):
        holidays.mark(secretary, community, first, last, working=False)
    assert CalendarDay.select().count() == 0


def test_open_deadlines_follow_the_calendar_and_say_so(community, secretary, late_november):
    row, done, extended = (registered(secretary, say(community), Pace.ORDINARY) for _ in range(3))
    extended = assigned_and_extended(secretary, community, extended)
    assert row.due_on == date(2026, 12, 18)
    done.state, done.closed_on, done.answered_on = "rejected", clock.today(), clock.today()
    done.save()
    holidays.mark(secretary, community, date(2026, 12, 17), date(2026, 12, 18), working=False, note="停电")
    assert [now(one).due_on for one in (row, done, extended)] == [date(2026, 12, 22), date(2026, 12, 18), date(2026, 12, 25)]
    last = now(row).steps.order_by(suggestions.SuggestionStep.position.desc()).first()
    assert (last.kind, last.note, last.public) == ("reckoned", "工作日历有变动，最晚答复改为2026年12月22日。", True)
    holidays.unmark(secretary, community, date(2026, 12, 17))
    assert now(row).due_on == date(2026, 12, 21)


def assigned_and_extended(secretary, community, row):
    from blueprints.suggestions import handling
    from core.records.people import Account

    handling.assign(secretary, row, row.version, Account.get_by_id(secretary.account_id))
    row = now(row)
    extensions.ask(secretary, row, row.version, date(2026, 12, 25), "等配件")
    extensions.decide(make.actor(community), now(row), now(row).version, True)
    return now(row)


def test_a_year_entered_in_full_is_no_longer_estimated(community, secretary, late_november):
    assert deadlines.answer_by(date(2026, 12, 25), Pace.ORDINARY, community) == (date(2027, 1, 15), True)
    row = Suggestion(state="received", due_on=date(2027, 1, 15))
    assert "估算" in deadlines.Lights(community).last_day(row)
    holidays.mark(secretary, community, date(2027, 1, 1), date(2027, 1, 3), working=False)
    holidays.complete(secretary, community, 2027)
    holidays.complete(secretary, community, 2027)
    assert deadlines.answer_by(date(2026, 12, 25), Pace.ORDINARY, community) == (date(2027, 1, 18), False)
    assert deadlines.Lights(community).last_day(row) == "2027年1月15日（星期五）"
    with pytest.raises(holidays.YearKnown):
        holidays.complete(secretary, community, workdays.LAST_KNOWN)


def test_in_november_the_next_year_is_asked_for(community, secretary, late_november):
    asked = [due for due in office.rows_of(secretary, community) if due.url == "/office/calendar?year=2027"]
    assert [str(due.day) for due in asked] == ["2026-12-31"]
    assert "2027年的放假安排" in asked[0].text
    holidays.complete(secretary, community, 2027)
    assert not [due for due in office.rows_of(secretary, community) if "calendar" in due.url]


def test_the_page_shows_changes_and_takes_them_back(client, community, late_november):
    client.as_(make.account(community))
    assert "估算" in client.get("/office/calendar?year=2027").text
    sent = client.send("/office/calendar", form="days", first="2026-12-07", last="2026-12-08", working="free", note="停电")
    assert (sent.status_code, sent.location) == (303, "/office/calendar?year=2026")
    assert "停电" in client.get(sent.location).text
    wrong = client.send("/office/calendar", form="days", first="2026-11-02", working="free")
    assert wrong.status_code == 422
    assert "已经到了" in wrong.text
    assert 'value="2026-11-02"' in wrong.text
    client.get("/office/calendar?year=2026")
    assert client.send("/office/calendar", form="removals").status_code == 303
    assert [str(row.day) for row in CalendarDay.select()] == ["2026-12-08"]
    for year in ("1", "99999", "x"):
        assert "2026年工作日历" in client.get(f"/office/calendar?year={year}").text
    client.as_(make.account(community, Role.STAFF))
    assert client.get("/office/calendar").status_code == 403
