"""Addresses on paper, and personal links: 128 random bits, only the hash is kept."""

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core import clock, settings
from core.db import Record, database
from core.records.places import Place, PlaceKind
from core.records.work import Link
from core.refusal import Refused
from core.text import _l

settings.declare("links.days", _l("个人链接有效天数"), 30, group="office")


class NotAnAddress(Refused):
    sentence = _l("“%(text)s”不是网址，请照这样填：http://192.168.1.20:8000。")


WEB_ADDRESS = re.compile(
    r"https?://(?:[A-Za-z0-9-]+|[\w-]+(?:\.[\w-]+)+|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?(?:/\S*)?"
)


def typed_address(text: str) -> str:
    """An address as a QR has to carry it: a telephone opens nothing that does not begin with http."""
    text = text.strip()
    address = text if "://" in text or not text else f"http://{text}"
    if address and not WEB_ADDRESS.fullmatch(address):
        raise NotAnAddress(text=text)
    return address.rstrip("/")


settings.declare("office.address", _l("本系统的网址（印在二维码里）"), "", group="office", read=typed_address)


def base_address(place: Place | None = None) -> str:
    """What every QR begins with: LINLI_URL, else the address given at set-up, else this machine's own."""
    address = os.environ.get("LINLI_URL") or (place and settings.value("office.address", place))
    return (address or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")


def community_address(place: Place) -> str:
    """Where a community's residents enter, as a QR carries it."""
    return base_address(place) + community_path(place)


def community_path(place: Place) -> str:
    """What stands before the path of a community's pages; the first community needs no prefix."""
    first = _first()
    return "" if first is None or first.id == place.id else f"/c/{place.slug}"


def check_address(code: str) -> str:
    """Where anybody can compare a paper with the register of issued papers; codes hold for all communities here."""
    return f"{base_address(_first())}/check/{code}"


def _first() -> Place | None:
    if database.obj is None or database.is_closed():
        return None  # papers are also printed where no database is open
    return Place.select().where(Place.kind == PlaceKind.COMMUNITY).order_by(Place.id).first()


def is_loopback(address: str) -> bool:
    """Whether a phone that scans this address would reach nothing; printing warns then."""
    return "//127." in address or "//localhost" in address


@dataclass(frozen=True)
class Room:
    """What a personal link opens: the table of those it is given to, and the view, which gets the link and its token."""

    table: str
    view: Callable


ROOMS: dict[str, Room] = {}


def opens(purpose: str, to: type[Record]) -> Callable:
    """Mark the view that answers ``/l/<token>/`` for links of this purpose, given to rows of a table."""

    def mark(view: Callable) -> Callable:
        ROOMS[purpose] = Room(to._meta.table_name, view)
        return view

    return mark


def new_token() -> str:
    """128 random bits as an address carries them."""
    return secrets.token_urlsafe(16)


def address(place: Place, token: str) -> str:
    """Where a personal link leads, for a QR."""
    return f"{community_address(place)}/l/{token}/"


def last_day(place: Place) -> date:
    """The last day on which a link given today opens anything."""
    return clock.today() + timedelta(days=settings.value("links.days", place))


def give(place: Place, purpose: str, subject_id: int, token: str | None = None) -> str:
    """A new personal link's token; one given before stays in force until it is revoked. Inside the caller's transaction."""
    token = token or new_token()
    Link.create(
        hash=_hash(token), place=place, purpose=purpose, subject_id=subject_id,
        created_on=clock.today(), expires_on=last_day(place),
    )  # fmt: skip
    return token


def revoke(place: Place, purpose: str, subjects: Iterable[int]) -> int:
    """End the live links of these subjects; how many ended. Inside the caller's transaction."""
    return Link.update(revoked=True).where(_live(place, purpose) & Link.subject_id.in_(list(subjects))).execute()


def live(place: Place, purpose: str, subject: int | None = None) -> dict[int, Link]:
    """Subject → its live link, of all or of one subject."""
    query = Link.select().where(_live(place, purpose))
    query = query if subject is None else query.where(Link.subject_id == subject)
    return {link.subject_id: link for link in query}


def _live(place: Place, purpose: str):
    return (
        (Link.place == place) & (Link.purpose == purpose) & ~Link.revoked & (Link.expires_on >= clock.today())
    )


def find(token: str, purpose: str | None = None, place: Place | None = None) -> Link | None:
    """The live link behind a token, for one purpose and of one community where these are named; looking consumes
    nothing."""
    query = Link.select().where((Link.hash == _hash(token)) & ~Link.revoked & (Link.expires_on >= clock.today()))
    query = query if purpose is None else query.where(Link.purpose == purpose)
    return (query if place is None else query.where(Link.place == place)).first()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
