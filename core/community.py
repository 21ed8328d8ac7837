"""The community a request is about: one small statement tells how it stands, what follows from that is remembered."""

from collections import OrderedDict
from collections.abc import Callable
from copy import copy
from datetime import date
from functools import lru_cache, wraps

from core import clock, settings
from core.db import database, is_sqlite
from core.prepared import Prepared, asked
from core.records.places import Place, PlaceKind
from core.text import current_language

REMEMBERED = 16  # answers of each read
Stamp = tuple[int, int, date]  # community, its version, local day


def _here(*more) -> Prepared:
    """Id and version of a community; its version rises with every recorded act."""
    return Prepared(
        lambda: Place.select(Place.id, Place.version)
        .where(Place.kind == PlaceKind.COMMUNITY, *(condition() for condition in more))
        .order_by(Place.id)
        .limit(1)
    )


_first, _named, _same = _here(), _here(lambda: Place.slug == asked("slug")), _here(lambda: Place.id == asked("id"))


def stamp(slug: str | None) -> Stamp | None:
    """How the community named by the address stands now, or the first one; None where there is none."""
    found = next(iter(_first() if slug is None else _named(slug=slug)), None)
    return found and (*found, clock.today())


def opened(stands: Stamp) -> tuple[Place, dict[str, object]]:
    """The community with what every page says of it, and its settings: a record of the request's own."""
    place, known = _as_it_stands(*stands)
    mine = copy(place)
    mine.__data__, mine.__rel__, mine._dirty = dict(place.__data__), {}, set()
    return mine, known


@lru_cache(maxsize=64)
def _as_it_stands(number: int, _version: int, _day: date) -> tuple[Place, dict[str, object]]:
    place, known = Place.get_by_id(number), settings.values(number)
    place.phone, place.hours, place.sample = known["office.phone"], known["office.hours"], known["office.sample"]
    return place, known


def until_recorded(read: Callable) -> Callable:
    """Remember what a read (its first argument a community) makes of the records until one of them is recorded anew.

    Only for what depends on nothing else, and as long as nobody changes what it answers. Inside a transaction, whose
    own writes no version tells of yet, it is read each time.
    """
    remembered: OrderedDict[tuple, object] = OrderedDict()

    @wraps(read)
    def answer(place: Place, *more: object) -> object:
        if database.in_transaction():
            return read(place, *more)
        key = (*next(iter(_same(id=place.id))), clock.today(), current_language(), *more)
        found = remembered.get(key)
        if found is None:
            found = remembered[key] = read(place, *more)
            while len(remembered) > REMEMBERED:
                remembered.popitem(last=False)
        return found

    return answer


def forget() -> None:
    """For tests, which take back what was written and give the same numbers again."""
    _as_it_stands.cache_clear()


def give_back() -> None:
    """SQLite's connection stays with its thread; PostgreSQL's goes back to the pool."""
    if not is_sqlite() and not database.is_closed() and not database.in_transaction():
        database.close()
