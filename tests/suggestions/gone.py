"""Words that had to go: an accusation that was sealed, a message past its years; which files still hold them?

``python -m tests.suggestions.gone`` lives through it on the instance and database of the environment and prints
``before NAME`` and ``after NAME`` for each file that holds a word. PostgreSQL's own log (``pg_wal``) is left out: what
becomes of it is the server's matter (docs/decisions/0070).
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from app import create_app
from blueprints.suggestions import handling, leaving, printing, retention, rules
from blueprints.suggestions.kinds import Kind, Pace
from blueprints.suggestions.models import Suggestion
from core import clock, settings, tidy
from core.access import console
from core.db import database, is_sqlite, migrate
from core.records.people import Account
from core.records.places import Place
from tests import make

ACCUSED, ASKED = "暗语甲", "暗语乙"


def folders() -> Iterator[Path]:
    yield Path(os.environ["LINLI_INSTANCE"])
    if not is_sqlite():
        database.execute_sql("CHECKPOINT")
        yield Path(database.execute_sql("SHOW data_directory").fetchone()[0])


def holding(when: str, word: str) -> None:
    """One line for each file in which a word, or the pair of characters it is found by, stands."""
    written = [word.encode(), word[1:].encode()]
    files = sorted({path for folder in folders() for path in folder.rglob("*") if path.is_file() and "pg_wal" not in path.parts})
    print(*(f"{when} {path.name}" for path in files if any(one in path.read_bytes() for one in written)), sep="\n")


def now(row: Suggestion) -> Suggestion:
    return Suggestion.get_by_id(row.id)


def said_and_handled(place: Place, kind: Kind, word: str) -> Suggestion:
    """Registered, given to somebody, noted, its slip issued: the word stands wherever it can."""
    row, _code = rules.submit(place, rules.Message(kind, f"{word}的经过", spot=word), f"gone-{word}")
    handling.register(console(), row, row.version, f"{word}一事", kind, Pace.SIMPLE)
    handling.assign(console(), row, now(row).version, Account.get(), note=word)
    handling.note(console(), row, now(row).version, word)
    printing.issue(console(), printing.PAPERS["slip"], now(row))
    return now(row)


def main() -> None:
    with create_app().app_context():
        migrate()
        place = make.community()
        make.account(place)
        asked = said_and_handled(place, Kind.OPINION, ASKED)
        accused = said_and_handled(place, Kind.OPINION, ACCUSED)
        handling.reclassify(console(), accused, accused.version, ACCUSED, Kind.SUPERVISION)
        if not is_sqlite():
            database.execute_sql("ANALYZE")  # as its server does by itself after some dozen rows
        holding("accused", ACCUSED)
        leaving.seal(console(), accused, now(accused).version, "街道纪工委", 1)
        holding("sealed", ACCUSED)
        handling.reply(console(), asked, asked.version, ASKED, ASKED)
        handling.close(console(), asked, now(asked).version, ASKED)
        Suggestion.update(closed_on=clock.today() - timedelta(days=1)).where(Suggestion.id == asked.id).execute()
        settings.put("suggestions.keep_years", 0, place)
        holding("answered", ASKED)
        assert retention.purge(console(), place) == 1
        tidy.forget(retention.TABLES)
        holding("forgotten", ASKED)


if __name__ == "__main__":
    main()
