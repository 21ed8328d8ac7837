"""The disaster drill: during an open poll the computer breaks, and what is left is put together again.

A restored backup is yesterday's database beside today's box; a folder of boxes put back is an hour old. Neither may go
on in silence, and the poll goes on only when two scrutineers have looked.
"""

import shutil
import sys
from pathlib import Path

from app import create_app
from blueprints.ballots import box, casting, chain, irregular, refusals, roll, rules, slips, steps
from blueprints.ballots.layout import USED
from blueprints.ballots.models import Poll, PollStatus
from core import backup
from core.access import console
from core.db import database, migrate
from models import ALL
from tests import make
from tests.ballots import ceremony
from tests.ballots.ceremony import WATCHERS
from tests.ballots.mutants import report

VOTE = (1, 1, 1)


class Drill:
    """An open poll in which one vote has fallen, and what was found wrong so far."""

    def __init__(self, instance: Path):
        self.instance, self.found = instance, []
        self.meeting = ceremony.running(make.community(), voters=9)
        self.number = self.meeting.poll.id
        self.printed = chain.head(self.poll, "opened")
        self.meeting.votes(*VOTE)

    @property
    def poll(self) -> Poll:
        return Poll.get_by_id(self.number)

    def expect(self, right: bool, words: str) -> None:
        if not right:
            self.found.append(words)

    def casts(self, code: str, nonce: bytes) -> str:
        """The name of the refusal, nothing where the vote was taken."""
        try:
            ceremony.cast(self.poll, code, nonce, VOTE)
        except refusals.Refused as refusal:
            return type(refusal).__name__
        return ""

    def is_interrupted(self, when: str, refusal: str) -> None:
        code, nonce = self.meeting.codes[-1], slips.draw_nonce()
        self.expect(self.casts(code, nonce) == refusal, f"{when}: a vote was not refused as {refusal}")
        if steps.look(self.poll).status is not PollStatus.INTERRUPTED:
            self.found.append(f"{when}: the poll is not 中断")
            return
        self.expect(self.casts(code, nonce) == refusal, f"{when}: a vote fell during 中断")
        try:
            irregular.resume(console(), self.poll, WATCHERS[:1])
            self.found.append(f"{when}: one scrutineer was enough")
        except steps.TwoScrutineersNeeded:
            irregular.resume(console(), self.poll, WATCHERS)
        self.expect(self.casts(code, nonce) == "", f"{when}: nobody can vote after the scrutineers looked")
        self.meeting.codes.pop()

    def used(self) -> int:
        return box.turnout(steps.file_of(self.poll))["R"][USED]


def last_night_s_backup(drill: Drill) -> None:
    file = drill.instance / "backup.zip"
    backup.write_backup(file, ALL)
    drill.meeting.votes(*VOTE)
    ticks = roll.ticks(drill.poll.classes.get())
    database.close()
    for part in drill.instance.glob("linli.db*"):
        part.unlink()
    backup.restore(file, ALL)
    drill.expect([poll.id for poll in rules.interrupt_restored()] == [drill.number], "restore does not say which poll is 中断")
    drill.is_interrupted("a restored backup", "VotingInterrupted")
    drill.expect(roll.ticks(drill.poll.classes.get()) == ticks, "ticks are lost with the database")
    drill.expect(drill.used() == 3, "votes are lost with the database")
    drill.expect(chain.head(drill.poll, "opened") == drill.printed, "the head of the opening is not the printed one")


def the_folder_of_boxes_alone(drill: Drill) -> None:
    folder = drill.instance / "box"
    shutil.copytree(folder, drill.instance / "an hour ago")
    code, nonce = drill.meeting.codes.pop(), slips.draw_nonce()
    drill.expect(drill.casts(code, nonce) == "", "an open poll takes no vote")
    casting.forget(steps.file_of(drill.poll))
    shutil.rmtree(folder)
    (drill.instance / "an hour ago").rename(folder)
    drill.is_interrupted("a box put back", "BoxBehindItsCounter")
    drill.expect(drill.casts(code, nonce) == "", "the vote that was lost can't be sent again")
    drill.expect(drill.used() == 5, "the box holds other votes than were cast")


def run(instance: Path) -> list[str]:
    with create_app().app_context():
        migrate()
        drill = Drill(instance)
        last_night_s_backup(drill)
        the_folder_of_boxes_alone(drill)
        rules.close_voting(console(), drill.poll)
        drill.expect(chain.head(drill.poll, "opened") == drill.printed, "the head printed at the opening does not match at closing")
        drill.expect(list(chain.faults(drill.poll)) == [], "the poll's record does not hold")
        return drill.found


if __name__ == "__main__":
    report(run(Path(sys.argv[1])))
