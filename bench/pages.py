"""Pages that residents and staff open all day, against a bare Flask view that answers as many bytes."""

from collections.abc import Iterator

from bench.measure import Effort, Result, by_turns, rate, request
from stage import Stage

# Name, address, whose session, and of how many requests one is sent: the list holds 187 rows and is never kept.
PAGES = (
    ("front door", "/", "", 1), ("board of a stairwell", "/boards/1-1", "", 1),
    ("staff: list of commitments", "/office/boards/commitments", "干事", 10),
)  # fmt: skip
ALL_BYTES = "bare view, as many bytes"


def measure(stage: Stage, bare: int, effort: Effort) -> Iterator[Result]:
    """Two public pages, kept until their community changes, and one that is made anew for whoever asks."""
    for name, path, login, share in PAGES:
        headers = {"Cookie": stage.signed_in(login)} if login else {}
        size = len(stage.ask("GET", path, **headers)[0].encode())
        ours, theirs = request("GET", path, **headers), request("GET", f"/page/{size}")
        yield by_turns(
            name, ALL_BYTES, "requests/s", effort.rounds,
            lambda sent=ours, share=share: rate(stage.port, [sent], effort, 200, max(4, effort.requests // share)),
            lambda sent=theirs: rate(bare, [sent], effort, 200, effort.requests),
        )  # fmt: skip
