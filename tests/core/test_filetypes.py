"""Attachments are known by their content, whatever they are called."""

import io
import zipfile

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import filetypes
from core.filetypes import attachment, readable_name
from core.images import HiddenContent, NotAnImage, TooManyPixels
from tests.core.sheets import HEADER, repacked, xlsx
from tests.core.test_images import named, package, picture, png_header


def pdf(edit=None, **options) -> bytes:
    """A PDF of one empty page, changed by ``edit`` before it is saved."""
    document = pikepdf.new()
    document.add_blank_page()
    if edit:
        edit(document)
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def script(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def named_script(document):
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[]))


def carried_file(document):
    document.attachments["a.exe"] = b"MZ"


def destination(document):
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])


def macro_book() -> bytes:
    made = io.BytesIO(xlsx(HEADER))
    with zipfile.ZipFile(made, "a") as book:
        book.writestr("xl/vbaProject.bin", b"x")
    return made.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("word/document.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "filename", "name", "media_type"),
    [
        (pdf(), "公示.pdf", "公示.pdf", "application/pdf"),
        (pdf(destination), "公示.PDF", "公示.pdf", "application/pdf"),
        (pdf(), "公示.exe", "公示.pdf", "application/pdf"),
        (pdf(), "公示", "公示.pdf", "application/pdf"),
        (xlsx(HEADER), "名单.xlsx", "名单.xlsx", filetypes.MEDIA_TYPES["xlsx"]),
        (picture(), "照片.jpeg", "照片.jpg", "image/jpeg"),
        (picture("PNG"), "截图.png", "截图.jpg", "image/jpeg"),
    ],
    ids=named,
)
def test_what_is_taken(data, filename, name, media_type):
    taken = attachment(data, filename)
    assert (taken.name, taken.media_type) == (name, media_type)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", filetypes.EmptyAttachment),
        (b"MZ\x90\x00", filetypes.KindNotTaken),
        (b"<html></html>", filetypes.KindNotTaken),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", filetypes.KindNotTaken),
        (b"GIF89a" + b"\0" * 20, filetypes.KindNotTaken),
        (package(), filetypes.KindNotTaken),
        (word(), filetypes.OldOffice),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, filetypes.OldOffice),
        (b"{\\rtf1}", filetypes.OldOffice),
        (b"%PDF-1.7 nothing behind", filetypes.DamagedAttachment),
        (pdf()[:200], filetypes.DamagedAttachment),
        (xlsx(HEADER)[:300], filetypes.DamagedAttachment),
        (pdf(encryption=pikepdf.Encryption(user="x", owner="y")), filetypes.LockedPdf),
        (pdf(script), filetypes.ActivePdf),
        (pdf(named_script), filetypes.ActivePdf),
        (pdf(carried_file), filetypes.ActivePdf),
        (pdf() + package(), filetypes.ActivePdf),
        (macro_book(), filetypes.MacroWorkbook),
        (picture()[:300], NotAnImage),
        (picture() + package(), HiddenContent),
        (png_header(60_000, 60_000), TooManyPixels),
        (b"x" * (filetypes.MOST_BYTES + 1), filetypes.AttachmentTooLarge),
    ],
    ids=named,
)
def test_what_is_refused_and_why(data, refusal):
    with pytest.raises(refusal) as caught:
        attachment(data, "附件.pdf")
    assert str(caught.value).endswith("。")
    assert "%(" not in str(caught.value)


def test_a_bomb_in_a_workbook_is_refused():
    with pytest.raises(filetypes.Refused):
        attachment(repacked(xlsx(HEADER), xl__worksheets__sheet9=b" " * 8_000_000), "a.xlsx")


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("../../etc/公示.pdf", "公示.pdf"),
        ("C:\\桌面\\公示.pdf", "公示.pdf"),
        ("公示\u202efdp.exe", "公示fdp.exe"),
        ("公\n示\x00.pdf", "公 示.pdf"),
        (".pdf", "附件.pdf"),
        ("", "附件"),
        ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
        ("2026.1.5 公示结果说明", "2026.1.5 公示结果说明"),
    ],
)
def test_names_are_made_plain(given_name, name):
    assert readable_name(given_name) == name


@given(st.text(max_size=60))
def test_a_name_never_leaves_its_folder(name):
    made = readable_name(name)
    assert made
    assert not set(made) & set('/\\:*?"<>|\n\r\0')
