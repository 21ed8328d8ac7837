"""常用筛选: lists somebody comes back to; they are theirs alone and leave no entry in the audit trail."""

from blueprints.suggestions.models import SavedFilter
from core.access import Actor
from core.db import writing
from core.records.places import Place
from core.refusal import Refused
from core.text import _l

MOST_KEPT = 12


class NameMissing(Refused):
    sentence = _l("请给这个筛选起个名字。")


class TooManyKept(Refused):
    sentence = _l("最多存 %(most)s 个常用筛选，请先删掉不用的。")


def keep(actor: Actor, place: Place, title: str, query: str) -> SavedFilter:
    """Under a name that stands for this list from now on."""
    title = " ".join(title.split())
    if not title:
        raise NameMissing()
    with writing():
        mine = (SavedFilter.account == actor.account_id) & (SavedFilter.place == place)
        SavedFilter.delete().where(mine & (SavedFilter.title == title)).execute()
        if SavedFilter.select().where(mine).count() >= MOST_KEPT:
            raise TooManyKept(most=MOST_KEPT)
        return SavedFilter.create(account=actor.account_id, place=place, title=title, query=query)


def drop(row: SavedFilter) -> None:
    """It is not needed any more."""
    with writing():
        row.delete_instance()
