"""Ballot boxes for tests: real files, real seals, a real server."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from blueprints.ballots import ballot as frozen
from blueprints.ballots import body, box, filling, sealing, slips
from blueprints.ballots.ballot import OPTIONS, Ballot, BallotClass, Candidate, Kind
from blueprints.ballots.layout import path_of

TOP = Path(__file__).absolute().parents[2]  # of a mutant too, where this folder is pointed at
VOTING = "blueprints.ballots.voting:application"
NAMES = ("王秋实", "方可", "任远", "邵敏", "罗小满", "段雪梅", "姚立新", "贺国安", "欧阳䶮")


def ballot(**changes) -> Ballot:
    plain = Ballot(
        poll="7",
        kind=Kind.TRUST,
        title="梅苑社区党组织换届|委员候选人信任票",
        community="梅苑社区",
        organisation="社区党委",
        classes=(BallotClass("R", "居民代表票"),),
        candidates=tuple(Candidate(name) for name in NAMES),
        options=OPTIONS[Kind.TRUST],
        closes="11月23日18:00",
    )
    changed = replace(plain, **changes)
    return changed if "options" in changes else replace(changed, options=OPTIONS[changed.kind])


@dataclass
class Poll:
    instance: Path
    path: Path
    ballot: Ballot
    codes: dict[str, list[str]]
    sealing: sealing.Sealing

    def plain(self, code: str, nonce: bytes, vote: body.Vote) -> bytes:
        receipt = slips.receipt(self.ballot.poll, code, nonce)
        return body.encode(vote, slips.body_mark(code, receipt), self.ballot.lines)

    def sealed(self, code: str, nonce: bytes, vote: body.Vote) -> bytes:
        return sealing.seal_body(self.sealing.public_key, self.plain(code, nonce, vote))

    def opened(self, name: str = "R") -> list[body.Vote]:
        """What lies in the box, read with two sheets as the scrutineers do."""
        opening = sealing.open_bodies(self.sealing.public_key, self.sealing.sheets[:2], box.bodies(self.path)[name])
        assert opening.unreadable == 0
        rows, lines = len(self.ballot.rows), self.ballot.lines
        return [body.decode(plain, rows, len(self.ballot.options), lines)[1] for plain in opening.plain]


def prepared(instance: Path, counts: dict[str, int] | None = None, **changes) -> Poll:
    """Frozen and sealed; voting is not open yet."""
    made = ballot(**changes)
    path = path_of(instance, made.poll)
    codes = box.create(path, made.poll, counts or {"R": 20}, made.body_size, made.config())
    frozen.write(made, path.with_suffix(".json"))
    sealed = sealing.seal()
    box.seal_to(path, sealed.public_key)
    return Poll(instance, path, made, codes, sealed)


def running(instance: Path, counts: dict[str, int] | None = None, **changes) -> Poll:
    poll = prepared(instance, counts, **changes)
    box.open_voting(poll.path)
    return poll


def form(poll: Poll, code: str, nonce: bytes, vote: body.Vote) -> dict[str, str]:
    marks = {f"m{row}": str(mark) for row, mark in enumerate(vote.marks) if mark}
    lines = {f"w{line}": text for line, text in enumerate(vote.lines)}
    whole = {"whole": "1"} if vote.whole else {}
    return {"poll": poll.ballot.poll, "code": code, "nonce": nonce.hex()} | marks | lines | whole


def filled(poll: Poll, *marks: int) -> filling.Filled:
    return filling.Filled(marks, ("",) * poll.ballot.lines)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    def hidden(self) -> dict[str, str]:
        """What the page's form would send along."""
        fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', self.text)
        return {name: unescape(value) for name, value in fields}


class Voter:
    """One browser without scripts: keeps its connection, follows nothing by itself."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, address: str) -> Answer:
        return self._ask("GET", address)

    def post(self, address: str, fields: dict[str, str], **headers: str) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} | headers
        return self._ask("POST", address, urlencode(fields).encode(), kind)

    def send(self, address: str, content: bytes, content_type: str) -> Answer:
        return self._ask("POST", address, content, {"Content-Type": content_type})

    def _ask(self, method: str, address: str, content: bytes | None = None, headers: dict | None = None) -> Answer:
        self.connection.request(method, address, content, headers or {})
        response = self.connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read().decode())

    def close(self) -> None:
        self.connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_server(instance: Path, port: int, workers: int = 1, target: str = VOTING) -> subprocess.Popen:
    """The voting application alone, in a process group of its own, with everything it says in one file.

    Connections are kept long enough for voters who wait for one another on a busy machine.
    """
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "-w", str(workers), "--threads", "32", "--keep-alive", "60"]
    command += ["-b", f"127.0.0.1:{port}", "--no-control-socket", target, *(["--preload"] if target == VOTING else [])]
    return started(command, instance, port)


def start_office(instance: Path, port: int, workers: int = 2) -> subprocess.Popen:
    """The whole site as an office runs it, with its job process."""
    command = [sys.executable, "command_line.py", "run", "--host", "127.0.0.1", "--port", str(port)]
    return started(command, instance, port, WEB_CONCURRENCY=str(workers))


def started(command: list[str], instance: Path, port: int, **settings: str) -> subprocess.Popen:
    environment = os.environ | {"LINLI_INSTANCE": str(instance), "PYTHONPATH": str(TOP)} | settings
    with open(instance / "server.log", "ab") as log:
        server = subprocess.Popen(command, cwd=TOP, env=environment, stdout=log, stderr=log, start_new_session=True)
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.05)
    server.kill()
    raise AssertionError((instance / "server.log").read_text())


@contextmanager
def serving(instance: Path, workers: int = 1, target: str = VOTING) -> Iterator[int]:
    port = free_port()
    with until_the_end(start_server(instance, port, workers, target)):
        yield port


@contextmanager
def office(instance: Path) -> Iterator[int]:
    port = free_port()
    with until_the_end(start_office(instance, port)):
        while not (instance / "server.log").read_bytes():  # the greeting, said when the first worker can answer
            time.sleep(0.05)
        yield port


@contextmanager
def until_the_end(server: subprocess.Popen) -> Iterator[None]:
    try:
        yield
    finally:
        server.terminate()
        server.wait(20)
