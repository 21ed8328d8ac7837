"""Fixtures: schema once per database, each test in a transaction that is rolled back."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests import make, postgres
from tests.client import Client

DATABASES = ["sqlite", "postgres"]


@pytest.fixture(scope="session")
def postgres_url():
    """The URL of one server for all tests of this process."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def instances(tmp_path_factory):
    """The instance folder of either database: files of tests come in any order, the schema is made once."""
    return {kind: tmp_path_factory.mktemp(kind) for kind in DATABASES}


@pytest.fixture(scope="session", params=DATABASES)
def app(request, instances):
    """The application on an instance folder of its own, on SQLite and on PostgreSQL."""
    if request.param == "postgres" and postgres.binaries() is None:
        pytest.skip("no PostgreSQL server can be had on this machine")
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    with _environment(instances[request.param], url):
        from app import create_app
        from core.db import database, migrate

        app = create_app({"TESTING": False})
        app.test_client_class = Client
        with app.app_context():
            database.connect(reuse_if_open=True)
            migrate()
            yield app
            database.close()
            if request.param == "postgres":
                database.obj.close_all()  # the pool is another one for the next file


@contextmanager
def _environment(folder, url):
    before = {name: os.environ.get(name) for name in ("LINLI_INSTANCE", "DATABASE_URL", "SECRET_KEY", "LINLI_URL")}
    os.environ.update(LINLI_INSTANCE=str(folder), DATABASE_URL=url, SECRET_KEY="test", LINLI_URL="http://linli.test")
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


@pytest.fixture
def quick_folder(tmp_path):
    """A folder in memory where there is one: for checks that write thousands of times and are about bytes, not disks."""
    if not Path("/dev/shm").is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="linli-", dir="/dev/shm") as folder:
        yield Path(folder)


@pytest.fixture
def db(app, monkeypatch):
    """A transaction around the test, rolled back at its end; password hashing is made cheap."""
    from blueprints.accounts import rules
    from core import community, limits
    from core.db import database

    monkeypatch.setattr(rules, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    app.wsgi_app.wsgi_app.pages.clear()
    community.forget()
    limits.forget_all()
    with app.app_context(), database.atomic() as transaction:
        yield database
        transaction.rollback()


@pytest.fixture
def community(db):
    """梅苑社区, with its Party committee."""
    return make.community()


@pytest.fixture
def client(app, community):
    """A browser without JavaScript that checks every page it gets."""
    return app.test_client()
