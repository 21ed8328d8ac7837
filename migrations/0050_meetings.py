"""meetings."""

from peewee import *

def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class MemberUnit(Model):
        class Meta:
            database = db
            table_name = 'member_unit'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class MeetingSeries(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=120)
        issuing_body = CharField(max_length=120)
        mark = CharField(max_length=20, default='')
        printed_by = CharField(max_length=120, default='')
        copies_to = TextField(default=list)
        obliged = BooleanField(default=True)
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'meeting_series'
            constraints = [SQL("CHECK (name != '')")]
            indexes = ((('place', 'name'), True),)
    db.create_tables([MeetingSeries])

    class Meeting(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        series = ForeignKeyField(MeetingSeries, on_delete='RESTRICT')
        year = IntegerField()
        ordinal = IntegerField()
        held_at = DateTimeField()
        ended_at = DateTimeField(null=True)
        venue = CharField(max_length=120, default='')
        chair = CharField(max_length=120, default='')
        recorder = CharField(max_length=120, default='')
        opening = TextField(default='')
        issuing_body = CharField(max_length=120)
        printed_by = CharField(max_length=120, default='')
        signatory = CharField(max_length=120, default='')
        copies_to = TextField(default=list)
        state = CharField(max_length=32, default='planned')
        reason = CharField(max_length=300, default='')
        number_year = IntegerField(null=True)
        number_serial = IntegerField(null=True)
        issued_on = DateField(null=True)
        drafter = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        approver = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        alone = BooleanField(default=False)
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'meeting'
            constraints = [SQL('CHECK (ended_at IS NULL OR ended_at >= held_at)'), SQL("CHECK ((state = 'issued') = (number_serial IS NOT NULL))"), SQL('CHECK ((number_serial IS NULL) = (issued_on IS NULL))'), SQL('CHECK ((number_serial IS NULL) = (number_year IS NULL))')]
            indexes = ((('series', 'year', 'ordinal'), True), (('series', 'number_year', 'number_serial'), True), (('place', 'state', 'held_at'), False))
    db.create_tables([Meeting])

    class AgendaItem(Model):
        meeting = ForeignKeyField(Meeting, on_delete='CASCADE')
        position = IntegerField()
        title = CharField(max_length=200)
        reported_by = CharField(max_length=120, default='')
        discussion = TextField(default='')
        public_title = CharField(max_length=200, default='')
        class Meta:
            database = db
            table_name = 'agenda_item'
            indexes = ((('meeting', 'position'), True),)
    db.create_tables([AgendaItem])

    class Attendance(Model):
        meeting = ForeignKeyField(Meeting, on_delete='CASCADE')
        presence = CharField(max_length=32)
        position = IntegerField()
        unit_text = CharField(max_length=120)
        names = CharField(max_length=400, default='')
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'attendance'
            indexes = ((('meeting', 'presence', 'position'), True), (('unit',), False))
    db.create_tables([Attendance])

    class MeetingStep(Model):
        meeting = ForeignKeyField(Meeting, on_delete='CASCADE')
        at = DateTimeField()
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        state = CharField(max_length=32)
        note = CharField(max_length=300, default='')
        class Meta:
            database = db
            table_name = 'meeting_step'
            indexes = ((('meeting', 'at'), False),)
    db.create_tables([MeetingStep])

    class Resolution(Model):
        meeting = ForeignKeyField(Meeting, on_delete='CASCADE')
        item = ForeignKeyField(AgendaItem, on_delete='CASCADE')
        position = IntegerField()
        text = TextField()
        responsible = CharField(max_length=300)
        due_on = DateField()
        extended_to = DateField(null=True)
        state = CharField(max_length=32, default='not_started')
        public_text = TextField(default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'resolution'
            constraints = [SQL('CHECK (extended_to IS NULL OR extended_to > due_on)')]
            indexes = ((('item', 'position'), True), (('meeting', 'state'), False))
    db.create_tables([Resolution])

    class ResolutionOwner(Model):
        resolution = ForeignKeyField(Resolution, on_delete='CASCADE')
        position = IntegerField()
        text = CharField(max_length=120)
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='SET NULL')
        settled = BooleanField(default=False)
        class Meta:
            database = db
            table_name = 'resolution_owner'
            indexes = ((('resolution', 'position'), True), (('unit',), False))
    db.create_tables([ResolutionOwner])

    class ResolutionStep(Model):
        resolution = ForeignKeyField(Resolution, on_delete='CASCADE')
        on = DateField()
        state = CharField(max_length=32)
        note = CharField(max_length=300)
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'resolution_step'
            indexes = ((('resolution', 'on'), False),)
    db.create_tables([ResolutionStep])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('resolution_step'))
    migrator.migrate(migrator.drop_table('resolution_owner'))
    migrator.migrate(migrator.drop_table('resolution'))
    migrator.migrate(migrator.drop_table('meeting_step'))
    migrator.migrate(migrator.drop_table('attendance'))
    migrator.migrate(migrator.drop_table('agenda_item'))
    migrator.migrate(migrator.drop_table('meeting'))
    migrator.migrate(migrator.drop_table('meeting_series'))
