"""What every step of the ceremony asks first: is it its turn, who stands by, what does the box itself say."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from blueprints.ballots import box as ballot_box
from blueprints.ballots import chain, counter, refusals, wording
from blueprints.ballots.layout import (
    INTERRUPTED,
    NO_KEY,
    OPEN,
    PREPARED,
    Meta,
    connected,
    path_of,
    read_meta,
    used_slips,
)
from blueprints.ballots.models import Poll, PollStatus, Scrutineer, ScrutineerRole
from core import backup, instance
from core.access import Actor
from core.audit import Act
from core.db import is_sqlite, writing
from core.refusal import Refused
from core.text import _l, current_language

WATCHING = (ScrutineerRole.CHIEF, ScrutineerRole.SCRUTINEER)
SYSTEM = Actor(name="系统")


class WrongStep(Refused):
    sentence = _l("“%(title)s”%(status)s，这一步要在%(wanted)s时办。")
    status = 409


class TwoScrutineersNeeded(Refused):
    sentence = _l("这一步要有两名监票人在场确认，请选出两位。")


class BoxMissing(Refused):
    sentence = _l("这台电脑上没有这次投票的票箱文件。票箱不在备份里；找不回原票箱的，只能取消后另建投票。")
    status = 409


class BoxRefused(Refused):
    """What the box itself refuses, told in the reader's language."""

    def __init__(self, inner: refusals.Refused) -> None:
        super().__init__()
        self.inner, self.status = inner, inner.status

    def __str__(self) -> str:
        return wording.told(current_language(), self.inner)


@contextmanager
def plainly() -> Iterator[None]:
    """The box knows nothing of the application: its refusals become the application's."""
    try:
        yield
    except refusals.Refused as refusal:
        raise BoxRefused(refusal) from None


@contextmanager
def step(poll: Poll, *wanted: PollStatus) -> Iterator[Poll]:
    """One step as one transaction on the poll as it stands now; ``poll`` itself is brought up to date at the end."""
    with writing(), plainly():
        query = Poll.select().where(Poll.id == poll.id)
        fresh = (query if is_sqlite() else query.for_update()).get()
        if fresh.status not in wanted:
            titles = "、".join(f"“{one.title}”" for one in wanted)
            raise WrongStep(title=fresh, status=fresh.status.title, wanted=titles)
        fresh.version += 1
        yield fresh
        fresh.save()
    poll.__data__.update(fresh.__data__)


def file_of(poll: Poll) -> Path:
    """Where the poll's box lies."""
    return path_of(instance.folder(), poll.key)


def there(poll: Poll) -> Path:
    """The box file; refuses where there is none, so that nobody goes on with an empty copy."""
    path = file_of(poll)
    if not path.exists():
        raise BoxMissing()
    return path


def meta_of(poll: Poll) -> Meta:
    with connected(there(poll)) as box:
        return read_meta(box)


def is_sealed(poll: Poll) -> bool:
    return meta_of(poll).key != NO_KEY


def witnesses(poll: Poll, names: Sequence[str]) -> list[str]:
    """Two of the poll's own scrutineers; tellers and callers do not watch."""
    standing = {row.name for row in poll.scrutineers.where(Scrutineer.role.in_(WATCHING))}
    given = sorted({name.strip() for name in names} & standing)
    if len(given) < 2:
        raise TwoScrutineersNeeded()
    return given


def recount(poll: Poll) -> None:
    """A figure changed after the count: the count is asked for anew, and nobody has signed it."""
    if poll.status is PollStatus.COUNTED:
        poll.status, poll.result, poll.digest = PollStatus.UNSEALED, "", ""
        Scrutineer.update(signed=False).where(Scrutineer.poll == poll).execute()


def look(poll: Poll) -> Poll:
    """The first look after a restore: a poll whose box lived on, or is older than its counter, is 中断 at once."""
    if poll.status in (PollStatus.SEALED, PollStatus.OPEN) and (why := _disagreement(poll)):
        with step(poll, PollStatus.SEALED, PollStatus.OPEN) as fresh:
            fresh.status = PollStatus.INTERRUPTED
            chain.record(SYSTEM, fresh, "interrupted", Act.POLL_INTERRUPTED, why=why)
            _stop(file_of(fresh))
    return poll


def _stop(path: Path) -> None:
    """Nothing more is cast until two scrutineers have looked."""
    if path.exists():
        with connected(path) as box:
            state = read_meta(box).state
        if state == OPEN:
            ballot_box.interrupt(path)


def stop_for_good(path: Path) -> None:
    """The poll is cancelled: whoever still holds a slip is told that voting has ended."""
    if path.exists():
        with connected(path) as box:
            state = read_meta(box).state
        # A box older than its counter can't be closed; interrupted as it is, it takes no vote either.
        with suppress(refusals.BoxBehindItsCounter):
            if state in (OPEN, INTERRUPTED):
                ballot_box.close_voting(path)


def _disagreement(poll: Poll) -> str:
    path = file_of(poll)
    if not path.exists():
        return "no box"
    with connected(path) as box:
        meta, used = read_meta(box), used_slips(box)
    if poll.status is PollStatus.SEALED:
        return "" if meta.state == PREPARED else "box ahead"
    if poll.generation != backup.generation():
        return "restored"
    return "interrupted" if meta.state == INTERRUPTED or _is_behind(path, meta, used) else ""


def _is_behind(path: Path, meta: Meta, used: int) -> bool:
    try:
        counter.refuse_if_behind(path, meta.generation, used)
    except refusals.BoxBehindItsCounter:
        return True
    return False
