"""./linli bench and ./linli screenshots, once each: they work, and say what they found."""

import io
import re

import pytest
from PIL import Image

import screenshots
from bench.measure import FULL
from tests.commands import linli

LINE = re.compile(r"\| ([^|]+) \| ([^|]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| \S+ ([^|]+) \| \S+ [^|]+ \|")
ALL = {
    "front door", "board of a stairwell", "staff: list of commitments", "meetings: 31 pages, 380 units × 10 years", "office: setting changed",
    "residents: suggestion sent", "ballot cast by 50, 1 worker", "ballot cast by 50, 2 workers",
    "ballot cast by 500, 2 workers", "10000 rows previewed", "room of 10000 rows", "minutes, 4 pages", "67 posters without photos",
    "67 posters with photos", "67 posters with photos, three members changed",
    *(f"{ask}, 2,000 messages, {kind}" for ask in ("queue", "search", "counts") for kind in ("SQLite", "PostgreSQL")),
}  # fmt: skip


@pytest.mark.browser
def test_all_benchmarks_quickly(tmp_path):
    file = tmp_path / "RESULTS.md"
    done = linli("bench", "--quick", "--out", file, instance=tmp_path / "instance")
    table = file.read_text(encoding="utf-8")
    assert done.stdout == table
    rows = LINE.findall(table)
    assert {name.split(" (")[0] for name, *_rest in rows} == ALL
    assert "typst, started anew" in {against for _name, against, *_rest in rows}
    for _name, _against, median, least, most, _unit in rows:
        assert 0 < float(least) <= float(median) <= float(most)
    assert table.splitlines()[-1].startswith("Medians: front door ")
    assert not [path for path in (tmp_path / "instance").iterdir() if path.name.startswith("stage-")]


def test_a_real_run_takes_five_pairs_at_least():
    assert FULL.rounds >= 5


def test_an_unknown_benchmark_is_wrong_usage(tmp_path):
    done = linli("bench", "nothing", instance=tmp_path, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.browser
def test_pictures_of_all_pages(tmp_path):
    done = linli("screenshots", tmp_path / "pictures", instance=tmp_path / "instance")
    files = done.stdout.split()
    assert len(files) == 3 * len(screenshots.RESIDENTS) + len(screenshots.OFFICE)
    for file in files:
        with open(file, "rb") as picture:
            image = Image.open(io.BytesIO(picture.read())).convert("L")
        assert image.width == 2 * (screenshots.DESKTOP if "desktop" in file else screenshots.PHONE)[0]
        darkest, lightest = image.getextrema()
        assert darkest < 80 < 240 < lightest, f"{file} is blank"


def test_without_playwright_screenshots_say_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(screenshots, "find_spec", lambda _name: None)
    with pytest.raises(screenshots.NoBrowser) as refused:
        next(screenshots.take(tmp_path / "pictures"))
    assert "./linli setup test" in str(refused.value.sentence)
    assert not (tmp_path / "pictures").exists()
