"""Minutes measured against GB/T 9704-2012: type area, lines, characters, page numbers, end matter."""

import collections
import io
import itertools
import json
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from blueprints.meetings import bringing, issuing, rules
from blueprints.meetings.exchange import read
from blueprints.meetings.protocol import protocol_of
from blueprints.meetings.sheets import ItemPart, MinutesSheet, ResolutionLine, chairing
from blueprints.papers import rules as papers
from core.printing import paper
from core.printing.gongwen import day
from core.printing.lines import CLOSING, LEAD, MM, NO_END, NO_START, PITCH
from tests import make

FILE = (Path(__file__).parents[2] / "data" / "joint-meeting.json").read_bytes()
MEETING = json.loads(FILE)


def minutes_sheet(items=4, title=""):
    """The example community's joint meeting with as many items as wanted."""
    parts = [
        ItemPart(
            item["title"],
            (item["discussion"],),
            tuple(ResolutionLine(r["text"], r["responsible"], day(r["due_on"])) for r in item["resolutions"]),
        )
        for item in MEETING["items"]
    ]
    people = {key: tuple(map(tuple, units)) for key, units in MEETING["attendance"].items()}
    return MinutesSheet(
        title_mark=MEETING["series"],
        number="〔2026〕3号",
        title=title,
        issuing_body=MEETING["issuing_organization"],
        issued_on=day(MEETING["issued_on"]),
        opening="2026年11月12日，社区党委书记、居委会主任沈国庆在社区党员服务中心二楼会议室主持召开社区党建工作联席会议，"
        "研究2026年度共建项目完成情况、老旧楼道照明改造等事项。议定事项如下：",
        items=tuple((parts * 4)[:items]),
        copies_to=tuple(MEETING["copies_to"]),
        printed_by=MEETING["issued_by"],
        printed_on=day(MEETING["issued_on"]),
        copies=30,
        **people,
    )


def many(parts, discussion=1):
    """A meeting of so many items, each discussion so many times as long."""
    sheet = minutes_sheet(parts)
    long = tuple(replace(item, paragraphs=item.paragraphs * discussion) for item in sheet.items)
    return replace(sheet, items=long)


@pytest.fixture(scope="module", params=[(1, 1), (1, 3), (4, 1), (4, 3), (4, 4), (15, 1), (12, 2)], ids=str)
def pages(request):
    """Minutes of 2, 4, 4, 6, 8, 10 and 12 pages, each page as its lines of 16-point text: (height of the baseline, characters)."""
    pdf = paper.render("meetings/print/minutes.html", many(*request.param))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        yield [(page, lines_of(page)) for page in document.pages]


def lines_of(page):
    rows = collections.defaultdict(list)
    for char in page.chars:
        if abs(char["size"] - 16) < 0.1:
            rows[round(char["matrix"][5], 2)].append(char)
    return sorted(rows.items(), reverse=True)


def right_edge(char):
    """Where the ink of a character ends at most: half of a closing mark is blank."""
    return (char["x1"] - (char["size"] / 2 if char["text"] in CLOSING else 0)) / MM


def left_of(number):
    """Where the type area begins: the binding edge is wider."""
    return 28 if number % 2 else 26


def test_lines_stand_on_one_grid(pages):
    for _page, rows in pages:
        for (above, _a), (below, _b) in itertools.pairwise(rows):
            step = (above - below) / LEAD
            assert abs(step - round(step)) * LEAD <= 0.1, f"{above - below} pt between two lines"
    assert max(len(rows) for _page, rows in pages) <= 22


def test_full_pages_have_22_lines_inside_the_type_area(pages):
    full = [(page, rows) for page, rows in pages[1:] if len(rows) == 22]
    assert full or len(pages) <= 4
    for page, rows in full:
        left = left_of(page.page_number)
        assert min(char["x0"] for _height, row in rows for char in row) / MM == pytest.approx(left, abs=0.5)
        assert max(right_edge(char) for _height, row in rows for char in row) == pytest.approx(left + 156, abs=0.5)
        assert (float(page.height) - rows[0][0] - 0.88 * 16) / MM == pytest.approx(37, abs=0.5)
        assert (float(page.height) - rows[-1][0] + 0.12 * 16) / MM == pytest.approx(262, abs=0.5)


def test_nothing_is_clipped_and_full_lines_end_at_the_edge(pages):
    for number, (page, rows) in enumerate(pages, 1):
        left = left_of(number)
        for _height, row in rows:
            assert left - 0.5 <= min(c["x0"] for c in row) / MM
            assert max(map(right_edge, row)) <= left + 156.5
        for char in page.chars:
            assert 0 < char["x0"] < char["x1"] < float(page.width)
            assert 0 < char["top"] < char["bottom"] < float(page.height)


def test_full_lines_of_han_text_hold_28_characters(pages):
    """26 where two cells are indented; 27 or 29 only where a mark was pushed down or squeezed in."""
    counts = collections.Counter()
    lines = [(left_of(number), row) for number, (_page, rows) in enumerate(pages, 1) for _height, row in rows]
    for (left, row), (_left, after) in itertools.pairwise(lines):
        text = "".join(c["text"] for c in row)
        if right_edge(row[-1]) < left + 155 or any(c["text"].isascii() for c in row) or "Hei" in row[0]["fontname"]:
            continue
        cells = len(text) + round((row[0]["x0"] / MM - left) * MM / PITCH)
        counts[cells] += 1
        follows = "".join(c["text"] for c in after)[:2]
        assert cells == 28 or (cells == 29 and text[-1] in CLOSING) or (
            cells == 27 and (set(follows) & (NO_START | NO_END) or follows[0].isascii())
        ), f"{cells} cells: {text}"  # fmt: skip
    if len(pages) > 2:
        assert counts.most_common(1)[0][0] == 28


def test_no_heading_stands_alone_at_the_foot_of_a_page(pages):
    for _page, rows in pages:
        if rows:
            last = rows[-1][1]
            assert not all("Hei" in char["fontname"] for char in last)
            assert last[-1]["text"] != "：" or len(last) > 5


def test_no_line_parts_a_figure_from_its_day_or_begins_with_a_mark(pages):
    rows = [row for _page, rows in pages for _height, row in rows]
    for above, row in itertools.pairwise(rows):
        assert row[0]["text"] not in NO_START
        assert above[-1]["text"] not in NO_END
        assert not (above[-1]["text"].isdigit() and row[0]["text"] in "年月日")


def test_page_numbers_stand_outside_and_the_end_matter_on_the_last_even_page(pages):
    assert len(pages) % 2 == 0
    for number, (page, rows) in enumerate(pages, 1):
        shown = [c for c in page.chars if "Digits" in c["fontname"]]
        if rows:
            assert "".join(c["text"] for c in shown).strip("— ") == str(number)
            assert (shown[0]["x0"] > page.width / 2) == bool(number % 2)
    last = pages[-1][0]
    assert "共印30份" in last.extract_text()
    rules = [float(shape["bottom"]) / MM for shape in last.rects + last.lines if shape["width"] > 400]
    assert max(rules) == pytest.approx(262, abs=0.5)


def test_every_character_comes_from_a_face_of_our_own(pages):
    faces = {char["fontname"].partition("+")[2].split("-")[0] for page, _rows in pages for char in page.chars}
    assert {"Noto", "NotoSerifCJKSC", "NotoSansCJKSC"} & faces == set()
    assert all(face.startswith("Linli") or face.startswith("FandolFang") for face in faces), faces


def test_rare_characters_keep_the_line():
    rare = replace(minutes_sheet(1), opening="䶮堃喆㛃" * 12 + "主持召开会议。")
    with pdfplumber.open(io.BytesIO(paper.render("meetings/print/minutes.html", rare))) as document:
        rows = lines_of(document.pages[0])
    steps = {round((a[0] - b[0]) / LEAD, 3) for a, b in itertools.pairwise(rows) if a[0] - b[0] < 1.5 * LEAD}
    assert max(steps) - min(steps) <= 0.1 / LEAD * 2
    assert sum(char["text"] == "䶮" for _height, row in rows for char in row) == 12


def test_a_long_attendance_flows_on_under_the_first_name():
    crowd = tuple((f"第{n}单位", "欧阳修文") for n in range(380))
    with pdfplumber.open(io.BytesIO(paper.render("meetings/print/minutes.html", replace(minutes_sheet(4), present=crowd)))) as document:
        pages = [(page, lines_of(page)) for page in document.pages]
    assert 10 <= len(pages) <= 16
    text = "".join(char["text"] for _page, rows in pages for _height, row in rows for char in row)
    assert text.count("欧阳修文") == 380
    for number, (_page, rows) in enumerate(pages[4:-3], 5):
        indents = {round((row[0]["x0"] / MM - left_of(number)) * MM / PITCH) for _height, row in rows}
        assert indents == {5}


def test_the_plain_form_has_no_red_and_the_same_grid():
    with pdfplumber.open(io.BytesIO(paper.render("meetings/print/minutes.html", replace(minutes_sheet(4), plain=True)))) as document:
        chars = [char for page in document.pages for char in page.chars]
        rows = lines_of(document.pages[1])
    assert {tuple(char["non_stroking_color"]) for char in chars} <= {(0,), (0, 0, 0), (0.0,), (0.0, 0.0, 0.0)}
    assert len(rows) == 22
    assert "〔2026〕3号" in "".join(char["text"] for char in chars)


def test_the_mark_is_red_and_35_mm_below_the_top_of_the_type_area(pages):
    mark = [c for c in pages[0][0].chars if "Song" in c["fontname"]]
    assert "".join(c["text"] for c in mark) == MEETING["series"]
    assert mark[0]["non_stroking_color"][0] > 0.8 > 0.2 > mark[0]["non_stroking_color"][1]
    assert mark[0]["top"] / MM == pytest.approx(72, abs=2)


def test_every_word_is_on_the_paper_once_in_order():
    pdf = paper.render("meetings/print/minutes.html", minutes_sheet(title="梅苑社区2026年第三次党建工作联席会议纪要"))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        text = "".join(char["text"] for page in document.pages for _height, row in lines_of(page) for char in row)
    for item in MEETING["items"]:
        assert item["title"] in text
        assert text.count(item["discussion"]) == 1
    assert "环卫所第二中队姚金生" in text


@pytest.fixture
def imported(community):
    meeting, _new = bringing.bring_in(make.actor(community), community, FILE)
    return meeting


def test_issued_minutes_hold_the_file_they_came_from(imported):
    with pikepdf.open(io.BytesIO(issuing.minutes_pdf(imported))) as pdf:
        (attached,) = pdf.attachments.values()
        assert attached.filename == "梅苑社区党建工作联席会议2026年第3次会议.json"
        assert json.loads(attached.get_file().read_bytes()) == MEETING
        assert pdf.Root.AF[0].AFRelationship == "/Data"


def test_issued_minutes_are_an_archive_file_with_language_title_and_bookmarks(imported):
    with pikepdf.open(io.BytesIO(issuing.minutes_pdf(imported))) as pdf:
        root = pdf.Root
        assert (str(root.Lang), bool(root.MarkInfo.Marked), "/StructTreeRoot" in root) == ("zh-CN", True, True)
        assert str(pdf.docinfo["/Title"]) == "梅苑社区党建工作联席会议纪要 〔2026〕3号"
        with pdf.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        assert [title[:2] for title in titles] == ["一、", "二、", "三、", "四、"]
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


def test_the_same_meeting_gives_the_same_bytes(imported):
    said = protocol_of(imported)
    once = issuing.printed(imported, said, "AAAAA-AAAAA")
    assert issuing.printed(imported, said, "AAAAA-AAAAA") == once
    assert issuing.printed(imported, replace(said, venue="别处"), "AAAAA-AAAAA") != once


def test_issued_minutes_keep_their_geometry_with_the_code_at_the_foot(imported):
    paper_ = papers.issued(imported, "minutes")
    with pdfplumber.open(io.BytesIO(issuing.minutes_pdf(imported))) as document:
        rows = [lines_of(page) for page in document.pages]
        text = document.pages[0].extract_text()
    steps = [round(a[0] - b[0], 1) for page in rows for a, b in itertools.pairwise(page) if a[0] - b[0] < 35]
    counts = collections.Counter(len(row) for page in rows for _height, row in page if len(row) >= 26)
    assert (max(map(len, rows)), counts.most_common(1)[0][0], len(rows)) == (22, 28, 4)
    assert max(steps) - min(steps) <= 0.2
    assert paper_.code in text
    assert "〔2026〕3号" in text
    assert "2026年11月12日，社区党委书记、居委会主任沈国庆" in text.replace("\n", "")


def test_a_reprint_is_the_same_bytes_and_a_draft_is_marked(imported, community):
    paper_ = papers.issued(imported, "minutes")
    assert issuing.minutes_pdf(imported) == issuing.minutes_pdf(imported) == bytes(paper_.content.content)
    draft = rules.enter(make.actor(community), imported.series, read(FILE.replace(b"11-12T", b"11-13T")))
    with pdfplumber.open(io.BytesIO(issuing.minutes_pdf(draft))) as document:
        assert all("未经签发" in page.extract_text() for page in document.pages if page.chars)
    assert papers.issued(draft, "minutes") is None


@pytest.mark.parametrize(
    ("chair", "words"), [("沈国庆（书记、主任）", "书记、主任沈国庆"), ("沈国庆(书记)", "书记沈国庆"), ("沈国庆", "沈国庆")]
)
def test_the_post_stands_before_the_name(chair, words):
    assert chairing(chair) == words
