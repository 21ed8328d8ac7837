"""The production server: gunicorn with threads, and one job process that its master keeps alive.

The application is made once, before the forks: workers and job process start in a moment and share what is in memory.
No database connection is open by then, each process makes its own.
"""

import gc
import importlib.util
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import NoReturn

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from core import instance
from core.process import be_called, end_with, leave_no_dump

PATIENCE = 8  # seconds a stop waits for running requests; server, workers and jobs are gone within 10
LONGEST_PAUSE = 60  # seconds between two attempts to start a job process that keeps failing
SIGNALS = {*Arbiter.SIGNALS, signal.SIGCHLD}

log = logging.getLogger("gunicorn.error")


class Quiet(Logger):
    """gunicorn logs who sent a malformed request; a voting resident's address must stand in no log."""

    def setup(self, cfg):
        super().setup(cfg)
        self.error_log.addFilter(lambda record: not str(record.msg).startswith("Invalid request from"))


class JobKeeper:
    """The one job process: started, started again when it dies, stopped with the server."""

    def __init__(self):
        self.pid = 0
        self.pause = 1
        self.started = 0.0
        self.wanted = importlib.util.find_spec("core.jobs") is not None

    def keep(self, master: Arbiter) -> None:
        """Called by the master about once a second; one that fails at once is not started in a tight loop."""
        now = time.monotonic()
        if not self.wanted or self.alive() or now < self.started + self.pause:
            return
        if self.started:
            log.error("The job process ended; it starts again.")
            self.pause = 1 if now > self.started + LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
        self.started = now
        self.start(master)

    def start(self, master: Arbiter) -> None:
        """A TERM that arrives between fork and the child's own handlers waits for them."""
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        self.pid = os.fork()
        if self.pid == 0:
            become_job_process(master)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    def alive(self) -> bool:
        """The master reaps all children alike, so a process that cannot be waited for is one that has ended."""
        if self.pid:
            try:
                ended, _status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                ended = self.pid
            self.pid = 0 if ended else self.pid
        return self.pid != 0

    def ask_to_stop(self) -> None:
        self.wanted = False
        if self.alive():
            os.kill(self.pid, signal.SIGTERM)

    def wait(self, deadline: float) -> None:
        while self.alive():
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.05)


def become_job_process(master: Arbiter) -> None:
    """The child's life from fork to end; nothing returns from here."""
    code = 1
    try:
        for listener in master.LISTENERS:
            listener.close()
        for each in SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the master too, which says TERM
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        be_called("linli-jobs")
        end_with(master.pid)
        from core.jobs import work

        work(master.app.flask_app)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        # Nothing of the master's own may run here: no exit handler, no stack to return to.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class Master(Arbiter):
    """gunicorn's master, with the job process as one more thing to keep."""

    def __init__(self, app):
        super().__init__(app)
        self.jobs = JobKeeper()

    def manage_workers(self):
        super().manage_workers()
        self.jobs.keep(self)

    def stop(self, graceful=True):
        deadline = time.monotonic() + PATIENCE + 1
        self.jobs.ask_to_stop()
        super().stop(graceful)
        self.jobs.wait(deadline)


class Server(BaseApplication):
    """gunicorn's settings, in code, because every one of them has a measured reason (docs/operating.md)."""

    def __init__(self, flask_app: Flask, site: Callable, host: str, port: int):
        self.flask_app, self.site, self.host, self.port = flask_app, site, host, port
        super().__init__()

    def load_config(self):
        for name, value in settings(self.host, self.port).items():
            self.cfg.set(name, value)

    def load(self):
        """Called in every worker."""
        return self.site


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


def serve(app: Flask, site: Callable, host: str, port: int) -> NoReturn:
    """Serve ``site``, the application with what stands in front of it, until TERM."""
    leave_no_dump()
    os.umask(0o077)  # what lies in the instance folder is for its owner alone
    # Absolute, because workers and jobs need not share the folder the command was given in.
    os.environ["LINLI_INSTANCE"] = str(instance.folder())
    server = Server(app, site, host, port)
    # What is there by now stays in pages of memory that all processes share.
    gc.freeze()
    Master(server).run()
