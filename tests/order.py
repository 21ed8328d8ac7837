"""How much of an order can be seen: measures over the places in which things lie, listed in the order they happened."""

import random
from itertools import pairwise

PAGE = 4096
MOST_TAU = 0.15
MOST_Z = 5


def leaks(orders: dict[str, list[float]]) -> list[str]:
    """What is visible; places in a file (named "… in …") are looked at page by page too.

    Few things show some order by chance, so below a thousand the limit of tau is five standard deviations.
    """
    found = []
    for name, order in orders.items():
        if len(set(order)) < 3:
            continue
        measures = {"tau": (tau(order), limit(_spread([len(order)]), pairs_of([len(order)])))}
        measures["neighbours"] = (neighbours_z(order), MOST_Z)
        if " in " in name:
            within, most = tau_within_pages(order)
            measures["tau within pages"] = (within, most)
        found += [f"{name}: {what} {value:.2f}" for what, (value, most) in measures.items() if abs(value) >= most]
    return found


def limit(spread: float, pairs: float) -> float:
    return max(MOST_TAU, MOST_Z * spread / pairs)


def pairs_of(sizes: list[int]) -> float:
    return sum(size * (size - 1) / 2 for size in sizes)


def _spread(sizes: list[int]) -> float:
    """Standard deviation of Kendall's score where the order is chance."""
    return sum(size * (size - 1) * (2 * size + 5) / 18 for size in sizes) ** 0.5


def tau(order: list[float]) -> float:
    """Kendall's tau between the order of the list and the order of its values; equal values tell nothing."""
    pairs = len(order) * (len(order) - 1) / 2
    return (_inversions(order[::-1])[0] - _inversions(order)[0]) / pairs if pairs else 0.0


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
    """Only pairs on the same page count, since an order inside pages hides in the whole file; also its limit."""
    pages: dict[int, list[float]] = {}
    for offset in offsets:
        pages.setdefault(offset // PAGE, []).append(offset)
    sizes = [len(page) for page in pages.values()]
    pairs = pairs_of(sizes)
    if not pairs:
        return 0.0, 1.0
    score = sum(pairs_of([len(page)]) * tau(page) for page in pages.values())
    return score / pairs, limit(_spread(sizes), pairs)


def neighbours_z(positions: list[float]) -> float:
    """How far things that happened one after the other lie apart, against the same places in random order."""
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
