"""The conflict rule over the whole application: whoever is spoken about, and those below, get no byte and no hint of it.

Each route of the table in tests/routes.py is opened as each of them. Papers come as the page the press would set,
spreadsheets unpacked, so that nothing hides in a compressed file.
"""

import io
import re
import sys
import zipfile
from contextlib import contextmanager
from itertools import chain

import pytest

from blueprints.boards import doorway, letters
from blueprints.papers import rules as papers
from blueprints.people.models import PartyMember
from blueprints.suggestions import concern, extensions, handling, printing, rules, sheets
from blueprints.suggestions.models import Kind, Suggestion
from core import limits
from core.access import Role, actor_of, console
from core.db import database
from core.printing import binding, paper, printer
from core.records.people import Account
from tests import make
from tests.routes import ROUTES
from tests.suggestions.working import now, registered

PLANTED = ("暗语甲", "暗语乙", "暗语丙", "暗语丁", "暗语戊", "暗语己", "暗语庚", "暗语辛", "暗语壬", "13912345678")
SECRET = re.compile("|".join(PLANTED))
TOKENS = re.compile(r'(?:value="[\w.-]{16,}"|\d{4}-\d\d-\d\dT[\d:.]+Z?)')


@pytest.fixture(autouse=True)
def bare_press(app, monkeypatch):
    """Papers answer with what the press is given; form tokens and haste are other tests' matter."""
    monkeypatch.setitem(app.config, "WTF_CSRF_METHODS", set())
    monkeypatch.setattr("blueprints.suggestions.forms.FEWEST_SECONDS", -1e9)

    def page_of(template, sheet, **options):
        return paper.page(template, sheet, **{key: options[key] for key in ("draft", "code") if key in options}).encode()

    for name, real, instead in (("pdf", printer.pdf, page_of), ("bind", binding.bind, b"".join)):
        for module in [module for key, module in sys.modules.items() if key.startswith(("blueprints.", "core.printing."))]:
            if getattr(module, name, None) is real:
                monkeypatch.setattr(module, name, instead)


@pytest.fixture
def office(community):
    """One of the staff, a colleague, the secretary, the street's secretary, and everybody below."""
    people = {
        "何静": make.account(community, Role.STAFF, "何静"),
        "任远": make.account(community, Role.STAFF, "任远"),
        "沈兰英": make.account(community, Role.SECRETARY, "沈兰英"),
        "段雪梅": make.account(community.parent, Role.SECRETARY, "段雪梅"),
    }
    for role in (Role.MEMBER, Role.SCRUTINEER, Role.READER, Role.ADMINISTRATOR):
        people[role.value] = make.account(community, role, role.value)
    people["王大山"] = make.account(community, Role.MEMBER, "dashan")
    people["王大山"].person = make.member(community, "王大山").person
    people["王大山"].save()
    return people


OTHERS = ("member", "scrutineer", "reader", "administrator", "王大山")
BELOW = {
    "何静": ("何静", "任远", *OTHERS),
    "沈兰英": ("沈兰英", "何静", "任远", *OTHERS),
    "段雪梅": ("段雪梅", "沈兰英", "何静", "任远", *OTHERS),
    "王大山": OTHERS,  # one of the members, whom the office hears about
}


def plant(say, office, whom):
    """A message about somebody, through most of its life: handled above, printed, added to, answered."""
    above = actor_of(office["段雪梅"])
    message = say(
        f"暗语甲：{whom}收了东西不办事", Kind.COMPLAINT, spot="暗语乙", about=whom, asker="暗语丙", phone="13912345678",
        consent=True, photos=[b"picture"],
    )  # fmt: skip
    if whom == "段雪梅":  # nobody here may handle it
        rules.add_words(message, "暗语辛", "more")
        return now(message)
    row = registered(above, message, summary="暗语丁")
    handling.assign(above, row, row.version, Account.get_by_id(office["段雪梅"].id), note="暗语戊")
    row = now(row)
    handling.note(above, row, row.version, "暗语己")
    row = now(row)
    extensions.ask(above, row, row.version, row.due_on.replace(day=28), "暗语庚")
    rules.add_words(message, "暗语辛", "more")
    row = now(row)
    handling.reply(above, row, row.version, "暗语壬", "已谈话")
    papers.issue(
        above, rules.trail_place(row), row, "suggestion-slip", "办理单", lambda code: repr(sheets.handling(now(row))).encode()
    )  # fmt: skip
    return now(row)


def routes(app, community):
    """Every address of the application with a record behind it, each made once."""
    found = []
    with app.test_request_context():
        from flask import url_for

        for endpoint, values in ROUTES.items():
            if endpoint != "static":  # answered before the application
                found.append((endpoint, url_for(endpoint, **values(community))))
    return found


def about(app, row):
    """The addresses that lead to the message itself: every act, every picture, every paper."""
    found = []
    with app.test_request_context():
        from flask import url_for

        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("suggestion_") and "number" in rule.arguments:
                more = {"position": (1,), "paper": tuple(printing.PAPERS)}
                name = next(iter(rule.arguments & set(more)), None)
                for value in more.get(name, (None,)):
                    values = {"number": row.number} | ({name: value} if name else {})
                    found.append((rule.endpoint, url_for(rule.endpoint, **values)))
    return found


def methods(app, endpoint):
    return {m for rule in app.url_map.iter_rules(endpoint) for m in rule.methods} & {"GET", "POST"}


def readable(data):
    """An answer's bytes, those of a spreadsheet taken out of their package."""
    if data[:4] != b"PK\x03\x04":
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(package.read(name).decode(errors="replace") for name in sorted(package.namelist()))


def answers(app, client, paths, verbs=("GET",), **asked):
    """(method, address, status, headers and text) of every address as whoever is signed in."""
    for endpoint, path in paths:
        for method in sorted(methods(app, endpoint) & set(verbs)):
            app.wsgi_app.wsgi_app.pages.clear()
            limits.forget_all()
            given = client.open(path, method=method, **asked)
            assert given.status_code != 500, f"{method} {path}"
            headers = [line for line in given.headers if line[0] not in ("Date", "Content-Length", "Set-Cookie")]
            yield method, path, f"{given.status_code} {headers}\n{readable(given.data)}"


def lists():
    """Searches that would find it, by words beside the planted ones, and every filter of the queue."""
    words = [f"/office/search?q={word}" for word in ("收了", "办事", "收了东西不办事")] + ["/search?q=谈话"]
    shows = [f"/office/suggestions?show={name}" for name in ("open", "late", "near", "mine", "unassigned", "replied", "done")]
    more = ["/office/suggestions/ledger.xlsx?show=done", "/office/papers?state=current", "/office/audit?q=意见"]
    return [("office.search", path) for path in words + shows + more]


def parts(app, client):
    """The lists once more, as the part of a page that a script asks for."""
    return answers(app, client, lists(), headers={"HX-Request": "true", "HX-Target": "queue"})


def own_page(office, community):
    """What 王大山 opens without an account, by the link on his letter."""
    member = PartyMember.get(PartyMember.person == office["王大山"].person)
    tokens = letters.tokens_for([member])
    letters.give(console(), community, tokens)
    return [("links.show", f"/l/{tokens[member.id]}/"), ("boards_public.show", f"/boards/{member.stairwell.slug}")]


def hits(app, client, office, whom, row, paths):
    """Every answer that holds a planted word, or the message's number, for the person and those below."""
    found, asked = [], 0
    for name in BELOW[whom]:
        client.as_(office[name])
        given = answers(app, client, paths + about(app, row) + lists(), ("GET", "POST"))
        for method, path, text in chain(given, parts(app, client)):
            asked += 1
            if SECRET.search(text) or (row.number in text and row.number not in path):
                found.append((name, method, path))
    return found, asked


@pytest.mark.parametrize(("app", "whom"), [
    *(("sqlite", whom) for whom in BELOW), ("postgres", "沈兰英"),
], indirect=["app"])  # fmt: skip
def test_no_route_gives_a_word_of_it_to_the_person_or_to_those_below(app, client, community, office, say, whom):
    row = plant(say, office, whom)
    found, asked = hits(app, client, office, whom, row, routes(app, community) + own_page(office, community))
    assert found == []
    assert asked > 200 * len(BELOW[whom])


def nobody_is_shut_out(*_whom):
    return Suggestion.id == 0


def test_without_the_rule_that_test_would_find_it(app, client, community, office, say, monkeypatch):
    row = plant(say, office, "何静")
    monkeypatch.setattr("blueprints.suggestions.queries.hidden_from", nobody_is_shut_out)
    found, _asked = hits(app, client, office, "何静", row, [("suggestion_queue.ledger", "/office/suggestions/ledger.xlsx")])
    where = {(name, path.replace(row.number, "N")) for name, _method, path in found}
    for path in ("N", "N/slip.pdf", "ledger.xlsx"):
        assert ("任远", f"/office/suggestions/{path}") in where, path
    assert any("search" in path for _name, path in where)


@contextmanager
def undone():
    """What happens inside did not happen."""
    with database.atomic() as point:
        yield
        point.rollback()


def told(app, client, account, paths, chance="by chance"):
    """What everybody's pages tell an account, without what differs at every look; ``chance`` is a number that was drawn."""
    client.as_(account)
    found = answers(app, client, paths)
    return {path.replace(chance, ""): TOKENS.sub("", text).replace(chance, "") for _method, path, text in found}


def test_no_page_differs_by_whether_there_is_such_a_message(app, client, community, office, say, calendar):
    """Neither a count, a gap in numbers, an order nor a length: with it and without it, all answers are the same."""
    whom = "沈兰英"
    doorway.of(community)  # its secret is drawn once, not in what is undone below
    say("门口的灯不亮")
    paths = [(endpoint, path) for endpoint, path in routes(app, community) if "/suggestions/2" not in path]
    paths += [*lists(), ("office.search", "/office/search?q=2025-A0001")]
    without, with_it = [], []
    for told_so, planted in ((without, False), (with_it, True)):
        with undone():
            calendar.becomes(2025, 9, 23)
            if planted:
                plant(say, office, whom)
            calendar.becomes(2025, 9, 24)
            later = say("北门车棚漏雨", consent=True)
            more = [("suggestion_desk.show", f"/office/suggestions/{later.number}")]
            told_so.append(told(app, client, office[whom], paths + more, later.number))
    for path, before in without[0].items():
        assert before == with_it[0][path], path


def test_a_count_that_took_it_in_would_be_noticed(app, client, community, office, say, monkeypatch):
    monkeypatch.setattr("blueprints.suggestions.figures.about_the_office", nobody_is_shut_out)
    paths = [("suggestions.index", "/suggestions/")]
    before = told(app, client, office["何静"], paths)
    plant(say, office, "何静")
    assert told(app, client, office["何静"], paths) != before
    monkeypatch.setattr("blueprints.suggestions.figures.about_the_office", concern.about_the_office)
    assert told(app, client, office["何静"], paths) == before
