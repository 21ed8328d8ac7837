"""The house's own rules: who may import whom, every route marked, schema and records one."""

import ast
import re
from pathlib import Path

import pytest
from playhouse.schema_diff import diff_models

import models
from core.access import ROLES, Can
from core.act_titles import TITLES
from core.audit import Act
from core.db import Record, database

ROOT = Path(__file__).parent.parent
AREAS = sorted(path.name for path in (ROOT / "blueprints").iterdir() if (path / "views.py").exists())
CODE = sorted([*ROOT.glob("*.py"), *ROOT.glob("core/**/*.py"), *ROOT.glob("blueprints/**/*.py")])
FLASKLESS = {"rules.py", "queries.py", "sheets.py", "models.py"}


def imports(path):
    """(module, whether at the top of the file) of every import of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", [p for p in CODE if p.parts[-2] == "core" or "core/" in str(p.relative_to(ROOT))], ids=str)
def test_core_imports_no_area(path):
    outside = [name for name in imports(path) if name.split(".")[0] in ("blueprints", "models", "app")]
    assert not outside


@pytest.mark.parametrize("area", AREAS)
def test_rules_queries_sheets_and_models_know_no_flask(area):
    for name in FLASKLESS:
        path = ROOT / "blueprints" / area / name
        if path.exists():
            assert not [name for name in imports(path) if name.split(".")[0].startswith("flask")], path


@pytest.mark.parametrize("area", AREAS)
def test_another_area_is_entered_through_its_queries_and_rules(area):
    doors = {"queries", "rules", "models", "rosters"}
    for path in (ROOT / "blueprints" / area).glob("*.py"):
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "blueprints" and len(parts) > 2 and parts[1] != area:
                assert parts[2] in doors, f"{path.relative_to(ROOT)} reaches into {name}"


@pytest.mark.parametrize("area", AREAS)
def test_an_area_begins_with_an_empty_init(area):
    assert (ROOT / "blueprints" / area / "__init__.py").read_text() == ""


def test_the_index_names_every_record():
    assert {record.__name__ for record in models.ALL} == {record.__name__ for record in Record.__subclasses__()}


def test_migrations_and_records_agree(app):
    with app.app_context():
        assert not diff_models(database.obj, models.ALL), diff_models(database.obj, models.ALL)


def test_every_route_is_marked(app):
    unmarked = [name for name, view in app.view_functions.items() if not hasattr(view, "access")]
    assert not unmarked


def test_staff_routes_need_a_permission_and_public_ones_none(app):
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint != "static":
            assert rule.rule.startswith("/office") == (view.access is not None), rule


def test_every_act_has_a_title():
    assert set(Act) <= set(TITLES)


def test_every_permission_is_asked_for_by_some_area():
    areas = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("blueprints/**/*.py"))
    assert {can.name for can in Can} <= set(re.findall(r"\bCan\.([A-Z_]+)", areas))


def test_every_permission_is_held_by_some_role():
    assert set(Can) == set().union(*ROLES.values())


def test_a_decision_that_is_cited_is_written_down():
    pages = (ROOT / "docs" / "decisions").glob("*.md")
    written = set(re.findall(r"^(\d+)\. ", "".join(page.read_text(encoding="utf-8") for page in pages), re.MULTILINE))
    cited = {number for path in CODE for number in re.findall(r"decision (\d+)", path.read_text(encoding="utf-8"))}
    assert cited
    assert cited <= written


@pytest.mark.parametrize("path", CODE, ids=str)
def test_files_stay_readable(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
