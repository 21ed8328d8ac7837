"""The counter beside the box: it only rises, so an older copy of the box is noticed before it swallows a vote."""

import os
from pathlib import Path

from .refusals import BoxBehindItsCounter

GENERATION, COUNT = 16, 8


def start(path: Path, generation: bytes, used: int = 0) -> None:
    """Generation and count always fill the same 24 bytes."""
    file = os.open(path.with_suffix(".count"), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with open(file, "wb") as counter:
        counter.write(generation + used.to_bytes(COUNT, "big"))


def read(path: Path) -> tuple[bytes, int]:
    try:
        data = path.with_suffix(".count").read_bytes()
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
        with open(path.with_suffix(".count"), "r+b") as counter:
            counter.seek(GENERATION)
            counter.write(used.to_bytes(COUNT, "big"))


def hide_times(path: Path) -> None:
    """A file's time would say when the last vote fell; the lock's time never changes, so all take that one."""
    still = path.with_suffix(".lock").stat().st_mtime_ns
    for file in (path, Path(f"{path}-journal"), path.with_suffix(".count")):
        if file.exists():
            os.utime(file, ns=(still, still))
