"""elections in stages."""

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

    class Person(Model):
        class Meta:
            database = db
            table_name = 'person'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class Poll(Model):
        class Meta:
            database = db
            table_name = 'poll'

    class ElectionProcess(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        title = CharField(max_length=120)
        body = CharField(max_length=80)
        seats = IntegerField()
        state = CharField(max_length=32, default='running')
        began_on = DateField()
        reason = CharField(max_length=300, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'election_process'
            constraints = [SQL('CHECK (seats > 0)'), SQL("CHECK ((state = 'stopped') <= (reason != ''))")]
            indexes = ((('place', 'state'), False),)
    db.create_tables([ElectionProcess])

    class ElectionCandidate(Model):
        process = ForeignKeyField(ElectionProcess, on_delete='CASCADE')
        person = ForeignKeyField(Person, null=True, on_delete='SET NULL')
        name = CharField(max_length=80)
        sort_key = CharField(max_length=200, default='')
        position = IntegerField(default=0)
        sex = CharField(max_length=32, default='')
        birth = CharField(max_length=10, default='')
        joined = CharField(max_length=10, default='')
        education = CharField(max_length=40, default='')
        duty = CharField(max_length=200, default='')
        post = CharField(max_length=80, default='')
        profile = TextField(default='')
        dropped = CharField(null=True, max_length=32)
        reason = CharField(max_length=200, default='')
        elected = BooleanField(default=False)
        class Meta:
            database = db
            table_name = 'election_candidate'
            constraints = [SQL('CHECK (NOT (elected AND dropped IS NOT NULL))')]
            indexes = ((('process', 'name'), True),)
    db.create_tables([ElectionCandidate])

    class ElectionStage(Model):
        process = ForeignKeyField(ElectionProcess, on_delete='CASCADE')
        stage = CharField(max_length=32)
        state = CharField(max_length=32, default='waiting')
        due_on = DateField(null=True)
        done_on = DateField(null=True)
        poll = ForeignKeyField(Poll, unique=True, null=True, on_delete='SET NULL')
        notice = IntegerField(null=True)
        note = CharField(max_length=300, default='')
        class Meta:
            database = db
            table_name = 'election_stage'
            constraints = [SQL("CHECK ((state = 'done') = (done_on IS NOT NULL))")]
            indexes = ((('process', 'stage'), True),)
    db.create_tables([ElectionStage])

    class ElectionDocument(Model):
        stage = ForeignKeyField(ElectionStage, on_delete='CASCADE')
        title = CharField(max_length=120)
        number = CharField(max_length=60, default='')
        dated = DateField(null=True)
        file = ForeignKeyField(Blob, null=True, on_delete='RESTRICT')
        file_name = CharField(max_length=120, default='')
        class Meta:
            database = db
            table_name = 'election_document'
            constraints = [SQL("CHECK (number != '' OR file_id IS NOT NULL OR dated IS NOT NULL)")]
    db.create_tables([ElectionDocument])

    class ElectionStep(Model):
        process = ForeignKeyField(ElectionProcess, on_delete='CASCADE')
        at = DateTimeField()
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        state = CharField(max_length=32)
        note = CharField(max_length=500, default='')
        class Meta:
            database = db
            table_name = 'election_step'
            indexes = ((('process', 'at'), False),)
    db.create_tables([ElectionStep])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('election_step'))
    migrator.migrate(migrator.drop_table('election_document'))
    migrator.migrate(migrator.drop_table('election_stage'))
    migrator.migrate(migrator.drop_table('election_candidate'))
    migrator.migrate(migrator.drop_table('election_process'))
