"""The life of a record: as it stands now, who changed it last, each of its steps.

It serves records that count a ``version`` in forms and, mostly, keep ``steps``: records with an ``account`` each.
"""

from peewee import JOIN, Field, ModelSelect

from core import clock
from core.access import Actor
from core.db import Record, locked
from core.records.people import Account
from core.refusal import Stale
from core.text import _l

SOMEBODY = _l("别人")


def unchanged(row: Record, version: int | None, nobody: object = SOMEBODY) -> Record:
    """The row as it stands now, kept from other writers until the caller's transaction ends.

    Raises Stale when it was changed after ``version`` was shown; None comes from no form and is never old.
    """
    model = type(row)
    fresh = locked(model.select().where(model.id == row.id)).get()
    if version is not None and fresh.version != version:
        raise Stale(who=last_hand(fresh, nobody))
    return fresh


def last_hand(row: Record, nobody: object = SOMEBODY) -> str:
    """Who changed the row last, for the sentence that says so; ``nobody`` where no account did."""
    last = steps(row).order_by(_order(_kept(row)).desc()).first() if hasattr(type(row), "steps") else None
    return last.account.name if last and last.account else str(nobody)


def steps(row: Record) -> ModelSelect:
    """The steps of a row, oldest first, with who did each."""
    step, points_at = _kept(row), type(row).steps.field
    return step.select(step, Account).join(Account, JOIN.LEFT_OUTER).where(points_at == row).order_by(_order(step))


def step(actor: Actor, row: Record, note: str = "") -> None:
    """One more step, to the state the row is in now, inside the caller's transaction."""
    owner = type(row).steps.field.name
    _kept(row).create(**{owner: row}, at=clock.now(), account=actor.account_id, state=row.state, note=note)


def _kept(row: Record) -> type[Record]:
    return type(row).steps.rel_model


def _order(step: type[Record]) -> Field:
    """Steps that residents write too have random keys and count by themselves within their record."""
    return getattr(step, "position", step.id)
