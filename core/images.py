"""Uploaded photos: drawn anew, so that nothing but the picture itself is kept."""

import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from core.limits import drawing
from core.refusal import Refused
from core.spreadsheets.grids.base import MEGABYTE, MOST_BYTES
from core.text import _l

LONGEST_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
# Telephones write JPEG with a second picture behind it (MPO). Both are read at a
# fraction of their size, so that even a large picture costs little memory; other formats are not.
MOST_PIXELS = {"JPEG": 52_000_000, "MPO": 52_000_000}
MOST_PIXELS_OTHERWISE = 16_000_000
# Long enough that no compressed picture holds one of them by chance.
OTHER_CONTENT = re.compile(
    rb"<script[\s>]|<html[\s>]|<svg\s[^>]{0,200}xmlns|<!doctype\s|<\?php\s|javascript:", re.IGNORECASE
)


class NotAnImage(Refused):
    sentence = _l("这个文件不是可以使用的照片。请上传 JPG 或 PNG 格式的照片。")


class VectorDrawing(Refused):
    sentence = _l("不接收 SVG 图形。请上传 JPG 或 PNG 格式的照片。")


class PhoneFormat(Refused):
    sentence = _l("照片是 HEIC 格式，多数电脑打不开。请在手机相机设置里选“兼容性最佳”，或另存为 JPG 后再上传。")


class TooManyPixels(Refused):
    sentence = _l("照片太大：最多 %(number)s 万像素。请缩小后再上传。")


class PhotoTooLarge(Refused):
    sentence = _l("照片文件超过 %(megabytes)s MB。请缩小后再上传。")
    status = 413


class HiddenContent(Refused):
    sentence = _l("照片文件里夹带了别的内容，为安全起见不能上传。请用手机重新拍照或截图后再传。")


@dataclass(frozen=True)
class Photo:
    """A photo as it is stored: JPEG without any metadata."""

    data: bytes
    width: int
    height: int
    media_type: str = "image/jpeg"


def photo(data: bytes, longest: int = LONGEST_SIDE) -> Photo:
    """The upload drawn anew: turned upright, at most ``longest`` pixels a side, on white, without EXIF."""
    _check_bytes(data)
    try:
        with warnings.catch_warnings():
            # A picture of absurd size only warns; it is counted below.
            warnings.simplefilter("ignore")
            with drawing.turn(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
                _check_pixels(image)
                upright = _upright(image, longest)
                return _encoded(upright)
    except Image.DecompressionBombError as error:
        raise TooManyPixels(number=_ten_thousands("JPEG")) from error
    except (Refused, MemoryError):
        raise
    except Exception as error:
        # Damaged pictures fail in as many ways as there are decoders.
        raise NotAnImage() from error


def part(data: bytes, window: Callable[[int, int], tuple[int, int, int, int]], longest: int) -> Photo:
    """A part of a photo that is kept already; ``window`` answers left, top, right and bottom for width and height."""
    with drawing.turn(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
        found = image.convert("RGB").crop(window(*image.size))
        found.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        return _encoded(found)


def _check_bytes(data: bytes) -> None:
    """Refuses what can be told before any decoder sees it."""
    if len(data) > MOST_BYTES:
        raise PhotoTooLarge(megabytes=MOST_BYTES // MEGABYTE)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in data[:65_536].lower():
        raise VectorDrawing()
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"):
        raise PhoneFormat()
    # A picture that is also a page, a document or a package is meant to be taken for it somewhere.
    if OTHER_CONTENT.search(data) or b"%PDF-" in data[:1024] or b"PK\x05\x06" in data[-65_600:]:
        raise HiddenContent()


def _ten_thousands(kind: str) -> int:
    return MOST_PIXELS.get(kind, MOST_PIXELS_OTHERWISE) // 10_000


def _check_pixels(image: Image.Image) -> None:
    """Counts pixels from the header, before any is decoded."""
    if image.width * image.height > MOST_PIXELS.get(image.format, MOST_PIXELS_OTHERWISE):
        raise TooManyPixels(number=_ten_thousands(image.format))


def _upright(image: Image.Image, longest: int) -> Image.Image:
    profile = image.info.get("icc_profile")
    image.draft(image.mode, (longest, longest))
    # Shrunk first: turning the full picture would need its memory twice.
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return _in_srgb(ImageOps.exif_transpose(image), profile)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours a plain JPEG means; transparent parts become white."""
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A broken profile only means slightly different colours.
            pass
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")


def _encoded(image: Image.Image) -> Photo:
    """A new picture takes over the pixels only: comments and thumbnails stay behind."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Photo(out.getvalue(), bare.width, bare.height)
