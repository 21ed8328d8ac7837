"""Who is signed in: flask-login keeps ``id:seal`` in the session, so a new password ends old sessions."""

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_user

from core.access import VISITOR, Actor, actor_of, signed_in
from core.records.people import Account

manager = LoginManager()


class SignedIn(UserMixin):
    """flask-login's view of whoever acts behind a session."""

    def __init__(self, token: str, actor: Actor) -> None:
        self.token, self.actor = token, actor

    def get_id(self) -> str:
        return self.token

    @property
    def account(self) -> Account:
        return Account.get_by_id(self.actor.account_id)


def sign_in(account: Account) -> None:
    """Start the account's session with nothing of an earlier one in it; its token is good until the seal changes."""
    session.clear()
    login_user(SignedIn(f"{account.id}:{account.seal}", actor_of(account)))


@manager.user_loader
def load(token: str) -> SignedIn | None:
    """Who acts behind a session token, None when the account's password changed since."""
    number, _, seal = token.partition(":")
    actor = signed_in(int(number), seal) if number.isdecimal() else None
    return SignedIn(token, actor) if actor else None


def current_actor() -> Actor:
    """The signed-in account as an actor, else a visitor."""
    return current_user.actor if current_user.is_authenticated else VISITOR


def init_signing(app: Flask) -> None:
    """Hook flask-login into the application."""
    manager.session_protection = None  # offices sit behind changing addresses
    manager.init_app(app)
