"""The production server as an office runs it: real processes, real sockets, and what is left when it stops."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

import serve

HERE = Path(__file__).parent.parent
PR_GET_DUMPABLE = 3


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class Server:
    """A running ./linli run, in a session of its own so that every process of it can be found."""

    def __init__(self, folder: Path, **environment: str):
        self.port = free_port()
        self.log = folder / "log"
        self.environment = {**os.environ, "LINLI_INSTANCE": str(folder / "instance"), "DATABASE_URL": "", **environment}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self.command(), cwd="/", env=self.environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        until(lambda: "http://" in self.log.read_text(), 60)

    def command(self, *more: str) -> list[str]:
        program = [sys.executable, "-X", "utf8", str(HERE / "command_line.py")]
        return [*program, "run", "--host", "127.0.0.1", "--port", str(self.port), *more]

    def get(self, path: str, **headers: str) -> Answer:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            answer = urllib.request.urlopen(request, timeout=10)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return Answer(answer.status, answer.headers, answer.read())

    def processes(self) -> dict[int, str]:
        """Names of all living processes of the server's session."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                state, _parent, _group, session = (folder / "stat").read_text().rpartition(") ")[2].split()[:4]
                if int(session) == self.process.pid and state != "Z":
                    found[int(folder.name)] = (folder / "comm").read_text().strip()
            except OSError:
                continue  # ended while we looked
        return found

    def jobs(self) -> list[int]:
        return [pid for pid, name in self.processes().items() if name == "linli-jobs"]

    def end(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def until(holds, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not so within {seconds} s"
        time.sleep(0.05)


@contextmanager
def running(folder: Path):
    server = Server(folder)
    try:
        yield server
    finally:
        server.end()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(tmp_path_factory.mktemp("served")) as server:
        yield server


def test_answers_and_keeps_static_files_for_ever(server):
    assert server.get("/healthz").body.strip() == b"ok"
    page = server.get("/setup").body.decode()
    address = re.search(r'/static/css/[^"]+', page).group()
    file = server.get(address, **{"Accept-Encoding": "gzip"})
    assert "immutable" in file.headers["Cache-Control"]
    assert file.headers["Content-Encoding"] == "gzip"
    assert server.get("/c/anywhere" + address).headers["Cache-Control"] == file.headers["Cache-Control"]


def test_page_is_compressed_for_who_asks(server):
    page = server.get("/setup", **{"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page.headers["Vary"]


def test_prints_an_address_that_answers(server):
    address = re.search(r"http://\S+", server.log.read_text()).group()
    assert address == f"http://127.0.0.1:{server.port}/"


def test_an_empty_system_prints_its_set_up_code(server):
    code = Path(server.environment["LINLI_INSTANCE"], "setup_code").read_text()
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", code)
    assert server.log.read_text().count(code) == 1


def test_address_taken_is_one_line(server):
    second = subprocess.run(server.command(), env=server.environment, capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert second.stdout == ""
    assert len(second.stderr.splitlines()) == 1
    assert str(server.port) in second.stderr


def test_malformed_request_names_nobody_in_the_log(server):
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(b"GET /cast\x00 HTTP/1.1\r\nBad Header\r\n\r\n")
        assert b" 400 " in line.recv(200)
    log = server.log.read_text()
    assert "Invalid request" not in log
    assert not re.search(r"127\.0\.0\.1(?!:\d+/)", log)


def test_visits_are_not_logged(server):
    for path in ("/login", "/vote", "/no-such-page"):
        server.get(path)
    assert not re.search(r"/login|/vote|/no-such-page", server.log.read_text())


def test_dead_job_process_is_started_again(server):
    until(lambda: len(server.jobs()) == 1, 10)
    first = server.jobs()[0]
    os.kill(first, signal.SIGKILL)
    until(lambda: server.jobs() not in ([], [first]), 10)
    assert server.get("/healthz").status == 200


def test_no_core_files(server):
    for pid in server.processes():
        limit = re.search(r"Max core file size +(\d+) +(\d+)", Path(f"/proc/{pid}/limits").read_text())
        assert limit.groups() == ("0", "0")


def test_memory_is_closed_to_other_programs():
    program = "import ctypes; from core.process import leave_no_dump; leave_no_dump(); "
    program += f"print(ctypes.CDLL(None).prctl({PR_GET_DUMPABLE}, 0, 0, 0, 0))"
    answer = subprocess.run([sys.executable, "-c", program], cwd=HERE, capture_output=True, text=True)
    assert answer.stdout == "0\n", answer.stderr


def test_term_ends_all_within_ten_seconds(tmp_path):
    """With a connection held open and a request half sent, as phones do."""
    with running(tmp_path) as server, socket.create_connection(("127.0.0.1", server.port)) as slow:
        until(lambda: server.jobs(), 10)
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        server.process.terminate()
        began = time.monotonic()
        assert server.process.wait(10) == 0
        until(lambda: not server.processes(), 10 - (time.monotonic() - began))
        assert time.monotonic() - began < 10


def test_killed_master_leaves_no_process_behind(tmp_path):
    with running(tmp_path) as server:
        until(lambda: server.jobs(), 10)
        server.process.kill()
        server.process.wait()
        until(lambda: not server.processes(), 15)
        assert not server.processes()


def test_addresses_to_type():
    assert serve.addresses("192.0.2.7", 80) == ["http://192.0.2.7:80/"]
    assert serve.addresses("::1", 8000) == ["http://[::1]:8000/"]
    assert serve.addresses("0.0.0.0", 8000)[0] == "http://127.0.0.1:8000/"


def test_unusable_address_is_refused():
    with pytest.raises(serve.AddressUnusable):
        serve.check_address("203.0.113.9", free_port())


def test_term_to_the_whole_group_ends_all(server):
    """Last, because it ends the server of the tests above: no traceback either, whoever hears the signal first."""
    until(lambda: server.jobs(), 10)
    os.killpg(server.process.pid, signal.SIGTERM)
    assert server.process.wait(10) == 0
    until(lambda: not server.processes(), 2)
    assert not re.search(r"Traceback|Error", server.log.read_text())
