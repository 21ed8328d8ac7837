"""Long work: a Job row in the rule's transaction, done by the job process, its file kept 30 days."""

import datetime
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Generator
from importlib import import_module
from pathlib import Path

from flask import Flask
from huey import SqliteHuey, crontab
from huey.consumer import Consumer

from core import clock, instance, once, tidy
from core.access import Actor, Can
from core.db import database, writing
from core.printing import printer
from core.records.places import Place
from core.records.work import Job, JobState
from core.refusal import Refused
from core.text import _, _l

DAYS_KEPT = 30
# What each kind of job calls: module and function; it yields (done, total) and returns the file's bytes.
KINDS: dict[str, tuple[str, str]] = {}
NEEDED: dict[str, Can] = {}  # who may order a kind may see and cancel it
# What areas have done every minute: module and function; it is asked again after a crash, so it must bear that.
EVERY_MINUTE: list[tuple[str, str]] = []


class JobGone(Refused):
    sentence = _l("这份文件已经过了保存期，请重新生成。")
    status = 404


def folder() -> Path:
    """Where job results lie."""
    return instance.part("jobs")


def queue() -> SqliteHuey:
    """huey's own file; it holds nothing but job numbers."""
    return SqliteHuey("linli", filename=str(instance.folder() / "jobs.db"), results=False, fsync=True)


def kind(name: str, module: str, function: str, needed: Can) -> None:
    """Declare a kind of job; named by module so that web workers need not import what the job needs."""
    KINDS[name] = (module, function)
    NEEDED[name] = needed


def every_minute(module: str, function: str) -> None:
    """Declare something the job process looks after, also when nobody is signed in."""
    EVERY_MINUTE.append((module, function))


def order(actor: Actor, place: Place, name: str, title: str, file_name: str, **arguments: object) -> Job:
    """Write the job down in the caller's transaction; the queue learns of it after the commit."""
    with writing():
        job = Job.create(
            place=place, account=actor.account_id, kind=name, title=title, file_name=file_name,
            arguments=arguments, created_at=clock.now(),
        )  # fmt: skip
        database.after_commit(lambda: _enqueue(job.id))
    return job


def _enqueue(number: int) -> None:
    huey = queue()
    huey.enqueue(_tasks(huey)["run"].s(number))


def _tasks(huey: SqliteHuey) -> dict[str, Callable]:
    @huey.task(name="run")
    def run_task(number):
        run(number)

    @huey.periodic_task(crontab(minute="*"), name="sweep")
    def sweep_task():
        sweep()
        look_after()

    @huey.periodic_task(crontab(minute="0"), name="tidy")
    def tidy_task():
        tidy.hourly()

    return {"run": run_task, "sweep": sweep_task, "tidy": tidy_task}


def run(number: int) -> None:
    """Do one waiting job; a failure is told on its page in a sentence."""
    claimed = (
        Job.update(state=JobState.RUNNING).where((Job.id == number) & (Job.state == JobState.WAITING)).execute()
    )
    if not claimed:
        return
    job = Job.get_by_id(number)
    try:
        content = _work(job)
    except Refused as refusal:
        _finish(job, JobState.FAILED, str(refusal))
    except Exception:
        print(traceback.format_exc(), file=sys.stderr)
        _finish(job, JobState.FAILED, _("生成时出了问题，请再试一次；仍不行请告诉管理员。"))
    else:
        if content is not None:
            result_path(job).write_bytes(content)
            _finish(job, JobState.DONE)


def _work(job: Job) -> bytes | None:
    """Drive the job's generator, writing its progress; None when somebody cancelled it."""
    module, function = KINDS[job.kind]
    steps: Generator[tuple[int, int], None, bytes] = getattr(import_module(module), function)(job.place, **job.arguments)
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            return end.value
        moved = Job.update(done=done, total=total).where((Job.id == job.id) & (Job.state == JobState.RUNNING))
        if not moved.execute():
            steps.close()  # which tells the job, so that it can take back what it entered
            return None


def _finish(job: Job, state: JobState, error: str = "") -> None:
    Job.update(state=state, error=error, finished_at=clock.now()).where(
        (Job.id == job.id) & (Job.state == JobState.RUNNING)
    ).execute()


def cancel(job: Job) -> None:
    """Stop a job that has not finished; what it had made is thrown away."""
    with writing():
        Job.update(state=JobState.CANCELLED, finished_at=clock.now()).where(
            (Job.id == job.id) & Job.state.in_([JobState.WAITING, JobState.RUNNING])
        ).execute()


def result_path(job: Job) -> Path:
    """The file of a finished job."""
    return folder() / f"{job.id}.bin"


def sweep() -> None:
    """Queue again what was lost with a crash, and drop files past their days or minutes."""
    for job in Job.select(Job.id).where(Job.state == JobState.WAITING):
        run(job.id)
    limit = clock.now() - datetime.timedelta(days=DAYS_KEPT)
    for job in Job.select().where(Job.finished_at < limit):
        result_path(job).unlink(missing_ok=True)
        job.delete_instance()
    once.sweep()


def look_after() -> None:
    """Whatever areas declared; the failure of one keeps no other from its turn."""
    for module, function in EVERY_MINUTE:
        try:
            getattr(import_module(module), function)()
        except Exception:
            print(traceback.format_exc(), file=sys.stderr)


def recover() -> None:
    """After a start: what was running when the machine went down begins again."""
    Job.update(state=JobState.WAITING, done=0).where(Job.state == JobState.RUNNING).execute()


def work(app: Flask) -> None:
    """The job process: works the queue and keeps the printers; ends on TERM."""
    stop = threading.Event()
    with app.app_context():
        door = printer.listen()
        keeper = threading.Thread(target=printer.keep, args=(door, stop), daemon=True)
        keeper.start()
        recover()
        tidy.hourly()
        huey = queue()
        _tasks(huey)
        _consume(huey, app)
        stop.set()
        keeper.join(5)


def _consume(huey: SqliteHuey, app: Flask) -> None:
    consumer = Consumer(huey, workers=1, periodic=True, initial_delay=0.05, max_delay=0.5, check_worker_health=False)
    huey.pre_execute()(lambda task: app.app_context().push())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        consumer.run()
    except SystemExit:
        consumer.stop(graceful=False)

