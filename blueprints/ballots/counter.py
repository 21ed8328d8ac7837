"""The counter of a box: it only rises, so an older copy of the box is noticed before it swallows a vote.

It lies in a folder of its own: whoever puts the folder of the boxes back from a copy does not put it back as well.
"""

import os
from functools import lru_cache
from pathlib import Path

from .refusals import BoxBehindItsCounter

GENERATION, COUNT = 16, 8


@lru_cache(maxsize=256)
def file_of(path: Path) -> Path:
    return path.parent.parent / "counters" / f"{path.stem}.count"


def start(path: Path, generation: bytes, used: int = 0) -> None:
    """Generation and count always fill the same 24 bytes."""
    file_of(path).parent.mkdir(mode=0o700, exist_ok=True)
    file = os.open(file_of(path), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with open(file, "wb") as counter:
        counter.write(generation + used.to_bytes(COUNT, "big"))


def read(path: Path) -> tuple[bytes, int]:
    try:
        data = file_of(path).read_bytes()
    except FileNotFoundError:
        raise BoxBehindItsCounter from None
    return data[:GENERATION], int.from_bytes(data[GENERATION:], "big")


def refuse_if_behind(path: Path, generation: bytes, used: int) -> None:
    counted_in, count = read(path)
    if counted_in != generation or used < count:
        raise BoxBehindItsCounter


def lift(path: Path, used: int) -> None:
    """After the commit, never before: a crash in between must not accuse a sound box."""
    if used > read(path)[1]:
        with open(file_of(path), "r+b") as counter:
            counter.seek(GENERATION)
            counter.write(used.to_bytes(COUNT, "big"))


def hide_times(path: Path) -> None:
    """A file's time would say when the last vote fell; the lock's time never changes, so all take that one."""
    still = path.with_suffix(".lock").stat().st_mtime_ns
    for file in (path, Path(f"{path}-journal"), file_of(path)):
        if file.exists():
            os.utime(file, ns=(still, still))
