"""A whole meeting at once: a thousand slips, five hundred people pressing the button together."""

import os
import signal
import threading
from contextlib import closing
from pathlib import Path

import pytest

from blueprints.ballots import box, slips
from blueprints.ballots.body import Vote
from tests.ballots import polls

SLIPS = int(os.environ.get("LINLI_SLIPS", "1000"))
PEOPLE = SLIPS // 2
MOST_MEGABYTES = 300


def megabytes(leader: int) -> float:
    """Resident memory of every process of the server's group."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getpgid(int(status.parent.name)) == leader:
                lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
                total += int(lines.get("VmRSS", "0 kB").split()[0])
        except (ProcessLookupError, FileNotFoundError):
            continue
    return total / 1024


@pytest.mark.fault
def test_a_thousand_slips_five_hundred_at_once(tmp_path):
    poll = polls.running(tmp_path, {"R": SLIPS})
    answers, guard, gate = [], threading.Lock(), threading.Barrier(PEOPLE)

    def vote(port: int, codes: list[str]) -> None:
        with closing(polls.Voter(port)) as voter:
            gate.wait()
            for code in codes:
                answer = voter.post("/cast", polls.form(poll, code, slips.draw_nonce(), Vote((1,) * 9)))
                with guard:
                    answers.append(answer.status)

    port = polls.free_port()
    server = polls.start_server(tmp_path, port, workers=2)
    try:
        crowd = [threading.Thread(target=vote, args=(port, poll.codes["R"][start::PEOPLE])) for start in range(PEOPLE)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        assert megabytes(server.pid) < MOST_MEGABYTES
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
    assert answers == [200] * SLIPS
    assert box.faults(poll.path) == []
    box.close_voting(poll.path)
    assert poll.opened() == [Vote((1,) * 9)] * SLIPS
