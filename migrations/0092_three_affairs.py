"""three affairs."""

from peewee import *

def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Notice(Model):
        class Meta:
            database = db
            table_name = 'notice'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class DisclosureItem(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        affair = CharField(max_length=32)
        title = CharField(max_length=120)
        basis = CharField(max_length=200, default='')
        frequency = CharField(max_length=32)
        within_days = IntegerField(default=15)
        responsible = CharField(max_length=80, default='')
        kind = CharField(max_length=32, default='affairs')
        since = DateField()
        until = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'disclosure_item'
            constraints = [SQL('CHECK (within_days >= 0)'), SQL('CHECK (until IS NULL OR until >= since)')]
            indexes = ((('place', 'affair', 'id'), False),)
    db.create_tables([DisclosureItem])

    class Disclosure(Model):
        item = ForeignKeyField(DisclosureItem, on_delete='CASCADE')
        covers = CharField(max_length=20)
        notice = ForeignKeyField(Notice, null=True, on_delete='RESTRICT')
        disclosed_on = DateField(null=True)
        empty = BooleanField(default=False)
        note = CharField(max_length=200, default='')
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'disclosure'
            constraints = [SQL('CHECK (notice_id IS NOT NULL OR disclosed_on IS NOT NULL OR empty)'), SQL('CHECK (NOT (empty AND (notice_id IS NOT NULL OR disclosed_on IS NOT NULL)))')]
            indexes = ((('item', 'covers'), True),)
    db.create_tables([Disclosure])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('disclosure'))
    migrator.migrate(migrator.drop_table('disclosure_item'))
