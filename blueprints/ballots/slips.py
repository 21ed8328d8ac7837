"""Slip codes: drawn blind from a box, so that the server never learns who holds which."""

import hashlib
import secrets
import unicodedata

from .refusals import CodeMalformed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
NONCE_BYTES = 12
RECEIPT_BYTES = 12
MARK_BYTES = 16
# What hands and input methods make of a code: look-alike letters, and separators that carry nothing.
_LIKENESS = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(" \t\r\n-_·.—–−‐", ""))


def draw_code() -> str:
    """Eighty random bits: nobody guesses one, not even with a year of wrong tries."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def draw_nonce() -> bytes:
    """Tells a repeated sending of one ballot from a second ballot."""
    return secrets.token_bytes(NONCE_BYTES)


def in_groups(text: str) -> str:
    """Groups of four, as printed on the slip."""
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def normalise(typed: str) -> str:
    """Reads a typed code as kindly as a clerk would; full-width letters of an input method count too."""
    code = unicodedata.normalize("NFKC", typed).upper().translate(_LIKENESS)
    if len(code) != LENGTH or any(letter not in ALPHABET for letter in code):
        raise CodeMalformed
    return code


def digest(*parts: str | bytes) -> bytes:
    """SHA-256 over parts that each carry their length, so that no two lists of parts run together."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(4, "big") + data)
    return whole.digest()


def slip_hash(poll: str, code: str) -> bytes:
    """All the box ever keeps of a code."""
    return digest("slip", poll, code)


def receipt(poll: str, code: str, nonce: bytes) -> bytes:
    """Says that a ballot is in the box; its holder can ask for it, nobody can read a choice from it."""
    return digest("r", poll, code, nonce)[:RECEIPT_BYTES]


def slip_tag(code: str, receipt: bytes) -> bytes:
    """Lies with the used slip, to recognise a repeated sending."""
    return digest("tag", code, receipt)


def receipt_id(receipt: bytes) -> bytes:
    """Lies on a random stub and is published after the count."""
    return digest("rid", receipt)


def body_mark(code: str, receipt: bytes) -> bytes:
    """Lies inside the seal: only who holds the slip and the receipt can point at this ballot."""
    return digest("mark", code, receipt)[:MARK_BYTES]


def spelt(data: bytes) -> str:
    """Crockford base 32, most significant bits first, the last letter filled with zero bits."""
    spare = -8 * len(data) % 5
    bits, length = int.from_bytes(data) << spare, 8 * len(data) + spare
    return "".join([ALPHABET[bits >> at & 31] for at in range(length - 5, -1, -5)])


def read_receipt(typed: str) -> bytes:
    """A receipt as its holder copied it by hand."""
    text = unicodedata.normalize("NFKC", typed).upper().translate(_LIKENESS)
    if len(text) != len(spelt(bytes(RECEIPT_BYTES))) or any(letter not in ALPHABET for letter in text):
        raise CodeMalformed
    bits = "".join(f"{ALPHABET.index(letter):05b}" for letter in text)
    return int(bits[: RECEIPT_BYTES * 8], 2).to_bytes(RECEIPT_BYTES, "big")
