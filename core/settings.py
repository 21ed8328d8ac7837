"""Settings: declared in code with key, type, default and source; dated rows per place override them."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from peewee import Function, ModelSelect, fn

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


# What the request under way has read of each place's settings; None outside requests, where nothing is remembered.
_read: ContextVar[dict[int | None, dict[str, object]] | None] = ContextVar("read", default=None)


def remember(known: dict[int | None, dict[str, object]] | None) -> None:
    """From now on this task reads a place's settings once; None ends that."""
    _read.set(known)


def value(key: str, place: Place | int | None = None, on: date | None = None) -> object:
    """The value in force at ``place`` on a day: the place's own, else the instance's, else the default."""
    day = on or clock.today()
    if _read.get() is not None and day == clock.today():
        return values(place)[key]
    found = _in_force(place, day).where(Setting.key == key).order_by(_nearness().desc(), Setting.since.desc()).limit(1)
    rows = list(found.tuples())
    return rows[0][1] if rows else DECLARED[key].default


def values(place: Place | int | None) -> dict[str, object]:
    """All settings in force at a place today, in one query."""
    known, place_id = _read.get(), place.id if isinstance(place, Place) else place
    if known is not None and place_id in known:
        return known[place_id]
    rows = _in_force(place_id, clock.today()).order_by(_nearness(), Setting.since).tuples()
    found = {key: declared.default for key, declared in DECLARED.items()} | dict(rows)
    if known is not None:
        known[place_id] = found
    return found


def history(place: Place) -> dict[str, list[tuple[date, object]]]:
    """Per key what was set at this place and from which day on, the newest first; today's or a coming one may be among them."""
    found: dict[str, list[tuple[date, object]]] = {}
    rows = Setting.select(Setting.key, Setting.since, Setting.value).where(Setting.place == place)
    for key, since, value_then in rows.order_by(Setting.key, Setting.since.desc()).tuples():
        found.setdefault(key, []).append((since, value_then))
    return found


def _in_force(place: Place | int | None, day: date) -> ModelSelect:
    """Keys and values set by a day, at the place or for the whole instance."""
    here = (Setting.place == place) | Setting.place.is_null(True)
    return Setting.select(Setting.key, Setting.value).where((Setting.since <= day) & here)


def _nearness() -> Function:
    """What the place itself says stands above what the instance says."""
    return fn.COALESCE(Setting.place, 0)


def put(key: str, new: object, place: Place | None) -> None:
    """Set from today on; inside the caller's transaction, which also records who did it."""
    Setting.insert(place=place, key=key, value=new, since=clock.today()).on_conflict(
        conflict_target=[Setting.place, Setting.key, Setting.since], update={Setting.value: new}
    ).execute()
    if (known := _read.get()) is not None:
        known.clear()
