"""scheduled notices."""

from peewee import *

def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Blob(Model):
        sha256 = CharField(primary_key=True, max_length=64)
        class Meta:
            database = db
            table_name = 'blob'

    migrator.migrate(migrator.add_column('notice', 'facts', TextField(default='{}')))
    migrator.migrate(migrator.add_column('notice', 'red', BooleanField(default=False)))
    migrator.migrate(migrator.add_column('notice', 'publish_on', DateField(null=True)))
    migrator.migrate(migrator.add_column('notice', 'scheduler_id', ForeignKeyField(Account, field=Account.id, null=True, on_delete='SET NULL')))
    migrator.migrate(migrator.add_column('notice', 'held_back', CharField(max_length=400, default='')))
    migrator.migrate(migrator.add_column('notice_posting', 'photo_id', ForeignKeyField(Blob, field=Blob.sha256, null=True, on_delete='RESTRICT')))
    migrator.migrate(migrator.add_index('notice', ('place_id', 'published_at')))
    migrator.migrate(migrator.add_index('notice', ('state', 'publish_on')))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('notice_posting', 'notice_posting_photo_id'))
    migrator.migrate(migrator.drop_index('notice', 'notice_state_publish_on'))
    migrator.migrate(migrator.drop_index('notice', 'notice_scheduler_id'))
    migrator.migrate(migrator.drop_index('notice', 'notice_place_id_published_at'))
    migrator.migrate(migrator.drop_column('notice_posting', 'photo_id'))
    migrator.migrate(migrator.drop_column('notice', 'held_back'))
    migrator.migrate(migrator.drop_column('notice', 'scheduler_id'))
    migrator.migrate(migrator.drop_column('notice', 'publish_on'))
    migrator.migrate(migrator.drop_column('notice', 'red'))
    migrator.migrate(migrator.drop_column('notice', 'facts'))
