"""Static files: asked for once, then kept by browsers until their content changes."""

import hashlib
from pathlib import Path

from whitenoise import WhiteNoise

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
