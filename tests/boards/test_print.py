"""The poster of a stairwell: one member or thirty, nobody cut in two, nothing that was not agreed to."""

import io
import re
from dataclasses import replace

import pdfplumber
import pikepdf
import pytest
import zxingcpp
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from blueprints.boards import cards, layout
from blueprints.boards.sheets import PosterCommitment, PosterMember, PosterSheet
from core.printing import paper
from core.printing.fitting import broken
from core.printing.gongwen import full_width
from core.printing.lines import CLOSING, HANG, JOINER

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
    ("members", "size", "pages"), [(1, "A4", 1), (2, "A4", 1), (3, "A4", 1), (9, "A4", 2), (3, "A3", 1), (8, "A3", 1)]
)
def test_so_many_members_fit_so_many_sheets(members, size, pages):
    pdf = paper.render(TEMPLATE, sheet(members, size))
    found = pages_of(pdf)
    assert len(found) == pages
    assert round(found[0][0].width) == {"A4": 595, "A3": 842}[size]
    text = "".join(text for _page, text in found)
    assert all(f"承诺{at}甲" in text for at in range(members))


def test_thirty_members_flow_on_and_nobody_is_cut_in_two():
    pages = pages_of(paper.render(TEMPLATE, sheet(30)))
    assert len(pages) > 2
    for at in range(30):
        first = [n for n, (_page, text) in enumerate(pages) if f"承诺{at}甲" in text]
        assert len(first) == 1
        if at % 2:
            assert first == [n for n, (_page, text) in enumerate(pages) if f"承诺{at}乙" in text]
    assert "公示党员30名，以姓氏笔画为序" in pages[0][1]
    for number, (_page, text) in enumerate(pages, 1):
        assert "3幢2单元" in text
        assert f"第{number}页，共{len(pages)}页" in text
        assert "欢迎监督" in text


LONG = "为本楼道65岁以上的独居老人每月量血压一次并建立记录卡，发现异常及时联系家属和社区卫生服务站（含节假日）；"
WORDS = st.text(alphabet="每月清扫楼道独居老人量血压邻里议事㛃䶮，。、（）—65%A次", min_size=1, max_size=80)


PROMISES = st.builds(
    PosterCommitment, st.one_of(WORDS, st.just(LONG)), st.sampled_from(["", "全年不少于52次"]),
    st.sampled_from(["", "2026年12月31日"]), st.sampled_from(["", "进行中"]),
)  # fmt: skip
PEOPLE = st.builds(
    PosterMember, st.sampled_from([*NAMES, "司马相如", "王" * 20]),
    st.sampled_from(["", "第二党支部", "梅苑社区老旧小区改造与物业管理服务联合党支部"]), st.sampled_from([None, "楼道长"]),
    st.sampled_from(["", "奉献示范", "楼道环境、学习示范"]), st.lists(PROMISES, min_size=1, max_size=4).map(tuple),
)  # fmt: skip


def boards():
    """Boards as an office might fill them, with what nobody thinks of: no post, many promises, endless names."""
    return st.builds(
        lambda people, size, ink: sheet(0, size, members=tuple(people), ink=ink),
        st.lists(PEOPLE, min_size=1, max_size=14), st.sampled_from(["A4", "A3"]), st.sampled_from(["colour", "black"]),
    )  # fmt: skip


@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(boards())
def test_nothing_overlaps_or_leaves_the_sheet_and_every_word_is_there(board):
    """The geometry of whatever is printed: read back from the PDF, not from what was reckoned."""
    pdf = paper.render(TEMPLATE, board, code="7K3PX-9QT2M")
    pages = pages_of(pdf)
    k = 2**0.5 if board.size == "A3" else 1
    read = "".join("".join(char["text"] for char in page.chars) for page, _text in pages)  # in the order they were drawn
    read = "".join(read.split())
    for member in board.members:
        for promise in member.commitments:
            assert "".join(full_width(promise.text).split()) in read
    for page, _text in pages:
        chars = [char for char in page.chars if not char["text"].isspace()]
        assert min(char["x0"] for char in chars) >= 40 * k
        # A closing mark may hang its blank half over the edge.
        assert not [(c["text"], c["size"]) for c in chars if c["x1"] - c["size"] * HANG * (c["text"] in CLOSING) > page.width - 40 * k]
        assert min(char["top"] for char in chars) > 25 * k
        assert max(char["bottom"] for char in chars) < page.height - 12 * k
        assert not list(overlaps(chars))
        cards = [char for char in chars if 95 * k < char["top"] < 700 * k]
        assert max(char["bottom"] for char in cards) < 716 * k
    sizes = {round(char["size"], 2) for page, _text in pages for char in page.chars if "Kai" in char["fontname"]}
    assert min(sizes) >= 8 * k * 0.68


def overlaps(chars):
    """Pairs of characters that stand on one another by more than a fifth of the smaller one."""
    rows = sorted(chars, key=lambda char: char["top"])
    for at, one in enumerate(rows):
        for other in rows[at + 1 :]:
            if other["top"] >= one["bottom"]:
                break
            wide = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
            high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            area = min((c["x1"] - c["x0"]) * (c["bottom"] - c["top"]) for c in (one, other))
            if wide > 0 and wide * high > 0.35 * area:
                yield one["text"], other["text"]


def test_three_members_are_set_larger_than_five_and_never_below_what_can_be_read():
    sizes = {count: layout.pages(sheet(count))[0].size for count in (1, 3, 5, 9, 30)}
    assert sizes[1] > sizes[3] >= sizes[5]
    assert min(sizes.values()) >= layout.SMALLEST["A4"]


def test_promises_longer_than_a_page_are_refused_with_the_name():
    endless = replace(member(0), commitments=(PosterCommitment("每月清扫楼道。" * 43),) * 20)
    with pytest.raises(layout.TooLong, match="王喆"):
        layout.pages(sheet(0, members=(endless,)))


def test_figures_are_not_parted_from_what_they_count():
    promise = PosterCommitment("结对帮扶12幢3单元困难家庭一户，全年走访不少于26次，准确率95%以上")
    people = tuple(replace(member(at), commitments=(promise,)) for at in range(6))
    lines = [line for page in layout.pages(sheet(0, members=people)) for card in page.cards for line in card.promises[0].lines]
    assert sum("12幢3单元" in line for line in lines) == 6
    assert sum("26次" in line for line in lines) == 6


@pytest.mark.parametrize("said", ["7—8月每周三下午2小时免费检修家电", "为居民检修家电，每季度上门服务，周一至周五晚上开放"])
def test_days_are_not_parted(said):
    kept = re.findall(r"每周三下午|2小时|每季度|周一至周五晚上", said)
    for room in range(8, 14):
        lines = broken(cards.kept(said), "kai", room)
        assert all(sum(word in line.replace(JOINER, "") for line in lines) == 1 for word in kept), (room, lines)


def test_black_ink_prints_no_colour():
    colours = {
        ink: {char["non_stroking_color"] for char in pages_of(paper.render(TEMPLATE, sheet(3, ink=ink)))[0][0].chars}
        for ink in ("colour", "black")
    }
    assert any(len(set(colour)) > 1 for colour in colours["colour"])
    assert all(len(set(colour)) == 1 for colour in colours["black"])


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
    large = [char["text"] for char in page.chars if char["size"] > 36 and char["top"] > 300 and char["x1"] < 170]
    assert "".join(large) == "欧阳"


def test_a_name_of_four_stands_whole_where_smaller_letters_do():
    four = ("文国庆", "杜民", "司马弘毅", "欧阳毓琇")
    words = PosterCommitment("开设暑期作业辅导角，7—8月每周三下午2小时", "", "")
    board = sheet(0, members=tuple(PosterMember(name, "第二党支部", "", "学习示范", (words,)) for name in four))
    (page,) = layout.pages(board)
    assert [card.head.name for card in page.cards] == [(name,) for name in four]
    _page, text = pages_of(paper.render(TEMPLATE, board))[0]
    assert all(name in text for name in four)


def test_the_qr_code_leads_to_the_board():
    (found,) = zxingcpp.read_barcodes(picture(paper.render(TEMPLATE, sheet())))
    assert found.text == "https://linli.example.org/boards/3-2"


def test_a_sample_says_so_on_its_own_pages_only():
    pages = pages_of(paper.render(TEMPLATE, [sheet(9, sample=True), sheet(2, stairwell="3幢3单元")]))
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
