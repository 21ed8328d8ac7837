"""延期: asked for before the day has passed, with a reason, and decided by somebody else, always."""

from datetime import date

from blueprints.suggestions import deadlines
from blueprints.suggestions.handling import WORKING, handling
from blueprints.suggestions.models import Extension, State, StepKind, Suggestion
from blueprints.suggestions.queries import waiting_extension
from blueprints.suggestions.refusals import (
    AlreadyAsked,
    DueDayPassed,
    NothingAsked,
    NotLater,
    OwnExtension,
    ReasonMissing,
    TooLong,
)
from blueprints.suggestions.rules import step
from core import clock, zh
from core.access import Actor
from core.audit import Act
from core.spreadsheets.cells import clean
from core.text import _

ALLOWED = (State.REGISTERED, *WORKING)


def ask(actor: Actor, suggestion: Suggestion, version: int, until: date, reason: str) -> None:
    """申请延期 to a later day, at most as far as one extension reaches."""
    reason = clean(reason)
    if not reason:
        raise ReasonMissing()
    with handling(actor, suggestion, version, Act.SUGGESTION_EXTENSION, *ALLOWED) as row:
        _in_time(row)
        if waiting_extension(row):
            raise AlreadyAsked()
        if until <= row.due_on:
            raise NotLater(day=zh.day(row.due_on))
        latest = deadlines.latest_extension(row.due_on, row.place)
        if until > latest:
            raise TooLong(day=zh.day(latest))
        Extension.create(
            suggestion=row, until=until, reason=reason, was_due_on=row.due_on, asked_by=actor.account_id, asked_on=clock.today()
        )
        step(row, StepKind.EXTENSION_ASKED, actor, f"{zh.day(until)}：{reason}", public=False)


def decide(actor: Actor, suggestion: Suggestion, version: int, granted: bool, words: str = "") -> None:
    """同意 or 不同意 by somebody else than who asked; even an office of one does not grant its own."""
    words = clean(words)
    with handling(actor, suggestion, version, Act.SUGGESTION_EXTENSION, *ALLOWED) as row:
        asked = waiting_extension(row)
        if asked is None:
            raise NothingAsked()
        if asked.asked_by_id == actor.account_id:
            raise OwnExtension()
        if not granted and not words:
            raise ReasonMissing()
        if granted:
            _in_time(row)
            row.due_on = asked.until
        asked.granted, asked.decided_by, asked.decided_on = granted, actor.account_id, clock.today()
        asked.save()
        told = _("答复期限延到 %(day)s。原因：%(reason)s", day=zh.day(asked.until), reason=asked.reason)
        kind = StepKind.EXTENDED if granted else StepKind.EXTENSION_REFUSED
        step(row, kind, actor, told if granted else words, public=granted)


def _in_time(row: Suggestion) -> None:
    if clock.today() > row.due_on:
        raise DueDayPassed(day=zh.day(row.due_on))
