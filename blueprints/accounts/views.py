"""Sign-in, one's own password, and the accounts of the office."""

from flask import Blueprint, abort, g, request, session, url_for
from flask_login import current_user, logout_user

from blueprints.accounts import queries, rules
from blueprints.accounts.forms import AccountForm, PasswordForm, RolesForm, SignInForm
from core.access import Can, Role, actor_of, before_set_up, needs, public
from core.limits import Limit
from core.page import done, page
from core.records.people import Account
from core.refusal import Refused
from core.signing import sign_in as start_session

bp = Blueprint("accounts", __name__)
attempts = Limit(10)  # for one account from one address, so that nobody elsewhere can lock it
from_one_place = Limit(60)  # whatever the accounts; a whole office may share one address


@bp.route("/login", methods=["GET", "POST"])
@public
@before_set_up
def sign_in():
    form = SignInForm()
    if not form.validate_on_submit():
        return page("accounts/login.html", form=form, status=422 if form.is_submitted() else 200)
    try:
        caller = request.remote_addr or ""
        if not (from_one_place.allow(caller) and attempts.allow(f"{caller} {form.login.data}")):
            raise rules.TooManyAttempts()
        account = rules.sign_in(form.login.data, form.password.data)
    except Refused as refusal:
        form.password.errors = [str(refusal)]
        return page("accounts/login.html", form=form, status=refusal.status)
    rules.signed_in(actor_of(account), account)
    start_session(account)
    return done(_local(request.args.get("next")) or url_for("office.today"))


def _local(target):
    """``next`` only ever leads back into this office, never to another host."""
    safe = target and target.startswith("/office") and "\\" not in target
    return request.script_root + target if safe else None


@bp.post("/office/sign-out")
@needs(Can.OFFICE_ENTER)
def sign_out():
    logout_user()
    session.clear()
    return done(url_for("home.index"))


@bp.route("/office/account", methods=["GET", "POST"])
@needs(Can.OFFICE_ENTER)
def own():
    form = PasswordForm()
    if not form.validate_on_submit():
        return page("accounts/own.html", form=form, status=422 if form.is_submitted() else 200)
    try:
        account = rules.change_password(g.actor, current_user.account, form.old.data, form.new.data)
    except Refused as refusal:
        form.old.errors = [str(refusal)]
        return page("accounts/own.html", form=form, status=refusal.status)
    start_session(account)
    return done(url_for("office.today"))


def account_or_404(number):
    return queries.visible_to(g.actor, g.place).where(Account.id == number).first() or abort(404)


def _shown(form, account=None):
    """The form with what each role is for, and which the account had."""
    past = list(queries.past(account, g.place)) if account else []
    return {"form": form, "account": account, "notes": {role.value: role.about for role in Role}, "past": past}


@bp.get("/office/accounts")
@needs(Can.ACCOUNTS_EDIT)
def index():
    held = queries.roles(g.place)
    rows = [(account, held[account.id]) for account in queries.visible_to(g.actor, g.place)]
    return page("accounts/index.html", rows=rows, about=[(role.title, role.about) for role in Role])


@bp.route("/office/accounts/new", methods=["GET", "POST"])
@needs(Can.ACCOUNTS_EDIT)
def add():
    form = AccountForm()
    if not form.validate_on_submit():
        return page("accounts/edit.html", **_shown(form), status=422 if form.is_submitted() else 200)
    try:
        rules.add_account(
            g.actor, g.place, form.login.data, form.password.data, *map(Role, form.roles.data), name=form.name.data
        )
    except Refused as refusal:
        return page("accounts/edit.html", **_shown(form), error=str(refusal), status=refusal.status)
    return done(url_for("accounts.index"))


@bp.route("/office/accounts/<int:number>", methods=["GET", "POST"])
@needs(Can.ACCOUNTS_EDIT)
def edit(number):
    account = account_or_404(number)
    form = RolesForm(roles=queries.roles(g.place)[account.id])
    if not form.validate_on_submit():
        return page("accounts/edit.html", **_shown(form, account))
    return _changed(account, form, lambda: rules.change_roles(g.actor, g.place, account, set(map(Role, form.roles.data))))


@bp.post("/office/accounts/<int:number>/suspension")
@needs(Can.ACCOUNTS_EDIT)
def suspend(number):
    account = account_or_404(number)
    form = RolesForm(formdata=None, roles=queries.roles(g.place)[account.id])
    return _changed(account, form, lambda: rules.set_active(g.actor, g.place, account, not account.active))


def _changed(account, form, change):
    try:
        change()
    except Refused as refusal:
        return page("accounts/edit.html", **_shown(form, account), error=str(refusal), status=refusal.status)
    return done(url_for("accounts.index"))
