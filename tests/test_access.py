"""Every route × every role × own and foreign record: only what the table of permissions allows."""

import pytest

from core.access import ROLES, Can, Role
from tests import make
from tests.routes import NOT_RECORDS, ROUTES, nothing


@pytest.fixture
def unguarded_forms(app, monkeypatch):
    """Form tokens are another test's matter; here only the gate answers."""
    monkeypatch.setitem(app.config, "WTF_CSRF_METHODS", set())
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def address(app, endpoint, values):
    with app.test_request_context():
        from flask import url_for

        return url_for(endpoint, **values)


def methods(app, endpoint):
    return {m for rule in app.url_map.iter_rules(endpoint) for m in rule.methods} - {"HEAD", "OPTIONS"}


def test_every_route_is_in_the_table(app):
    assert set(app.view_functions) == set(ROUTES)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_exactly_what_it_may(app, client, community, unguarded_forms, role):
    client.as_(make.account(community, role))
    for endpoint, values in ROUTES.items():
        needed = getattr(app.view_functions[endpoint], "access", None)
        if needed is None:
            continue
        for method in methods(app, endpoint) - ({"POST"} if endpoint == "accounts.sign_out" else set()):
            status = client.open(address(app, endpoint, values(community)), method=method).status_code
            refused = status in (403, 404) if needed not in ROLES[role] else status == 403
            assert refused == (needed not in ROLES[role]), f"{role} {method} {endpoint}: {status}"


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
    for endpoint, values in ROUTES.items():
        if getattr(app.view_functions[endpoint], "access", None) is not None:
            path = address(app, endpoint, values(community))
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
