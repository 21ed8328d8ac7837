"""Every form of every page, filled by somebody who means ill or by nobody at all: a sentence, never a fault or a live mark-up."""

import io

import pikepdf
import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

import registers
from blueprints.accounts import rules
from blueprints.suggestions import receipts
from core import limits
from core.access import ROLES, Role
from core.printing import paper
from tests import make
from tests.routes import ROUTES
from tests.test_access import address

MARKUP = "<img src=x onerror=alert(1)>\"'{{7*7}}"
KEPT = ("csrf_token", "form_token", "nonce")
TYPED = ("text", "search", "password", "tel", "email", "url", "hidden")


def marked_up(field, name, value):
    """Mark-up where words are typed, everything else as the page offers it."""
    if field.tag == "textarea" or (field.tag == "input" and field.get("type", "text") in TYPED and not value):
        return MARKUP
    return value or {"date": "2026-11-20", "number": "1", "datetime-local": "2026-11-20T09:00", "time": "09:00"}.get(field.get("type"), value)


def absurd(_field, name, _value):
    """What no browser would send: controls, no numbers, no days, far too long."""
    return "\x00\ud7ff²-9999999999999'" + "长" * 2500


def nothing_at_all(_field, _name, _value):
    return None


def endless_number(_field, _name, _value):
    return "9" * 4500


FILLED = (marked_up, absurd, nothing_at_all, endless_number)


@pytest.fixture
def quick(monkeypatch):
    """No paper is drawn and no code hashed slowly."""
    blank, file = pikepdf.new(), io.BytesIO()
    blank.add_blank_page()
    blank.save(file)
    monkeypatch.setattr(paper, "render", lambda _template, _sheet, **_options: file.getvalue())
    monkeypatch.setattr(receipts, "COST", {"time_cost": 1, "memory_cost": 8, "parallelism": 1})
    monkeypatch.setattr(limits.Limit, "allow", lambda *_given: True)


def pages(app, community):
    """Every route that answers GET, with an address that is right; what signs one out comes not at all."""
    for endpoint, values in ROUTES.items():
        if any("GET" in rule.methods for rule in app.url_map.iter_rules(endpoint)) and endpoint != "static":
            yield endpoint, address(app, endpoint, values(community))


def office(community):
    """An account of every role, with passwords of their own."""
    accounts = {role: make.account(community, role) for role in Role}
    for account in accounts.values():
        account.password = rules.hasher.hash("一句好记的话一句好记的话")
        account.save()
    return accounts


def account_for(app, endpoint, accounts):
    access = getattr(app.view_functions[endpoint], "access", None)
    return accounts[Role.SECRETARY if access is None or access in ROLES[Role.SECRETARY] else Role.ADMINISTRATOR]


def forms(client, path):
    """The page's forms but the one that signs out."""
    return [one for one in client.page.forms if one.method == "POST" and not (one.action or path).endswith("sign-out")]


def sent(form, fill):
    """A form's fields by name as ``fill`` has them; where a file belongs, a file that is none, or words."""
    fields = {}
    for field in form.iter("input", "select", "textarea"):
        name = field.get("name")
        if not name or field.get("type") in ("submit", "button", "image"):
            continue
        if field.get("type") == "file":
            as_file = FileStorage(io.BytesIO(MARKUP.encode()), f"{MARKUP}\r\nX-Bad: 1.xlsx")
            fields[name] = as_file if fill is marked_up else MARKUP
        elif name in KEPT:
            fields[name] = field.get("value")
        else:
            value = fill(field, name, _value(field))
            if value is not None:
                fields[name] = value
    return fields


def _value(field):
    if field.tag == "select":
        return next((one.get("value") for one in field.iter("option") if one.get("value")), "")
    return field.text or "" if field.tag == "textarea" else field.get("value", "")


def test_no_form_breaks_whatever_is_typed(app, client, community, quick):
    accounts, faults, live, taken = office(community), [], [], 0

    def look(answer, what):
        if answer.status_code >= 500:
            faults.append(f"{answer.status_code} {what}")
        if answer.mimetype == "text/html" and "<img src=x" in answer.text:
            live.append(what)
        return answer

    opened = list(pages(app, community))
    for endpoint, path in opened:
        answer = client.as_(account_for(app, endpoint, accounts)).get(path)
        for form in forms(client, path) if answer.mimetype == "text/html" and answer.status_code == 200 else ():
            for fill in FILLED:
                boundary, body = encode_multipart(sent(form, fill))
                answer = client.post(form.action or path, data=body, content_type=f"multipart/form-data; boundary={boundary}")
                look(answer, f"{form.action or path} on {endpoint}, {fill.__name__}")
                taken += answer.status_code == 303
    for endpoint, path in opened:
        look(client.as_(account_for(app, endpoint, accounts)).get(path), path)
    assert (faults, live) == ([], [])
    assert taken > 200


def narrowed(community):
    """Lists asked for what there is none of, as old bookmarks and hand-typed addresses do."""
    yield from (f"/office/{one.key}?{key}=none-such" for one in registers.ALL for key in one.filters)
    for page in ("", "/ledger.xlsx", "/ledger.pdf"):
        yield f"/office/papers{page}?year=99999&kind=none&state=such&page=0"
    yield f"/office/meetings/{make.meeting(community).id}/invitations?show=none&from=-1"
    yield from (f"{page}?year=99999&show=none&kind=such&page=99999" for page in ("/notices/", "/meetings/", "/office/notices", "/office/meetings"))


def test_no_list_breaks_whatever_is_asked(client, community, quick):
    client.as_(make.account(community))
    answers = {path: client.get(path).status_code for path in narrowed(community)}
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_an_address_with_a_zero_byte_is_not_found(client, community):
    assert [client.get(path).status_code for path in ("/boards/1%00", "/search?q=%00", "/boards/?x=%00")] == [404] * 3
