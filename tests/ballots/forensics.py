"""Reads every byte of an instance folder as a thief would, and looks for the order and the time of the votes.

One thousand votes are cast in a known order through the real server. Leaks are measured by Kendall's tau between the
order of casting and every order the files show, by the distance between neighbours, and by plain search.
"""

import random
import sqlite3
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from blueprints.ballots import box, sealing, slips
from blueprints.ballots.body import Vote, decode
from tests.ballots import polls
from tests.ballots.mutants import report

VOTES = 1000
PAGE = 4096
MOST_TAU = 0.15
MOST_Z = 5


@dataclass
class Cast:
    code: str
    nonce: bytes
    tag: bytes
    rid: bytes
    mark: bytes
    body: bytes = b""


def cast_all(poll: polls.Poll, port: int) -> list[Cast]:
    """One after the other, so that the order is known; every choice by chance."""
    voter, rng, casts = polls.Voter(port), random.Random(5), []
    for code in poll.codes["R"][40:]:
        nonce = slips.draw_nonce()
        vote = Vote(tuple(rng.randint(0, 3) for _ in range(9)))
        assert voter.post("/cast", polls.form(poll, code, nonce, vote)).status == 200
        receipt = slips.receipt(poll.ballot.poll, code, nonce)
        tag, rid, mark = slips.slip_tag(code, receipt), slips.receipt_id(receipt), slips.body_mark(code, receipt)
        casts.append(Cast(code, nonce, tag, rid, mark))
    voter.close()
    return casts


def find_bodies(poll: polls.Poll, casts: list[Cast], data: Path) -> None:
    """Only the test can do this: it opens the box and tells each sealed body by the mark inside."""
    with sqlite3.connect(data) as copy:
        sealed = [body for (body,) in copy.execute("SELECT body FROM pocket WHERE used = 1")]
    copy.close()
    opening = sealing.open_bodies(poll.sealing.public_key, poll.sealing.sheets[:2], sealed)
    by_mark = {decode(plain, 9, 3, 0)[0]: body for plain, body in zip(opening.plain, sealed, strict=True)}
    for cast in casts:
        cast.body = by_mark[cast.mark]


def tau(order: list[float]) -> float:
    """Kendall's tau between the order of the list and the order of its values."""
    pairs = len(order) * (len(order) - 1) / 2
    return 1 - 2 * _inversions(list(order))[0] / pairs if pairs else 0.0


def _inversions(values: list[float]) -> tuple[int, list[float]]:
    if len(values) < 2:
        return 0, values
    middle = len(values) // 2
    left_count, left = _inversions(values[:middle])
    right_count, right = _inversions(values[middle:])
    count, merged, at = left_count + right_count, [], 0
    for value in right:
        while at < len(left) and left[at] <= value:
            merged.append(left[at])
            at += 1
        merged.append(value)
        count += len(left) - at
    return count, merged + left[at:]


def tau_within_pages(offsets: list[int]) -> tuple[float, float]:
    """Only pairs on the same page count, since an order inside pages hides in the whole file; also as a z."""
    pages: dict[int, list[float]] = {}
    for offset in offsets:
        pages.setdefault(offset // PAGE, []).append(offset)
    sizes = [len(page) for page in pages.values()]
    score = sum(size * (size - 1) / 2 * tau(page) for size, page in zip(sizes, pages.values(), strict=True))
    spread = sum(size * (size - 1) * (2 * size + 5) / 18 for size in sizes) ** 0.5
    whole = sum(size * (size - 1) / 2 for size in sizes)
    return (score / whole, score / spread) if whole else (0.0, 0.0)


def neighbours_z(positions: list[float]) -> float:
    """How far votes cast one after the other lie apart, against the same places in random order."""
    rank = {position: number for number, position in enumerate(sorted(positions))}
    ranks, rng = [rank[position] for position in positions], random.Random(11)

    def distance(order: list[int]) -> float:
        return sum(abs(a - b) for a, b in pairwise(order)) / (len(order) - 1)

    measured, samples = distance(ranks), []
    for _ in range(100):
        rng.shuffle(ranks)
        samples.append(distance(ranks))
    mean = sum(samples) / len(samples)
    spread = (sum((sample - mean) ** 2 for sample in samples) / (len(samples) - 1)) ** 0.5
    return (measured - mean) / spread


def orders_in(folder: Path, casts: list[Cast]) -> dict[str, list[int]]:
    """Every order the files show: by key as a query would list it, and by place in the bytes of any file."""
    orders = {}
    with sqlite3.connect(folder / "box" / "7.db") as copy:
        for table, column, key in (("pocket", "body", "pid"), ("stub", "rid", "pid"), ("slip", "tag", "h")):
            listed = [value for (value,) in copy.execute(f"SELECT {column} FROM {table} ORDER BY {key}")]
            scanned = [value for (value,) in copy.execute(f"SELECT {column} FROM {table}")]
            wanted = {"body": "body", "rid": "rid", "tag": "tag"}[column]
            orders[f"{table} by key"] = [listed.index(getattr(cast, wanted)) for cast in casts]
            orders[f"{table} as scanned"] = [scanned.index(getattr(cast, wanted)) for cast in casts]
    copy.close()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = file.read_bytes()
        for name in ("body", "rid", "tag"):
            places = [data.find(getattr(cast, name)) for cast in casts]
            found = [place for place in places if place >= 0]
            if len(found) >= 20:
                orders[f"{name} in {file.name}"] = found
    return orders


def leaks_of_order(folder: Path, casts: list[Cast]) -> list[str]:
    found = []
    for name, order in orders_in(folder, casts).items():
        measures = {"tau": (tau(order), MOST_TAU), "neighbours": (neighbours_z(order), MOST_Z)}
        if " in " in name:
            within, z = tau_within_pages(order)
            measures |= {"tau within pages": (within, MOST_TAU), "z within pages": (z, MOST_Z)}
        found += [f"{name}: {what} {value:.2f}" for what, (value, most) in measures.items() if abs(value) >= most]
    return found


def leaks_of_words(folder: Path, port: int, casts: list[Cast], began: float, ended: float) -> list[str]:
    """Codes, nonces, voters' addresses, and any time at which votes were cast, as text or as a number."""
    seconds = range(int(began), int(ended) + 1)
    needles = {"127.0.0.1": "address"}
    needles |= {cast.code: "code" for cast in casts} | {cast.nonce.hex(): "nonce" for cast in casts}
    needles |= {time.strftime("%H:%M:%S", time.gmtime(second)): "time" for second in seconds}
    needles |= {str(second): "time" for second in seconds}
    binary = {cast.nonce: "nonce" for cast in casts}
    binary |= {second.to_bytes(4, order): "time" for second in seconds for order in ("big", "little")}
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = file.read_bytes().replace(b"127.0.0.1:%d" % port, b"where the server listens")
        found += [f"{file.name}: {what}" for text, what in needles.items() if text.encode() in data]
        found += [f"{file.name}: {what}" for value, what in binary.items() if value in data]
    for path in [folder / "box", *folder.rglob("*")]:
        if began <= path.stat().st_mtime <= ended:
            found.append(f"{path.name}: time of the file")
    return sorted(set(found))


def run(instance: Path, votes: int = VOTES) -> list[str]:
    poll = polls.running(instance, {"R": votes + 40})
    found = []
    with polls.serving(instance) as port:
        time.sleep(2.1)  # what the server says when it starts is older than the first vote
        began = time.time()
        casts = cast_all(poll, port)
        ended = time.time()
        find_bodies(poll, casts, poll.path)
        found += [f"open: {leak}" for leak in leaks_of_words(instance, port, casts, began, ended)]
        found += [f"open: {leak}" for leak in leaks_of_order(instance, casts)]
        time.sleep(1.1)
    box.close_voting(poll.path)
    found += [f"closed: {leak}" for leak in leaks_of_words(instance, port, casts, began, ended)]
    found += [f"closed: {leak}" for leak in leaks_of_order(instance, casts)]
    return found


if __name__ == "__main__":
    report(run(Path(sys.argv[1]), int(sys.argv[2])))
