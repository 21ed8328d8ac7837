"""Compression: what shrinks, what is left alone, and what a listener could learn from lengths."""

import gzip
import hashlib

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from core.compress import SMALLEST, Compressed
from core.static import StaticFiles

PAGE = "<p>四带头亮诺栏</p>" * 100


def site(answer: Response) -> Client:
    return Client(Compressed(lambda environ, start: answer(environ, start)))


def get(answer: Response, accepted="br, gzip", **headers):
    return site(answer).get("/page", headers={"Accept-Encoding": accepted, **headers})


def test_text_shrinks_and_comes_back_whole():
    answer = get(Response(PAGE, mimetype="text/html"))
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(PAGE) / 2
    assert gzip.decompress(answer.data).decode() == PAGE


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0, br"])
def test_who_does_not_ask_gets_it_plain_but_caches_know(accepted):
    answer = get(Response(PAGE, mimetype="text/html"), accepted)
    assert "Content-Encoding" not in answer.headers
    assert answer.text == PAGE
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_vary_keeps_what_the_page_said():
    answer = get(Response(PAGE, mimetype="text/html", headers={"Vary": "HX-Request"}))
    assert answer.headers["Vary"] == "HX-Request, Accept-Encoding"


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip"])
def test_papers_and_pictures_pass_untouched(kind):
    answer = get(Response(b"%PDF" * 1000, mimetype=kind))
    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers
    assert len(answer.data) == 4000


def test_small_answers_stay_plain():
    assert "Content-Encoding" not in get(Response("x" * (SMALLEST - 1), mimetype="text/html")).headers
    assert "Content-Encoding" in get(Response("x" * SMALLEST, mimetype="text/html")).headers


def test_head_and_not_modified_have_no_body():
    answer = site(Response(PAGE, mimetype="text/html")).head("/page", headers={"Accept-Encoding": "gzip"})
    assert answer.data == b""
    assert answer.headers["Content-Length"] == str(len(PAGE.encode()))
    assert get(Response(status=304, headers={"Content-Type": "text/html"})).data == b""


def test_etag_of_compressed_page_is_weak_and_recognised():
    page = Response(PAGE, mimetype="text/html")
    page.set_etag("abc")
    assert get(page).headers["ETag"] == 'W/"abc"'
    seen = []
    Client(Compressed(lambda environ, start: seen.append(environ["HTTP_IF_NONE_MATCH"]) or page(environ, start))).get(
        "/page", headers={"If-None-Match": 'W/"abc"'}
    )
    assert seen == ['"abc"']


def test_kept_page_is_never_given_for_another_content():
    first, second = Response(PAGE, mimetype="text/html"), Response(PAGE[::-1], mimetype="text/html")
    first.set_etag("1")
    second.set_etag("2")
    answers = iter((first, second, first))
    client = Client(Compressed(lambda environ, start: next(answers)(environ, start)))
    bodies = [gzip.decompress(client.get("/", headers={"Accept-Encoding": "gzip"}).data).decode() for _ in range(3)]
    assert bodies == [PAGE, PAGE[::-1], PAGE]


def test_length_of_a_page_with_a_token_tells_nothing():
    """The same page twenty times: lengths differ, so a guess that compresses better is lost in the noise (BREACH)."""
    lengths = {len(get(Response(PAGE, mimetype="text/html")).data) for _ in range(20)}
    assert len(lengths) > 5


def test_answer_is_closed_even_when_it_fails():
    closed = []

    class Body:
        def __iter__(self):
            raise OSError("gone")

        def close(self):
            closed.append(True)

    def application(environ, start):
        start("200 OK", [("Content-Type", "text/html")])
        return Body()

    with pytest.raises(OSError, match="gone"):
        Client(Compressed(application)).get("/", headers={"Accept-Encoding": "gzip"})
    assert closed == [True]


@pytest.fixture
def static(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css/a.css").write_text("p { color: red }\n" * 60)
    return Client(Compressed(StaticFiles(Response("application", status=404), tmp_path)))


def digest_of(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def test_own_digest_is_kept_for_ever_any_other_asked_again(static):
    right = digest_of("p { color: red }\n" * 60)
    assert "immutable" in static.get(f"/static/css/a.css?v={right}", buffered=True).headers["Cache-Control"]
    for query in ("", "?v=", "?v=000000000000", f"?x={right}"):
        assert static.get("/static/css/a.css" + query, buffered=True).headers["Cache-Control"] == "max-age=0, public"


def test_unchanged_file_is_not_sent_twice(static):
    first = static.get("/static/css/a.css", headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    again = static.get("/static/css/a.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_nothing_outside_the_folder_is_served(static, tmp_path):
    (tmp_path.parent / "secret").write_text("secret")
    for path in ("/static/../secret", "/static/%2e%2e/secret", "/static/css/", "/static/absent.css"):
        assert static.get(path).text == "application"
