"""Set-up, 今日要办, settings, audit trail, search."""

import hmac

from flask import Blueprint, current_app, g, redirect, request, url_for
from flask_login import login_user

from blueprints.office import queries, rules
from blueprints.office.forms import SetUpForm
from core import clock, settings
from core.access import Actor, Can, needs, public
from core.page import done, page
from core.refusal import Refused
from core.signing import SignedIn

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
def set_up():
    if g.place is not None:
        return redirect(url_for("home.index"), 303)
    form = SetUpForm()
    needs_code = not _loopback()
    if not form.validate_on_submit():
        return page("office/setup.html", form=form, needs_code=needs_code, status=422 if form.is_submitted() else 200)
    if needs_code and not hmac.compare_digest(form.code.data or "", current_app.config["SETUP_CODE"]()):
        form.code.errors = [rules.WrongSetUpCode()]
        return page("office/setup.html", form=form, needs_code=needs_code, status=422)
    try:
        _, account = rules.set_up(
            form.community.data, form.login.data, form.password.data, Actor(form.login.data), form.address.data
        )
    except Refused as refusal:
        form.login.errors = [*form.login.errors, str(refusal)]
        return page("office/setup.html", form=form, needs_code=needs_code, status=422)
    login_user(SignedIn(account))
    return done(url_for("office.today"))


def _loopback() -> bool:
    return (request.remote_addr or "").startswith(("127.", "::1"))


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
    last = request.args.get("before", type=int)
    return page("office/audit.html", rows=list(queries.audit_entries(g.actor, g.place, last)))


@bp.get("/office/search")
@needs(Can.OFFICE_ENTER)
def search():
    words = request.args.get("q", "").strip()[:80]
    return page("office/search.html", q=words, hits=queries.search(g.actor, g.place, words) if words else [])
