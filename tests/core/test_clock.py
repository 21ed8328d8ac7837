"""The clock: local days, and the past an example may play in."""

from datetime import timedelta

from core import clock


def test_another_day_lasts_as_long_as_its_block():
    today = clock.today()
    past = today - timedelta(days=30)
    with clock.on(past):
        assert clock.today() == past
        assert clock.local(clock.now()).strftime("%H:%M") == "09:30"
        with clock.on(past + timedelta(days=3)):
            assert clock.today() == past + timedelta(days=3)
        assert clock.today() == past
    assert clock.today() == today


def test_another_day_ends_with_a_failure_too():
    today = clock.today()
    try:
        with clock.on(today - timedelta(days=1)):
            raise ValueError
    except ValueError:
        assert clock.today() == today


def test_nothing_can_be_dated_later_than_now():
    before = clock.now()
    with clock.on(clock.today() + timedelta(days=5)):
        assert before <= clock.now() <= before + timedelta(seconds=5)
