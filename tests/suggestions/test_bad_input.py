"""What people and programs send by mistake or on purpose: a sentence each, nothing half-stored, nothing typed lost."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from blueprints.suggestions import rules
from blueprints.suggestions.models import Concern, Suggestion, SuggestionPhoto, SuggestionStep, SuggestionWord
from core import images, uploads
from core.access import Role
from core.records.papers import Blob
from core.records.work import UsedForm
from tests import make

WORDS = "三楼楼道灯不亮，晚上看不见"


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("blueprints.suggestions.forms.FEWEST_SECONDS", -1e9)


def jpeg(size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG")
    return out.getvalue()


def png_of_absurd_size():
    """A few bytes that promise a picture of ten thousand million points."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def zip_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.bin", b"\0" * 20_000_000)
    return out.getvalue()


def pdf():
    out = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(out)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PICTURES = {
    "a zip bomb": (zip_bomb(), "夹带了别的内容"),
    "a picture of absurd size": (png_of_absurd_size(), "照片太大"),
    "a program": (b"MZ\x90\x00" + b"\0" * 5000, "不是可以使用的照片"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "不是可以使用的照片"),
    "a drawing with a script": (SVG, "不接收 SVG"),
    "a picture that is a drawing too": (jpeg() + SVG, "夹带了别的内容"),
    "a picture that is a document too": (pdf()[:500] + jpeg(), "夹带了别的内容"),
    "a picture that is a package too": (jpeg() + zip_bomb(), "夹带了别的内容"),
    "half a picture": (jpeg((400, 300))[:200], "不是可以使用的照片"),
    "an empty file": (b"", "不是可以使用的照片"),
    "a film": (b"\0\0\0 ftypisom" + b"\0" * 11_000_000, "超过 10 MB"),
}


def nothing_stored():
    return not any(model.select().exists() for model in (Suggestion, SuggestionStep, SuggestionWord, SuggestionPhoto, Concern, Blob))


def send(client, path="/suggestions/new", photos=(), **typed):
    client.get(path)
    form = next(form for form in client.page.forms if form.method == "POST" and "text" in form.fields)
    data = {**dict(form.form_values()), "kind": "opinion", "text": WORDS, "spot": "北门车棚", **typed}
    data["photos"] = [FileStorage(io.BytesIO(photo), f"{at}.jpg", "photos") for at, photo in enumerate(photos)]
    # Laid out in memory: the client's own way leaves a temporary file open.
    boundary, body = encode_multipart(data)
    return client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


@pytest.mark.parametrize("name", list(PICTURES))
def test_what_is_no_picture_is_told_and_keeps_what_was_typed(client, name):
    content, words = PICTURES[name]
    answer = send(client, photos=[content])
    assert answer.status_code in (413, 422)
    assert words in answer.text
    assert WORDS in answer.text
    assert "北门车棚" in answer.text
    assert "照片要重新选一次" in answer.text
    assert nothing_stored()
    assert UsedForm.select().count() == 0
    assert send(client, photos=[jpeg()]).status_code == 200


def test_one_wrong_picture_among_good_ones_stores_none(client):
    answer = send(client, photos=[jpeg(), b"MZ" * 100, jpeg()])
    assert answer.status_code == 422
    assert nothing_stored()


def test_far_too_much_is_read_to_the_end_and_let_go(client):
    """Three films and more: what one form keeps in memory has an end, and the form comes back."""
    answer = send(client, photos=[b"\0" * 15_000_000] * 5)
    assert answer.status_code == 422
    assert "最多 3 张" in answer.text
    assert WORDS in answer.text
    assert nothing_stored()


def test_a_cup_runs_over(app):
    with app.test_request_context("/"):
        from flask import request

        request.keep_files(10, 3)
        first, second = uploads.Cup(request), uploads.Cup(request)
        assert first.write(b"x" * 50) == 50
        assert len(first.getvalue()) == 11
        second.write(b"y" * 50)
        assert len(second.getvalue()) == 11
        third, fourth = uploads.Cup(request), uploads.Cup(request)
        third.write(b"z" * 50)
        assert fourth.write(b"z" * 50) == 50
        assert fourth.getvalue() == b""


def test_staff_are_told_the_same(client, community):
    client.as_(make.account(community, Role.STAFF))
    typed = {"source": "paper", "received_on": "2025-09-22", "kind": "suggestion"}
    answer = send(client, "/office/suggestions/new", photos=[b"\0" * 15_000_000], **typed)
    assert answer.status_code == 413
    assert "超过 10 MB" in answer.text
    assert WORDS in answer.text
    assert nothing_stored()


@pytest.mark.parametrize("number", [2001, 20_000, 300_000])
def test_too_many_characters_are_counted_and_come_back(client, number):
    answer = send(client, text="长" * number)
    assert answer.status_code == 422
    assert f"现在有 {number} 个字" in answer.text
    assert "长" * number in answer.text
    assert nothing_stored()


def test_marks_of_direction_are_left_out_and_that_is_said(client):
    answer = send(client, text="请看\u202e照片\u202c里的\u200f楼道\u2066灯\u2069", spot="北门\u202e车棚")
    assert answer.status_code == 200
    assert "看不见的控制符号，已经去掉" in answer.text
    row = Suggestion.get()
    assert (row.text, row.spot) == ("请看照片里的楼道灯", "北门车棚")


def test_a_paste_from_word_stays_readable(client):
    word = "一、情况\v三楼灯不亮\x0c\uf0b7\t已报两次\u2028\uf0d8 没人来\xa0\xa0修\r\n“请”—尽快…"
    assert send(client, text=word).status_code == 200
    assert Suggestion.get().text == "一、情况\n三楼灯不亮\n· 已报两次\n· 没人来\xa0\xa0修\n“请”—尽快…"


@pytest.mark.parametrize(
    ("text", "marked"),
    [("灯不亮\n很久\t了", False), ("灯不亮\r\n很久", False), (" 灯 ", False), ("灯\u200e不亮", True), ("灯\x07不亮", True), ("灯\u200d亮", False)],
)
def test_only_what_nobody_sees_is_told(text, marked):
    assert rules.holds_marks(text) is marked


def test_markup_is_only_text(client, community):
    assert send(client, text="<script>alert(1)</script>灯不亮{{ 7*7 }}").status_code == 200
    client.as_(make.account(community, Role.SECRETARY))
    page = client.get(f"/office/suggestions/{Suggestion.get().number}").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "49" not in page.partition("灯不亮")[2][:40]


def test_pictures_of_every_kind_a_telephone_makes_are_taken():
    for kind in ("PNG", "WEBP", "GIF", "BMP"):
        out = io.BytesIO()
        Image.new("RGB", (30, 20), "blue").save(out, kind)
        assert images.photo(out.getvalue()).width == 30
