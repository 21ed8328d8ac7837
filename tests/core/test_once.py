"""A file handed over once: sealed while it waits, gone when fetched or after ten minutes."""

from datetime import timedelta

import pytest

from core import clock, instance, once

SECRET = b"K7QX 9M2T" * 40


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LINLI_INSTANCE", str(tmp_path))
    return tmp_path / "once"


def test_it_is_fetched_once(folder):
    token = once.keep(SECRET)
    assert once.fetch(token) == SECRET
    with pytest.raises(once.AlreadyFetched):
        once.fetch(token)
    assert list(folder.iterdir()) == []


def test_what_lies_there_opens_nothing(folder):
    token = once.keep(SECRET)
    (path,) = folder.iterdir()
    assert SECRET[:9] not in path.read_bytes()
    assert token not in path.name
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(once.AlreadyFetched):
        once.fetch(path.name)


def test_after_ten_minutes_it_is_gone(folder, monkeypatch):
    token = once.keep(SECRET)
    assert 590 < once.seconds_left(token) <= 600
    later = clock.now() + timedelta(minutes=10)
    monkeypatch.setattr(clock, "_now", lambda: later)
    assert once.seconds_left(token) == 0
    once.sweep()
    assert list(folder.iterdir()) == []
    with pytest.raises(once.AlreadyFetched):
        once.fetch(token)


def test_of_two_who_ask_at_once_one_gets_it(folder, monkeypatch):
    token = once.keep(SECRET)
    found = once._path(token)
    monkeypatch.setattr(once, "_path", lambda _token: found)
    assert once.fetch(token) == SECRET
    with pytest.raises(once.AlreadyFetched):
        once.fetch(token)


def test_it_can_be_thrown_away(folder):
    token = once.keep(SECRET)
    once.throw_away(token)
    assert list(instance.part("once").iterdir()) == []
