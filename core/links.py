"""Addresses on paper, and personal links: 128 random bits, only the hash is kept."""

import hashlib
import os
import re
import secrets
from datetime import timedelta

from core import clock, settings
from core.db import database
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


def give(place: Place, purpose: str, subject_id: int) -> str:
    """A new personal link's token; inside the caller's transaction."""
    token = secrets.token_urlsafe(16)
    days = timedelta(days=settings.value("links.days", place))
    Link.create(
        hash=_hash(token), place=place, purpose=purpose, subject_id=subject_id,
        created_on=clock.today(), expires_on=clock.today() + days,
    )  # fmt: skip
    return token


def find(token: str, purpose: str) -> Link | None:
    """The live link behind a token; looking consumes nothing."""
    return Link.get_or_none(
        (Link.hash == _hash(token)) & (Link.purpose == purpose) & ~Link.revoked & (Link.expires_on >= clock.today())
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
