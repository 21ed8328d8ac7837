"""The tree of organisations on paper."""

from dataclasses import dataclass
from datetime import date

from blueprints.organisation import tree
from blueprints.organisation.queries import body_of
from core import zh
from core.records.places import Place
from core.text import _, in_chinese


@dataclass(frozen=True)
class ChartBox:
    """One organisation with those below it."""

    name: str
    about: str
    parts: tuple["ChartBox", ...]


@dataclass(frozen=True)
class ChartSheet:
    """组织架构图, A3 landscape."""

    title: str
    body: str
    note: str
    roots: tuple[ChartBox, ...]
    foot: str


@in_chinese()
def chart(community: Place, on: date) -> ChartSheet:
    """The tree as it stood on a day."""
    roots = tree.tree(community, on)
    counts = tree.tally(roots)
    total = " + ".join(f"{kind.title} {count}" for kind, count in counts)
    return ChartSheet(
        _("党组织架构图"), body_of(community), _("截至%(day)s", day=zh.day(on)), tuple(map(_box, roots)),
        _("合计：%(parts)s = %(sum)s 个", parts=total, sum=sum(count for _kind, count in counts)),
    )  # fmt: skip


def _box(node: tree.Node) -> ChartBox:
    members = _("%(n)s 名党员", n=node.total)
    return ChartBox(node.name, f"{node.kind.title} · {members}", tuple(map(_box, node.parts)))
