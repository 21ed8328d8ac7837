"""The set-up code: from another computer only who has seen this one's window may set up (decision 22)."""

import hmac
import os
import secrets
from pathlib import Path

from core import instance

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is mistaken for another
GROUPS, IN_GROUP = 3, 4


def path() -> Path:
    """Where it lies until the first community is founded."""
    return instance.folder() / "setup_code"


def code() -> str:
    """The code of this instance, made at the first asking, readable by the folder's owner alone."""
    made = "-".join("".join(secrets.choice(LETTERS) for _letter in range(IN_GROUP)) for _group in range(GROUPS))
    try:
        with os.fdopen(os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(made)
    except FileExistsError:
        pass  # made by an earlier start, or by a sibling a moment ago
    return path().read_text()


def matches(given: str | None) -> bool:
    """Whether somebody typed it, in small letters or without its hyphens as well."""
    return hmac.compare_digest(_bare(given or "").encode(), _bare(code()).encode())


def _bare(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())


def forget() -> None:
    """Set-up is done: nobody needs the code any more."""
    path().unlink(missing_ok=True)
