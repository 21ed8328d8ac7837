"""Files as evidence for entries of registers; the resource list."""

from peewee import *

def up(migrator, db):
    class Blob(Model):
        sha256 = CharField(primary_key=True, max_length=64)
        class Meta:
            database = db
            table_name = 'blob'

    class MemberUnit(Model):
        class Meta:
            database = db
            table_name = 'member_unit'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class Evidence(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        subject_kind = CharField(max_length=32)
        subject_id = IntegerField()
        position = IntegerField()
        name = CharField(max_length=120)
        blob = ForeignKeyField(Blob, on_delete='RESTRICT')
        added_on = DateField()
        class Meta:
            database = db
            table_name = 'evidence'
            indexes = ((('subject_kind', 'subject_id', 'position'), True),)
    db.create_tables([Evidence])

    class SharedResource(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=120)
        kind = CharField(max_length=32)
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='RESTRICT')
        hours = CharField(max_length=120, default='')
        terms = TextField(default='')
        contact = CharField(max_length=80, default='')
        phone = CharField(max_length=40, default='')
        since = DateField(null=True)
        until = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'shared_resource'
            constraints = [SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)')]
            indexes = ((('place', 'kind'), False), (('unit',), False))
    db.create_tables([SharedResource])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('shared_resource'))
    migrator.migrate(migrator.drop_table('evidence'))
