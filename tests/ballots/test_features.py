"""docs/ballots-features.md names only tests that exist."""

import re

from tests.ballots.polls import TOP


def test_every_test_the_table_names_exists():
    text = (TOP / "docs/ballots-features.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    files = [*TOP.glob("tests/ballots/test_*.py"), *TOP.glob("tests/elections/test_*.py"), *TOP.glob("tests/journeys/test_*.py")]
    files.append(TOP / "tests/core/test_once.py")
    there = {name for path in files for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)}
    assert len(named) > 60
    assert sorted(named - there) == []
