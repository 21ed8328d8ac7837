"""Settings: declared in code with key, type, default and source; dated rows per place override them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from peewee import fn

from core import clock
from core.records.places import Place
from core.records.work import Setting


@dataclass(frozen=True)
class Declared:
    """One setting; ``source`` names the regulation or habit the default comes from.

    ``choices`` are the values it may take with what each is called; without any it is typed, and ``read`` makes of what
    was typed what is kept, or refuses it.
    """

    key: str
    title: object
    default: object
    source: object = ""
    kind: Callable = str
    group: str = "office"
    choices: tuple[tuple[str, object], ...] = ()
    read: Callable[[str], str] = str.strip


DECLARED: dict[str, Declared] = {}


def declare(
    key: str, title: object, default: object, source: object = "", group: str = "office",
    choices: tuple[tuple[str, object], ...] = (), read: Callable[[str], str] = str.strip,
) -> Declared:  # fmt: skip
    """Add a setting to the settings page; areas call it at import."""
    setting = Declared(key, title, default, source, type(default), group, choices, read)
    DECLARED[key] = setting
    return setting


def value(key: str, place: Place | int | None = None, on: date | None = None) -> object:
    """The value in force at ``place`` on a day: the place's own, else the instance's, else the default."""
    day = on or clock.today()
    place_id = place.id if isinstance(place, Place) else place
    rows = (
        Setting.select(Setting.value)
        .where(
            (Setting.key == key) & (Setting.since <= day) & ((Setting.place == place_id) | Setting.place.is_null(True))
        )
        .order_by(fn.COALESCE(Setting.place, 0).desc(), Setting.since.desc())
        .limit(1)
        .tuples()
    )
    found = next(iter(rows), None)
    return found[0] if found else DECLARED[key].default


def values(place: Place | int | None) -> dict[str, object]:
    """All settings in force at a place today, in one query."""
    place_id = place.id if isinstance(place, Place) else place
    rows = (
        Setting.select(Setting.key, Setting.value)
        .where((Setting.since <= clock.today()) & ((Setting.place == place_id) | Setting.place.is_null(True)))
        .order_by(fn.COALESCE(Setting.place, 0), Setting.since)
        .tuples()
    )
    return {key: declared.default for key, declared in DECLARED.items()} | dict(rows)


def put(key: str, new: object, place: Place | None) -> None:
    """Set from today on; inside the caller's transaction, which also records who did it."""
    Setting.insert(place=place, key=key, value=new, since=clock.today()).on_conflict(
        conflict_target=[Setting.place, Setting.key, Setting.since], update={Setting.value: new}
    ).execute()
