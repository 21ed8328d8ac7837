"""Bookings of a resource, the three lists on one page, letters of thanks."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.papers import rules as papers
from blueprints.sharing import queries, rules, sheets
from blueprints.sharing.forms import BookingForm
from blueprints.sharing.models import Booking, Project, SharedResource
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import Refused
from core.text import _, _l, in_chinese
from core.web import shown_version

bp = Blueprint("sharing", __name__)
LETTER, THANKS = "print/official.html", "thanks"
papers.kind(THANKS, _l("感谢信"), Can.UNITS_READ, desk=lambda paper: f"/office/projects/{paper.subject_id}")


def resource_or_404(number):
    query = queries.visible_resources(g.actor, g.place)
    return query.where(SharedResource.id == number).first() or abort(404)


def project_or_404(number):
    return queries.visible_projects(g.actor, g.place).where(Project.id == number).first() or abort(404)


@bp.get("/office/sharing")
@needs(Can.UNITS_READ)
def index():
    return page("sharing/index.html", **queries.overview(g.place))


@bp.route("/office/resources/<int:number>/bookings", methods=["GET", "POST"])
@needs(Can.UNITS_EDIT)
def book(number):
    resource, form = resource_or_404(number), BookingForm()
    if not form.validate_on_submit():
        return _booking(resource, form, 422 if form.is_submitted() else 200)
    values = form.data
    try:
        rules.book(g.actor, resource, values["begins"], values["ends"], values["purpose"], values["by"], values["phone"] or "")
    except Refused as refusal:
        return _booking(resource, form, refusal.status, str(refusal))
    return done(url_for("resources.show", number=number))


def _booking(resource, form, status, error=""):
    return page(
        "sharing/booking.html", resource=resource, form=form, error=error, status=status,
        taken=list(queries.bookings(resource, queries.today())),
    )  # fmt: skip


@bp.post("/office/resources/<int:number>/bookings/<int:which>/cancellation")
@needs(Can.UNITS_EDIT)
def cancel(number, which):
    booking = resource_or_404(number).bookings.where(Booking.id == which).first() or abort(404)
    rules.cancel(g.actor, booking, shown_version(), request.form.get("reason", "")[:200])
    return done(url_for("resources.show", number=number))


def _letter(project, **marks):
    return pdf(LETTER, sheets.thanks(project), **marks)


@bp.get("/office/projects/<int:number>/thanks.pdf")
@needs(Can.UNITS_READ)
def thanks(number):
    project = project_or_404(number)
    return pdf_answer(papers.copy(project, THANKS) or _letter(project, draft=True), f"感谢信-{project.name}")


@bp.post("/office/projects/<int:number>/prints")
@needs(Can.UNITS_EDIT)
def issue(number):
    project = rules.thanked(g.actor, project_or_404(number))
    with in_chinese():
        title = _("感谢信：%(name)s", name=project.name)
        papers.issue(g.actor, g.place, project, THANKS, title, lambda code: _letter(project, code=code))
    return done(url_for("sharing.thanks", number=number))
