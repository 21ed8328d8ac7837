"""The example community served on a folder of its own that is thrown away: for measuring and for pictures."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from core import instance
from core.refusal import Refused
from core.text import _l

HERE = Path(__file__).resolve().parent
PATIENCE = 60  # seconds a server may take until it answers


class StageFailed(Refused):
    """What the stage's own command said on its way down."""

    sentence = _l("示例社区没有启动：%(why)s")


@dataclass(frozen=True)
class Stage:
    """A running copy of the example; ``shown`` is what loading it showed once, passwords by login first."""

    folder: Path
    port: int
    shown: dict[str, str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """What programs need to work on this copy."""
        return environment(self.folder, self.address)

    def signed_in(self, login: str, at: str = "") -> str:
        """The session cookie of somebody of the office; ``at`` is another community's prefix, e.g. /c/c2."""
        page, cookies = self.ask("GET", f"{at}/login")
        fields = {"login": login, "password": self.shown[login], "form_token": token_in(page)}
        _page, cookies = self.ask("POST", f"{at}/login", urlencode(fields), **FORM)
        return cookies

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[str, str]:
        """One answer's text and the cookie it sets."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            return answer.read().decode(), (answer.getheader("Set-Cookie") or "").split(";")[0]
        finally:
            line.close()


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def token_in(page: str, name: str = "form_token") -> str:
    """The hidden token of a page's form."""
    return re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1]


@contextmanager
def example() -> Iterator[Stage]:
    """Loaded and served; nothing of it is left at the end."""
    folder = Path(tempfile.mkdtemp(prefix="stage-", dir=instance.folder()))
    port = free_port()
    try:
        env = environment(folder, f"http://127.0.0.1:{port}")
        shown = dict(line.split("\t") for line in linli("demo", env=env).splitlines() if "\t" in line)
        with serving([*COMMAND, "run", "--host", "127.0.0.1", "--port", str(port)], port, env):
            yield Stage(folder, port, shown)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


COMMAND = [sys.executable, "-X", "utf8", str(HERE / "command_line.py")]


def environment(folder: Path, address: str) -> dict[str, str]:
    """This copy and no setting of the office's own; forwarded addresses count, so that many visitors can be played."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    own = {"LINLI_INSTANCE": str(folder), "LINLI_URL": address, "LINLI_PROXIES": "1", "DATABASE_URL": ""}
    return {**kept, **own, "PYTHONUTF8": "1"}


def linli(*arguments: str, env: dict[str, str]) -> str:
    """What a command prints; its own sentence when it fails."""
    done = subprocess.run([*COMMAND, *arguments], env=env, cwd=HERE, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise StageFailed(why=done.stderr.strip())
    return done.stdout


@contextmanager
def serving(command: list[str], port: int, env: dict[str, str]) -> Iterator[None]:
    """A server from the moment it answers to its end."""
    server = subprocess.Popen(command, env=env, cwd=HERE, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        wait(server, port)
        yield
    finally:
        server.terminate()
        server.wait()


def wait(server: subprocess.Popen, port: int) -> None:
    """Until the port takes calls."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise StageFailed(why=f"127.0.0.1:{port}")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
