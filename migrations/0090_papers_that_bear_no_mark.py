"""papers that bear no mark."""

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

    class PrintRun(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        kind = CharField(max_length=32)
        title = CharField(max_length=200)
        subject_kind = CharField(max_length=32)
        subject_id = IntegerField()
        sheets = IntegerField()
        printed_on = DateField()
        printed_by = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'print_run'
            constraints = [SQL('CHECK (sheets > 0)')]
            indexes = ((('subject_kind', 'subject_id', 'kind'), True), (('place', 'printed_on'), False))
    db.create_tables([PrintRun])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('print_run'))
