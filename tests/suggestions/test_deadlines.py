"""Working days: settings, holidays, the office's own days, and the light."""

import datetime

import pytest

from blueprints.office.rules import change_setting
from blueprints.suggestions import deadlines
from blueprints.suggestions.models import Pace
from core.records.work import CalendarDay
from tests.suggestions.working import now, registered, replied

DAY = datetime.date


def test_five_working_days_over_the_national_holidays(community):
    assert deadlines.answer_by(DAY(2025, 9, 26), Pace.SIMPLE, community) == (DAY(2025, 10, 10), False)


def test_the_office_s_own_days_come_first(community):
    CalendarDay.create(day=DAY(2025, 10, 9), working=False, note="停电")
    assert deadlines.answer_by(DAY(2025, 9, 26), Pace.SIMPLE, community)[0] == DAY(2025, 10, 11)


def test_the_days_are_settings(community, secretary):
    change_setting(secretary, community, "suggestions.simple_days", 3)
    assert deadlines.answer_by(DAY(2025, 11, 17), Pace.SIMPLE, community)[0] == DAY(2025, 11, 20)
    assert deadlines.answer_by(DAY(2025, 11, 17), Pace.ORDINARY, community)[0] == DAY(2025, 12, 8)


def test_a_year_without_a_list_is_estimated(community):
    assert deadlines.answer_by(DAY(2040, 1, 2), Pace.SIMPLE, community)[1] is True


def test_registered_the_same_day_or_on_the_next_working_one(db):
    assert deadlines.register_by(DAY(2025, 11, 21)) == DAY(2025, 11, 21)
    assert deadlines.register_by(DAY(2025, 11, 22)) == DAY(2025, 11, 24)
    assert deadlines.register_by(DAY(2025, 10, 3)) == DAY(2025, 10, 9)


@pytest.mark.parametrize(
    ("day", "light", "words"),
    [
        ((2025, 9, 23), "ok", "正常，剩 5 天"),
        ((2025, 9, 26), "warn", "临期，剩 2 天"),
        ((2025, 9, 28), "warn", "临期，剩 1 天"),
        ((2025, 9, 29), "warn", "临期，今天"),
        ((2025, 9, 30), "bad", "超期 1 天"),
        ((2025, 10, 9), "bad", "超期 2 天"),
    ],
)
def test_the_light(say, secretary, community, calendar, day, light, words):
    row = registered(secretary, say(), Pace.SIMPLE)
    assert row.due_on == DAY(2025, 9, 29)
    calendar.becomes(*day)
    shown = deadlines.Lights(community).of(now(row))
    assert (shown.state, shown.text) == (light, words)


def test_before_registration_the_light_is_about_registering(say, community, calendar):
    row = say()
    assert deadlines.Lights(community).of(row).text == "临期，今天"
    calendar.becomes(2025, 9, 24)
    assert deadlines.Lights(community).of(row).state == "bad"


def test_an_answered_message_is_late_no_more(say, secretary, community, calendar):
    row = replied(secretary, say())
    calendar.becomes(2026, 3, 1)
    assert deadlines.Lights(community).of(row).state == "done"


def test_a_deadline_passed_over_a_weekend_is_late(say, secretary, community, calendar):
    calendar.becomes(2025, 11, 14)
    row = registered(secretary, say(), Pace.SIMPLE)
    assert row.due_on == DAY(2025, 11, 21)
    calendar.becomes(2025, 11, 22)
    assert deadlines.Lights(community).of(now(row)).text == "超期 1 天"


def test_a_page_of_rows_counts_each_deadline_once(say, community, calendar, monkeypatch):
    """Fifty rows that are long overdue would else cost more than all the rest of the queue."""
    asked, real = [], deadlines.workdays_between
    monkeypatch.setattr(deadlines, "workdays_between", lambda *given: asked.append(given) or real(*given))
    rows = [say(), say(), say()]
    calendar.becomes(2026, 3, 2)
    lights = deadlines.Lights(community)
    assert len({lights.of(row).text for row in rows}) == len(asked) == 1
