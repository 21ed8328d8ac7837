"""Gentle rate limits, in this process's memory only: nothing about who tried is ever written."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from core.refusal import Refused
from core.text import _l

KEPT = 10_000

_all: list["Limit"] = []


def forget_all() -> None:
    """As after a restart: nobody has tried anything yet."""
    for limit in _all:
        limit._seen.clear()


class Limit:
    """``most`` tries a minute for each key."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._seen: OrderedDict[str, list[float]] = OrderedDict()
        self._gate = threading.Lock()
        _all.append(self)

    def allow(self, key: str) -> bool:
        """Count one try; False when the minute's tries are used up."""
        now = time.monotonic()
        with self._gate:
            recent = [at for at in self._seen.pop(key, []) if now - at < 60]
            allowed = len(recent) < self.most
            self._seen[key] = [*recent, now] if allowed else recent
            if len(self._seen) > KEPT:
                self._seen.popitem(last=False)
        return allowed

    def is_used_up(self, key: str) -> bool:
        """Whether the minute's tries are gone, without counting one: for pages where only a wrong guess counts."""
        with self._gate:
            now = time.monotonic()
            return sum(now - at < 60 for at in self._seen.get(key, [])) >= self.most


class Busy(Refused):
    sentence = _l("现在用的人太多，没有办成，内容没有写入。请过一分钟再试。")
    status = 503


class Door:
    """Heavy work in this process: so many at work, so many waiting, and who comes beyond that is told at once.

    Else a few dozen visitors who mean ill would take all memory and every thread that answers pages.
    """

    def __init__(self, working: int, waiting: int) -> None:
        self._work = threading.BoundedSemaphore(working)
        self._room = threading.BoundedSemaphore(working + waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One's turn, after a moment's wait perhaps; raises Busy where too many wait already."""
        if not self._room.acquire(blocking=False):
            raise Busy()
        try:
            with self._work:
                yield
        finally:
            self._room.release()


hashing = Door(2, 10)  # passwords and receipt codes: up to 64 MB each
drawing = Door(2, 6)  # pictures drawn anew: up to 150 MB each
