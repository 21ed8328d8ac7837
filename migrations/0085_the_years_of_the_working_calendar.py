"""the years of the working calendar."""

from peewee import *

def up(migrator, db):
    class CalendarYear(Model):
        year = IntegerField(unique=True)
        class Meta:
            database = db
            table_name = 'calendar_year'
    db.create_tables([CalendarYear])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('calendar_year'))
