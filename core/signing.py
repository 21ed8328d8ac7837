"""Who is signed in: flask-login keeps ``id:seal`` in the session, so a new password ends old sessions."""

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user

from core.access import VISITOR, Actor, actor_of
from core.records.people import Account

manager = LoginManager()


class SignedIn(UserMixin):
    """flask-login's view of an account."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return f"{self.account.id}:{self.account.seal}"


@manager.user_loader
def load(token: str) -> SignedIn | None:
    """The active account of a session token, None when its password changed since."""
    number, _, seal = token.partition(":")
    account = Account.get_or_none((Account.id == number) & (Account.seal == seal) & Account.active)
    return SignedIn(account) if account else None


def current_actor() -> Actor:
    """The signed-in account as an actor, else a visitor."""
    return actor_of(current_user.account) if current_user.is_authenticated else VISITOR


def init_signing(app: Flask) -> None:
    """Hook flask-login into the application."""
    manager.session_protection = None  # offices sit behind changing addresses
    manager.init_app(app)
