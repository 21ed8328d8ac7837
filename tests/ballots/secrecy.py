"""Whether a choice can be read anywhere before the keys are entered: a name nobody else would write is looked for.

In every file of the instance folder, on every page of the site that needs no more than the poll's number, on the voting
pages, and in what a backup unpacks to.
"""

import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from flask import Flask

from app import create_app
from blueprints.ballots import counting, desk, rules, slips, steps
from blueprints.ballots.ballot import Kind
from core.access import Role, console
from core.backup import write_backup
from core.db import migrate
from models import ALL
from tests import make
from tests.ballots import ceremony, polls
from tests.ballots.mutants import report
from tests.client import Client

NAME = "独孤䶮㛃"
VOTERS = 20


def all_vote(meeting: ceremony.Meeting, port: int) -> Iterator[str]:
    """Everybody is against all and writes the name in; yields the voting pages that show it afterwards."""
    marks = {f"m{row}": "2" for row in range(len(polls.NAMES))}
    with closing(polls.Voter(port)) as voter:
        for code in meeting.codes[:VOTERS]:
            form = {"poll": meeting.poll.key, "code": code, "nonce": slips.draw_nonce().hex(), "w0": NAME} | marks
            assert voter.post("/cast", form).status == 200
        broken, other = form | {"nonce": slips.draw_nonce().hex()}, form | {"w0": "", "m0": "1"}
        pages = {"vote": voter.get("/vote"), "code": voter.post("/vote", {"code": code})}
        pages |= {"used": voter.post("/cast", broken), "again": voter.post("/cast", other)}
        yield from (f"voting page: {name}" for name, page in pages.items() if NAME in page.text)


def pages_with(app: Flask, number: int, account) -> Iterator[str]:
    """Whatever opens with the poll's number alone, as the secretary and as anybody."""
    secretary, anybody = (app.test_client() for _who in range(2))
    secretary.as_(account)
    for route in app.url_map.iter_rules():
        if "GET" in route.methods and "polls" in route.rule and route.arguments <= {"number"}:
            path = route.rule.replace("<int:number>", str(number))
            for client in (secretary, anybody):
                if NAME.encode() in client.get(path).data:
                    yield f"page: {route.rule}"


def files_with(folder: Path) -> Iterator[str]:
    backup = folder / "backup.zip"
    write_backup(backup, ALL)
    with zipfile.ZipFile(backup) as archive:
        yield from (f"backup: {name}" for name in archive.namelist() if NAME.encode() in archive.read(name))
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        if NAME.encode() in file.read_bytes():
            yield f"file: {file.suffix or file.name}"


def run(instance: Path) -> list[str]:
    app = create_app()
    app.test_client_class = Client
    with app.app_context():
        migrate()
        place = make.community()
        fields = {"kind": Kind.ELECTION, "names": polls.NAMES, "seats": 7, "lines": 2}
        meeting = ceremony.running(place, voters=VOTERS, **fields)
        account, poll = make.account(place, Role.SECRETARY), meeting.poll
        with polls.office(instance) as port:
            found = list(all_vote(meeting, port))
        found += [*pages_with(app, poll.id, account), *files_with(instance)]
        rules.close_voting(console(), poll)
        found += [f"closed: {leak}" for leak in (*pages_with(app, poll.id, account), *files_with(instance))]
        counting.unseal(console(), poll, meeting.shares[:2])
        opened = list(counting.class_counts(poll, desk.ballot_beside(poll))["R"].votes)
        if [vote.lines for vote in opened] != [(NAME,)] * VOTERS:
            found.append("the ballots do not open")
        if f"file: {steps.file_of(poll).with_suffix('.votes').suffix}" not in files_with(instance):
            found.append("the name is not found where it must stand")
    return found


if __name__ == "__main__":
    report(run(Path(sys.argv[1])))
