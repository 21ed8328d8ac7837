"""the calling board."""

from peewee import *

def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class PaperBox(Model):
        class Meta:
            database = db
            table_name = 'paper_box'

    class CallBoard(Model):
        box = ForeignKeyField(PaperBox, unique=True, on_delete='CASCADE')
        account = ForeignKeyField(Account, on_delete='RESTRICT')
        valid = IntegerField(default=0)
        void = IntegerField(default=0)
        rows = TextField(default=list)
        written = TextField(default=dict)
        recent = TextField(default=list)
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'call_board'
            constraints = [SQL('CHECK (valid >= 0 AND void >= 0)')]
    db.create_tables([CallBoard])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('call_board'))
