"""The categories a community sorts promises by: 楼道环境, 三示范, and its own beside them."""

from blueprints.boards.models import Category, Commitment, Own, OwnCategory
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.places import Place
from core.refusal import Refused
from core.text import _l


class NameMissing(Refused):
    sentence = _l("请写类别的名称，例如“助老服务”。")


class NameTaken(Refused):
    sentence = _l("已经有“%(name)s”这个类别了。")
    status = 409


def own(community: Place, ended: bool = False) -> list[OwnCategory]:
    """A community's own categories, those no longer offered too where asked."""
    query = OwnCategory.select().where(OwnCategory.place == community).order_by(OwnCategory.id)
    return list(query if ended else query.where(~OwnCategory.ended))


def own_words(community: Place) -> dict[str, str]:
    """Own category → the words by which a promise is taken for one of it."""
    return {row.name: row.words for row in own(community)}


def offered(community: Place) -> list[Category | Own]:
    """What a promise can be sorted into today."""
    return [*Category, *(Own(row.name) for row in own(community))]


def in_order(kind: Category | Own) -> tuple[int, str]:
    """Where a category stands in a list: those of the text first, own ones by name."""
    known = list(Category)
    return (known.index(kind), "") if kind in known else (len(known), str(kind))


def choices(community: Place, kept: Category | Own | None = None) -> list[tuple[str, object]]:
    """The same as code and title, for forms; ``kept`` is what a promise is sorted into already, offered or not."""
    found = offered(community)
    found += [kept] if kept is not None and kept not in found else []
    return [(one.value, one.title) for one in found]


def named(community: Place, code: str) -> Category | Own | None:
    """The category a form named, None for one that is not offered."""
    return next((one for one in offered(community) if one.value == code), None)


def add(actor: Actor, community: Place, name: str, words: str = "") -> OwnCategory:
    """One more category of the community's own; one that was ended is offered again."""
    name = _checked(community, name)
    with writing():
        row, _new = OwnCategory.get_or_create(place=community, name=name)
        row.words, row.ended = " ".join(words.split()), False
        row.save()
        record(actor, Act.CATEGORY_CHANGED, row, community, name=name, words=row.words)
    return row


def change(actor: Actor, row: OwnCategory, name: str, words: str) -> None:
    """Another name or other words; the promises of the category keep to it."""
    name = _checked(row.place, name, row)
    with writing():
        before = row.name
        row.name, row.words = name, " ".join(words.split())
        row.save()
        mine = (Commitment.place == row.place_id) & (Commitment.category == before)
        Commitment.update(category=name).where(mine).execute()
        record(actor, Act.CATEGORY_CHANGED, row, row.place_id, before=before, name=name, words=row.words)


def end(actor: Actor, row: OwnCategory) -> None:
    """No longer offered; promises made under it keep it."""
    with writing():
        OwnCategory.update(ended=True).where(OwnCategory.id == row.id).execute()
        record(actor, Act.CATEGORY_CHANGED, row, row.place_id, name=row.name, ended=True)


def _checked(community: Place, name: str, row: OwnCategory | None = None) -> str:
    name = " ".join(name.split())[:20]
    if not name:
        raise NameMissing()
    taken = {str(one.title) for one in Category} | set(Category) | {one.name for one in own(community) if one != row}
    if name in taken:
        raise NameTaken(name=name)
    return name
