"""Fifty people with the same slip at the same moment."""

import sys
import threading
from pathlib import Path

from blueprints.ballots import box, slips
from blueprints.ballots.body import Vote
from blueprints.ballots.refusals import Refused
from tests.ballots import polls
from tests.ballots.mutants import report

THREADS = 50


def together(port: int, forms: list[dict[str, str]]) -> list[int]:
    """All forms at once, each on its own connection; answers the statuses."""
    gate, answers = threading.Barrier(len(forms)), []

    def send(form: dict[str, str]) -> None:
        voter = polls.Voter(port)
        voter.get("/vote")
        gate.wait()
        answers.append(voter.post("/cast", form).status)
        voter.close()

    threads = [threading.Thread(target=send, args=(form,)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def run(instance: Path, workers: int) -> list[str]:
    poll = polls.running(instance)
    votes = [Vote(tuple(1 + (number >> row) % 3 for row in range(9))) for number in range(THREADS)]
    one, other = poll.codes["R"][:2]
    same = slips.draw_nonce()
    with polls.serving(instance, workers) as port:
        different = together(port, [polls.form(poll, one, slips.draw_nonce(), vote) for vote in votes])
        repeated = together(port, [polls.form(poll, other, same, vote) for vote in votes])
    found = []
    if different != [200] + [409] * (THREADS - 1):
        found.append(f"different ballots: {different.count(200)} x 200, {different.count(409)} x 409, {set(different)}")
    if repeated != [200] * THREADS:
        found.append(f"one ballot repeated: {repeated.count(200)} x 200, {set(repeated)}")
    try:
        box.close_voting(poll.path)
    except Refused as refusal:
        return [*found, f"the box counts other votes than it holds: {type(refusal).__name__}"]
    opened = poll.opened()
    if len(opened) != 2 or not all(vote in votes for vote in opened):
        found.append(f"ballots in the box: {len(opened)}")
    return found + box.faults(poll.path)


if __name__ == "__main__":
    report(run(Path(sys.argv[1]), int(sys.argv[2])))
