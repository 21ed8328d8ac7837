"""Gentle rate limits, in this process's memory only: nothing about who tried is ever written."""

import threading
import time
from collections import OrderedDict

KEPT = 10_000
# A slow hash takes up to 64 MB; a process does so many at once, however many ask, and the others wait a moment.
hashing = threading.BoundedSemaphore(2)

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
