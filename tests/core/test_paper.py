"""Paper: what may stand on it, what it may reach for, and that equal sheets give equal bytes."""

import base64
import io
import itertools
import pickle
from dataclasses import dataclass

import pdfplumber
import pikepdf
import pytest
import zxingcpp
from PIL import Image

from core.printing import glyphs, lines, paper, press

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">
<image xlink:href="file:///etc/hostname" width="9" height="9"/></svg>"""


@dataclass(frozen=True)
class Notice:
    """The sheet of print/official.html."""

    head: str = "red"
    issuing_body: str = "中共梅苑社区委员会"
    number: str = "梅委〔2026〕12号"
    title: str = "关于地下车库渗漏维修的通知"
    addressee: str = "各居民小组"
    text: str = "一、关于报价\n请陈䶮、李㛃、李堃、王喆核对,并于11月20日前反馈.\n（一）明确责任分工。由物业公司负责。"
    attached: tuple[str, ...] = ("报价明细",)
    signed_by: str = "中共梅苑社区委员会"
    signed_on: str = "2026年11月19日"
    copies_to: str = "街道党工委。"
    printed_by: str = "梅苑社区党委办公室"
    printed_on: str = "2026年11月19日"
    copies: int | None = None


def official(sheet=None, **options):
    return paper.render("print/official.html", sheet or Notice(), **options)


def text_of(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def families(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return {char["fontname"].split("+")[-1] for page in document.pages for char in page.chars}


def picture(pdf, page=0, dpi=200):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return document.pages[page].to_image(resolution=dpi).original


def test_equal_sheets_give_equal_bytes_attachments_included():
    record = paper.Attachment("通知.json", b"{}")
    assert official(attachments=[record]) == official(attachments=[record])


def test_archive_marks_tags_language_and_attachment():
    with pikepdf.open(io.BytesIO(official(attachments=[paper.Attachment("通知.json", b'{"a": 1}')]))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.OutputIntents
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["dc:title"] == Notice.title
        (attached,) = pdf.attachments.values()
        assert attached.filename == "通知.json"
        assert attached.get_file().read_bytes() == b'{"a": 1}'
        assert pdf.Root.AF[0].AFRelationship == "/Data"
        with pdf.open_outline() as outline:
            assert next(mark.title for mark in outline.root) == Notice.title


def test_text_comes_out_again_with_rare_names_and_chinese_marks():
    text = text_of(official())
    assert "请陈䶮、李㛃、李堃、王喆核对，并于11月20日前反馈。" in text.replace("\n", "")
    assert "附件：报价明细" in text


def test_rare_names_are_drawn_by_our_own_fonts():
    used = families(official())
    assert "Linli-Rare-Light" in used
    assert all(name.startswith("Linli-") for name in used)


@pytest.mark.skipif(ord("𱁬") not in glyphs.system_characters(), reason="Noto CJK is not installed here")
def test_a_character_only_the_system_has_is_drawn_by_it_and_leaves_the_lines_even():
    pdf = official(Notice(text="请𱁬野同志到会，" * 30))
    assert any(name.startswith("Noto-Serif-CJK") for name in families(pdf))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        baselines = {round(char["matrix"][5], 1) for char in document.pages[1].chars if abs(char["size"] - 16) < 0.1}
    steps = {round(a - b, 1) for a, b in itertools.pairwise(sorted(baselines, reverse=True))}
    assert all(abs(step / lines.LEAD - round(step / lines.LEAD)) < 0.02 for step in steps)


def test_a_character_in_no_font_is_named_with_the_words_around_it():
    with pytest.raises(paper.MissingGlyphs, match="“\U0002fffe”（请王\U0002fffe到会）"):
        official(Notice(text="请王\U0002fffe到会"))
    with pytest.raises(paper.MissingGlyphs, match="\ue000"):
        official(Notice(signed_by="张\ue000"))


def test_a_refusal_arrives_from_another_process_as_it_was_raised():
    with pytest.raises(paper.MissingGlyphs) as raised:
        official(Notice(signed_by="张\ue000"))
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


def test_what_is_typed_is_text_never_markup():
    hostile = '<link rel=attachment href="file:///etc/passwd"><img src="http://127.0.0.1/x.png"><script>1</script>'
    pdf = official(Notice(text=hostile, title="标题<b>"))
    assert "<b>" in text_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.attachments


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="//127.0.0.1/x.png">' + '<img src="https://127.0.0.1/x.png">',
        '<link rel=attachment href="file:///etc/passwd">',
        '<a rel=attachment href="file:///etc/passwd">a</a>',
        '<link rel=stylesheet href="file:///etc/passwd">',
        '<p style="background:url(ftp://127.0.0.1/x)">a',
        '<object data="app:///font/../core/printing/paper.py"></object>',
        '<img src="app:///image/not-handed-over.jpg">',
        f'<img src="data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}">',
        '<style>@import "http://127.0.0.1/x.css";</style>',
        "<style>@font-face{font-family:x;src:url(http://127.0.0.1/x.otf)}</style>",
    ],
)
def test_nothing_outside_is_reached_even_by_a_hostile_page(hostile):
    with pytest.raises(press.AddressRefused):
        press.press(hostile, images={}, attachments=[], variant=None, scale=1)


def test_pictures_handed_over_are_printed():
    png = io.BytesIO()
    Image.new("RGB", (40, 40), "green").save(png, "PNG")
    handed = {"a.png": png.getvalue()}
    pdf = press.press('<img src="app:///image/a.png">', images=handed, attachments=[], variant=None, scale=1)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert len(document.pages[0].images) == 1


def test_the_check_code_is_printed_and_its_qr_leads_to_the_register(monkeypatch):
    monkeypatch.setenv("LINLI_URL", "https://linli.example.org/")
    pdf = official(code="7K2M-9QXD")
    assert "7K2M-9QXD" in text_of(pdf)
    found = zxingcpp.read_barcodes(picture(pdf))
    assert [code.text for code in found] == ["https://linli.example.org/check/7K2M-9QXD"]


def test_a_draft_says_so_on_every_page_and_an_issued_paper_does_not():
    with pdfplumber.open(io.BytesIO(official(draft=True))) as document:
        for page in document.pages:
            assert "草稿" in "".join(char["text"] for char in page.chars if char["top"] < 60)
    assert "草稿" not in text_of(official())


def test_an_a3_copy_is_the_a4_page_enlarged():
    with pdfplumber.open(io.BytesIO(official(scale=paper.A3_FROM_A4))) as document:
        width, height = document.pages[0].width, document.pages[0].height
    assert (round(width), round(height)) == (842, 1191)


def test_bound_papers_keep_pages_tags_and_bookmarks():
    one, other = official(), official(Notice(title="关于春季环境卫生整治的通知"))
    bound = paper.merge([one, other, one])
    assert bound == paper.merge([one, other, one])
    with pikepdf.open(io.BytesIO(bound)) as pdf:
        numbers = [int(page.obj.StructParents) for page in pdf.pages]
        assert numbers == list(range(len(pdf.pages)))
        tags = dict(zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        assert all(tags[key][0].Pg.objgen == pdf.pages[key].obj.objgen for key in numbers)
        with pdf.open_outline() as outline:
            assert [mark.title for mark in outline.root] == [Notice.title, "关于春季环境卫生整治的通知", Notice.title]


def test_many_papers_come_in_order_from_warm_workers_as_the_same_bytes():
    sheets = [Notice(number=f"梅委〔2026〕{n}号") for n in range(1, 4)]
    assert list(paper.render_many("print/official.html", sheets)) == [official(sheet) for sheet in sheets]


@pytest.mark.parametrize("rows", [*range(1, 13), 33, 34, 35])
def test_the_end_matter_stands_at_the_foot_of_an_even_page_and_never_on_the_text(rows):
    sheet = Notice(text="\n".join(["各居民小组要如实登记。"] * rows), copies=30)
    with pdfplumber.open(io.BytesIO(official(sheet))) as document:
        pages = document.pages
        assert len(pages) % 2 == 0
        last = pages[-1]
        rules = [shape for shape in last.rects + last.lines if shape["width"] > 400]
        top = min(float(rule["top"]) for rule in rules)
        assert max(float(rule["bottom"]) for rule in rules) == pytest.approx(262 * lines.MM, abs=1)
        text = [char for char in last.chars if abs(char["size"] - lines.SIZE) < 0.1]
        assert max((char["bottom"] for char in text), default=0) < top
        assert sum("印发" in page.extract_text() for page in pages) == 1
        for number, page in enumerate(pages, 1):
            shown = "".join(char["text"] for char in page.chars if "Digits" in char["fontname"])
            after_blank = number >= len(pages) - 1 and not pages[-2].chars
            assert shown.strip("— ") == ("" if after_blank else str(number))


def test_the_place_of_the_seal_is_never_alone_on_a_page():
    for rows in range(6, 13):
        sheet = Notice(text="\n".join(["各居民小组要如实登记。"] * rows), printed_by="", attached=())
        with pdfplumber.open(io.BytesIO(official(sheet))) as document:
            last = document.pages[-1].extract_text()
        assert "（盖章处）" in last
        assert "登记" in last
