"""What cannot be right about a meeting, each told in a sentence that names the place."""

import re
from collections.abc import Iterator
from datetime import date

from blueprints.cobuilding.models import MemberUnit
from blueprints.meetings.protocol import Protocol, owners
from blueprints.meetings.states import Presence
from core import clock, zh
from core.printing.lines import CELLS, ROWS
from core.records.places import Place
from core.refusal import Refused
from core.text import _

LONGEST = 20_000  # characters of one discussion; minutes give the points, the raw record the words
BRACKETS = re.compile(r"（[^）]*）|\([^)]*\)")
TOGETHER = re.compile(r"[、，,；;/／\s]+|(?<=[\u4e00-\u9fff]{2})(?:和|与|及)(?=[\u4e00-\u9fff]{2})")


class NotInOrder(Refused):
    sentence = "%(faults)s"  # each is a whole sentence of the catalogue


def check(protocol: Protocol, community: Place) -> None:
    """Raises NotInOrder with every fault, so that all is mended at once."""
    found = list(faults(protocol, community))
    if found:
        raise NotInOrder(faults="\n".join(found))


def faults(protocol: Protocol, community: Place) -> Iterator[str]:
    """The sentences for whoever typed or brought the meeting."""
    held = clock.local(protocol.held_at).date()
    yield from _chair(protocol.chair)
    for n, item in enumerate(protocol.items, 1):
        yield from _too_long(_("议题 %(n)s", n=n), item.discussion)
        for m, decision in enumerate(item.decisions, 1):
            if decision.due_on < held:
                yield _(
                    "议题 %(n)s 第 %(m)s 条的完成时限 %(due)s 早于开会那天（%(held)s），请核对。",
                    n=n, m=m, due=zh.day(decision.due_on), held=zh.day(held),
                )  # fmt: skip
    yield from _departed(protocol, community, held)


def _chair(chair: str) -> Iterator[str]:
    if len(chairs(chair)) > 1:
        yield _(
            "主持人只能写一位，现在写的是“%(chair)s”。共同主持的，另一位请登记为出席或列席，在纪要里说明。", chair=chair
        )


def chairs(chair: str) -> list[str]:
    """The people named as chair; the post in brackets may hold commas of its own, and 和 may belong to a name."""
    return [name for name in TOGETHER.split(BRACKETS.sub("", chair).strip()) if name]


def _too_long(where: str, text: str) -> Iterator[str]:
    if len(text) > LONGEST:
        yield _(
            "%(where)s的汇报和讨论有 %(length)s 个字（约 %(pages)s 页），最多 %(most)s 个字。"
            "纪要只写要点，详细发言请写在会议记录里。",
            where=where, length=len(text), pages=-(-len(text) // (CELLS * ROWS)), most=LONGEST,
        )  # fmt: skip


def _departed(protocol: Protocol, community: Place, held: date) -> Iterator[str]:
    left = departed(community, held)
    yield from _departed_seats([(seat.unit, seat.presence) for seat in protocol.seats], left)
    for name in dict.fromkeys(n for item in protocol.items for d in item.decisions for n in owners(d.responsible)):
        if name in left:
            yield _left(name, left[name], _("不能再承担议定事项，请改由现在的成员单位负责"))


def departed_seats(came: list[tuple[str, Presence]], community: Place, held: date) -> Iterator[str]:
    """Units that had left by that day sit there as observers at most."""
    return _departed_seats(came, departed(community, held))


def _departed_seats(came: list[tuple[str, Presence]], left: dict[str, str]) -> Iterator[str]:
    for name, presence in came:
        if name in left and presence not in (Presence.OBSERVER, Presence.EXPECTED):
            yield _left(name, left[name], _("不能再登记到会；来旁听的请登记为列席"))


def _left(name: str, day: str, advice: str) -> str:
    return _("“%(name)s”已于 %(day)s 退出联席会议，%(advice)s。", name=name, day=zh.day(day), advice=advice)


def departed(community: Place, held: date) -> dict[str, str]:
    """Names of units that had left by the day of the meeting, with the day; one that came back under its name has not."""
    rows = MemberUnit.select(MemberUnit.name, MemberUnit.left).where(MemberUnit.place == community)
    gone, here = {}, set()
    for name, left in rows.tuples():
        if left and left <= held.isoformat():
            gone[name] = left
        else:
            here.add(name)
    return {name: left for name, left in gone.items() if name not in here}
