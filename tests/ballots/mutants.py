"""Copies of the program with one protection switched off: a check that does not notice them is worth nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.ballots.polls import TOP

PARTS = ("blueprints/ballots", "templates/ballots/voting", "templates/macros", "tests/ballots")
Change = tuple[str, str, str]


def build(folder: Path, *changes: Change) -> Path:
    """A change names a file below blueprints/ballots, the text that protects, and what stands there instead."""
    for part in PARTS:
        shutil.copytree(TOP / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(TOP / "translations", folder / "translations")
    shutil.copytree(TOP / "static/js", folder / "static/js")
    for name, old, new in changes:
        file = folder / "blueprints/ballots" / name
        text = file.read_text()
        assert text.count(old) == 1, f"{name} no longer says: {old}"
        file.write_text(text.replace(old, new))
    return folder


def check(top: Path, name: str, instance: Path, *arguments: str) -> list[str]:
    """Runs one of the check modules against the program below `top`; answers what it found."""
    instance.mkdir(parents=True)
    command = [sys.executable, "-m", f"tests.ballots.{name}", str(instance), *arguments]
    done = subprocess.run(command, cwd=top, capture_output=True, text=True, timeout=600)
    assert done.returncode in (0, 1), done.stderr
    found = done.stdout.splitlines()
    assert bool(found) == bool(done.returncode), done.stderr
    return found


def report(found: list[str]) -> None:
    """The end of every check module."""
    print(*found, sep="\n" if found else "", end="")
    sys.exit(1 if found else 0)
