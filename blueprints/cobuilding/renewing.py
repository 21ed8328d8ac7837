"""续签: an agreement that ends goes on as a new one, clauses and tasks taken over, nothing typed twice."""

from datetime import date, timedelta

from blueprints.cobuilding import queries
from blueprints.cobuilding.models import Agreement, AgreementTask, TaskState
from core import clock, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.refusal import Refused
from core.registers.ledger import in_force
from core.text import _l

A_YEAR = timedelta(days=366)
SAME = ("place", "unit", "title", "purpose", "ours", "theirs", "our_liaison", "their_liaison")
SAME_TASK = ("place", "text", "target", "counted_in", "our_owner", "their_owner")


class AlreadyRenewed(Refused):
    sentence = _l("这份协议已经续签到 %(day)s 了，请在新的那一份上修改。")
    status = 409


class TooEarly(Refused):
    sentence = _l("这份协议到 %(day)s 才到期，还有一年以上，现在不用续签。要改条款请直接修改。")


def renew(actor: Actor, row: Agreement, version: int) -> Agreement:
    """The agreement that follows from the day after, as long as the old one; to be read over before it is signed.

    Raises Stale, Void, AlreadyRenewed, TooEarly.
    """
    with writing():
        old = in_force(row, version)
        known = queries.renewal_of(old)
        if known is not None:
            raise AlreadyRenewed(day=zh.day(known.until))
        if old.until > clock.today() + A_YEAR:
            raise TooEarly(day=zh.day(old.until))
        since = old.until + timedelta(days=1)
        new = Agreement.create(
            **{name: getattr(old, name) for name in SAME}, renews=old, since=since, until=_as_long(old, since)
        )
        for task in queries.tasks(old):
            if task.state is not TaskState.DROPPED:
                _carry_on(task, old, new)
        Agreement.update(version=Agreement.version + 1, not_renewed="").where(Agreement.id == old.id).execute()
        record(actor, Act.ENTRY_ADDED, new, new.place_id, renews=old.id, since=new.since, until=new.until)
    return new


def _as_long(old: Agreement, since: date) -> date:
    """The last day of the new period: the same day of the year where the old one lasted whole years."""
    years = round(((old.until - old.since).days + 1) / 365.25)
    same = _years_on(old.until, years)
    return same if years and _years_on(old.since, years) - timedelta(days=1) == old.until else since + (old.until - old.since)


def _years_on(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th."""
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _carry_on(task: AgreementTask, old: Agreement, new: Agreement) -> None:
    due = min(new.until, new.since + (task.due_on - old.since))
    AgreementTask.create(**{name: getattr(task, name) for name in SAME_TASK}, agreement=new, due_on=due)
