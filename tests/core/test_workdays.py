"""Deadlines in working days: holidays, make-up days, years without a list, the office's own entries."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.workdays import FIRST_KNOWN, LAST_KNOWN, Calendar, add_workdays, exceptions, is_workday, workdays_between


def day(text):
    return date.fromisoformat(text)


CASES = [
    # The notice period that crosses the long holiday of 2025.
    ("2025-09-26", 5, "2025-10-10"),
    ("2025-09-26", 1, "2025-09-28"),
    ("2025-09-26", 2, "2025-09-29"),
    ("2025-09-26", 4, "2025-10-09"),
    ("2025-09-26", 6, "2025-10-11"),
    ("2025-09-26", 7, "2025-10-13"),
    ("2025-10-01", 1, "2025-10-09"),
    ("2025-10-08", 1, "2025-10-09"),
    ("2025-10-10", 1, "2025-10-11"),
    ("2025-10-11", 1, "2025-10-13"),
    # Nothing to count; ordinary weeks.
    ("2025-10-01", 0, "2025-10-01"),
    ("2025-06-09", 5, "2025-06-16"),
    ("2025-06-13", 1, "2025-06-16"),
    ("2025-06-14", 1, "2025-06-16"),
    ("2025-06-15", 5, "2025-06-20"),
    ("2025-06-16", 15, "2025-07-07"),
    # Spring Festival, with the Sundays and Saturdays worked for it.
    ("2025-01-24", 1, "2025-01-26"),
    ("2025-01-24", 3, "2025-02-05"),
    ("2025-01-27", 5, "2025-02-10"),
    ("2025-02-07", 1, "2025-02-08"),
    ("2024-02-08", 1, "2024-02-09"),
    ("2024-02-09", 1, "2024-02-18"),
    ("2024-02-02", 1, "2024-02-04"),
    ("2026-02-13", 1, "2026-02-14"),
    ("2026-02-14", 1, "2026-02-24"),
    ("2026-02-27", 1, "2026-02-28"),
    # 清明, 劳动节, 端午, 中秋.
    ("2025-04-03", 1, "2025-04-07"),
    ("2025-04-25", 1, "2025-04-27"),
    ("2025-04-30", 1, "2025-05-06"),
    ("2025-05-30", 1, "2025-06-03"),
    ("2024-04-03", 1, "2024-04-07"),
    ("2024-04-30", 1, "2024-05-06"),
    ("2024-05-10", 1, "2024-05-11"),
    ("2024-06-07", 1, "2024-06-11"),
    ("2024-09-13", 1, "2024-09-14"),
    ("2024-09-14", 1, "2024-09-18"),
    ("2024-09-30", 1, "2024-10-08"),
    ("2024-10-11", 1, "2024-10-12"),
    ("2026-01-02", 1, "2026-01-04"),
    ("2026-04-30", 1, "2026-05-06"),
    ("2026-06-18", 1, "2026-06-22"),
    ("2026-09-18", 1, "2026-09-20"),
    ("2026-09-24", 1, "2026-09-28"),
    ("2026-09-30", 1, "2026-10-08"),
    ("2026-10-09", 1, "2026-10-10"),
    # Over the turn of the year, and the holiday that was lengthened in 2020.
    ("2024-12-31", 1, "2025-01-02"),
    ("2025-12-31", 1, "2026-01-04"),
    ("2020-01-23", 1, "2020-02-03"),
    # Backwards.
    ("2025-10-10", -5, "2025-09-26"),
    ("2025-10-09", -1, "2025-09-30"),
    ("2025-06-16", -1, "2025-06-13"),
]


@pytest.mark.parametrize(("start", "count", "end"), CASES)
def test_known_years(start, count, end):
    assert add_workdays(day(start), count) == (day(end), False)


@pytest.mark.parametrize(
    ("start", "count", "end", "estimated"),
    [
        ("2030-06-07", 1, "2030-06-10", True),
        ("2030-10-01", 1, "2030-10-02", True),
        (f"{LAST_KNOWN}-12-31", 1, None, True),
        (f"{LAST_KNOWN}-12-20", 1, None, False),
        ("2003-12-30", 2, "2004-01-02", True),
    ],
)
def test_years_without_a_list_are_estimated(start, count, end, estimated):
    found, guessed = add_workdays(day(start), count)
    assert guessed is estimated
    assert end is None or found == day(end)


def test_the_offices_own_entries_come_first():
    closed = Calendar({day("2025-06-10"): False, day("2025-06-14"): True})
    assert add_workdays(day("2025-06-09"), 1, closed) == (day("2025-06-11"), False)
    assert add_workdays(day("2025-06-13"), 1, closed) == (day("2025-06-14"), False)
    assert is_workday(day("2031-10-01"), Calendar({day("2031-10-01"): False})) == (False, False)


def test_a_year_entered_in_full_is_no_longer_estimated():
    entered = Calendar({day("2031-10-01"): False}, frozenset({2031}))
    assert add_workdays(day("2031-09-30"), 1, entered) == (day("2031-10-02"), False)
    assert add_workdays(day("2031-12-31"), 1, entered) == (day("2032-01-01"), True)


def test_days_between():
    assert workdays_between(day("2025-09-26"), day("2025-10-10")) == (5, False)
    assert workdays_between(day("2025-10-10"), day("2025-09-26")) == (-5, False)
    assert workdays_between(day("2025-10-01"), day("2025-10-08")) == (0, False)
    assert workdays_between(day("2025-06-16"), day("2025-06-16")) == (0, False)
    assert workdays_between(day("2030-06-03"), day("2030-06-10")) == (5, True)


@given(st.dates(date(FIRST_KNOWN, 3, 1), date(LAST_KNOWN + 3, 1, 1)), st.integers(1, 40))
@settings(max_examples=100, deadline=None)
def test_between_takes_back_what_add_did(start, count):
    end, estimated = add_workdays(start, count)
    assert workdays_between(start, end) == (count, estimated)
    assert is_workday(end)[0]
    # Counting back can stop at an earlier working day only if the start itself was a day off.
    back, _ = add_workdays(end, -count)
    assert back == start or not is_workday(start)[0]
    assert workdays_between(end, back)[0] == -count


def test_a_year_of_exceptions_seeds_the_calendar():
    year = exceptions(2025)
    assert year[day("2025-10-01")] is False
    assert year[day("2025-09-28")] is True
    assert day("2025-06-16") not in year
    assert len([works for works in year.values() if works]) == 5
    assert exceptions(2050) == {}
    assert {d.year for d in year} == {2025}
    assert min(year) == day("2025-01-01")
