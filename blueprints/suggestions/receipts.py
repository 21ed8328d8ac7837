"""Receipt codes (查询码): fifteen digits and a check digit; only a slow hash of them is kept."""

import hashlib
import hmac
import secrets

from argon2.low_level import Type, hash_secret_raw

from blueprints.suggestions.models import ReceiptSalt
from blueprints.suggestions.refusals import CodeMistyped, CodeTooShort
from core.db import writing
from core.limits import hashing
from core.stairwells import fold

LENGTH = 16
# 19 MiB and two passes, as for a password: guessing one code costs as much as asking for it.
COST = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}
# Damm's table: it finds every single wrong digit and every pair of neighbours exchanged.
DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(digits: str) -> str:
    """The digit that makes a row of digits sound; ``0`` for a row that already ends with its own."""
    state = 0
    for digit in digits:
        state = int(DAMM[state][int(digit)])
    return str(state)


def code_for(nonce: str) -> str:
    """The code of a form: the same form sent again after a lost answer gets the same one."""
    seed = hmac.new(salt(), nonce.encode(), hashlib.sha256).digest()
    digits = f"{int.from_bytes(seed) % 10 ** (LENGTH - 1):0{LENGTH - 1}d}"
    return digits + check_digit(digits)


def spelled(typed: str) -> str:
    """A code as printed, however it was typed: full-width digits, spaces, dashes. Raises what is wrong with it."""
    digits = "".join(char for char in fold(typed) if char in "0123456789")
    if len(digits) != LENGTH:
        raise CodeTooShort(n=len(digits))
    if check_digit(digits) != "0":
        raise CodeMistyped()
    return digits


def digest(code: str) -> str:
    """What the database keeps of a code."""
    seed = salt()
    with hashing.turn():
        raw = hash_secret_raw(code.encode(), seed, hash_len=32, type=Type.ID, **COST)
    return raw.hex()


def salt() -> bytes:
    """This instance's salt, made once."""
    row = ReceiptSalt.get_or_none() or _make_salt()
    return bytes.fromhex(row.salt)


def _make_salt() -> ReceiptSalt:
    with writing():
        # Two first visitors at once agree on whichever came first.
        ReceiptSalt.insert(one=1, salt=secrets.token_hex(16)).on_conflict_ignore().execute()
        return ReceiptSalt.get()
