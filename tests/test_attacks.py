"""What a hostile neighbour, clerk or file tries: each of these was once possible."""

import io
import os
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from argon2.exceptions import VerificationError
from pikepdf import Dictionary, Name
from werkzeug.test import Client

from blueprints.accounts import rules as accounts
from blueprints.ballots import rules as poll_rules
from blueprints.boards import rules as boards
from blueprints.meetings import exchange
from blueprints.notices import rules as notice_rules
from blueprints.office import rules as office
from blueprints.people import imports
from blueprints.people.models import PartyMember
from blueprints.suggestions import figures as suggestion_figures
from blueprints.suggestions import queries as suggestion_queries
from blueprints.suggestions import rules as suggestions
from blueprints.suggestions.models import Kind, State
from core import filetypes, images, jobs, limits
from core.access import Role, actor_of, console
from core.printing import printer
from core.refusal import Refused
from core.spreadsheets import imports as batches
from core.spreadsheets.grids import grids
from tests import make
from tests.ballots import ceremony
from tests.notices import office as notices

HERE = Path(__file__).parent.parent


@pytest.fixture
def other(community):
    """A second community with an office of its own."""
    return make.community("兰苑社区")


def roster(*rows):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话", "责任区（楼道）"])
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_an_import_overwrites_nobody_of_another_community(community, other):
    theirs = make.member(other, "邻区张三", stairwell="9幢1单元")
    make.member(community, "张三", stairwell="3幢2单元")
    kind = imports.roster("members", community)
    content = roster(["张三", "", ""])
    plan = imports.plan_of(community, kind, content, "名册.xlsx")[1]
    assert plan.unclear
    row = plan.unclear[0].row.number
    with pytest.raises(batches.NotOneOfThem):
        imports.bring_in(make.actor(community), community, kind, content, "名册.xlsx", same_as={row: theirs.id})
    assert PartyMember.get_by_id(theirs.id).person.name == "邻区张三"


@pytest.mark.parametrize("target", ["///office.evil.example/", "//office.evil.example", "/\\office.evil.example/office"])
def test_signing_in_leads_to_no_other_host(client, community, target):
    accounts.add_account(console(), community, "何静", "一句好记的话一句好记的话", Role.STAFF)
    client.get("/login")
    answer = client.send(f"/login?next={target}", login="何静", password="一句好记的话一句好记的话")
    assert answer.status_code == 303
    assert answer.location == "/office"


def test_a_kept_page_carries_nobody_else_s_host(client, community):
    client.get("/notices/feed.atom", headers={"Host": "evil.example"})
    assert "evil.example" not in client.get("/notices/feed.atom").text


def test_files_of_the_print_room_are_for_those_who_may_print(client, community):
    boards.propose(console(), make.member(community), "每周清扫楼道一次")
    job = jobs.order(console(), community, "boards.posters", "公示牌", "公示牌.pdf", size="A4")
    jobs.run(job.id)
    for role, status in ((Role.STAFF, 200), (Role.MEMBER, 404), (Role.SCRUTINEER, 404), (Role.ADMINISTRATOR, 404)):
        client.as_(make.account(community, role))
        assert client.get(f"/office/jobs/{job.id}/file").status_code == status, role


def test_an_administrator_shuts_out_nobody_of_another_community(community, other):
    administrator = make.account(community, Role.ADMINISTRATOR)
    shared = make.account(community, Role.STAFF)
    make.grant(shared, Role.ADMINISTRATOR, other)
    street = make.account(community.parent, Role.SECRETARY)
    for account in (shared, street):
        with pytest.raises(accounts.NotOnlyHere):
            accounts.set_active(actor_of(administrator), community, account, False)


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_another_site_signs_nobody_in(client, community, origin):
    accounts.add_account(console(), community, "何静", "一句好记的话一句好记的话", Role.STAFF)
    client.get("/login")
    form = dict(client.page.forms[-1].form_values())
    form |= {"login": "何静", "password": "一句好记的话一句好记的话"}
    assert client.post("/login", data=form, headers={"Origin": origin}).status_code == 403
    assert client.post("/login", data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/login", data=form, headers={"Origin": "http://localhost"}).status_code == 303


def repacked(content, rename, sheet=lambda text: text):
    """The workbook with its sheet under another part name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            data = given.read(name)
            if name == "xl/worksheets/sheet1.xml":
                made.writestr(rename, sheet(data))
            else:
                made.writestr(name, data.replace(b"worksheets/sheet1.xml", rename.removeprefix("xl/").encode()))
    return out.getvalue()


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.dat", "xl/worksheets/sheet1.XML"])
def test_a_sheet_under_another_name_is_checked_all_the_same(name):
    def hostile(data):
        start = data.index(b"<worksheet")
        return b'<!DOCTYPE worksheet [<!ENTITY a "x">]>' + data[start:]

    with pytest.raises(Refused):
        list(grids(repacked(roster(["张三", "", ""]), name, hostile), "x.xlsx")[0].lines())


@pytest.fixture
def presses(monkeypatch):
    """Counts what is really drawn."""
    drawn = []
    monkeypatch.setattr(printer, "pdf", lambda template, *_given, **_options: drawn.append(template) or b"%PDF-")
    printer._drawn.clear()
    yield drawn
    printer._drawn.clear()


def test_opening_a_paper_again_and_again_draws_it_once(client, community, presses):
    meeting = make.meeting(community, issued=True)
    answers = [client.get(f"/meetings/{meeting.id}.pdf?again={n}") for n in range(5)]
    assert {(answer.status_code, answer.data) for answer in answers} == {(200, b"%PDF-")}
    assert len(presses) == 1


def test_a_result_nobody_issued_yet_is_drawn_once_too(client, community, presses, monkeypatch):
    notices.set_clock(monkeypatch, 2026, 11, 19)
    notice = notices.published(community)
    notices.set_clock(monkeypatch, 2026, 11, 30)
    notice_rules.conclude(notices.clerk(community), notices.fresh(notice), "公示期内未收到异议。")
    presses.clear()
    for n in range(5):
        assert client.get(f"/notices/{notice.id}/result.pdf?again={n}").status_code == 200
    assert len(presses) == 1


def test_visitors_in_a_row_before_the_press_are_few(presses):
    with waiting(printer.press, 4), pytest.raises(limits.Busy):
        printer.pdf_for_residents("meetings/print/public.html", ("a sheet",), example=False)


@contextmanager
def waiting(door, number):
    """So many are before the door."""
    for _n in range(number):
        assert door._room.acquire(blocking=False)
    try:
        yield
    finally:
        for _n in range(number):
            door._room.release()


@pytest.mark.parametrize(
    "note",
    [
        {"Subtype": Name.Link, "A": Dictionary(S=Name.JavaScript, JS="app.alert(1)")},
        {"Subtype": Name.Link, "A": Dictionary(S=Name.Launch, F="x.exe")},
        {"Subtype": Name.Link, "A": Dictionary(S=Name.URI, Next=[Dictionary(S=Name.Launch, F="x.exe")])},
        {"Subtype": Name.FileAttachment},
    ],
)
def test_a_note_on_a_page_runs_nothing_and_carries_nothing(note):
    with pytest.raises(filetypes.ActivePdf):
        filetypes.attachment(with_note(note), "公告.pdf")


def test_a_link_in_a_pdf_is_no_harm():
    link = {"Subtype": Name.Link, "A": Dictionary(S=Name.URI, URI="https://example.org/")}
    assert filetypes.attachment(with_note(link), "公告.pdf").extension == "pdf"


def with_note(note):
    document, file = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.pages[0].Annots = [Dictionary(**note)]
    document.save(file)
    return file.getvalue()


def test_pictures_are_drawn_few_at_a_time(monkeypatch):
    running, most = [], []

    def opened(*_given, **_options):
        running.append(1)
        most.append(len(running))
        time.sleep(0.05)
        running.pop()
        raise OSError()

    monkeypatch.setattr(images.Image, "open", opened)
    with ThreadPoolExecutor(8) as pool:
        for outcome in [pool.submit(images.photo, b"\x89PNG") for _n in range(8)]:
            assert isinstance(outcome.exception(), images.NotAnImage)
    assert max(most) <= 2
    with waiting(limits.drawing, 8), pytest.raises(limits.Busy):
        images.photo(b"\x89PNG")


def test_guessing_elsewhere_locks_nobody_out(client, community):
    accounts.add_account(console(), community, "何静", "一句好记的话一句好记的话", Role.STAFF)
    client.get("/login")
    form = dict(client.page.forms[-1].form_values()) | {"login": "何静"}
    for _n in range(12):
        guessed = client.post("/login", data=form | {"password": "falsch"}, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert guessed.status_code == 429
    assert client.post("/login", data=form | {"password": "一句好记的话一句好记的话"}).status_code == 303


def test_over_tls_the_session_never_leaves_it(client, community):
    accounts.add_account(console(), community, "何静", "一句好记的话一句好记的话", Role.STAFF)
    client.get("/login")
    form = dict(client.page.forms[-1].form_values()) | {"login": "何静", "password": "一句好记的话一句好记的话"}
    assert "Secure" in client.post("/login", data=form, base_url="https://localhost").headers["Set-Cookie"]


def test_guessing_passwords_of_many_accounts_is_slow_too(client, community):
    client.get("/login")
    form = dict(client.page.forms[-1].form_values())
    for n in range(60):
        client.post("/login", data=form | {"login": f"x{n}", "password": "falsch"})
    assert client.post("/login", data=form | {"login": "y", "password": "falsch"}).status_code == 429


def test_few_slow_hashes_are_made_at_once(community, monkeypatch):
    running, most = [], []

    class Hasher:
        def verify(self, *_given):
            running.append(1)
            most.append(len(running))
            time.sleep(0.05)
            running.pop()
            raise VerificationError()

        hash = str

    monkeypatch.setattr(accounts, "hasher", Hasher())
    monkeypatch.setattr(accounts.Account, "get_or_none", lambda *_given: None)
    with ThreadPoolExecutor(8) as pool:
        for outcome in [pool.submit(accounts.sign_in, "x", "y") for _n in range(8)]:
            assert isinstance(outcome.exception(), accounts.WrongPassword)
    assert max(most) <= 2


def test_the_database_and_its_copies_are_for_their_owner_alone(tmp_path):
    before = os.umask(0o022)
    try:
        subprocess.run(
            [sys.executable, "-X", "utf8", str(HERE / "command_line.py"), "init", "--community", "梅苑社区", "--account", "书记"],
            env={**os.environ, "LINLI_INSTANCE": str(tmp_path), "DATABASE_URL": ""}, input="\n", text=True, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
    finally:
        os.umask(before)
    open_to_others = [path.name for path in tmp_path.iterdir() if path.stat().st_size and path.stat().st_mode & 0o077]
    assert open_to_others == []


@pytest.mark.parametrize("typed", ["²", "--5", "9" * 5000, "999999999"])
def test_a_setting_takes_only_numbers_an_office_means(community, typed):
    with pytest.raises(office.NotANumber):
        office.change_settings(make.actor(community), community, {"suggestions.ordinary_days": typed})


def test_the_public_figures_tell_the_staff_nothing_the_queue_hides(community):
    staff = make.account(community, Role.STAFF, "何静")
    make.account(community, Role.SECRETARY, "沈兰英")
    message, _code = suggestions.submit(
        community, suggestions.Message(kind=Kind.OPINION, text="何静态度不好，说过两次"), "nonce"
    )
    year = message.received_on.year
    assert suggestion_queries.visible_to(actor_of(staff), community).count() == 0
    assert suggestion_figures.of_year(community, year).received == 0
    message.state = State.CLOSED
    message.save()
    assert suggestion_figures.of_year(community, year).received == 0


def test_no_thousand_slips_are_kept_in_reserve(community):
    poll = ceremony.draft(community)
    poll_rules.freeze(console(), poll)
    with pytest.raises(poll_rules.TooManyInReserve):
        poll_rules.draw_slips(console(), poll, 100_000)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"number": ' + b"9" * 5000 + b"}", b"\xff\xfe{"])
def test_a_hostile_meeting_file_is_refused_in_words(content):
    with pytest.raises(exchange.NotJson):
        exchange.read(content)


@pytest.mark.parametrize("answer", ["²", "9" * 5000])
def test_an_import_s_answers_that_are_no_numbers_do_no_harm(client, community, answer):
    client.as_(make.account(community))
    shown = client.get(client.submit("/office/imports/members", file=(io.BytesIO(roster(["张三", "", ""])), "x.xlsx")).location)
    path = shown.request.path
    answered = client.send(path, form="confirmation", **{f"same-{answer}": "1", "same-2": answer})
    assert answered.status_code == 303
    other = client.submit(path, form="columns", header_row=answer, sheet=answer)
    assert other.status_code in (303, 422)


@pytest.mark.parametrize("odd", ['x="a; mode=elder; b"', "mode =elder; x=1", "x=1; mode=elder; mode=", "Mode=elder; x=1"])
def test_nobody_hands_others_a_page_of_another_kind(app, community, odd):
    pages = app.wsgi_app.wsgi_app.pages
    for plain in ("mode=elder", "x=1", "", odd):
        answers = []
        for before in (odd, None):
            pages.clear()
            reader = Client(app, use_cookies=False)
            if before is not None:
                reader.get("/", headers={"Cookie": before})
            answers.append(reader.get("/", headers={"Cookie": plain} if plain else {}).data)
        assert answers[0] == answers[1], plain


def test_a_session_somebody_planted_ends_with_the_sign_in(client, community):
    accounts.add_account(console(), community, "何静", "一句好记的话一句好记的话", Role.STAFF)
    with client.session_transaction(path="/office") as session:
        session["csrf_token"], session["planted"] = "known to somebody else", "yes"
    client.submit("/login", login="何静", password="一句好记的话一句好记的话")
    with client.session_transaction(path="/office") as session:
        assert session["_user_id"]
        assert "planted" not in session
        assert session.get("csrf_token") != "known to somebody else"


def test_a_file_that_is_not_there_is_not_found(client, community):
    for path in ("/static/none.css", "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fapp.py"):
        assert client.get(path).status_code == 404, path
