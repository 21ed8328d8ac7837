"""The box on a real server: what is left of who wrote, what is left of words after they were forgotten, how fast one can guess."""

import http.client
import io
import re
import secrets
import struct
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from blueprints.suggestions import receipts
from tests.commands import linli
from tests.test_serving import HERE, Server

ADDRESS, AGENT = "203.0.113.77", "Strange-Telephone/9.9 (Linux; Elder 75)"
WORDS = "三楼楼道灯不亮，暗语甲乙丙，晚上看不见"
ADDED, FOUND, DONE = "暗语丁戊己", "暗语庚辛壬", "暗语子丑寅"
PASSWORD = "宝剑锋从磨砺出，梅花香自苦寒来"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def sound_code():
    """A code with a right check digit that nobody was given."""
    digits = "".join(secrets.choice("0123456789") for _digit in range(receipts.LENGTH - 1))
    return digits + receipts.check_digit(digits)


class Resident:
    """A telephone whose address and make must not stay behind."""

    def __init__(self, server, address=ADDRESS):
        self.server = server
        self.headers = {"X-Forwarded-For": address, "User-Agent": AGENT}

    def ask(self, method, path, body=None, **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        try:
            line.request(method, path, body, {**self.headers, **headers})
            answer = line.getresponse()
            return answer.status, answer.read().decode(errors="replace"), answer.getheaders()
        finally:
            line.close()

    def token(self, path):
        return re.search(r'name="form_token"[^>]*value="([^"]+)"', self.ask("GET", path)[1])[1]

    def says(self, words, photos=()):
        typed = {"form_token": self.token("/suggestions/new"), "kind": "opinion", "text": words}
        time.sleep(3.2)  # nobody types faster
        files = [FileStorage(io.BytesIO(photo), "IMG_1.jpg", "photos") for photo in photos]
        boundary, body = encode_multipart({**typed, "photos": files})
        kind = f"multipart/form-data; boundary={boundary}"
        return self.ask("POST", "/suggestions/new", body, **{"Content-Type": kind})

    def tracks(self, code, act="", **typed):
        body = urlencode({"form_token": self.token("/suggestions/track"), "code": code, **typed})
        return self.ask("POST", f"/suggestions/track{act}", body, **FORM)


def picture():
    out = io.BytesIO()
    image = Image.new("RGB", (60, 40), "red")
    exif = image.getexif()
    exif[0x010F] = "Strange-Telephone"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("box")
    instance = folder / "instance"
    linli("init", "--community", "梅苑社区", "--account", "书记", instance=instance, stdin=PASSWORD + "\n")
    time.sleep(1.1)  # so that no second of the set-up is one of a resident's
    server = Server(folder, LINLI_PROXIES="1", LINLI_URL="http://linli.test")
    server.instance = instance
    yield server
    server.end()


def files(server):
    """Every byte of the instance folder and of the server's log."""
    for path in [*sorted(server.instance.rglob("*")), server.log]:
        if path.is_file():
            yield path.relative_to(server.log.parent), path.read_bytes()


def seconds(began, ended):
    """Every way a second of that time could be written down."""
    moment = began.replace(microsecond=0)
    while moment <= ended:
        for hours in (0, 8):  # universal time, and the office's
            yield f"{moment + timedelta(hours=hours):%H:%M:%S}".encode()
        stamp = int((moment - datetime(1970, 1, 1)).total_seconds())
        yield str(stamp).encode()
        for layout in (">q", "<q", ">d", "<d"):
            yield struct.pack(layout, stamp)
        moment += timedelta(seconds=1)


def traces(server, wanted):
    return sorted({(str(name), trace) for name, content in files(server) for trace in wanted if trace in content})


def test_an_anonymous_message_leaves_no_address_no_agent_no_time_of_day(server):
    resident = Resident(server)
    began = datetime.now(UTC).replace(tzinfo=None)
    status, page, headers = resident.says(WORDS, [picture()])
    assert status == 200
    assert "Set-Cookie" not in dict(headers)
    code = "".join(re.findall(r"<span>(\d{4})</span>", page))
    assert len(code) == 16
    assert resident.tracks(code)[0] == 200
    assert "已补充" in resident.tracks(code, "/additions", words=ADDED)[1]
    assert resident.tracks("1" * 16)[0] == 422
    ended = datetime.now(UTC).replace(tzinfo=None)
    server.code = code
    told = [ADDRESS.encode(), b"203.0.113", AGENT.encode(), b"Strange", b"Telephone", code.encode(), code[:4].encode() + b" " + code[4:8].encode()]
    assert traces(server, [*told, *seconds(began, ended)]) == []
    # What is looked for would be found: the words themselves stand there.
    assert traces(server, [WORDS.encode()])


def test_times_of_files_tell_the_day_alone(server):
    kept = [path for path in server.instance.glob("linli.db*") if path.stat().st_size]
    assert kept
    for path in kept:
        assert (datetime.fromtimestamp(path.stat().st_mtime, UTC) + timedelta(hours=8)).strftime("%H:%M:%S") == "00:00:00", path


def kept_cookie(headers):
    return {"Cookie": dict(headers)["Set-Cookie"].split(";")[0]}


FINISHED = """
import sys
from app import create_app
from core.db import database
with create_app().app_context():
    database.connect(reuse_if_open=True)
    from blueprints.suggestions import handling, printing
    from blueprints.suggestions.kinds import Kind, Pace
    from blueprints.suggestions.models import Suggestion
    from core import clock
    from core.access import console
    from core.records.people import Account
    from datetime import timedelta
    row = Suggestion.get()
    now = lambda: Suggestion.get()
    handling.register(console(), row, row.version, "暗语甲乙丙灯不亮", Kind.OPINION, Pace.SIMPLE)
    handling.assign(console(), now(), now().version, Account.get())
    handling.note(console(), now(), now().version, "暗语丁戊己记一笔")
    handling.reply(console(), now(), now().version, sys.argv[1], sys.argv[2])
    printing.issue(console(), printing.PAPERS["slip"], now())
    handling.close(console(), now(), now().version, "电话回访过")
    Suggestion.update(closed_on=clock.today() - timedelta(days=1), answered_on=clock.today() - timedelta(days=1)).execute()
"""


def test_after_a_purge_no_byte_of_the_words_is_left(server):
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", FINISHED, FOUND, DONE], cwd=HERE, env=server.environment, capture_output=True, text=True
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    words = [text.encode() for text in (WORDS, ADDED, FOUND, DONE, "暗语", "暗 语", "语甲")]
    assert traces(server, words)
    copy = server.instance / "backups" / "before-1.zip"
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(WORDS.encode())
    office = Resident(server)
    signed = office.ask("POST", "/login", urlencode({"form_token": office.token("/login"), "login": "书记", "password": PASSWORD}), **FORM)
    _status, page, headers = office.ask("GET", "/office/settings/suggestions", **kept_cookie(signed[2]))
    cookie, csrf = kept_cookie(headers), re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    changed = office.ask("POST", "/office/settings/suggestions", urlencode({"csrf_token": csrf, "suggestions.keep_years": "0"}), **FORM, **cookie)
    assert changed[0] == 303
    assert "1" in office.ask("GET", "/office/keeping", **cookie)[1]
    assert office.ask("POST", "/office/keeping/purges", urlencode({"csrf_token": csrf}), **FORM, **cookie)[0] == 303
    assert traces(server, words) == []
    assert Resident(server).tracks(server.code)[0] == 200


def test_two_hundred_megabytes_come_back_as_a_form(server):
    resident = Resident(server, "203.0.113.78")
    token = resident.token("/suggestions/new")
    time.sleep(3.2)
    edge = secrets.token_hex(8)
    fields = {"form_token": token, "kind": "opinion", "text": "北门车棚漏雨，充电口进水"}
    head = "".join(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    head += f'--{edge}\r\nContent-Disposition: form-data; name="photos"; filename="film.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
    parts = [head.encode(), *[b"\0" * 2**20] * 200, f"\r\n--{edge}--\r\n".encode()]
    length = str(sum(map(len, parts)))
    status, page, _headers = resident.ask(
        "POST", "/suggestions/new", iter(parts), **{"Content-Type": f"multipart/form-data; boundary={edge}", "Content-Length": length}
    )
    assert status == 413
    assert "超过 10 MB" in page
    assert "北门车棚漏雨，充电口进水" in page


def test_guessing_is_slow_from_one_place_and_bounded_from_all(server):
    """A minute's tries of one address, then as many addresses as a guesser could want; told in years at the end."""
    one = Resident(server, "203.0.113.99")
    token = one.token("/suggestions/track")

    def guess(number, resident):
        body = urlencode({"form_token": token, "code": sound_code()})
        return resident.ask("POST", "/suggestions/track", body, **FORM)[0]

    workers = max(2, len([name for name in server.processes().values() if "linli" not in name]))
    alone = [guess(number, one) for number in range(30 * workers + 40)]
    assert alone.count(422) <= 30 * workers
    assert alone[-1] == 429
    began, number = time.monotonic(), 0
    with ThreadPoolExecutor(16) as crowd:
        while time.monotonic() - began < 4:
            tries = range(number, number + 64)
            answers = list(crowd.map(lambda n: guess(n, Resident(server, f"198.18.{n // 250}.{n % 250 + 1}")), tries))
            assert set(answers) <= {422, 503}
            number += answers.count(422)
    rate = number / (time.monotonic() - began)
    years = 10 ** (receipts.LENGTH - 1) / 10_000 / rate / (365 * 24 * 3600)
    print(f"{rate:.0f} guesses a second from all addresses together: {years:.0f} years for one of 10,000 codes")
    assert years > 5
