"""Forms: staff's carry the session's token, public ones a signed token whose nonce counts once."""

import hashlib
import secrets

from flask import current_app
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeTimedSerializer
from wtforms import ValidationError
from wtforms.csrf.core import CSRF
from wtforms.fields.choices import SelectChoice

from core import clock
from core.records.work import UsedForm
from core.refusal import AlreadyDone, Refused
from core.spreadsheets.cells import Kind, value_of
from core.text import _, _l, current_language

PUBLIC_FORM_SECONDS = 24 * 3600


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key, salt="public-form")


class SignedToken(CSRF):
    """A token that needs no session: signed, a day valid, carrying a nonce."""

    def generate_csrf_token(self, csrf_token_field):
        return _signer().dumps(secrets.token_urlsafe(12))

    def validate_csrf_token(self, form, field):
        try:
            form.nonce, made = _signer().loads(
                field.data or "", max_age=PUBLIC_FORM_SECONDS, return_timestamp=True
            )
            form.age = (clock.now() - made.replace(tzinfo=None)).total_seconds()
        except BadSignature:
            raise ValidationError(_("这一页打开太久了，请核对内容后再提交一次。")) from None


class OfficeForm(FlaskForm):
    """A form behind sign-in."""

    class Meta(FlaskForm.Meta):
        locales = ("zh",)

        def get_translations(self, form):
            from wtforms.i18n import get_translations

            return get_translations(["en" if current_language() == "en" else "zh"])


class PublicForm(OfficeForm):
    """A form for visitors; ``spend`` makes a second press of the same form a refusal."""

    nonce: str = ""
    age: float = 0.0  # seconds between showing and sending

    class Meta(OfficeForm.Meta):
        csrf = True
        csrf_class = SignedToken
        csrf_field_name = "form_token"


def spend(nonce: str) -> None:
    """Mark a public form as used, inside the rule's transaction; raises AlreadyDone the second time."""
    digest = hashlib.sha256(nonce.encode()).hexdigest()
    fresh = UsedForm.insert(nonce=digest, day=clock.today()).on_conflict_ignore().as_rowcount().execute()
    if not fresh:
        raise AlreadyDone()


def cell(kind: Kind):
    """A validator that tidies the input as an import would, or says why it can't be taken."""

    def tidy(_form, field):
        try:
            field.data = value_of(field.data or "", kind)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None

    return tidy


def choices(enum) -> list[SelectChoice]:
    """An enum's members as a select or radio field wants them."""
    return [SelectChoice(member.value, member.title) for member in enum]


REQUIRED = _l("请填写这一项。")
