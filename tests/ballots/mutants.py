"""Copies of the program with one protection switched off: a check that does not notice them is worth nothing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.ballots.polls import TOP

AREA = "blueprints/ballots"
NOT_THE_PROGRAM = (".git", ".venv", "instance", "blueprints")
Change = tuple[str, str, str]


def build(folder: Path, *changes: Change) -> Path:
    """A change names a file of the area, the text that protects, and what stands there instead; all else is the same.

    Programs are copied, since Python looks for its modules where a program really lies; folders are pointed at.
    """
    (folder / "blueprints").mkdir(parents=True)
    for path in [*TOP.iterdir(), *(TOP / "blueprints").iterdir()]:
        place = folder / path.relative_to(TOP)
        if path.suffix == ".py":
            shutil.copy(path, place)
        elif path == TOP / AREA:
            shutil.copytree(path, place, ignore=shutil.ignore_patterns("__pycache__"))
        elif path.name not in NOT_THE_PROGRAM:
            place.symlink_to(path)
    for name, old, new in changes:
        file = folder / AREA / name
        text = file.read_text()
        assert text.count(old) == 1, f"{name} no longer says: {old}"
        file.write_text(text.replace(old, new))
    return folder


def check(top: Path, name: str, instance: Path, *arguments: str) -> list[str]:
    """Runs one of the check modules on an instance of its own, with the program below `top`; answers what it found."""
    instance.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", f"tests.ballots.{name}", str(instance), *arguments]
    own = {"LINLI_INSTANCE": str(instance), "DATABASE_URL": "", "SECRET_KEY": "test", "LINLI_URL": "http://linli.test"}
    done = subprocess.run(command, cwd=top, env=os.environ | own, capture_output=True, text=True, timeout=600)
    assert done.returncode in (0, 1), done.stderr
    found = done.stdout.splitlines()
    assert bool(found) == bool(done.returncode), done.stderr
    return found


def tests_failing(top: Path, *arguments: str) -> set[str]:
    """Runs tests of the suite with the program below `top`; answers the names of those that fail."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", "-rfE", *arguments]
    own = {"LINLI_INSTANCE": str(top / "instance"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=top, env=os.environ | own, capture_output=True, text=True, timeout=600)
    assert done.returncode == 1, done.stdout + done.stderr
    return set(re.findall(r"^FAILED \S+?::(\w+)", done.stdout, re.MULTILINE))


def report(found: list[str]) -> None:
    """The end of every check module."""
    print(*found, sep="\n" if found else "", end="")
    sys.exit(1 if found else 0)
