"""Whether a choice can be read anywhere before the keys are entered: a name nobody else would write is looked for."""

import sys
from pathlib import Path

from blueprints.ballots import box, slips
from blueprints.ballots.ballot import OPTIONS, Kind
from blueprints.ballots.body import Vote
from tests.ballots import polls
from tests.ballots.mutants import report

NAME = "独孤䶮㛃"


def run(instance: Path) -> list[str]:
    changes = {"kind": Kind.ELECTION, "seats": 3, "cap": 3, "lines": 2, "options": OPTIONS[Kind.ELECTION]}
    poll = polls.running(instance, {"R": 30}, **changes)
    with polls.serving(instance) as port:
        voter = polls.Voter(port)
        for code in poll.codes["R"][:20]:
            nonce = slips.draw_nonce()
            form = polls.form(poll, code, nonce, Vote((2,) * 9, (NAME,)))
            assert voter.post("/cast", form).status == 200
        broken = form | {"nonce": slips.draw_nonce().hex()}
        pages = [voter.get("/vote"), voter.get("/v"), voter.post("/vote", {"code": code}), voter.post("/cast", broken)]
        again = voter.post("/cast", form | {"w0": "", "m0": "1"})
        found = [f"page {page.status}" for page in [*pages, again] if NAME in page.text]
        voter.close()
    found += files_with(instance, NAME.encode())
    box.close_voting(poll.path)
    found += [f"closed: {name}" for name in files_with(instance, NAME.encode())]
    if [vote.lines for vote in poll.opened()] != [(NAME,)] * 20:
        found.append("the ballots do not open")
    return found


def files_with(folder: Path, needle: bytes) -> list[str]:
    return [path.name for path in sorted(folder.rglob("*")) if path.is_file() and needle in path.read_bytes()]


if __name__ == "__main__":
    report(run(Path(sys.argv[1])))
