"""Photos drawn anew: nothing but the picture is kept, and what is no picture is refused."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core import images
from core.images import photo
from core.refusal import Refused


def named(value) -> str:
    """Names test cases by the refusal they expect; bytes name nothing."""
    return getattr(value, "__name__", "")


def picture(kind="JPEG", size=(40, 20), mode="RGB", color="red", **options) -> bytes:
    """A small picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, kind, **options)
    return out.getvalue()


def with_exif(orientation: int) -> bytes:
    """A telephone's picture: red left, blue right, turned, with its place and camera noted."""
    image = Image.new("RGB", (40, 20), "blue")
    image.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telephone of 王芳"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 39.0, 0.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"secret remark", quality=95, subsampling=0)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims to be of this size."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"\0" * 1000)
    parts = b"".join(struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (chunk, body))
    return b"\x89PNG\r\n\x1a\n" + parts + struct.pack(">I", 0) + b"IEND\xaeB`\x82"


@pytest.mark.parametrize(
    "data",
    [
        picture(),
        picture("PNG"),
        picture("WEBP"),
        picture("GIF"),
        picture("BMP"),
        picture(mode="L", color=90),
        picture(mode="CMYK", color=(0, 200, 200, 0)),
        picture("PNG", mode="P", color=1),
        picture("PNG", mode="LA", color=(10, 128)),
    ],
    ids=named,
)
def test_every_usual_kind_becomes_a_plain_jpeg(data):
    made = photo(data)
    with Image.open(io.BytesIO(made.data)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (40, 20))
    assert (made.width, made.height, made.media_type) == (40, 20, "image/jpeg")


def test_nothing_of_the_camera_the_place_or_the_remark_is_left():
    original = with_exif(1)
    assert b"secret remark" in original
    made = photo(original).data
    with Image.open(io.BytesIO(made)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert b"Exif" not in made
    assert b"secret" not in made


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [(1, (40, 20), (5, 10)), (3, (40, 20), (35, 10)), (6, (20, 40), (10, 5)), (8, (20, 40), (10, 35))],
)
def test_a_turned_picture_stands_upright(orientation, size, red_at):
    with Image.open(io.BytesIO(photo(with_exif(orientation)).data)) as image:
        assert image.size == size
        red, _, blue = image.getpixel(red_at)
    assert red > 200 > 60 > blue


@pytest.mark.parametrize(("size", "becomes"), [((4000, 3000), (1600, 1200)), ((300, 3200), (150, 1600))])
def test_large_pictures_are_made_smaller(size, becomes):
    made = photo(picture(size=size))
    assert (made.width, made.height) == becomes
    assert photo(picture(size=size), longest=100).width <= 100


def test_transparent_parts_become_white():
    with Image.open(io.BytesIO(photo(picture("PNG", mode="RGBA", color=(0, 0, 0, 0))).data)) as image:
        assert min(image.getpixel((5, 5))) > 250


def package() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.js", "alert(1)")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", images.NotAnImage),
        (b"hello", images.NotAnImage),
        (b"%!PS-Adobe-3.0", images.NotAnImage),
        (picture()[:300], images.NotAnImage),
        (picture("PNG")[:40], images.NotAnImage),
        (picture("TIFF"), images.NotAnImage),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', images.VectorDrawing),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg/>', images.VectorDrawing),
        (b"\x00\x00\x00\x18ftypheic" + b"\0" * 40, images.PhoneFormat),
        (png_header(6000, 6000), images.TooManyPixels),
        (png_header(60_000, 60_000), images.TooManyPixels),
        (png_header(12_000, 12_000), images.TooManyPixels),
        (picture() + package(), images.HiddenContent),
        (picture() + b"<script>alert(1)</script>", images.HiddenContent),
        (picture("GIF", comment=b"*/<script >alert(1)</script>"), images.HiddenContent),
        (picture("PNG") + b"<?php system($_GET['x']);", images.HiddenContent),
        (picture()[:20] + b"%PDF-1.4" + picture()[20:], images.HiddenContent),
        (b"\xff\xd8\xff" + b"\0" * images.MOST_BYTES, images.PhotoTooLarge),
    ],
    ids=named,
)
def test_what_is_no_photo_is_refused_by_content(data, refusal):
    with pytest.raises(refusal) as caught:
        photo(data)
    assert str(caught.value).endswith("。")
    assert "%(" not in str(caught.value)


WHOLE = [picture(), picture("PNG"), picture("GIF"), with_exif(6)]


@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=12))
@settings(max_examples=80, deadline=None)
def test_no_damage_breaks_the_reader(data, changes):
    broken = bytearray(data)
    for place, value in changes:
        broken[place % len(broken)] ^= value
    try:
        made = photo(bytes(broken))
    except Refused:
        return
    assert made.data.startswith(b"\xff\xd8\xff")
