"""What the server serves: the voting pages before all else, then the application."""

import os
from importlib import import_module
from pathlib import Path

from werkzeug.middleware.proxy_fix import ProxyFix

from app import create_app

HERE = Path(__file__).parent
# An office that took the ballots area out is served without voting.
has_voting = (HERE / "blueprints/ballots/voting.py").exists()
voting = import_module("blueprints.ballots.voting") if has_voting else None


class VotingFirst:
    """Voting addresses never reach the application: no session, no log, no compression, no page cache."""

    def __init__(self, voting, site):
        self.voting = voting
        self.site = site

    def __call__(self, environ, start_response):
        chosen = self.voting.application if self.voting.serves(environ.get("PATH_INFO", "")) else self.site
        return chosen(environ, start_response)


def trusted(site, hops: int):
    """Forwarded addresses count only from as many proxies as LINLI_PROXIES names; without one, from none."""
    return ProxyFix(site, x_for=hops, x_proto=hops, x_host=hops, x_prefix=0) if hops else site


def build(app=None):
    """The whole site; `gunicorn "wsgi:build()"` serves it without the job process."""
    site = app or create_app()
    return trusted(VotingFirst(voting, site) if voting is not None else site, int(os.environ.get("LINLI_PROXIES") or 0))
