"""Every route × every role × own and foreign record: only what the table of permissions allows."""

import io

import pikepdf
import pytest
from werkzeug.routing import AnyConverter, IntegerConverter

from blueprints.suggestions import receipts
from core.access import ROLES, Can, Role, needs
from core.printing import paper
from tests import make
from tests.routes import NOT_RECORDS, ROUTES, nothing


@pytest.fixture
def unguarded_forms(app, monkeypatch):
    """Form tokens are another test's matter; here only the gate answers."""
    monkeypatch.setitem(app.config, "WTF_CSRF_METHODS", set())
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.fixture
def undrawn(monkeypatch):
    """No paper is drawn and no code hashed slowly: what they come to is another test's matter."""
    blank, file = pikepdf.new(), io.BytesIO()
    blank.add_blank_page()
    blank.save(file)
    monkeypatch.setattr(paper, "render", lambda _template, _sheet, **_options: file.getvalue())
    monkeypatch.setattr(receipts, "COST", {"time_cost": 1, "memory_cost": 8, "parallelism": 1})


def address(app, endpoint, values):
    with app.test_request_context():
        from flask import url_for

        return url_for(endpoint, **values)


def methods(app, endpoint):
    return {m for rule in app.url_map.iter_rules(endpoint) for m in rule.methods} - {"HEAD", "OPTIONS"}


def test_every_route_is_in_the_table(app):
    assert set(app.view_functions) == set(ROUTES)


def guarded(app):
    """Every staff route with its permission and an address; the gate answers before any record is looked for."""
    for endpoint, view in app.view_functions.items():
        if getattr(view, "access", None) is not None:
            rule = next(app.url_map.iter_rules(endpoint))
            values = {name: any_value(converter) for name, converter in rule._converters.items()}
            yield endpoint, view.access, address(app, endpoint, values)


def any_value(converter):
    if isinstance(converter, IntegerConverter):
        return 1
    return sorted(converter.items)[0] if isinstance(converter, AnyConverter) else "x"


def behind_the_gate(permission):
    return needs(permission)(lambda **_values: "opened")


@pytest.mark.parametrize("role", list(Role))
def test_the_gate_lets_a_role_through_exactly_where_it_may(app, client, community, unguarded_forms, monkeypatch, role):
    """All routes × all methods with nothing behind the gate: what the views do is asked once, below."""
    client.as_(make.account(community, role))
    for endpoint, needed, path in list(guarded(app)):
        monkeypatch.setitem(app.view_functions, endpoint, behind_the_gate(needed))
        for method in methods(app, endpoint):
            status = client.open(path, method=method).status_code
            assert status == (200 if needed in ROLES[role] else 403), f"{role} {method} {endpoint}: {status}"


def test_a_permission_is_enough_to_open_its_routes(app, client, community, unguarded_forms, undrawn):
    """Each route once, by the role that holds its permission and the fewest others: no view asks for more."""
    accounts = {role: make.account(community, role) for role in Role}
    narrowest = sorted(Role, key=lambda role: len(ROLES[role]))
    for endpoint, needed, _path in sorted(guarded(app), key=lambda route: route[0] == "accounts.sign_out"):
        client.as_(accounts[next(role for role in narrowest if needed in ROLES[role])])
        for method in methods(app, endpoint):
            status = client.open(address(app, endpoint, ROUTES[endpoint](community)), method=method).status_code
            assert status != 403, f"{method} {endpoint}"


@pytest.mark.parametrize("endpoint", [e for e, values in ROUTES.items() if values is not nothing and e not in NOT_RECORDS])
def test_a_record_of_another_community_is_not_found(app, client, community, unguarded_forms, endpoint):
    view = app.view_functions[endpoint]
    if getattr(view, "access", None) is None:
        return
    foreign = ROUTES[endpoint](make.community("兰苑社区"))
    role = next(role for role in (Role.SECRETARY, Role.ADMINISTRATOR) if view.access in ROLES[role])
    client.as_(make.account(community, role))
    for method in methods(app, endpoint):
        assert client.open(address(app, endpoint, foreign), method=method).status_code == 404, f"{method} {endpoint}"


def test_the_signed_out_are_sent_to_sign_in(app, client, community):
    for endpoint, _needed, path in guarded(app):
        answer = client.open(path, method=sorted(methods(app, endpoint))[0])
        assert (answer.status_code, "/login?next=" in answer.location) == (303, True), endpoint


def test_a_form_without_its_token_is_refused(client, community):
    client.as_(make.account(community))
    answer = client.post("/office/boards/publications", data={"all": "approved"})
    assert answer.status_code == 400
    assert "失效" in answer.text


def test_only_an_account_with_an_office_role_may_know_of_the_office(app, client, community):
    stranger = make.account(make.community("兰苑社区"))
    assert client.as_(stranger).get("/office").status_code == 404
    assert Can.OFFICE_ENTER in ROLES[Role.READER]
