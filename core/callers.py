"""Where a request comes from: the house's own network, or anywhere."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address


def address(environ: dict) -> str | None:
    """The caller's address; what a proxy nobody vouched for passed on may come from anywhere, so it is None."""
    forwarded = "HTTP_X_FORWARDED_FOR" in environ or "HTTP_FORWARDED" in environ
    return None if forwarded and "werkzeug.proxy_fix.orig" not in environ else environ.get("REMOTE_ADDR")


def near(environ: dict) -> bool:
    """Whether the caller sits in a private network (RFC 1918, RFC 4193) or at this very machine."""
    return is_private(address(environ))


@lru_cache(maxsize=1024)
def is_private(text: str | None) -> bool:
    """The same of an address as it is written."""
    caller = read(text)
    return caller is not None and (caller.is_private or caller.is_link_local) and not caller.is_unspecified


def read(text: str | None) -> IPv4Address | IPv6Address | None:
    """An address without its zone, an IPv4 one in IPv6 clothes as itself; None for what is none."""
    try:
        caller = ip_address((text or "").partition("%")[0])
    except ValueError:
        return None
    return getattr(caller, "ipv4_mapped", None) or caller
