"""zones and groups."""

from peewee import *

def up(migrator, db):
    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class AreaPart(Model):
        area = ForeignKeyField(Place, on_delete='RESTRICT')
        part = ForeignKeyField(Place, on_delete='RESTRICT')
        since = DateField()
        until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'area_part'
            constraints = [SQL('CHECK (until IS NULL OR until >= since)')]
            indexes = ((('area', 'until'), False), (('part', 'until'), False))
    db.create_tables([AreaPart])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('area_part'))
