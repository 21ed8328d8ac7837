"""around a poll."""

from peewee import *

def up(migrator, db):
    class PaperBox(Model):
        class Meta:
            database = db
            table_name = 'paper_box'

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
        slip_taken = BooleanField(default=False)
        paper_taken = BooleanField(default=False)
        class Meta:
            database = db
            table_name = 'proxy'
            constraints = [SQL('CHECK (principal_id != holder_id)'), SQL('CHECK (NOT (slip_taken AND paper_taken))')]
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


def down(migrator, db):
    migrator.migrate(migrator.drop_index('roll_entry', 'roll_entry_moving_box_id'))
    migrator.migrate(migrator.drop_index('poll', 'poll_origin_id'))
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
