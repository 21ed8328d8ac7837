"""The posters of all stairwells, everybody with a photo, against Chromium printing the same HTML and typst setting the same.

Run as ``python -m bench.posters`` it works on the stage's own folder and prints its figures as JSON.
"""

import base64
import io
import itertools
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from bench import browser, papers
from bench.measure import HERE, Effort, Result, by_turns
from stage import COMMAND, Stage

FIRST, AGAIN, BARE = "67 posters with photos", "67 posters with photos, three members changed", "67 posters without photos"
TYPST = "typst, started anew"
SIDES = (540, 680)  # of a photo as a telephone's picture is kept: about 70 kB
turn = itertools.count(1)


def measure(stage: Stage, bare: int, effort: Effort) -> Iterator[Result]:
    """First print and second print."""
    yield from papers.measure(stage, bare, effort, "bench.posters")


def results(rounds: int) -> Iterator[Result]:
    """All lines of this table, measured on the instance of this process."""
    from core.commands import command_community

    place = command_community(None)
    with tempfile.TemporaryDirectory() as folder, browser.warm() as chromium:
        html = _html(place, Path(folder, "bare.html"))
        yield papers.line(BARE, browser.NEW, rounds, _command, lambda: browser.print_anew(html, Path(folder, "out.pdf")))
        if chromium:
            yield papers.line(BARE, browser.WARM, rounds, lambda: first(place), lambda: chromium(html))
        give_photos(place)
        html = _html(place, Path(folder, "photos.html"))
        if chromium:
            yield papers.line(FIRST, browser.WARM, rounds, lambda: first(place), lambda: chromium(html))
        if find_spec("typst"):
            yield _timed(FIRST, TYPST, rounds, lambda: papers.per_second(lambda: first(place)), lambda: typeset(place, folder))
        if chromium:
            yield _timed(AGAIN, browser.WARM, rounds, lambda: again(place), lambda: papers.per_second(lambda: chromium(html)))


def _timed(name: str, yardstick: str, rounds: int, ours: Callable[[], float], theirs: Callable[[], float]) -> Result:
    """A line whose sides take their own time."""
    return by_turns(name, yardstick, "documents/s", rounds, ours, theirs)


def first(place: object) -> bytes:
    """All posters, none of them in stock."""
    from core.printing import stock

    stock.clear()
    return _drained(place)


def again(place: object) -> float:
    """All posters after three members changed a promise; answers how often a second that could be done."""
    change_three(place)
    return papers.per_second(lambda: _drained(place))


def _drained(place: object) -> bytes:
    from blueprints.boards import printing

    steps = printing.print_all(place, size="A4", ink="colour")
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def _command() -> None:
    from core.printing import stock

    stock.clear()
    with tempfile.NamedTemporaryFile(suffix=".pdf") as out:
        subprocess.run([*COMMAND, "print", "boards", "--out", out.name], cwd=HERE, check=True, capture_output=True)


def _sheets(place: object) -> list:
    from blueprints.boards.posters import Posters

    posters = Posters(place)
    return [posters.sheet(stairwell) for stairwell in posters.places()]


def _html(place: object, file: Path) -> Path:
    from blueprints.boards import issuing

    sheets = _sheets(place)
    for name, content in issuing.images(sheets).items():
        file.with_name(name).write_bytes(content)
    return browser.page(file, "boards/print/poster.html", sheets)


def give_photos(place: object) -> None:
    """Everybody gives a photo, no two alike, and agrees to its being shown."""
    from blueprints.boards import queries, rules
    from blueprints.people import photos
    from blueprints.people import queries as people
    from core.access import console
    from core.db import writing

    agreed = queries.agreed(place)
    with writing():
        for number, member in enumerate(people.members(place)):
            photos.set_photo(console(), member, _photo(number))
            rules.consent(console(), member, {"photo", *agreed.get(member.id, ())}, "signed")


def _photo(number: int) -> bytes:
    from PIL import Image, ImageFilter

    grain = Image.frombytes("RGB", SIDES, random.Random(number).randbytes(SIDES[0] * SIDES[1] * 3))
    out = io.BytesIO()
    grain.filter(ImageFilter.GaussianBlur(1.6)).save(out, "JPEG", quality=82)
    return out.getvalue()


def change_three(place: object) -> None:
    """Three members of three stairwells promise something else, reviewed and published."""
    from blueprints.boards import queries, rules
    from core.access import console

    one_each = {row.stairwell_id: row for row in queries.on_boards(place, rules.current_year(place))}
    for commitment in list(one_each.values())[::23][:3]:
        words = f"每月巡查楼道{next(turn) + 1}次"
        changed = rules.amend(console(), commitment, commitment.version, text=words)
        rules.approve(console(), [changed])
        rules.publish(console(), [changed])


def typeset(place: object, folder: str) -> float:
    """typst setting the same words in the same places, in a process of its own so that it remembers nothing."""
    sheets = [_plain(sheet, number, Path(folder)) for number, sheet in enumerate(_sheets(place))]
    source = Path(folder, "poster.typ")
    source.write_bytes((HERE / "bench" / "poster.typ").read_bytes())
    Path(folder, "posters.json").write_text(json.dumps({"title": "公示牌", "sheets": sheets}, ensure_ascii=False))
    command = [sys.executable, "-c", SETTING, str(source), str(HERE / "fonts")]
    return 1 / float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _plain(sheet: object, number: int, folder: Path) -> dict[str, object]:
    """A poster with all its places as plain values; its QR code lies beside it."""
    from core.printing.fitting import broken
    from core.printing.qr import data_uri

    picture = folder / f"{number}.png"
    picture.write_bytes(base64.b64decode(data_uri(sheet.qr_url).partition(",")[2]))
    invitation = f"对以上承诺有意见或建议，请扫码、拨打{sheet.supervise_phone}，或投入意见箱。"
    values = asdict(sheet) | {"qr": picture.name, "invitation": broken(invitation, "hei", 31)}
    values["pages"] = [asdict(page) for page in sheet.pages]
    for card in (card for page in values["pages"] for card in page["cards"]):
        card["member"]["surname"] = card["member"]["name"][:1]
    return values


SETTING = """
import sys, time, typst
began = time.perf_counter()
pdf = typst.compile(sys.argv[1], font_paths=[sys.argv[2]], ignore_system_fonts=True)
assert pdf.startswith(b"%PDF"), pdf[:20]
print(time.perf_counter() - began)
"""

if __name__ == "__main__":
    papers.main(results)
