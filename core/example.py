"""Whether what is kept here is made up: every page and paper of the example community says so."""

from core.db import database
from core.records.work import Setting

SETTING = "office.sample"


def is_example() -> bool:
    """True where the example community was loaded; papers are also printed where no database is open."""
    if database.obj is None or database.is_closed():
        return False
    return any(value for (value,) in Setting.select(Setting.value).where(Setting.key == SETTING).tuples())
