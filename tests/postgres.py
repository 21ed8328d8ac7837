"""A throw-away PostgreSQL server for the tests; none is left behind."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder of the newest installed server, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _as_server_user(command: list[str]) -> list[str]:
    # initdb refuses to run as root, so root hands over to the account Debian's package made.
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def server() -> Iterator[str]:
    """A running server's URL; stopped and removed at the end."""
    folder = tempfile.mkdtemp(prefix="linli-pg-")
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    tools, data = binaries(), f"{folder}/data"
    _run(tools / "initdb", "-D", data, "-A", "trust", "-U", "linli", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=120"
    _run(tools / "pg_ctl", "-D", data, "-o", options, "-w", "-l", f"{folder}/log", "start")
    try:
        yield f"postgresql://linli@127.0.0.1:{port}/postgres"
    finally:
        _run(tools / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *arguments: str) -> None:
    command = _as_server_user([str(program), *arguments])
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
