"""Inquiries of employers: residents heard by link or slip, the draft read by the member, the letter."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.inservice import asking, queries, sheets
from blueprints.inservice.forms import DraftForm, InquiryForm, OpinionForm, SlipForm
from blueprints.inservice.models import CheckIn, Inquiry, InquiryKind, InquiryState, Verdict
from blueprints.papers import rules as papers
from core import clock, links
from core.access import Can, needs, public
from core.answers import pdf_answer
from core.forms import spend
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import Refused
from core.text import _, _l, in_chinese
from core.web import shown_version

bp = Blueprint("inquiries", __name__)
LETTER, SLIP, KIND = "print/official.html", "inservice/print/opinion.html", "employer-letter"
papers.kind(KIND, _l("致单位反馈函"), Can.PEOPLE_EDIT, desk=lambda paper: f"/office/inquiries/{paper.subject_id}")


def inquiry_or_404(number):
    return queries.visible_inquiries(g.actor, g.place).where(Inquiry.id == number).first() or abort(404)


@bp.get("/office/inquiries")
@needs(Can.PEOPLE_EDIT)
def index():
    first, _last = queries.quarter(clock.today())
    return page(
        "inservice/inquiries.html", rows=list(queries.visible_inquiries(g.actor, g.place)), State=InquiryState,
        untold=queries.without_feedback(g.place, first).count(),
    )  # fmt: skip


@bp.post("/office/inquiries/feedback")
@needs(Can.PEOPLE_EDIT)
def feed_back():
    asking.feed_back(g.actor, g.place)
    return done(url_for("inquiries.index"))


@bp.route("/office/check-ins/<int:number>/inquiries/new", methods=["GET", "POST"])
@needs(Can.PEOPLE_EDIT)
def ask(number):
    check_in = queries.visible_to(g.actor, g.place).where(CheckIn.id == number).first() or abort(404)
    form = InquiryForm()
    if not form.validate_on_submit():
        return page("inservice/ask.html", row=check_in, form=form, status=422 if form.is_submitted() else 200)
    kind = InquiryKind(form.kind.data)
    row = asking.ask(g.actor, check_in, kind, form.purpose.data or "", form.due_on.data, form.since.data)
    return done(url_for("inquiries.show", number=row.id))


@bp.get("/office/inquiries/<int:number>")
@needs(Can.PEOPLE_EDIT)
def show(number, error="", status=200, link="", drafting=None):
    row = inquiry_or_404(number)
    with in_chinese():
        known = sheets.facts(row)
    return page(
        "inservice/inquiry.html", row=row, State=InquiryState, verdicts=queries.verdicts(row), opinions=list(row.opinions),
        facts=known, announced=_announcement(row), error=error, status=status, link=link, slip=SlipForm(formdata=None),
        drafting=drafting or DraftForm(formdata=None, data={"how": row.how, "findings": row.findings}),
    )  # fmt: skip


def _announcement(row):
    """What a notice to hang in the member's stairwell begins with, where the employer asked about an honour or an admission."""
    kind = {InquiryKind.AWARD: "honour", InquiryKind.ADMISSION: "admission"}.get(row.kind)
    person = row.check_in.person
    if kind is None or row.state is not InquiryState.ANSWERED:
        return None
    spots = person.stairwell.name if person.stairwell else ""
    asked = {"honour": row.purpose} if kind == "honour" else {"branch": f"{row.check_in.employer}党组织"}
    return {"kind": kind, "people": person.name, "spots": spots, **{name: words for name, words in asked.items() if words}}


def _act(number, act):
    """Do one act of the rules and show the inquiry again, with what was refused."""
    try:
        act(inquiry_or_404(number))
    except Refused as refusal:
        return show(number, str(refusal), refusal.status)
    return done(url_for("inquiries.show", number=number))


@bp.post("/office/inquiries/<int:number>/links")
@needs(Can.PEOPLE_EDIT)
def invite(number):
    try:
        token = asking.invite(g.actor, inquiry_or_404(number))
    except Refused as refusal:
        return show(number, str(refusal), refusal.status)
    return show(number, link=f"{links.community_address(g.place)}/l/{token}/opinion")


@bp.post("/office/inquiries/<int:number>/opinions")
@needs(Can.PEOPLE_EDIT)
def type_in(number):
    form = SlipForm()
    if not form.validate():
        return show(number, "；".join(str(words) for errors in form.errors.values() for words in errors), 422)
    return _act(number, lambda row: asking.hear(row, Verdict(form.verdict.data), form.words.data or ""))


@bp.post("/office/inquiries/<int:number>/draft")
@needs(Can.PEOPLE_EDIT)
def draft(number):
    form, row = DraftForm(), inquiry_or_404(number)
    try:
        if form.validate():
            asking.draft(g.actor, row, shown_version(), form.how.data or "", form.findings.data or "")
            return done(url_for("inquiries.show", number=number))
    except Refused as refusal:
        return show(number, str(refusal), refusal.status, drafting=form)
    return show(number, status=422, drafting=form)


@bp.post("/office/inquiries/<int:number>/reading")
@needs(Can.PEOPLE_EDIT)
def read(number):
    words = request.form.get("member_words", "")[:400]
    return _act(number, lambda row: asking.shown_to_member(g.actor, row, shown_version(), words))


@bp.get("/office/inquiries/<int:number>/letter.pdf")
@needs(Can.PEOPLE_EDIT)
def letter(number):
    row = inquiry_or_404(number)
    return pdf_answer(papers.copy(row, KIND) or pdf(LETTER, sheets.letter(row), draft=True), f"反馈函-{row.check_in.person.name}")


@bp.post("/office/inquiries/<int:number>/prints")
@needs(Can.PEOPLE_EDIT)
def issue(number):
    try:
        row = asking.answered(g.actor, inquiry_or_404(number))
    except Refused as refusal:
        return show(number, str(refusal), refusal.status)
    with in_chinese():
        title = _("致%(employer)s的反馈函", employer=row.check_in.employer)
        papers.issue(g.actor, g.place, row, KIND, title, lambda code: pdf(LETTER, sheets.letter(row), code=code))
    return done(url_for("inquiries.letter", number=number))


@bp.get("/office/inquiries/<int:number>/slips.pdf")
@needs(Can.PEOPLE_EDIT)
def slips(number):
    row = inquiry_or_404(number)
    return pdf_answer(pdf(SLIP, sheets.opinion(row)), f"居民意见单-{row.check_in.person.name}")


@bp.route("/l/<token>/opinion", methods=["GET", "POST"])
@public
def say(token):
    link = links.find(token, asking.PURPOSE) or abort(404)
    row = Inquiry.get_or_none((Inquiry.id == link.subject_id) & (Inquiry.place == g.place)) or abort(404)
    form, error, status, said = OpinionForm(), "", 200, False
    if form.validate_on_submit():
        try:
            spend(form.nonce)
            asking.hear(row, Verdict(form.verdict.data), form.words.data or "")
            said = True
        except Refused as refusal:
            error, status = str(refusal), refusal.status
    elif form.is_submitted():
        status = 422
    answer = page("inservice/say.html", row=row, form=form, error=error, said=said, status=status, State=InquiryState)
    answer.headers["Referrer-Policy"], answer.headers["Cache-Control"] = "no-referrer", "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
