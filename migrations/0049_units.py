"""units."""

from peewee import *

def up(migrator, db):
    class Person(Model):
        class Meta:
            database = db
            table_name = 'person'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class MemberUnit(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=120)
        nature = CharField(max_length=40, default='')
        party_org = CharField(max_length=120, default='')
        members = IntegerField(null=True)
        activists = IntegerField(null=True)
        head = CharField(max_length=80, default='')
        resource = TextField(default='')
        joined = CharField(max_length=10, default='')
        left = CharField(max_length=10, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'member_unit'
            constraints = [SQL("CHECK (name != '')"), SQL('CHECK (members >= 0)'), SQL('CHECK (activists >= 0)')]
            indexes = ((('place', 'name'), False),)
    db.create_tables([MemberUnit])

    class Liaison(Model):
        unit = ForeignKeyField(MemberUnit, on_delete='CASCADE')
        person = ForeignKeyField(Person, null=True, on_delete='SET NULL')
        name = CharField(max_length=80, default='')
        phone = CharField(max_length=40, default='')
        since = DateField(null=True)
        until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'liaison'
            constraints = [SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)')]
            indexes = ((('unit', 'until'), False),)
    db.create_tables([Liaison])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('liaison'))
    migrator.migrate(migrator.drop_table('member_unit'))
