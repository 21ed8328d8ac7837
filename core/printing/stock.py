"""Long prints of single sheets, where a page that was set before is taken from the stock instead of set again.

Pages are known by the HTML they are made from, so a change of words, style or program makes new ones. They lie as they
were set, a bundle of sheets in one PDF that shares its fonts, with a list of what is in it; the stock is bounded.
"""

import hashlib
import json
import re
import secrets
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from core import instance

MOST_BYTES = 200_000_000
MOST_DAYS = 30  # as long as the files of the print room
WORKERS, TOGETHER, FEW = 2, 20, 4  # a bundle more costs 90 ms for its fonts and styles, a worker more 30 ms
IMAGE = re.compile(r"app:///image/([^\"/?#]+)")


def printed(
    template: str, sheets: Sequence[object], titles: Sequence[str], counts: Sequence[int],
    images: Mapping[str, bytes] | None = None, first: bytes | None = None, **options: object,
) -> Generator[tuple[int, int], None, bytes]:  # fmt: skip
    """One PDF of all sheets in order behind ``first``, a bookmark for each; yields how many are ready, and of how many.

    ``counts`` says how many pages each sheet takes; a picture's name has to stand for one content for ever.
    """
    from core.printing import paper
    from core.printing.binding import Take, collect

    before, each, after = paper.parts(template, sheets, **options)
    names = [hashlib.sha256((before + one + after).encode()).hexdigest() for one in each]
    known = _known()
    missing = [at for at, name in enumerate(names) if name not in known]
    done = len(sheets) - len(missing)
    yield done, len(sheets)
    for bundle, content in _set(before, each, after, missing, images or {}):
        known |= _keep(content, [(names[at], counts[at]) for at in bundle])
        done += len(bundle)
        yield done, len(sheets)
    takes = [Take(*known[name], title) for name, title in zip(names, titles, strict=True)]
    content = collect(takes, first)
    _tidy({take.path for take in takes})
    return content


def _set(before: str, each: list[str], after: str, missing: list[int], images: Mapping[str, bytes]) -> Iterator:
    """The missing sheets in bundles, as they get ready."""
    if not missing:
        return
    from core.printing import press

    press.warm()  # The workers are copies of this process, so they start with fonts and styles ready.
    bundles = _bundles(missing)
    html = [before + "".join(each[at] for at in bundle) + after for bundle in bundles]
    with ProcessPoolExecutor(min(WORKERS, len(bundles)), mp_context=get_context("fork")) as pool:
        yield from zip(bundles, pool.map(_press, html, [_named(page, images) for page in html]), strict=True)


def _bundles(missing: list[int]) -> list[list[int]]:
    """Of like size, and as many as there are workers or a multiple."""
    rounds = -(-len(missing) // (WORKERS * TOGETHER))
    size = len(missing) if len(missing) <= FEW else -(-len(missing) // (WORKERS * rounds))
    return [missing[at : at + size] for at in range(0, len(missing), size)]


def _press(html: str, images: Mapping[str, bytes]) -> bytes:
    from core.printing import press

    return press.press(html, images=images, attachments=[], variant="pdf/a-3b", scale=1.0)


def _named(html: str, images: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: images[name] for name in set(IMAGE.findall(html)) if name in images}


def folder() -> Path:
    """Where the bundles lie."""
    return instance.part("stock")


def _known() -> dict[str, tuple[Path, int, int]]:
    """Of every sheet in stock the file, its first page and how many pages it takes."""
    found: dict[str, tuple[Path, int, int]] = {}
    for listing in folder().glob("*.json"):
        at = 0
        for name, count in json.loads(listing.read_text()):
            found[name] = (listing.with_suffix(".pdf"), at, count)
            at += count
    return found


def _keep(content: bytes, sheets: list[tuple[str, int]]) -> dict[str, tuple[Path, int, int]]:
    """A bundle goes to the stock; its listing is written last, so that no half bundle is ever found."""
    path = folder() / f"{secrets.token_hex(8)}.pdf"
    path.write_bytes(content)
    listing = path.with_suffix(".tmp")
    listing.write_text(json.dumps(sheets))
    listing.rename(path.with_suffix(".json"))
    starts = [sum(count for _name, count in sheets[:at]) for at in range(len(sheets))]
    return {name: (path, start, count) for (name, count), start in zip(sheets, starts, strict=True)}


def _tidy(used: set[Path]) -> None:
    """What was not used for long leaves, and the oldest where all takes too much room."""
    for path in used:
        path.touch()
    room, oldest = MOST_BYTES, time.time() - MOST_DAYS * 24 * 3600
    for path in sorted(folder().glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True):
        room -= path.stat().st_size
        if path not in used and (room < 0 or path.stat().st_mtime < oldest):
            path.with_suffix(".json").unlink(missing_ok=True)
            path.unlink()


def clear() -> None:
    """Nothing printed before is kept: somebody's photo or words had to go."""
    for path in folder().iterdir():
        path.unlink(missing_ok=True)
