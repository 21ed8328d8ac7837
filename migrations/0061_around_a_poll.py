"""around a poll."""

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

    class PaperBox(Model):
        class Meta:
            database = db
            table_name = 'paper_box'

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

    class PollClass(Model):
        class Meta:
            database = db
            table_name = 'poll_class'

    class RollEntry(Model):
        class Meta:
            database = db
            table_name = 'roll_entry'

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

    class Feedback(Model):
        poll = ForeignKeyField(Poll, unique=True, on_delete='CASCADE')
        good = IntegerField(default=0)
        fair = IntegerField(default=0)
        poor = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'feedback'
    db.create_tables([Feedback])

    class MovingTrip(Model):
        box = ForeignKeyField(PaperBox, unique=True, on_delete='CASCADE')
        route = TextField(default='')
        leaves_at = DateTimeField()
        back_at = DateTimeField()
        carriers = TextField(default=list)
        class Meta:
            database = db
            table_name = 'moving_trip'
            constraints = [SQL('CHECK (leaves_at < back_at)')]
    db.create_tables([MovingTrip])

    class Proxy(Model):
        poll_class = ForeignKeyField(PollClass, on_delete='CASCADE')
        principal = ForeignKeyField(RollEntry, unique=True, on_delete='CASCADE')
        holder = ForeignKeyField(RollEntry, on_delete='CASCADE')
        relation = CharField(max_length=40, default='')
        class Meta:
            database = db
            table_name = 'proxy'
            constraints = [SQL('CHECK (principal_id != holder_id)')]
    db.create_tables([Proxy])

    class Recount(Model):
        poll = ForeignKeyField(Poll, on_delete='CASCADE')
        at = DateTimeField()
        who = CharField(max_length=80)
        source = CharField(max_length=32)
        reason = CharField(max_length=300)
        witnesses = TextField(default=list)
        result = TextField()
        differences = TextField(default=list)
        class Meta:
            database = db
            table_name = 'recount'
    db.create_tables([Recount])

    migrator.migrate(migrator.add_column('poll', 'opens_at', DateTimeField(null=True)))
    migrator.migrate(migrator.add_column('poll', 'venue', CharField(max_length=120, default='')))
    migrator.migrate(migrator.add_column('poll', 'grades', CharField(max_length=32, default='person')))
    migrator.migrate(migrator.add_column('poll', 'with_words', BooleanField(default=False)))
    migrator.migrate(migrator.add_column('poll', 'proxies', CharField(max_length=32, default='off')))
    migrator.migrate(migrator.add_column('poll', 'proxies_most', IntegerField(default=1)))
    migrator.migrate(migrator.add_column('poll', 'announcement', IntegerField(null=True)))
    migrator.migrate(migrator.add_column('poll', 'objections_until', DateField(null=True)))
    migrator.migrate(migrator.add_column('poll', 'consent', TextField(null=True)))
    migrator.migrate(migrator.add_column('poll', 'origin_id', ForeignKeyField(Poll, field=Poll.id, null=True, on_delete='SET NULL')))
    migrator.migrate(migrator.add_column('roll_entry', 'moving_box_id', ForeignKeyField(PaperBox, field=PaperBox.id, null=True, on_delete='SET NULL')))
    migrator.migrate(migrator.add_column('roll_entry', 'proxy_slip', BooleanField(default=False)))
    migrator.migrate(migrator.add_column('roll_entry', 'proxy_paper', BooleanField(default=False)))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('roll_entry', 'roll_entry_moving_box_id'))
    migrator.migrate(migrator.drop_index('poll', 'poll_origin_id'))
    migrator.migrate(migrator.drop_column('roll_entry', 'proxy_paper'))
    migrator.migrate(migrator.drop_column('roll_entry', 'proxy_slip'))
    migrator.migrate(migrator.drop_column('roll_entry', 'moving_box_id'))
    migrator.migrate(migrator.drop_column('poll', 'origin_id'))
    migrator.migrate(migrator.drop_column('poll', 'consent'))
    migrator.migrate(migrator.drop_column('poll', 'objections_until'))
    migrator.migrate(migrator.drop_column('poll', 'announcement'))
    migrator.migrate(migrator.drop_column('poll', 'proxies_most'))
    migrator.migrate(migrator.drop_column('poll', 'proxies'))
    migrator.migrate(migrator.drop_column('poll', 'with_words'))
    migrator.migrate(migrator.drop_column('poll', 'grades'))
    migrator.migrate(migrator.drop_column('poll', 'venue'))
    migrator.migrate(migrator.drop_column('poll', 'opens_at'))
    migrator.migrate(migrator.drop_table('recount'))
    migrator.migrate(migrator.drop_table('proxy'))
    migrator.migrate(migrator.drop_table('moving_trip'))
    migrator.migrate(migrator.drop_table('feedback'))
    migrator.migrate(migrator.drop_table('election_step'))
    migrator.migrate(migrator.drop_table('election_document'))
    migrator.migrate(migrator.drop_table('election_stage'))
    migrator.migrate(migrator.drop_table('election_candidate'))
    migrator.migrate(migrator.drop_table('election_process'))
