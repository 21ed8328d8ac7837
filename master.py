"""The production server: gunicorn with threads, and one job process that its master keeps alive.

Run by serve.py in a process image of its own, so the master stays small and holds no database connection.
"""

import ctypes
import importlib.util
import logging
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

HERE = Path(__file__).resolve().parent
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
PATIENCE = 8  # seconds a stop waits for running requests; server, workers and jobs are gone within 10
LONGEST_PAUSE = 60  # seconds between two attempts to start a job process that keeps failing


class Quiet(Logger):
    """gunicorn logs who sent a malformed request; a voting resident's address must stand in no log."""

    def setup(self, cfg):
        super().setup(cfg)
        self.error_log.addFilter(lambda record: not str(record.msg).startswith("Invalid request from"))


class JobKeeper:
    """The one job process: started, started again when it dies, stopped with the server."""

    def __init__(self):
        self.process: subprocess.Popen | None = None
        self.pause = 1
        self.not_before = 0.0
        self.wanted = importlib.util.find_spec("core.jobs") is not None

    def keep(self) -> None:
        """Called by the master about once a second."""
        if not self.wanted or self.running() or time.monotonic() < self.not_before:
            return
        if self.process is not None:
            logging.getLogger("gunicorn.error").error("The job process ended; it starts again.")
        # One that fails at once, say for want of memory, must not be started in a tight loop.
        self.not_before = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.process = subprocess.Popen([sys.executable, __file__, "jobs", str(os.getpid())], cwd=HERE)

    def running(self) -> bool:
        alive = self.process is not None and self.process.poll() is None
        if alive and time.monotonic() > self.not_before + LONGEST_PAUSE:
            self.pause = 1
        return alive

    def ask_to_stop(self) -> None:
        self.wanted = False
        if self.running():
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(seconds, 0.1))
        except subprocess.TimeoutExpired:
            self.process.kill()


class Master(Arbiter):
    """gunicorn's master, with the job process as one more thing to keep."""

    def __init__(self, app):
        super().__init__(app)
        self.jobs = JobKeeper()

    def manage_workers(self):
        super().manage_workers()
        self.jobs.keep()

    def stop(self, graceful=True):
        began = time.monotonic()
        self.jobs.ask_to_stop()
        super().stop(graceful)
        self.jobs.wait(PATIENCE - (time.monotonic() - began))


class Server(BaseApplication):
    """gunicorn's settings, in code, because every one of them has a measured reason (docs/operating.md)."""

    def __init__(self, host: str, port: int):
        self.host, self.port = host, port
        super().__init__()

    def load_config(self):
        for name, value in settings(self.host, self.port).items():
            self.cfg.set(name, value)

    def load(self):
        from wsgi import application

        return application

    def run(self):
        Master(self).run()


def settings(host: str, port: int) -> dict[str, object]:
    """What gunicorn is told; WEB_CONCURRENCY overrides the number of workers."""
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": int(os.environ.get("WEB_CONCURRENCY") or workers()),
        "worker_class": "gthread",
        "threads": 32,  # casts that wait together share one commit; pages cost the same with 4 as with 32
        "keepalive": 15,
        "max_requests": 5000,
        "max_requests_jitter": 500,
        "graceful_timeout": PATIENCE,
        "control_socket_disable": True,
        "forwarded_allow_ips": "",  # wsgi.py trusts proxies by LINLI_PROXIES alone
        "logger_class": Quiet,
        "loglevel": "warning",
        "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,
        "post_worker_init": announce,
    }


def workers() -> int:
    """One per core, at least two so that one slow answer never holds everybody, at most eight for memory's sake."""
    return min(max(len(os.sched_getaffinity(0)), 2), 8)


def announce(worker) -> None:
    """Printed when the first worker can answer, not earlier: the address is there to be opened."""
    if worker.age == 1:
        print(os.environ.get("LINLI_GREETING", ""), flush=True)


def leave_no_dump() -> None:
    """A crash must not write codes or key sheets to disk, so neither core files nor debuggers get the memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def run_jobs(master: int) -> None:
    """The job process; it ends with the server, even when that was killed outright."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the master, which says TERM
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != master:
        return
    leave_no_dump()
    from app import create_app
    from core.jobs import work

    work(create_app())


if __name__ == "__main__":
    first, second = sys.argv[1:]
    if first == "jobs":
        run_jobs(int(second))
    else:
        leave_no_dump()
        # Absolute, because workers and jobs need not share the folder the command was given in.
        os.environ["LINLI_INSTANCE"] = os.path.abspath(os.environ.get("LINLI_INSTANCE") or HERE / "instance")
        Server(first, int(second)).run()
