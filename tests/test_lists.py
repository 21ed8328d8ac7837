"""Every page that lists records asks the database as often for many as for few, and never reads a table to its end."""

import pytest

import models
from blueprints.suggestions import receipts
from core.access import Role
from core.db import database, is_sqlite
from tests import make
from tests.counting import scans, selects, statements
from tests.routes import ROUTES, nothing

MAKERS = sorted({values for values in ROUTES.values() if values is not nothing}, key=lambda made: made.__qualname__)
OTHER_ANSWERS = (".pdf", ".xlsx", ".ics", ".atom")  # these are made of rows fetched the same way as the page's
# Tables that stay a handful of rows however long an office works with this.
SMALL = {"account", "calendar_day", "calendar_year", "concern", "extension", "nominee", "role_grant", "setting",
         "election_candidate", "poll_event"}  # fmt: skip


@pytest.fixture
def fill(community, monkeypatch):
    """More of everything an office keeps."""
    monkeypatch.setattr(receipts, "COST", {"time_cost": 1, "memory_cost": 8, "parallelism": 1})

    def fill():
        for values in MAKERS:
            values(community)

    return fill


def pages(app):
    """The addresses of all lists: pages without a number or name in their address."""
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and not rule.rule.endswith(OTHER_ANSWERS):
            yield rule.rule, getattr(app.view_functions[rule.endpoint], "access", None)
    yield "/office/search?q=张三", None
    yield "/search?q=楼道", None


def asked(app, client, accounts):
    """Per page what it reads, opened by somebody who may."""
    found = {}
    for path, access in pages(app):
        app.wsgi_app.wsgi_app.pages.clear()
        client.as_(accounts[access is not None and access.startswith("accounts")])
        with statements() as sent:
            client.get(path)
        found[path] = selects(sent)
    return found


@pytest.fixture
def accounts(community):
    return {True: make.account(community, Role.ADMINISTRATOR), False: make.account(community)}


def test_no_list_asks_once_per_row(app, client, accounts, fill):
    fill()
    few = asked(app, client, accounts)
    for _more in range(3):
        fill()
    many = asked(app, client, accounts)
    grown = {path: (len(few[path]), len(many[path])) for path in few if len(many[path]) > len(few[path])}
    assert not grown, "statements for few and for many rows"


def test_no_list_reads_a_table_from_end_to_end(app, client, accounts, fill):
    fill()
    if not is_sqlite():
        database.execute_sql("ANALYZE")
        database.execute_sql("SET LOCAL enable_seqscan = off")
    read = {(table, path) for path, sent in asked(app, client, accounts).items() for table, _query in scans(sent)}
    growing = {record._meta.table_name for record in models.ALL} - SMALL
    assert not {one for one in read if one[0] in growing}
