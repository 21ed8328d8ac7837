"""The folder of all data."""

import os
from pathlib import Path


def folder() -> Path:
    """LINLI_INSTANCE, else instance/ beside the program; made when missing, readable by its owner alone."""
    path = Path(os.environ.get("LINLI_INSTANCE") or Path(__file__).parent.parent / "instance").resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def part(name: str) -> Path:
    """A folder inside it."""
    path = folder() / name
    path.mkdir(mode=0o700, exist_ok=True)
    return path
