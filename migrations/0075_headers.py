"""headers an office named."""

from peewee import *

def up(migrator, db):
    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class HeaderMeaning(Model):
        place = ForeignKeyField(Place, on_delete='CASCADE')
        kind = CharField(max_length=32)
        header = CharField(max_length=120)
        column = CharField(max_length=40, default='')
        class Meta:
            database = db
            table_name = 'header_meaning'
            indexes = ((('place', 'kind', 'header'), True),)
    db.create_tables([HeaderMeaning])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('header_meaning'))
