"""Set-up, 今日要办, settings, audit trail, search."""

from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, request, session, url_for
from markupsafe import Markup

from blueprints.accounts.rules import PasswordTooShort
from blueprints.office import code, demo, queries, rules, sheets
from blueprints.office import today as todays
from blueprints.office.forms import ExampleForm, SetUpForm
from blueprints.office.navigation import navigation
from core import clock
from core.access import Actor, Can, before_set_up, needs, public
from core.act_titles import TITLES
from core.answers import pdf_answer
from core.links import NotAnAddress
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import Refused
from core.signing import sign_in as start_session
from core.templates import render
from core.text import _, current_language
from core.web import row_number, words_asked

bp = Blueprint("office", __name__)


@bp.app_context_processor
def ways():
    """``sidebar(here)``: the staff's sidebar with the page that is open."""
    return {"sidebar": sidebar} if request.path.startswith("/office") else {}


def sidebar(here):
    allowed = frozenset(can for can in Can if g.actor.can(can, g.place))
    return Markup(_sidebar(current_language(), request.script_root, allowed, here))


@lru_cache(maxsize=512)
def _sidebar(_language, _root, allowed, here):
    return render("office/sidebar.html", groups=navigation(allowed), here=here)


@bp.route("/setup", methods=["GET", "POST"])
@public
@before_set_up
def set_up():
    if g.place is not None:
        return redirect(url_for("home.index"), 303)
    form = SetUpForm()
    if not form.validate_on_submit():
        return _set_up(form, ExampleForm(None), 422 if form.is_submitted() else 200)
    try:
        _check_code(form.code.data)
        _place, account = rules.set_up(
            form.community.data, form.login.data, form.password.data, Actor(form.login.data), form.address.data
        )
    except Refused as refusal:
        fields = {rules.WrongSetUpCode: form.code, NotAnAddress: form.address, PasswordTooShort: form.password}
        field = fields.get(type(refusal), form.login)
        field.errors = [*field.errors, str(refusal)]
        return _set_up(form, ExampleForm(None), refusal.status)
    start_session(account)
    return done(url_for("office.today"))


@bp.post("/setup/example")
@public
@before_set_up
def set_up_example():
    if g.place is not None:
        return redirect(url_for("home.index"), 303)
    form = ExampleForm()
    if not form.validate():
        return _set_up(SetUpForm(None), form, 422)
    try:
        _check_code(form.code.data)
        _place, shown = demo.load(Actor(_("设置页")))
    except Refused as refusal:
        form.code.errors = [*form.code.errors, str(refusal)]
        return _set_up(SetUpForm(None), form, refusal.status)
    start_session(demo.account(demo.SECRETARY))
    session["shown"] = list(shown.items())
    return done(url_for("office.example"))


@bp.get("/office/example")
@needs(Can.OFFICE_ENTER)
def example():
    """What only whoever loaded the example is shown, and only once."""
    shown = session.pop("shown", None)
    return page("office/example.html", shown=shown) if shown else done(url_for("office.today"))


def _set_up(form, example, status):
    return page("office/setup.html", form=form, example=example, needs_code=not _sits_here(), status=status)


def _check_code(given):
    if not _sits_here() and not code.matches(given):
        raise rules.WrongSetUpCode()


def _sits_here():
    """Whether the browser runs on this very computer; what came through a proxy may have come from anywhere."""
    forwarded = {"X-Forwarded-For", "Forwarded"} & set(request.headers.keys())
    return not forwarded and _is_loopback(request.remote_addr) and _is_loopback(urlsplit(request.host_url).hostname)


def _is_loopback(host):
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


@bp.get("/office")
@needs(Can.OFFICE_ENTER)
def today():
    day, mine = clock.today(), request.args.get("show") == "mine"
    found = todays.today(g.actor, g.place, day, mine)
    return page("office/today.html", found=found, mine=mine, day=day, cards=todays.cards(g.actor, g.place))


@bp.get("/office/today.pdf")
@needs(Can.OFFICE_ENTER)
def today_pdf():
    found = todays.today(g.actor, g.place, clock.today())
    return pdf_answer(pdf("office/print/today.html", sheets.today(g.actor, g.place, found)), _("今日要办"))


@bp.get("/office/audit")
@needs(Can.AUDIT_READ)
def audit_trail():
    first = request.args.get("from", 0, type=row_number)
    rows = list(queries.audit_entries(g.actor, g.place, first))
    more = first + len(rows) if len(rows) == queries.AUDIT_PAGE else None
    return page("office/audit.html", rows=rows, more=more, titles=TITLES)


@bp.get("/office/search")
@needs(Can.OFFICE_ENTER)
def search():
    words = words_asked()
    return page("office/search.html", q=words, found=queries.search(g.actor, g.place, words) if words else {})
