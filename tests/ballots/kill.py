"""Kills the whole server group while five hundred people vote, and looks for any vote that was promised and lost."""

import asyncio
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from blueprints.ballots import box, slips
from blueprints.ballots.body import Vote
from blueprints.ballots.layout import connected, path_of
from tests.ballots import polls
from tests.ballots.mutants import report

VOTERS = 500
TOO_LATE = f"the kill came at {VOTERS} promises"


class Crowd:
    """Five hundred voters, each with one slip, one ballot and one nonce that a retry repeats."""

    def __init__(self, poll: polls.Poll, rng: random.Random):
        self.voters = [
            (code, slips.draw_nonce(), Vote(tuple(rng.randint(0, 3) for _ in range(9)))) for code in poll.codes["R"]
        ]
        self.requests = [_request(polls.form(poll, *voter)) for voter in self.voters]
        self.receipts = [slips.receipt(poll.ballot.poll, code, nonce) for code, nonce, _vote in self.voters]
        self.promised: set[bytes] = set()
        self.delay = 0.0

    def vote(self, port: int, enough: int = 0, then: Callable[[], object] = lambda: None) -> int:
        """Everybody at once; when ``enough`` are promised, ``then`` happens. Answers how many were promised."""
        self.promised.clear()
        with ThreadPoolExecutor(1) as thread:  # the browser of an earlier test keeps a loop of its own running in this one
            thread.submit(lambda: asyncio.run(self._all(port, enough, then))).result()
        return len(self.promised)

    async def _all(self, port: int, enough: int, then: Callable[[], object]) -> None:
        async def one(number: int) -> None:
            try:
                promised = await _ask(port, self.requests[number])
            except OSError:
                return
            if promised:
                self.promised.add(slips.receipt_id(self.receipts[number]))
                if len(self.promised) == enough:
                    asyncio.get_running_loop().call_later(self.delay, then)

        await asyncio.gather(*(one(number) for number in range(len(self.requests))))


def _request(form: dict[str, str]) -> bytes:
    content = urlencode(form).encode()
    head = "POST /cast HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(content) + content


async def _ask(port: int, request: bytes) -> bool:
    """Whether a whole answer came and said yes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        answer = await reader.read()
    finally:
        writer.close()
    return answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"</html>")


def prepared(folder: Path) -> polls.Poll:
    """A box that every round begins with a copy of: making and sealing it takes longer than a round."""
    return polls.running(folder, {"R": VOTERS})


def copied(poll: polls.Poll, instance: Path) -> polls.Poll:
    for folder in ("box", "counters"):
        shutil.copytree(poll.instance / folder, instance / folder, copy_function=shutil.copy)
    return polls.Poll(instance, path_of(instance, poll.ballot.poll), poll.ballot, poll.codes, poll.sealing)


def run(poll: polls.Poll, workers: int, seed: int, pause: float = 0.15) -> list[str]:
    """One round. Promises come in bursts after a commit, so the kill falls some time within ``pause`` after the count."""
    rng = random.Random(seed)
    crowd, port = Crowd(poll, rng), polls.free_port()
    crowd.delay = rng.uniform(0, pause)
    server = polls.start_server(poll.instance, port, workers)
    crowd.vote(port, rng.randint(50, 300), lambda: os.killpg(server.pid, signal.SIGKILL))
    if server.poll() is None:  # all were promised before the moment came: a round that says so is played again
        os.killpg(server.pid, signal.SIGKILL)
    server.wait(20)
    if found := after_the_crash(poll, crowd):
        return found
    with polls.serving(poll.instance, workers) as again:
        retried = crowd.vote(again)
    found = [] if retried == VOTERS else [f"only {retried} retries were answered"]
    box.close_voting(poll.path)
    if sorted(poll.opened(), key=repr) != sorted((vote for _, _, vote in crowd.voters), key=repr):
        found.append("the ballots in the box are not those that were cast")
    return found + box.faults(poll.path)


def after_the_crash(poll: polls.Poll, crowd: Crowd) -> list[str]:
    """The box as the kill left it: sound, and holding everything that was promised."""
    found = box.faults(poll.path)
    with connected(poll.path) as opened:
        kept = {rid for (rid,) in opened.execute("SELECT rid FROM stub WHERE used = 1")}
    lost = crowd.promised - kept
    if lost:
        found.append(f"promised and lost: {len(lost)} of {len(crowd.promised)}")
    if not 50 <= len(crowd.promised) < VOTERS:
        found.append(f"the kill came at {len(crowd.promised)} promises")
    return found


if __name__ == "__main__":
    folder, workers, seed, pause = Path(sys.argv[1]), *sys.argv[2:]
    report(run(prepared(folder), int(workers), int(seed), float(pause)))
