"""The ballot box key: it exists only inside a short-lived process, and afterwards only on sheets of paper.

Any two of three sheets open the box. There is no passphrase, since a wrong one would give another key without a word.
"""

import base64
import ctypes
import json
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORDLIST

from . import refusals
from .refusals import (
    Refused,
    SealingFailed,
    SheetLengthWrong,
    SheetMiscopied,
    SheetMissing,
    SheetRepeated,
    SheetsOfAnotherBox,
    SheetTooMany,
    SheetWordUnknown,
)

WORDS = 33
TEST_BALLOT = "封箱自检".encode()


@dataclass(frozen=True)
class Sealing:
    """The public key for the box and the words for the sheets, one sheet for one holder."""

    public_key: bytes
    sheets: tuple[str, ...]


@dataclass(frozen=True)
class Opening:
    """Plain bodies in the order given; those that no longer open are counted, they are never dropped silently."""

    plain: list[bytes]
    unreadable: int


def seal(sheets: int = 3) -> Sealing:
    """Three sheets of which two open the box; one sheet only for polls where little is at stake."""
    answer = _in_a_process_of_its_own({"do": "seal", "sheets": sheets})
    return Sealing(base64.b64decode(answer["key"]), tuple(answer["sheets"]))


def seal_body(public_key: bytes, plain: bytes) -> bytes:
    """Forty-eight bytes longer than what it hides, and different every time."""
    return _lid(public_key).encrypt(plain)


@lru_cache(maxsize=16)
def _lid(public_key: bytes) -> SealedBox:
    return SealedBox(PublicKey(public_key))


def check_sheets(public_key: bytes, sheets: Sequence[str]) -> None:
    """Whether these sheets would open the box; opens nothing."""
    open_bodies(public_key, sheets, [])


def open_bodies(public_key: bytes, sheets: Sequence[str], bodies: Sequence[bytes]) -> Opening:
    """All sheets are entered at once, so that no share ever lies in a session or a database."""
    sealed = [base64.b64encode(body).decode() for body in bodies]
    key = base64.b64encode(public_key).decode()
    answer = _in_a_process_of_its_own({"do": "open", "key": key, "sheets": list(sheets), "bodies": sealed})
    return Opening([base64.b64decode(body) for body in answer["plain"]], answer["unreadable"])


def recover(public_key: bytes, sheets: Sequence[str]) -> PrivateKey:
    """Says which sheet and which word is wrong, as far as the words themselves can tell."""
    shares = [read_sheet(number, text) for number, text in enumerate(sheets, 1)]
    if not shares:
        raise SheetMissing
    if len({share.mnemonic() for share in shares}) < len(shares):
        raise SheetRepeated
    if len({share.common_parameters() for share in shares}) > 1:
        raise SheetsOfAnotherBox
    if len(shares) < shares[0].member_threshold:
        raise SheetMissing
    if len(shares) > shares[0].member_threshold:
        raise SheetTooMany(needed=shares[0].member_threshold)
    try:
        key = PrivateKey(combine_mnemonics([share.mnemonic() for share in shares]))
    except MnemonicError:
        raise SheetsOfAnotherBox from None
    if bytes(key.public_key) != public_key:
        raise SheetsOfAnotherBox
    return key


def read_sheet(number: int, text: str) -> Share:
    """Four letters are enough to name a word of the list."""
    words = [_whole_word(number, at, word) for at, word in enumerate(text.lower().split(), 1)]
    if len(words) != WORDS:
        raise SheetLengthWrong(sheet=number, count=len(words))
    try:
        return Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise SheetMiscopied(sheet=number) from None


def _whole_word(number: int, at: int, word: str) -> str:
    meant = [known for known in WORDLIST if known == word or (len(word) >= 4 and known.startswith(word))]
    if len(meant) != 1:
        raise SheetWordUnknown(sheet=number, word=at, text=word)
    return meant[0]


def harden() -> None:
    """No core dump and no other process of this user may show the memory in which a key or a ballot lies."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def _in_a_process_of_its_own(task: Mapping) -> dict:
    command = [sys.executable, "-m", __name__]
    top = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, input=json.dumps(task), capture_output=True, text=True, cwd=top, timeout=300)
    if done.returncode:
        raise SealingFailed
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise getattr(refusals, answer["refused"])(**answer["values"])
    return answer


def _seal(task: Mapping) -> dict:
    """Every pair of sheets has to bring the key back and open a test ballot before anyone is told a word."""
    key = PrivateKey.generate()
    public_key = bytes(key.public_key)
    count, needed = (3, 2) if task["sheets"] == 3 else (1, 1)
    sheets = generate_mnemonics(1, [(needed, count)], bytes(key))[0]
    test = seal_body(public_key, TEST_BALLOT)
    for pair in combinations(sheets, needed):
        if SealedBox(recover(public_key, pair)).decrypt(test) != TEST_BALLOT:
            raise SealingFailed
    return {"key": base64.b64encode(public_key).decode(), "sheets": sheets}


def _open(task: Mapping) -> dict:
    opener = SealedBox(recover(base64.b64decode(task["key"]), task["sheets"]))
    plain = []
    for body in task["bodies"]:
        try:
            plain.append(base64.b64encode(opener.decrypt(base64.b64decode(body))).decode())
        except CryptoError:
            continue
    return {"plain": plain, "unreadable": len(task["bodies"]) - len(plain)}


def main() -> None:
    """Reads one task from standard input and ends with the key it held."""
    harden()
    task = json.load(sys.stdin)
    try:
        answer = {"seal": _seal, "open": _open}[task["do"]](task)
    except Refused as refusal:
        answer = {"refused": type(refusal).__name__, "values": refusal.values}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
