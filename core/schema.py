"""Writing migrations: the difference between records and database as a frozen script."""

import re
from pathlib import Path

from playhouse.migrations import Runner, template
from playhouse.schema_diff import SchemaDiff, diff_models


def difference(database, models) -> SchemaDiff:
    """What the records have that the database has not, and the other way round."""
    return diff_models(database, models)


def write_migration(database, models, folder: Path, name: str) -> str:
    """Write the next numbered script; CHECK constraints are copied in, which peewee's template leaves out."""
    diff = difference(database, models)
    if not diff:
        return "nothing to do"
    body = template(diff)
    body = re.sub(r"# (?:Generated from|TODO: id: default).*\n", "", body)
    # The frozen script knows no fields of ours: rows already there get the text an empty value is kept as.
    for empty, kept in (("dict", "{}"), ("list", "[]")):
        body = body.replace(f"Json(default={empty}", f"TextField(default='{kept}'")
    body = body.replace("Json(", "TextField(").replace("= RandomKey(", "= IntegerField(")
    body = re.sub(r"from core\.db import [\w, ]+\n", "", body)
    for model in diff.create_tables:
        checks = [constraint.sql for constraint in model._meta.constraints or ()]
        if checks:
            listed = ", ".join(f"SQL({check!r})" for check in checks)
            line = rf"( +)table_name = {model._meta.table_name!r}\n"
            body = re.sub(line, lambda found, listed=listed: f"{found[0]}{found[1]}constraints = [{listed}]\n", body)
    return Runner(database, str(folder)).create(name, f'"""{name}."""\n\n{body}')
