"""Notices at the office: write, approve, publish, follow up, print."""

from flask import Blueprint, abort, flash, g, request, url_for
from werkzeug.datastructures import MultiDict

from blueprints.notices import prints, privacy, queries, rules, scheduling, unsaved, wording
from blueprints.notices.forms import NoticeForm, ObjectionForm, PostingForm, ResultForm, ScheduleForm
from blueprints.notices.models import (
    OPEN_STATES,
    Affair,
    Finding,
    Notice,
    NoticeKind,
    NoticeState,
)
from blueprints.notices.views import paper
from blueprints.organisation.queries import stairwells
from core import history, settings
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused, Stale
from core.text import _, _n
from core.web import row_number, shown_version, words_asked

bp = Blueprint("notices_desk", __name__, url_prefix="/office/notices")
ROWS = 50


def notice_or_404(number):
    return queries.visible_to(g.actor, g.place).where(Notice.id == number).first() or abort(404)


def year_asked():
    year = request.args.get("year", 0, type=row_number)
    return year if 2000 <= year <= 2200 else 0


@bp.get("")
@needs(Can.NOTICES_READ)
def index():
    asked = request.args.get("state", "")
    state = NoticeState(asked) if asked in set(NoticeState) else None
    kind, words = request.args.get("kind", ""), words_asked()
    year = year_asked()
    query = queries.narrowed(queries.visible_to(g.actor, g.place), g.place, "", kind, words, year)
    query = query.where(Notice.state == state) if state else query
    number = max(1, request.args.get("page", 1, type=row_number))
    return page(
        "notices/office.html", "notices", rows=list(query.paginate(number, ROWS)), total=query.count(), number=number,
        most=ROWS, state=state, kind=kind, q=words, year=year, years=queries.years(g.place), counts=queries.state_counts(g.actor, g.place), State=NoticeState,
        Kind=NoticeKind, published_on=wording.notice_day,
    )  # fmt: skip


@bp.get("/<int:number>")
@needs(Can.NOTICES_READ)
def show(number):
    return shown(notice_or_404(number))


def shown(notice, refusal=None, **forms):
    linked = queries.linked_objections(notice, g.actor)
    received = linked + notice.objections.count()
    usual = {
        "objection_form": ObjectionForm(formdata=None, prefix="objection"),
        "posting_form": PostingForm(formdata=None, prefix="posting", spots=notice.spots, posted_by=g.actor.name),
        "schedule_form": ScheduleForm(formdata=None, prefix="schedule"),
        "result_form": ResultForm(formdata=None, conclusion=wording.usual_conclusion(received)),
    }
    return page(
        "notices/desk.html", **paper(notice), **(usual | forms), refusal=str(refusal) if refusal else "",
        reason=request.form.get("reason", ""), findings=privacy.findings(notice), steps=history.steps(notice),
        found=list(queries.objections(notice)), linked=linked,
        hung=list(queries.postings(notice)), newer=queries.correction_of(notice),
        rewriting=queries.open_correction(notice), papers=_papers(notice), alone=rules.is_alone(g.actor, notice),
        own=notice.submitter_id == g.actor.account_id, is_open=notice.state in OPEN_STATES, Finding=Finding,
        doors=stairwells(g.place).count(), publish_hour=settings.value("notices.publish_hour", g.place), status=refusal.status if refusal else 200,
    )  # fmt: skip


def _papers(notice):
    """Each paper that exists for this notice: name, its title, whether it may be issued now, and its entry."""
    return [
        (name, kind.name, kind.ready(notice), prints.issued(notice, name))
        for name, kind in prints.PAPERS.items()
        if name == "notice" or kind.ready(notice)
    ]


def invalid(notice, **forms):
    """The notice again, with a form that was not filled in rightly."""
    answer = shown(notice, **forms)
    answer.status_code = 422
    return answer


def act(number, do, **forms):
    """Do what was asked and show the notice again, with the refusal and what was typed where it may not be."""
    notice = notice_or_404(number)
    try:
        done_to = do(notice)
    except Refused as refusal:
        return shown(notice_or_404(number), refusal, **forms)
    return done(url_for("notices_desk.show", number=done_to.id if isinstance(done_to, Notice) else notice.id))


@bp.route("/<int:number>/edit", methods=["GET", "POST"])
@needs(Can.NOTICES_WRITE)
def edit(number):
    notice = notice_or_404(number)
    kept = unsaved.kept(g.actor, notice)
    form = NoticeForm(formdata=MultiDict(kept.values)) if kept and request.method == "GET" else NoticeForm(obj=notice)
    if not form.validate_on_submit():
        return _edit(notice, form, 422 if form.is_submitted() else 200, kept=kept)
    try:
        rules.revise(g.actor, notice, shown_version(), **_typed(form))
    except Refused as refusal:
        if isinstance(refusal, Stale):
            form.version.data = notice_or_404(number).version
        return _edit(notice, form, refusal.status, refusal)
    return done(url_for("notices_desk.show", number=notice.id))


def _typed(form):
    values = {name: getattr(form, name).data for name in rules.EDITABLE}
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()} | {
        "affair": Affair(values["affair"])
    }


def _edit(notice, form, status, refusal=None, kept=None):
    return page(
        "notices/edit.html", notice=notice, form=form, refusal=str(refusal) if refusal else "", saved_at=None,
        kept=kept if request.method == "GET" else None, status=status, State=NoticeState,
        may_red=notice.red or settings.value("notices.red_head", notice.place_id),
    )  # fmt: skip


@bp.post("/<int:number>/unsaved")
@needs(Can.NOTICES_WRITE)
def keep(number):
    notice = notice_or_404(number)
    values = {name: value for name, value in request.form.items() if name in NoticeForm(formdata=None)._fields}
    values.pop("csrf_token", None)
    at = unsaved.keep(g.actor, notice, values)
    return done(url_for(".edit", number=number), lambda: page("notices/edit.html", "saved", saved_at=at, notice=notice))


@bp.post("/<int:number>/unsaved/removal")
@needs(Can.NOTICES_WRITE)
def throw_away(number):
    unsaved.throw_away(g.actor, notice_or_404(number))
    return done(url_for(".edit", number=number))


@bp.post("/<int:number>/submissions")
@needs(Can.NOTICES_WRITE)
def submit(number):
    return act(number, lambda notice: rules.submit(g.actor, notice, shown_version()))


@bp.post("/<int:number>/approvals")
@needs(Can.NOTICES_APPROVE)
def review(number):
    if request.form.get("verdict") == "return":
        return act(number, lambda notice: rules.send_back(g.actor, notice, request.form.get("reason", ""), shown_version()))
    return act(number, lambda notice: rules.approve(g.actor, notice, shown_version()))


@bp.post("/<int:number>/publications")
@needs(Can.NOTICES_WRITE)
def publish(number):
    return act(number, _publish)


def _publish(notice):
    published, why = prints.publish(g.actor, notice, shown_version())
    if why:
        flash(_("已发布。纸质件没有打印成：%(why)s", why=why), "warn")
    return published


@bp.post("/<int:number>/schedules")
@needs(Can.NOTICES_WRITE)
def schedule(number):
    form = ScheduleForm(prefix="schedule")
    if not form.validate():
        return invalid(notice_or_404(number), schedule_form=form)
    return act(
        number, lambda notice: scheduling.schedule(g.actor, notice, form.day.data, shown_version()), schedule_form=form
    )


@bp.post("/<int:number>/schedules/removal")
@needs(Can.NOTICES_WRITE)
def keep_back(number):
    return act(number, lambda notice: scheduling.keep_back(g.actor, notice, shown_version()))


@bp.post("/<int:number>/corrections")
@needs(Can.NOTICES_WRITE)
def correct(number):
    return act(number, lambda notice: rules.correct(g.actor, notice, shown_version()))


@bp.post("/<int:number>/withdrawals")
@needs(Can.NOTICES_APPROVE)
def withdraw(number):
    return act(number, lambda notice: rules.withdraw(g.actor, notice, request.form.get("reason", ""), shown_version()))


@bp.post("/<int:number>/archivings")
@needs(Can.NOTICES_WRITE)
def archive(number):
    return act(number, lambda notice: rules.archive(g.actor, notice, shown_version()))


@bp.post("/archivings")
@needs(Can.NOTICES_WRITE)
def archive_year():
    """年终归档: whatever of a year is done with."""
    count = rules.archive_year(g.actor, g.place, year_asked())
    flash(_n("归档了 %(num)s 份。", "归档了 %(num)s 份。", count) if count else _("没有可以归档的：有公示期的要先公布结果。"))
    return done(url_for(".index", year=year_asked() or None))


@bp.post("/<int:number>/discards")
@needs(Can.NOTICES_WRITE)
def discard(number):
    return act(number, lambda notice: rules.discard(g.actor, notice, shown_version()))
