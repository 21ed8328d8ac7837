"""Attachments: what a file is stands in its content, and only a few kinds are taken."""

import io
import re
import zipfile
from dataclasses import dataclass

import pikepdf

from core.images import photo
from core.refusal import Refused
from core.spreadsheets.cells import clean
from core.spreadsheets.grids import xlsx
from core.spreadsheets.grids.base import MEGABYTE, MOST_BYTES
from core.text import _l

IMAGE_SIDE = 3000  # A photographed page must stay readable.
LONGEST_NAME = 100
DEEPEST = 30  # No program nests a page's objects like that.
ACTIONS = {pikepdf.Name(f"/{name}") for name in ("JavaScript", "Launch", "ImportData", "SubmitForm", "GoToE", "Rendition")}
CARRIERS = {pikepdf.Name("/FileAttachment"), pikepdf.Name("/RichMedia")}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
}


class EmptyAttachment(Refused):
    sentence = _l("“%(name)s”是空文件，请重新选择。")


class AttachmentTooLarge(Refused):
    sentence = _l("“%(name)s”超过 %(megabytes)s MB，请压缩或拆分后再上传。")
    status = 413


class KindNotTaken(Refused):
    sentence = _l("“%(name)s”不能作为附件。只接收 PDF、.xlsx 表格和 JPG、PNG 图片。")


class OldOffice(Refused):
    sentence = _l("“%(name)s”是 Word 或旧版 Office 文件。请另存为 PDF（文稿）或 .xlsx（表格）后再上传。")


class DamagedAttachment(Refused):
    sentence = _l("“%(name)s”已损坏，打不开。请重新导出后再上传。")


class LockedPdf(Refused):
    sentence = _l("“%(name)s”设有密码，居民打不开。请去掉密码后再上传。")


class ActivePdf(Refused):
    sentence = _l("“%(name)s”里有脚本或夹带的文件，为安全起见不能上传。请用“打印为 PDF”重新生成。")


class MacroWorkbook(Refused):
    sentence = _l("“%(name)s”里有宏，为安全起见不能上传。请另存为不带宏的 .xlsx。")


@dataclass(frozen=True)
class Attachment:
    """A file as it is stored: its own readable name, the ending its content deserves, and the bytes."""

    name: str
    data: bytes
    extension: str

    @property
    def media_type(self) -> str:
        """What the answer's Content-Type says."""
        return MEDIA_TYPES[self.extension]


def attachment(data: bytes, filename: str) -> Attachment:
    """The upload checked by content; pictures are drawn anew, and the ending follows the content."""
    name = readable_name(filename)
    if not data:
        raise EmptyAttachment(name=name)
    if len(data) > MOST_BYTES:
        raise AttachmentTooLarge(name=name, megabytes=MOST_BYTES // MEGABYTE)
    if data[:5] == b"%PDF-":
        _check_pdf(data, name)
        return _named(name, data, "pdf")
    if data[:4] == b"PK\x03\x04":
        _check_xlsx(data, name)
        return _named(name, data, "xlsx")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or data[:5] == b"{\\rtf":
        raise OldOffice(name=name)
    if data[:3] == b"\xff\xd8\xff" or data[:8] == b"\x89PNG\r\n\x1a\n":
        return _named(name, photo(data, IMAGE_SIDE).data, "jpg")
    raise KindNotTaken(name=name)


def readable_name(filename: str) -> str:
    """The file's name without folders, control and direction marks: what is shown is what it is called."""
    name = re.sub(r'[\\/:*?"<>|\n]+', " ", clean(filename.replace("\\", "/").rsplit("/", 1)[-1]))
    stem, ending = _parted(name.strip().rstrip("."))
    return f"{stem[:LONGEST_NAME].strip(' .') or '附件'}{ending}"


def _parted(name: str) -> tuple[str, str]:
    """Stem and ending; a point far from the end belongs to the name."""
    found = re.search(r"\.[A-Za-z0-9]{1,5}$", name)
    return (name[: found.start()], found[0]) if found else (name, "")


def _named(name: str, data: bytes, extension: str) -> Attachment:
    return Attachment(f"{_parted(name)[0]}.{extension}", data, extension)


def _check_pdf(data: bytes, name: str) -> None:
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if not len(document.pages):
                raise DamagedAttachment(name=name)
            active = _is_active(document.Root) or any(map(_acts, document.objects))
    except pikepdf.PasswordError as error:
        raise LockedPdf(name=name) from error
    except pikepdf.PdfError as error:
        raise DamagedAttachment(name=name) from error
    if active or b"PK\x05\x06" in data[-65_600:]:
        raise ActivePdf(name=name)


def _is_active(root: pikepdf.Dictionary) -> bool:
    """Whether the document runs something when opened, or carries other files inside."""
    names = root.get("/Names", pikepdf.Dictionary())
    opening = root.get("/OpenAction")
    runs = isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != pikepdf.Name.GoTo
    return runs or "/AA" in root or "/JavaScript" in names or "/EmbeddedFiles" in names


def _acts(value: object, depth: int = 0) -> bool:
    """Whether an object, or one that lies within it, runs something or carries a file; links and notes on a page can."""
    if depth > DEEPEST:
        return True
    if isinstance(value, pikepdf.Array):
        inside = list(value)
    elif isinstance(value, pikepdf.Dictionary):
        if "/JS" in value or "/AA" in value or value.get("/S") in ACTIONS or value.get("/Subtype") in CARRIERS:
            return True
        inside = [one for _key, one in value.items()]
    else:
        return False
    # What is referred to stands in the document's own list of objects.
    return any(_acts(one, depth + 1) for one in inside if not getattr(one, "is_indirect", True))


def _check_xlsx(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = set(package.namelist())
        if "word/document.xml" in parts or "ppt/presentation.xml" in parts:
            raise OldOffice(name=name)
        if any(part.lower().endswith("vbaproject.bin") for part in parts):
            raise MacroWorkbook(name=name)
        if "xl/workbook.xml" not in parts:
            raise KindNotTaken(name=name)
        xlsx.check_package(data)
    except Refused:
        raise
    except Exception as error:
        # A broken package fails in as many ways as a package can be broken.
        raise DamagedAttachment(name=name) from error
