"""Pages printed before are taken from the stock: only what changed is set again, and what had to go is gone."""

import io
import os
import time
from dataclasses import replace

import pikepdf
import pytest

from core.printing import binding, press, stock
from tests.boards.test_print import TEMPLATE, pages_of, sheet
from tests.core.test_images import picture


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.setenv("LINLI_INSTANCE", str(tmp_path))
    return stock.folder()


def sheets(count=6):
    return [sheet(2, stairwell=f"{number}幢1单元") for number in range(1, count + 1)]


def drive(some, images=None, first=None):
    """The PDF, and how many were ready when it began."""
    titles, counts = [one.stairwell for one in some], [len(one.pages) for one in some]
    steps, seen = stock.printed(TEMPLATE, some, titles, counts, images, first, example=False), []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as end:
            return end.value, seen


def places(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        return [(mark.title, document.pages.index(pikepdf.Page(mark.destination[0]))) for mark in outline.root]


def test_a_second_print_sets_only_what_changed(shelf):
    some = sheets()
    first, seen = drive(some)
    assert seen == [(0, 6), (3, 6), (6, 6)]
    some[2] = replace(some[2], leader="换新人")
    second, seen = drive(some)
    assert seen == [(5, 6), (6, 6)]
    assert len(list(shelf.glob("*.pdf"))) == 3
    texts = [text for _page, text in pages_of(second)]
    assert [f"{number}幢1单元" in text for number, text in enumerate(texts, 1)] == [True] * 6
    assert ["换新人" in text for text in texts] == [False, False, True, False, False, False]
    assert places(second) == [(one.stairwell, at) for at, one in enumerate(some)]
    assert [text for _page, text in pages_of(first)][3:] == texts[3:]


def test_an_equal_print_is_equal_and_sets_nothing(shelf, monkeypatch):
    some = sheets(3)
    first, _seen = drive(some)
    monkeypatch.setattr(press, "press", lambda *_args, **_options: pytest.fail("set again"))
    assert drive(some) == (first, [(3, 3)])


def test_several_pages_of_one_sheet_stay_together_in_any_order(shelf):
    some = [sheet(9, stairwell="1幢1单元"), sheet(1, stairwell="2幢1单元"), sheet(9, stairwell="3幢1单元")]
    drive(some)
    again, seen = drive(some[::-1])
    assert seen == [(3, 3)]
    assert places(again) == [("3幢1单元", 0), ("2幢1单元", 2), ("1幢1单元", 3)]


def test_a_picture_leaves_with_the_page_it_stood_on(shelf):
    pictures = {f"{at}.jpg": picture(size=(300, 400), color=colour) for at, colour in enumerate(("red", "green", "blue"))}
    some = [
        sheet(0, stairwell=f"{at}幢1单元", members=tuple(replace(one, photo_name=f"{at}.jpg") for one in sheet(1).members))
        for at in range(3)
    ]
    drive(some, pictures)
    kept, seen = drive([some[0], some[2]], pictures)
    assert seen == [(2, 2)]
    with pikepdf.open(io.BytesIO(kept)) as document:
        streams = [one for one in document.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    assert len([one for one in streams if int(one.Width) == 300]) == 2


def test_the_cover_comes_first(shelf):
    cover = press.press("<title>清单</title><p>张贴清单</p>", images={}, attachments=[], variant="pdf/a-3b", scale=1)
    bound, _seen = drive(sheets(2), first=cover)
    assert "张贴清单" in pages_of(bound)[0][1]
    assert places(bound) == [("1幢1单元", 1), ("2幢1单元", 2)]


def test_the_stock_is_bounded_and_what_was_not_used_for_long_leaves(shelf, monkeypatch):
    drive(sheets(2))
    (old,) = shelf.glob("*.pdf")
    long_ago = time.time() - (stock.MOST_DAYS + 1) * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    drive([sheet(1)])
    assert not old.exists()
    (young,) = shelf.glob("*.pdf")
    monkeypatch.setattr(stock, "MOST_BYTES", 1)
    drive([sheet(3)])
    assert not young.exists()
    assert len(list(shelf.iterdir())) == 2


def test_nothing_is_kept_where_somebody_had_to_go(shelf):
    drive(sheets(2))
    stock.clear()
    assert not list(shelf.iterdir())
    assert drive(sheets(2))[1][0] == (0, 2)


def test_half_a_bundle_is_never_found(shelf):
    drive(sheets(2))
    for listing in shelf.glob("*.json"):
        listing.unlink()
    assert drive(sheets(2))[1][0] == (0, 2)


def test_what_does_not_stand_on_a_page_is_left_behind():
    assert binding.DRAWN.findall(b"q /i1 Do Q /a1.0 gs /x.2 Do") == [b"i1", b"x.2"]
