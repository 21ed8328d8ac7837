"""What the scrutineers meant with an audit slip is kept as a whole ballot: marks, names written in, given up or not."""

import json

from peewee import *

COLUMNS = ('intended', 'found')


def up(migrator, db):
    rewrite(db, lambda value: {'lines': [], 'marks': value, 'whole': False} if isinstance(value, list) else value)


def down(migrator, db):
    rewrite(db, lambda value: value['marks'] if isinstance(value, dict) else value)


def rewrite(db, change):
    for key, *values in db.execute_sql('SELECT id, intended, found FROM audit_slip').fetchall():
        for column, value in zip(COLUMNS, values):
            if value is not None:
                text = json.dumps(change(json.loads(value)), ensure_ascii=False, sort_keys=True)
                db.execute_sql(f'UPDATE audit_slip SET {column} = {db.param} WHERE id = {db.param}', (text, key))
