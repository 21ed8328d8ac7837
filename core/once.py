"""A file handed over once: it lies sealed in the instance folder until it is fetched, ten minutes at most.

The key is in the token alone, which only the browser that asked for the file holds; the folder's copy opens nothing.
Never in a backup, since a backup holds the database only.
"""

import hashlib
import os
import secrets
from datetime import UTC
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from core import clock, instance
from core.refusal import Refused
from core.text import _l

SECONDS = 600


class AlreadyFetched(Refused):
    sentence = _l("这份文件已经取走，或者超过了 10 分钟，系统里没有了。")
    status = 409


def keep(content: bytes) -> str:
    """Seal it away; answers the token that fetches it."""
    sweep()
    token = secrets.token_urlsafe(32)
    path = _folder() / f"{_name(token)}.{_now() + SECONDS}"
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(SecretBox(_key(token)).encrypt(content))
    return token


def fetch(token: str) -> bytes:
    """The file, which is gone from here on; raises AlreadyFetched where nothing lies any more."""
    sweep()
    path = _path(token)
    if path is None:
        raise AlreadyFetched()
    mine = path.with_name(f"{path.name}.taken")
    try:
        path.rename(mine)  # of two who ask at the same moment, one gets it
        content = SecretBox(_key(token)).decrypt(mine.read_bytes())
    except (FileNotFoundError, CryptoError):
        raise AlreadyFetched() from None
    finally:
        mine.unlink(missing_ok=True)
    return content


def throw_away(token: str) -> None:
    """Nobody wants it any more."""
    path = _path(token)
    if path is not None:
        path.unlink(missing_ok=True)


def seconds_left(token: str) -> int:
    """How long it still lies there; 0 when it is gone."""
    path = _path(token)
    return max(0, int(path.suffix[1:]) - _now()) if path is not None else 0


def sweep() -> None:
    """Drop what nobody fetched in time; asked at every turn and once a minute by the job process."""
    for path in _folder().iterdir():
        if int(path.name.split(".")[1]) <= _now():
            path.unlink(missing_ok=True)


def _path(token: str) -> Path | None:
    return next((path for path in _folder().glob(f"{_name(token)}.*") if path.suffix[1:].isdigit()), None)


def _folder() -> Path:
    return instance.part("once")


def _now() -> int:
    return int(clock.now().replace(tzinfo=UTC).timestamp())


def _key(token: str) -> bytes:
    return hashlib.blake2b(token.encode(), digest_size=SecretBox.KEY_SIZE, person=b"once key").digest()


def _name(token: str) -> str:
    return hashlib.blake2b(token.encode(), digest_size=16, person=b"once name").hexdigest()
