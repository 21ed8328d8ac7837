"""Posting log, leaders of stairwells, photos of members."""

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

    class IssuedPaper(Model):
        class Meta:
            database = db
            table_name = 'issued_paper'

    class Person(Model):
        class Meta:
            database = db
            table_name = 'person'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class GridPost(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        person = ForeignKeyField(Person, on_delete='RESTRICT')
        since = DateField()
        until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'grid_post'
            constraints = [SQL('CHECK (until IS NULL OR until >= since)')]
            indexes = ((('place', 'until'), False),)
    db.create_tables([GridPost])

    class PostingLog(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        stairwell = ForeignKeyField(Place, on_delete='RESTRICT')
        paper = ForeignKeyField(IssuedPaper, on_delete='RESTRICT')
        hung_on = DateField()
        hung_by = CharField(max_length=80)
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'posting_log'
            constraints = [SQL("CHECK (hung_by != '')")]
            indexes = ((('place', 'stairwell'), False), (('stairwell', 'hung_on'), False))
    db.create_tables([PostingLog])

    migrator.migrate(migrator.add_column('party_member', 'photo_id', ForeignKeyField(Blob, field=Blob.sha256, null=True, on_delete='RESTRICT')))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('party_member', 'party_member_photo_id'))
    migrator.migrate(migrator.drop_column('party_member', 'photo_id'))
    migrator.migrate(migrator.drop_table('posting_log'))
    migrator.migrate(migrator.drop_table('grid_post'))
