"""打印间: the page of each long job, its progress, its file."""

from flask import Blueprint, abort, g, url_for

from blueprints.jobs import queries
from core import jobs
from core.access import Can, needs
from core.answers import file_answer
from core.page import done, page, wants_box
from core.records.work import Job, JobState

bp = Blueprint("jobs", __name__)
STOP_POLLING = 286  # htmx: swap once more, then stop asking


def job_or_404(number):
    return queries.visible_to(g.actor, g.place).where(Job.id == number).first() or abort(404)


@bp.get("/office/jobs")
@needs(Can.OFFICE_ENTER)
def index():
    return page("jobs/index.html", rows=list(queries.visible_to(g.actor, g.place).limit(50)), State=JobState)


@bp.get("/office/jobs/<int:number>")
@needs(Can.OFFICE_ENTER)
def show(number):
    job = job_or_404(number)
    ended = job.state not in (JobState.WAITING, JobState.RUNNING)
    return page("jobs/show.html", "job", job=job, State=JobState, status=STOP_POLLING if ended and wants_box() else 200)


@bp.get("/office/jobs/<int:number>/file")
@needs(Can.OFFICE_ENTER)
def file(number):
    job = job_or_404(number)
    path = jobs.result_path(job)
    if job.state != JobState.DONE or not path.exists():
        raise jobs.JobGone()
    return file_answer(path.read_bytes(), job.file_name)


@bp.post("/office/jobs/<int:number>/cancellation")
@needs(Can.OFFICE_ENTER)
def cancel(number):
    job = job_or_404(number)
    jobs.cancel(job)
    return done(url_for("jobs.show", number=job.id))
