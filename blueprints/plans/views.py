"""The annual plan for staff, and the page on which a unit proposes through its link."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.cobuilding import queries as cobuilding
from blueprints.cobuilding.models import MemberUnit
from blueprints.meetings import queries as meetings
from blueprints.papers import rules as papers
from blueprints.plans import queries, rules, sheets
from blueprints.plans.forms import ItemForm, PlanForm, ProposalForm
from blueprints.plans.models import AnnualPlan, PlanItem
from core import links
from core.access import Can, needs, public
from core.answers import file_answer, pdf_answer
from core.forms import spend
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import Refused
from core.spreadsheets.writing import write_table
from core.text import _, _l, in_chinese
from core.web import row_number, shown_version

bp = Blueprint("plans", __name__)
MANY = 60  # units to choose from on the page
PAPER = "plans/print/plan.html"
for _kind, _title in (("plan-plan", _l("年度共建计划")), ("plan-report", _l("年度共建总结"))):
    papers.kind(_kind, _title, Can.UNITS_READ, desk=lambda paper: f"/office/plans/{paper.subject_id}")


def plan_or_404(number):
    return queries.visible_to(g.actor, g.place).where(AnnualPlan.id == number).first() or abort(404)


@bp.get("/office/plans")
@needs(Can.UNITS_READ)
def index():
    return _index(PlanForm())


def _index(form, error="", status=200):
    return page("plans/index.html", plans=list(queries.visible_to(g.actor, g.place)), form=form, error=error, status=status)


@bp.post("/office/plans")
@needs(Can.UNITS_EDIT)
def begin():
    form = PlanForm()
    if not form.validate_on_submit():
        return _index(form, status=422)
    try:
        plan = rules.begin(g.actor, g.place, form.year.data, form.collect_until.data)
    except Refused as refusal:
        return _index(form, str(refusal), refusal.status)
    return done(url_for("plans.show", number=plan.id))


@bp.get("/office/plans/<int:number>")
@needs(Can.UNITS_READ)
def show(number, error="", status=200, link=None):
    plan = plan_or_404(number)
    units = cobuilding.units(g.place).where(cobuilding.belonging())
    return page(
        "plans/show.html", plan=plan, items=list(queries.items(plan)), declined=list(queries.items(plan, declined=True)),
        progress=queries.progress(plan), activities=list(queries.activities(g.place, plan.year)), error=error, status=status,
        units=list(units) if units.count() <= MANY else [], link=link, met=list(meetings.visible_to(g.actor, g.place).limit(8)),
    )  # fmt: skip


@bp.post("/office/plans/<int:number>/steps")
@needs(Can.UNITS_EDIT)
def go_on(number):
    try:
        rules.go_on(g.actor, plan_or_404(number), shown_version(), request.form.get("adopted_by", "")[:120])
    except Refused as refusal:
        return show(number, str(refusal), refusal.status)
    return done(url_for("plans.show", number=number))


@bp.post("/office/plans/<int:number>/links")
@needs(Can.UNITS_EDIT)
def invite(number):
    """One unit's link is shown once; all of them come as a sheet, a message a unit."""
    plan, here = plan_or_404(number), cobuilding.visible_to(g.actor, g.place).where(cobuilding.belonging())
    if request.form.get("all") == "1":
        letters = rules.invite_all(g.actor, plan, list(here))
        heads = [_("序号"), _("单位"), _("联络员"), _("发送内容")]
        lines = [[n, *letter] for n, letter in enumerate(letters, 1)]
        return file_answer(write_table(_("请提项目"), heads, lines), f"{plan.year}{_('年度共建计划-请单位提项目')}.xlsx")
    named = (MemberUnit.id == request.form.get("unit", 0, type=row_number)) | (MemberUnit.name == request.form.get("name", "").strip())
    unit = here.where(named).first()
    if unit is None:
        return show(number, str(_("没有叫这个名称的成员单位，请照名册写全称。")), 422)
    return show(number, link=(unit.name, rules.invite(g.actor, plan, unit)))


@bp.route("/office/plans/<int:number>/items/new", methods=["GET", "POST"])
@needs(Can.UNITS_EDIT)
def add(number):
    return _item(plan_or_404(number), None, ItemForm().fill(g.place))


@bp.route("/office/plans/<int:number>/items/<int:which>", methods=["GET", "POST"])
@needs(Can.UNITS_EDIT)
def edit(number, which):
    plan = plan_or_404(number)
    item = plan.items.where(PlanItem.id == which).first() or abort(404)
    data = {**item.__data__, "state": item.state.value, "version": item.version}
    return _item(plan, item, ItemForm(data=data).fill(g.place))


def _item(plan, item, form):
    error, status = "", 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            rules.write_item(g.actor, plan, item, shown_version(), form.values())
            return done(url_for("plans.show", number=plan.id))
        except Refused as refusal:
            error, status = str(refusal), refusal.status
            form.version.data = PlanItem.get_by_id(item.id).version if item else 0
    return page("plans/edit.html", plan=plan, item=item, form=form, error=error, status=status)


@bp.get("/office/plans/<int:number>/<any(plan, report):kind>.pdf")
@needs(Can.UNITS_READ)
def paper(number, kind):
    plan = plan_or_404(number)
    sheet = sheets.plan(plan, kind == "report")
    return pdf_answer(papers.copy(plan, f"plan-{kind}", plan.version) or pdf(PAPER, sheet, draft=True), sheet.title)


@bp.post("/office/plans/<int:number>/<any(plan, report):kind>/prints")
@needs(Can.UNITS_EDIT)
def issue(number, kind):
    plan = plan_or_404(number)
    sheet = sheets.plan(plan, kind == "report")
    with in_chinese():
        papers.issue(
            g.actor, g.place, plan, f"plan-{kind}", sheet.title, lambda code: pdf(PAPER, sheet, code=code), plan.version
        )
    return done(url_for("plans.paper", number=number, kind=kind))


def _invited(token):
    """The plan and the unit behind a link, which knows neither session nor cookie."""
    for plan in AnnualPlan.select().where(AnnualPlan.place == g.place):
        if link := links.find(token, rules.purpose(plan)):
            return plan, MemberUnit.get_by_id(link.subject_id)
    abort(404)


@bp.route("/l/<token>/plan", methods=["GET", "POST"])
@public
def propose(token):
    plan, unit = _invited(token)
    form, error, status = ProposalForm(), "", 200
    if form.validate_on_submit():
        try:
            spend(form.nonce)
            rules.propose(plan, unit, form.data)
            return done(url_for("plans.propose", token=token, sent=1))
        except Refused as refusal:
            error, status = str(refusal), refusal.status
    elif form.is_submitted():
        status = 422
    sent = list(queries.items(plan).where(PlanItem.proposed_by == unit))
    answer = page("plans/propose.html", plan=plan, unit=unit, form=form, error=error, sent=sent, status=status)
    answer.headers["Referrer-Policy"], answer.headers["Cache-Control"] = "no-referrer", "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
