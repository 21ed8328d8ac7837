"""photos of hung boards."""

from peewee import *

def up(migrator, db):
    class Blob(Model):
        sha256 = CharField(primary_key=True, max_length=64)
        class Meta:
            database = db
            table_name = 'blob'

    migrator.migrate(migrator.add_column('posting_log', 'photo_id', ForeignKeyField(Blob, field=Blob.sha256, null=True, on_delete='RESTRICT')))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('posting_log', 'posting_log_photo_id'))
    migrator.migrate(migrator.drop_column('posting_log', 'photo_id'))
