"""Kills the whole server group while five hundred people vote, and looks for any vote that was promised and lost."""

import http.client
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

from blueprints.ballots import box, slips
from blueprints.ballots.body import Vote
from blueprints.ballots.layout import connected
from tests.ballots import polls
from tests.ballots.mutants import report

VOTERS = 500


class Crowd:
    """Five hundred voters, each with one slip, one ballot and one nonce that a retry repeats."""

    def __init__(self, poll: polls.Poll, rng: random.Random):
        self.poll = poll
        self.voters = [
            (code, slips.draw_nonce(), Vote(tuple(rng.randint(0, 3) for _ in range(9)))) for code in poll.codes["R"]
        ]
        self.promised: list[bytes] = []
        self.guard = threading.Lock()

    def vote(self, port: int, enough: int = 0, then=None) -> int:
        """Everybody at once; after `enough` promises `then` happens. Answers how many were promised."""
        before = len(self.promised)
        threads = [threading.Thread(target=self.one, args=(port, voter, enough, then)) for voter in self.voters]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(self.promised) - before

    def one(self, port: int, voter: tuple[str, bytes, Vote], enough: int, then) -> None:
        code, nonce, vote = voter
        browser = polls.Voter(port)
        try:
            status = browser.post("/cast", polls.form(self.poll, code, nonce, vote)).status
        except (OSError, http.client.HTTPException):
            return
        finally:
            browser.close()
        if status == 200:
            with self.guard:
                self.promised.append(slips.receipt_id(slips.receipt(self.poll.ballot.poll, code, nonce)))
                reached = len(self.promised) == enough
            if reached:
                then()


def run(instance: Path, workers: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    poll = polls.running(instance, {"R": VOTERS})
    crowd, port = Crowd(poll, rng), polls.free_port()
    server = polls.start_server(instance, port, workers)
    delay = rng.uniform(0, 0.15)  # promises come in bursts after a commit; the kill may fall anywhere between

    def kill() -> None:
        time.sleep(delay)
        os.killpg(server.pid, signal.SIGKILL)

    crowd.vote(port, rng.randint(50, 300), kill)
    server.wait(20)
    found = after_the_crash(poll, crowd)
    with polls.serving(instance, workers) as again:
        retried = crowd.vote(again)
    if retried != VOTERS:
        found.append(f"only {retried} retries were answered")
    box.close_voting(poll.path)
    if sorted(poll.opened(), key=repr) != sorted((vote for _, _, vote in crowd.voters), key=repr):
        found.append("the ballots in the box are not those that were cast")
    return found + box.faults(poll.path)


def after_the_crash(poll: polls.Poll, crowd: Crowd) -> list[str]:
    """The box as the kill left it: sound, and holding everything that was promised."""
    found = box.faults(poll.path)
    with connected(poll.path) as opened:
        kept = {rid for (rid,) in opened.execute("SELECT rid FROM stub WHERE used = 1")}
    lost = [rid for rid in crowd.promised if rid not in kept]
    if lost:
        found.append(f"promised and lost: {len(lost)} of {len(crowd.promised)}")
    if not 50 <= len(crowd.promised) < VOTERS:
        found.append(f"the kill came at {len(crowd.promised)} promises")
    return found


if __name__ == "__main__":
    report(run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
