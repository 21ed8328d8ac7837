"""Seconds per group of tests, printed before pytest's closing line: who slowed the suite is seen at once."""

from collections import Counter

GROUPS = {"browser": "browser", "fault": "ballots under fault", "postgres": "PostgreSQL"}
PAGES = ("test_views", "test_print", "test_pages")
spent: Counter[str] = Counter()


def group(report) -> str:
    """A marker names the group; without one, a test that opens pages or papers counts as pages, others as unit."""
    marked = next((title for marker, title in GROUPS.items() if marker in report.keywords), None)
    return marked or ("pages" if any(name in report.nodeid for name in PAGES) else "unit")


def pytest_runtest_logreport(report):
    spent[group(report)] += report.duration


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section("seconds per group")
    for name, seconds in spent.most_common():
        terminalreporter.write_line(f"{name}: {seconds:.1f} s")
