"""Set-up, 今日要办, settings, audit trail, search."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, request, session, url_for

from blueprints.office import code, demo, queries, rules
from blueprints.office.forms import ExampleForm, SetUpForm
from core import clock, settings
from core.access import Actor, Can, before_set_up, needs, public
from core.act_titles import TITLES
from core.links import NotAnAddress
from core.page import done, page
from core.refusal import Refused
from core.signing import sign_in as start_session
from core.text import _
from core.web import row_number, words_asked

bp = Blueprint("office", __name__)


@bp.app_context_processor
def sidebar():
    """The staff's sidebar, on staff pages only."""
    if not request.path.startswith("/office"):
        return {}
    entries = queries.navigation(g.actor, g.place)
    return {"office_nav": [(url_for(endpoint), title, icon, key, None) for endpoint, title, icon, key, _can in entries]}


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
        field = {rules.WrongSetUpCode: form.code, NotAnAddress: form.address}.get(type(refusal), form.login)
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
    return page("office/today.html", "today", rows=queries.today(g.actor, g.place), day=clock.today())


@bp.route("/office/settings", methods=["GET", "POST"])
@needs(Can.SETTINGS_EDIT)
def preferences():
    groups = queries.settings_by_group()
    if request.method == "GET":
        return page("office/settings.html", groups=groups, values=settings.values(g.place))
    typed = {one.key: request.form[one.key] for group in groups for one in group[1] if one.key in request.form}
    try:
        rules.change_settings(g.actor, g.place, typed)
    except Refused as refusal:
        shown = {**settings.values(g.place), **typed}
        return page("office/settings.html", groups=groups, values=shown, error=str(refusal), status=refusal.status)
    return done(url_for("office.preferences"))


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
    return page("office/search.html", q=words, hits=queries.search(g.actor, g.place, words) if words else [])
