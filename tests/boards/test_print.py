"""The poster of a stairwell: one member or thirty, nobody cut in two, nothing that was not agreed to."""

import io
import re
from dataclasses import replace

import pdfplumber
import pikepdf
import pytest
import zxingcpp
from PIL import Image

from blueprints.boards.sheets import PosterCommitment, PosterMember, PosterSheet
from core.printing import paper

TEMPLATE = "boards/print/poster.html"
NAMES = ["王喆", "李堃", "陈䶮", "张㛃", "欧阳芳", "阿卜杜热西提·买买提艾力·艾合买提", "赵国庆", "周秀英"]


def member(at):
    promises = (
        PosterCommitment(f"承诺{at}甲：每月带头清扫楼道，全年不少于12次", "12次", "2026年12月31日", "进行中"),
        PosterCommitment(f"承诺{at}乙：为独居老人代购代办", "", "2026年12月31日"),
    )
    return PosterMember(NAMES[at % len(NAMES)], "第二党支部", "楼道长", "奉献示范", promises[: 1 + at % 2])


def sheet(count=3, size="A4", **changes):
    values = {
        "title": "党员责任区公示",
        "community": "梅苑社区",
        "stairwell": "3幢2单元",
        "period": "2026年第四季度",
        "leader_title": "楼道负责人",
        "leader": "王喆",
        "branch": "第二党支部",
        "members": tuple(map(member, range(count))),
        "supervise_phone": "0512-5288 0000",
        "qr_url": "https://linli.example.org/boards/3-2",
        "published_on": "2026年11月19日",
        "replace_on": "2026年12月31日",
        "body": "中共梅苑社区委员会",
        "size": size,
    }
    return PosterSheet(**values | changes)


def pages_of(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [(page, "".join(page.extract_text().split())) for page in document.pages]


def picture(pdf, page=0):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return document.pages[page].to_image(resolution=100).original


@pytest.mark.parametrize(
    ("members", "size", "pages"), [(1, "A4", 1), (2, "A4", 1), (3, "A4", 1), (3, "A3", 1), (8, "A3", 1)]
)
def test_so_many_members_fit_one_sheet(members, size, pages):
    pdf = paper.render(TEMPLATE, sheet(members, size))
    (page, text), *more = pages_of(pdf)
    assert 1 + len(more) == pages
    assert round(page.width) == {"A4": 595, "A3": 842}[size]
    assert all(f"承诺{at}甲" in text for at in range(members))


def test_thirty_members_flow_on_and_nobody_is_cut_in_two():
    pages = pages_of(paper.render(TEMPLATE, sheet(30)))
    assert len(pages) > 2
    for at in range(30):
        first = [n for n, (_page, text) in enumerate(pages) if f"承诺{at}甲" in text]
        assert len(first) == 1
        if at % 2:
            assert first == [n for n, (_page, text) in enumerate(pages) if f"承诺{at}乙" in text]
    for number, (_page, text) in enumerate(pages, 1):
        assert "3幢2单元公示党员30名，以姓氏笔画为序" in text
        assert f"第{number}页" in text
        assert "欢迎监督" in text


def test_nothing_reaches_over_the_edges():
    for page, _text in pages_of(paper.render(TEMPLATE, sheet(8), code="7K3PX-9QT2M")):
        assert min(char["x0"] for char in page.chars) > 28
        assert max(char["x1"] for char in page.chars) < page.width - 5
        foot = [char for char in page.chars if char["top"] > 0.83 * float(page.height)]
        assert "核对码" in "".join(char["text"] for char in foot)
        assert max(char["bottom"] for char in page.chars) < page.height - 10


def test_phone_unit_and_post_appear_only_where_they_were_given():
    shown = replace(member(0), post=None)
    assert "楼道长" not in pages_of(paper.render(TEMPLATE, sheet(0, members=(shown,))))[0][1]
    agreed = replace(member(0), phone="154-0000-0000", unit="丰禾超市")
    text = pages_of(paper.render(TEMPLATE, sheet(0, members=(agreed,))))[0][1]
    assert "154-0000-0000" in text
    assert "丰禾超市" in text


def test_a_photo_stands_in_the_door_and_a_surname_where_there_is_none():
    jpeg = io.BytesIO()
    Image.new("RGB", (90, 120), "#446688").save(jpeg, "JPEG")
    pdf = paper.render(
        TEMPLATE,
        sheet(0, members=(replace(member(0), photo_name="0.jpg"), member(4))),
        images={"0.jpg": jpeg.getvalue()},
    )
    page, _text = pages_of(pdf)[0]
    assert len(page.images) == 2  # the photo and the QR code
    large = [char["text"] for char in page.chars if char["size"] > 40 and char["top"] > 300]
    assert "".join(large) == "欧阳"


def test_the_qr_code_leads_to_the_board():
    (found,) = zxingcpp.read_barcodes(picture(paper.render(TEMPLATE, sheet())))
    assert found.text == "https://linli.example.org/boards/3-2"


def test_a_sample_says_so_on_its_own_pages_only():
    pdf = paper.render(TEMPLATE, [sheet(9, sample=True), sheet(2, stairwell="3幢3单元")])
    pages = pages_of(pdf)
    assert [("样稿" in text, "3幢3单元" in text) for _page, text in pages] == [(True, False)] * 2 + [(False, True)]


def test_posters_in_one_document_count_their_own_pages():
    pages = pages_of(paper.render(TEMPLATE, [sheet(9), sheet(9), sheet(1)]))
    assert [re.findall(r"第(\d)页", text) for _page, text in pages] == [["1"], ["2"], ["1"], ["2"], []]


def test_states_are_told_by_shape_and_word():
    states = ("未开始", "进行中", "已完成")
    members = [replace(member(0), commitments=(PosterCommitment("承诺", progress=state),)) for state in states]
    text = pages_of(paper.render(TEMPLATE, sheet(0, members=tuple(members))))[0][1]
    assert all(state in text for state in states)


def test_rare_names_are_drawn_by_our_own_fonts():
    (page, text) = pages_of(paper.render(TEMPLATE, sheet(4)))[0]
    assert "䶮" in text
    assert {char["fontname"].split("+")[-1].split("-")[1] for char in page.chars} <= {"Hei", "Song", "Kai"}


def test_the_bookmarks_of_all_boards_are_the_stairwells():
    stairwells = ["3幢1单元", "3幢2单元", "10幢1单元"]
    parts = paper.render_many(TEMPLATE, [sheet(2, stairwell=name) for name in stairwells], together=2)
    with pikepdf.open(io.BytesIO(paper.merge(parts))) as pdf, pdf.open_outline() as outline:
        assert [mark.title for mark in outline.root] == stairwells
