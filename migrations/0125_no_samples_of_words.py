"""PostgreSQL's planner keeps samples of columns; those of words would outlive a message that was erased or sealed."""

from peewee import *

WORDS = {
    'suggestion': ('text', 'summary', 'spot', 'about', 'asker', 'phone', 'bigrams', 'sent_to'),
    'suggestion_word': ('word',),
    'suggestion_step': ('note',),
    'extension': ('reason',),
    'reply': ('found', 'done', 'undone'),
    'home_visit': ('name', 'door', 'phone', 'wish', 'again'),
}


def up(migrator, db):
    sample(db, 0)


def down(migrator, db):
    sample(db, -1)


def sample(db, most):
    if isinstance(db, SqliteDatabase):
        return
    for table, columns in WORDS.items():
        for column in columns:
            db.execute_sql(f'ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {most}')
