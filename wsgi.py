"""What the server serves: the voting pages before all else, then static files, then the application."""

import hashlib
import importlib
import importlib.util
import os
import re
from pathlib import Path

from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app import create_app
from core.compress import Compressed
from core.web import CommunityPrefix

STATIC = Path(__file__).parent / "static"
VOTING = "blueprints.ballots.voting"
VOTING_PATH = re.compile(r"(/c/[^/]+)?/(v|vote|cast)")
FOR_EVER = "public, max-age=31536000, immutable"


class StaticFiles(WhiteNoise):
    """Files under /static/, read from disk; an address with the content's own digest is kept by browsers for ever.

    Any other digest (an update that waits for the restart) must be asked for again, else a browser would keep
    a file under the name of another.
    """

    def __init__(self, application, root: Path):
        super().__init__(application, max_age=0, allow_all_origins=False)
        self.add_files(root, "/static/")
        files = ((path, "/static/" + path.relative_to(root).as_posix()) for path in root.rglob("*") if path.is_file())
        self.digests = {url: hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest() for path, url in files}

    def __call__(self, environ, start_response):
        digest = self.digests.get(environ.get("PATH_INFO", ""))
        if digest is None or environ.get("QUERY_STRING") != f"v={digest}":
            return super().__call__(environ, start_response)

        def begin(status, headers, *failure):
            kept = [(name, value) for name, value in headers if name != "Cache-Control"]
            return start_response(status, [*kept, ("Cache-Control", FOR_EVER)], *failure)

        return super().__call__(environ, begin)


class VotingFirst:
    """Voting addresses never reach the application: no session, no log, no compression, no page cache."""

    def __init__(self, voting, site):
        self.voting = CommunityPrefix(voting)
        self.site = site

    def __call__(self, environ, start_response):
        chosen = self.voting if VOTING_PATH.fullmatch(environ.get("PATH_INFO", "")) else self.site
        return chosen(environ, start_response)


def trusted(site, hops: int):
    """Forwarded addresses count only from as many proxies as LINLI_PROXIES names; without one, from none."""
    return ProxyFix(site, x_for=hops, x_proto=hops, x_host=hops, x_prefix=0) if hops else site


def build():
    """The whole site; a community that removed the ballots area is served without voting."""
    site = Compressed(StaticFiles(create_app(), STATIC))
    if importlib.util.find_spec(VOTING):
        site = VotingFirst(importlib.import_module(VOTING).application, site)
    return trusted(site, int(os.environ.get("LINLI_PROXIES") or 0))


application = build()
