"""公布: the result becomes public as far as the poll's rules allow, and a notice of it is drafted."""

from importlib import import_module
from importlib.util import find_spec

from blueprints.ballots import chain, reports
from blueprints.ballots.models import Poll, PollStatus
from blueprints.ballots.steps import step
from core.access import Actor
from core.audit import Act


def publish(actor: Actor, poll: Poll) -> int | None:
    """Answers the number of the drafted notice, None in an office without the notices area."""
    with step(poll, PollStatus.SIGNED) as fresh:
        fresh.status = PollStatus.PUBLISHED
        fresh.notice = _draft(actor, fresh)
        chain.record(actor, fresh, "published", Act.POLL_PUBLISHED, counts=fresh.show_counts, digest=fresh.digest)
    return poll.notice


def _draft(actor: Actor, poll: Poll) -> int | None:
    """A draft like any other: somebody else approves it before it hangs."""
    if find_spec("blueprints.notices") is None:
        return None
    rules, records = (import_module(f"blueprints.notices.{name}") for name in ("rules", "models"))
    sheet = reports.notice(poll)
    return rules.draft(actor, poll.place, records.NoticeKind.RESULT, title=sheet.title, body=sheet.text).id
