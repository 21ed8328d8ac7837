"""The suggestion box with a hundred thousand messages against the same box with a thousand, on both databases.

Each line is the queue, the search or the counts as a page of the office asks for them. Run as ``python -m bench.box``
it fills two databases of its own and prints its figures as JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.measure import HERE, QUICK, Effort, Result, WrongAnswers, by_turns
from stage import Stage, environment

FEW, MANY, FEWER_MANY = 1_000, 100_000, 2_000
ASKED = {"queue": "/office/suggestions", "search": "/office/search?q=路灯", "counts": "counts"}
TIMES = 12  # asked so often in each half of a pair


def measure(stage: Stage, _bare: int, effort: Effort) -> Iterator[Result]:
    """SQLite, and PostgreSQL where a server can be had."""
    many = FEWER_MANY if effort == QUICK else MANY
    yield from _lines("SQLite", effort.rounds, many, "")
    from tests import postgres

    if postgres.binaries() is not None:
        with postgres.server() as url:
            yield from _lines("PostgreSQL", effort.rounds, many, url)


def _lines(kind: str, rounds: int, many: int, url: str) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder), "http://127.0.0.1") | {"DATABASE_URL": url}
        command = [sys.executable, "-m", "bench.box", kind, str(rounds), str(many)]
        done = subprocess.run(command, env=env, cwd=HERE, capture_output=True, text=True)
    if done.returncode:
        raise WrongAnswers(why=done.stderr.strip().splitlines()[-1])
    yield from (Result(**row) for row in json.loads(done.stdout))


@dataclass
class Box:
    """One database with its office; ``use`` makes it the application's."""

    handle: object
    login: str = ""

    @contextmanager
    def use(self) -> Iterator[None]:
        from core.db import database

        database.initialize(self.handle)
        database.connect(reuse_if_open=True)
        yield

    def fill(self, count: int) -> None:
        from bench import crowd
        from blueprints.accounts.rules import add_account
        from blueprints.organisation.rules import found_community
        from core import clock, tidy
        from core.access import Role, console
        from core.db import migrate

        with self.use():
            migrate()
            place = found_community(console(), "梅苑社区")
            password = "十二个字以上的一句话就行"
            names = ("何静", "任远", "陆静怡")
            accounts = [add_account(console(), place, name, password, Role.STAFF) for name in names]
            crowd.fill(place, accounts, clock.today(), count)
            tidy.lay_anew()  # as it lies after the first full hour
            self.login = f"{accounts[1].id}:{accounts[1].seal}"


def results(app, kind: str, rounds: int, many: int) -> Iterator[Result]:
    """All lines for one database."""
    small, large = boxes()
    small.fill(FEW)
    large.fill(many)
    for name, path in ASKED.items():
        yield by_turns(
            f"{name}, {many:,} messages, {kind}", f"the same with {FEW:,}", "answers/s", rounds,
            asking(app, large, path), asking(app, small, path),
        )  # fmt: skip


def boxes() -> tuple[Box, Box]:
    """Two empty databases beside the one of this process."""
    from peewee import SqliteDatabase

    from core import instance
    from core.db import PRAGMAS, database, is_sqlite

    if is_sqlite():
        files = (str(instance.folder() / f"{name}.db") for name in ("small", "large"))
        return tuple(Box(SqliteDatabase(file, pragmas=PRAGMAS, timeout=15, lock_type="IMMEDIATE")) for file in files)
    from playhouse.db_url import connect

    database.execute_sql("CREATE DATABASE large")
    url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+pool://")
    there = f"{url.rpartition('/')[0]}/large"
    return Box(database.obj), Box(connect(there, max_connections=4, prefer_psycopg3=True, prepare_threshold=None))


def asking(app, box: Box, path: str) -> Callable[[], float]:
    """How often a second the box answers a question."""

    def page() -> None:
        client = app.test_client()
        with client.session_transaction(path="/office") as session:
            session["_user_id"], session["_fresh"] = box.login, True
        for _time in range(TIMES):
            answer = client.get(path)
            if answer.status_code != 200:
                raise WrongAnswers(why=f"{path}: {answer.status_code}")

    def counts() -> None:
        from blueprints.suggestions import listing
        from core.access import actor_of
        from core.commands import command_community
        from core.records.people import Account

        place, actor = command_community(None), actor_of(Account.get_by_id(int(box.login.partition(":")[0])))
        for _time in range(TIMES):
            listing.counts(actor, place)

    def ask() -> float:
        with box.use():
            began = time.perf_counter()
            counts() if path == "counts" else page()
            return TIMES / (time.perf_counter() - began)

    return ask


def main(kind: str, rounds: str, many: str) -> None:
    from app import create_app
    from core.db import database

    app = create_app()
    with app.app_context():
        database.connect(reuse_if_open=True)
        print(json.dumps([asdict(line) for line in results(app, kind, int(rounds), int(many))]))


if __name__ == "__main__":
    main(*sys.argv[1:])
