"""What the server serves: the voting pages before all else, then static files, then the application."""

import importlib
import importlib.util
import os
from pathlib import Path

from werkzeug.middleware.proxy_fix import ProxyFix

from app import create_app
from core.compress import Compressed
from core.static import StaticFiles
from core.web import CommunityPrefix

STATIC = Path(__file__).parent / "static"
VOTING = "blueprints.ballots.voting"
VOTING_PATHS = frozenset(("/v", "/vote", "/cast"))


class VotingFirst:
    """Voting addresses never reach the application: no session, no log, no compression, no page cache."""

    def __init__(self, voting, site):
        self.voting = voting
        self.site = site

    def __call__(self, environ, start_response):
        chosen = self.voting if environ.get("PATH_INFO") in VOTING_PATHS else self.site
        return chosen(environ, start_response)


def trusted(site, hops: int):
    """Forwarded addresses count only from as many proxies as LINLI_PROXIES names; without one, from none."""
    return ProxyFix(site, x_for=hops, x_proto=hops, x_host=hops, x_prefix=0) if hops else site


def build():
    """The whole site; a community that removed the ballots area is served without voting."""
    site = Compressed(StaticFiles(create_app(), STATIC))
    if importlib.util.find_spec(VOTING):
        site = VotingFirst(importlib.import_module(VOTING).application, site)
    # The community's prefix goes first, so that its voting pages and static files are found like everybody's.
    return trusted(CommunityPrefix(site), int(os.environ.get("LINLI_PROXIES") or 0))


application = build()
