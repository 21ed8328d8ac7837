"""photos cut by hand."""

from peewee import *

def up(migrator, db):
    class Blob(Model):
        sha256 = CharField(primary_key=True, max_length=64)
        class Meta:
            database = db
            table_name = 'blob'

    migrator.migrate(migrator.add_column('party_member', 'portrait_id', ForeignKeyField(Blob, field=Blob.sha256, null=True, on_delete='RESTRICT')))
    migrator.migrate(migrator.add_column('party_member', 'cut', CharField(max_length=20, default='')))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('party_member', 'party_member_portrait_id'))
    migrator.migrate(migrator.drop_column('party_member', 'cut'))
    migrator.migrate(migrator.drop_column('party_member', 'portrait_id'))
