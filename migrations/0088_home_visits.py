"""home visits."""

from peewee import *

def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class Suggestion(Model):
        id = IntegerField(primary_key=True)
        class Meta:
            database = db
            table_name = 'suggestion'

    class HomeVisit(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        visited_on = DateField()
        visitors = CharField(max_length=120)
        stairwell = ForeignKeyField(Place, on_delete='RESTRICT')
        door = CharField(max_length=40, default='')
        topic = CharField(max_length=32)
        name = CharField(max_length=40, default='')
        phone = CharField(max_length=40, default='')
        wish = TextField(default='')
        suggestion = ForeignKeyField(Suggestion, null=True, on_delete='SET NULL')
        again_on = DateField(null=True)
        again = CharField(max_length=300, default='')
        recorded_by = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'home_visit'
            constraints = [SQL("CHECK (suggestion_id IS NULL OR wish = '')"), SQL('CHECK (again_on IS NULL OR again_on >= visited_on)')]
            indexes = ((('place', 'visited_on'), False), (('place', 'stairwell', 'visited_on'), False))
    db.create_tables([HomeVisit])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('home_visit'))
