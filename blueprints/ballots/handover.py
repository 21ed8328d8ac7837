"""Slips and key sheets on their way from the printer to the hand: each PDF is fetched once, within ten minutes.

The token that opens the sealed file travels in this browser's session cookie, so a closed tab loses nothing; another
browser, another account, or whoever reads the disk gets nothing.
"""

from flask import session

from core import once

SHELF = "once"


def keep(poll, what, content):
    """Lay a PDF ready for this browser alone."""
    _drop(poll, what)
    session[SHELF] = {**session.get(SHELF, {}), _name(poll, what): once.keep(content)}


def minutes_left(poll, what):
    """How many minutes it still lies there, begun ones counted; 0 when it was fetched or is gone."""
    token = session.get(SHELF, {}).get(_name(poll, what))
    return -(-once.seconds_left(token) // 60) if token else 0


def fetch(poll, what):
    """The PDF; raises AlreadyFetched the second time."""
    token = session.get(SHELF, {}).get(_name(poll, what))
    if token is None:
        raise once.AlreadyFetched()
    content = once.fetch(token)
    _forget(poll, what)
    return content


def _drop(poll, what):
    token = session.get(SHELF, {}).get(_name(poll, what))
    if token is not None:
        once.throw_away(token)
        _forget(poll, what)


def _forget(poll, what):
    session[SHELF] = {name: token for name, token in session.get(SHELF, {}).items() if name != _name(poll, what)}


def _name(poll, what):
    return f"{poll.id}:{what}"
