"""Set-up, sign-in, 今日要办."""

import hmac
from urllib.parse import urlsplit

from flask import Blueprint, current_app, g, redirect, request, session, url_for
from flask_login import login_user, logout_user

from blueprints.office import queries, rules
from blueprints.office.forms import SetUpForm, SignInForm
from core import clock
from core.access import Actor, Can, actor_of, needs, public
from core.limits import Limit
from core.page import done, page
from core.refusal import Refused
from core.signing import SignedIn

bp = Blueprint("office", __name__)
attempts = Limit(10)


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


@bp.route("/login", methods=["GET", "POST"])
@public
def sign_in():
    form = SignInForm()
    if not form.validate_on_submit():
        return page("office/login.html", form=form, status=422 if form.is_submitted() else 200)
    if not attempts.allow(form.login.data):
        form.password.errors = [rules.TooManyAttempts()]
        return page("office/login.html", form=form, status=429)
    try:
        account = rules.sign_in(form.login.data, form.password.data)
    except Refused as refusal:
        form.password.errors = [str(refusal)]
        return page("office/login.html", form=form, status=422)
    rules.signed_in(actor_of(account), account)
    login_user(SignedIn(account))
    return done(_local(request.args.get("next")) or url_for("office.today"))


def _local(target: str | None) -> str | None:
    """``next`` only ever leads back into this office, never to another host."""
    parts = urlsplit(target or "")
    safe = parts.path.startswith("/office") and not parts.scheme and not parts.netloc and "\\" not in parts.path
    return (request.script_root + target) if safe else None


@bp.post("/office/sign-out")
@needs(Can.OFFICE_ENTER)
def sign_out():
    logout_user()
    session.clear()
    return done(url_for("home.index"))


@bp.get("/office")
@needs(Can.OFFICE_ENTER)
def today():
    return page("office/today.html", "today", rows=queries.today(g.actor, g.place), day=clock.today())
