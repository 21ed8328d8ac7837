"""Rows that residents write get keys drawn by chance; their steps count by themselves, their pictures stand apart.

Messages keep their keys, since the audit chain names them; what hangs on a message gets new ones.
"""

import secrets

from peewee import *

REKEYED = ('suggestion_step', 'concern', 'used_form')
WITHOUT_SEQUENCE = ('suggestion', 'suggestion_step', 'concern', 'used_form')


def up(migrator, db):
    migrator.migrate(migrator.add_column('suggestion_step', 'position', IntegerField(default=1)))
    db.execute_sql(
        'UPDATE suggestion_step SET position = (SELECT count(*) FROM suggestion_step AS other'
        ' WHERE other.suggestion_id = suggestion_step.suggestion_id AND other.id <= suggestion_step.id)'
    )
    for table in REKEYED:
        rekey(db, table)
    set_pictures_apart(db)
    if not isinstance(db, SqliteDatabase):
        for table in WITHOUT_SEQUENCE:
            db.execute_sql(f'ALTER TABLE {table} ALTER COLUMN id DROP DEFAULT')
            db.execute_sql(f'DROP SEQUENCE IF EXISTS {table}_id_seq')


def rekey(db, table):
    old = [key for (key,) in db.execute_sql(f'SELECT id FROM {table}').fetchall()]
    taken = set(old)
    for key in old:
        new = 1 + secrets.randbelow(999_999_999)
        while new in taken:
            new = 1 + secrets.randbelow(999_999_999)
        taken.add(new)
        db.execute_sql(f'UPDATE {table} SET id = {db.param} WHERE id = {db.param}', (new, key))


def set_pictures_apart(db):
    class Suggestion(Model):
        class Meta:
            database = db
            table_name = 'suggestion'

    class SuggestionPhoto(Model):
        id = IntegerField(primary_key=True)
        suggestion = ForeignKeyField(Suggestion, on_delete='CASCADE')
        content = BlobField()
        class Meta:
            database = db
            table_name = 'suggestion_photo'

    kept = db.execute_sql(
        'SELECT p.suggestion_id, b.content, b.sha256 FROM suggestion_photo AS p JOIN blob AS b ON b.sha256 = p.blob_id'
    ).fetchall()
    db.execute_sql('DROP TABLE suggestion_photo')
    db.create_tables([SuggestionPhoto])
    keys = secrets.SystemRandom().sample(range(1, 1_000_000_000), len(kept))
    for key, (suggestion, content, _digest) in zip(keys, kept):
        SuggestionPhoto.insert(id=key, suggestion=suggestion, content=bytes(content)).execute()
    for digest in {digest for *_rest, digest in kept}:
        try:
            with db.atomic():
                db.execute_sql(f'DELETE FROM blob WHERE sha256 = {db.param}', (digest,))
        except IntegrityError:
            pass  # another record holds the very same file


def down(migrator, db):
    raise RuntimeError('What was made unordered does not become ordered again.')
