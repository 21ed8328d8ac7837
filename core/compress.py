"""Compression of answers: text goes out as gzip; what carries an ETag is compressed once and kept."""

import re
import secrets
import struct
import zlib
from collections import OrderedDict
from collections.abc import Iterable

from werkzeug.datastructures import Headers

TEXT = re.compile(r"text/|application/(javascript|json|manifest\+json|atom\+xml)|image/svg\+xml")
WILLING = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
SMALLEST = 600  # bytes; below, the answer fits one packet anyway
KEPT = 400  # compressed answers a process keeps; the oldest go first
PADDING = 100  # bytes at most


def gzip(data: bytes, level: int, padding: int = 0) -> bytes:
    """One gzip member; ``padding`` is the length of a file name in its header, which readers skip."""
    name = b"n" * padding + b"\0" if padding else b""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = struct.pack("<3sB4xBB", b"\x1f\x8b\x08", 8 if padding else 0, 0, 255)
    tail = struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return b"".join((head, name, packer.compress(data), packer.flush(), tail))


class Compressed:
    """WSGI wrapper; answers of a type that does not shrink (PDF, pictures, spreadsheets) pass untouched."""

    def __init__(self, application):
        self.application = application
        self.kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    def __call__(self, environ, start_response) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        willing = environ["REQUEST_METHOD"] != "HEAD" and WILLING.search(environ.get("HTTP_ACCEPT_ENCODING", ""))
        # We weaken ETags below, and the static files' comparison knows only what it gave out itself.
        if "HTTP_IF_NONE_MATCH" in environ:
            environ["HTTP_IF_NONE_MATCH"] = environ["HTTP_IF_NONE_MATCH"].replace("W/", "")
        begun = []
        answer = self.application(environ, lambda *given: begun.append(given))
        status, plain, *failure = begun[-1]
        headers = Headers(plain)
        if not TEXT.match(headers.get("Content-Type", "")) or "Content-Encoding" in headers:
            start_response(status, plain, *failure)
            return answer
        add_vary(headers)
        if willing and status[:3] not in ("204", "206", "304"):
            answer = self.pack(path, headers, whole(answer))
        start_response(status, headers.to_wsgi_list(), *failure)
        return answer

    def pack(self, path: str, headers: Headers, data: bytes) -> list[bytes]:
        """Compress ``data`` and say so in ``headers``, unless it is too small to gain."""
        if len(data) < SMALLEST:
            return [data]
        etag = headers.get("ETag")
        packed = self.lasting((path, etag), data) if etag else gzip(data, 1, 1 + secrets.randbelow(PADDING))
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(packed))
        if etag and not etag.startswith("W/"):
            headers["ETag"] = "W/" + etag  # other bytes, same content
        return [packed]

    def lasting(self, key: tuple[str, str], data: bytes) -> bytes:
        """Pages without ETag may hold a form token, so theirs is padded at random (BREACH); these hold none."""
        packed = self.kept.get(key)
        if packed is None:
            packed = self.kept[key] = gzip(data, 6)
            while len(self.kept) > KEPT:
                self.kept.popitem(last=False)
        return packed


def add_vary(headers: Headers) -> None:
    given = headers.get("Vary")
    if not given or "accept-encoding" not in given.lower():
        headers["Vary"] = f"{given}, Accept-Encoding" if given else "Accept-Encoding"


def whole(answer: Iterable[bytes]) -> bytes:
    """The body in one piece; the answer is closed as the server would."""
    try:
        return b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
