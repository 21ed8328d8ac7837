"""Who may open a board from a telephone: whoever is in the community's own network, or stands before the poster.

Boards name people together with the house they live in, so they are not for the whole internet: a poster's QR code
carries a token for its own stairwell, everybody else is told to scan it.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from core import callers, settings
from core.db import writing
from core.links import community_address
from core.records.places import Place
from core.refusal import Refused
from core.text import _l

KEY = "boards.key"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's, as short addresses are read aloud
LETTERS = 10  # fifty bits
settings.declare(KEY, _l("公示牌二维码的密钥"), "", group="hidden")
settings.declare(
    "boards.local", _l("公示牌网页只在本地网络打开，或扫公示牌上的码打开"), True, group="boards",
    source=_l("公示牌有姓名和楼道，不宜放到互联网上任人翻看"),
)  # fmt: skip


class NotANetwork(Refused):
    sentence = _l("“%(text)s”不是网段，请照这样填：203.0.113.0/24，几个网段用空格隔开。")


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    """The networks somebody typed. Raises NotANetwork."""
    found = []
    for word in text.replace("，", " ").replace(",", " ").split():
        try:
            found.append(ip_network(word, strict=False))
        except ValueError:
            raise NotANetwork(text=word) from None
    return found


def typed_networks(text: str) -> str:
    """The same as it is kept."""
    return " ".join(map(str, networks(text)))


settings.declare(
    "boards.networks", _l("另外算作本地网络的网段"), "", group="boards", read=typed_networks,
    source=_l("例如 203.0.113.0/24，几个网段用空格隔开；局域网不用填"),
)  # fmt: skip


def is_local(address: str | None, more: str = "") -> bool:
    """Whether a caller sits in a private network, at this very machine, or in one of ``more``."""
    caller = callers.read(address)
    if caller is None or callers.is_private(address):
        return caller is not None
    return any(caller.version == one.version and caller in one for one in networks(more))


@dataclass(frozen=True)
class Doorway:
    """Where a community's boards are, and the secret its posters' codes are made with."""

    address: str
    key: str

    def token(self, slug: str) -> str:
        """What the QR code of one stairwell or building carries; equal for ever, so a reprint is equal."""
        digest = hmac.digest(self.key.encode(), slug.encode(), hashlib.sha256)
        return "".join(ALPHABET[byte % 32] for byte in digest[:LETTERS])

    def fits(self, slug: str, given: str) -> bool:
        """Whether somebody scanned the poster of this very place."""
        return hmac.compare_digest(self.token(slug).encode(), given.lower().encode())

    def leads_to(self, slug: str) -> str:
        """What a QR code carries."""
        return f"{self.address}/boards/{slug}?k={self.token(slug)}"


def of(community: Place) -> Doorway:
    """The doorway of a community."""
    return Doorway(community_address(community), _key(community))


def _key(community: Place) -> str:
    """Made when it is first needed; it lies in the database, so a backup keeps the posters on the wall valid."""
    found = settings.value(KEY, community)
    if not found:
        with writing():
            found = settings.value(KEY, community)
            if not found:
                found = secrets.token_hex(16)
                settings.put(KEY, found, community)
    return str(found)
