"""meetings in depth."""

import uuid
from datetime import datetime

from peewee import *

def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class AgendaItem(Model):
        class Meta:
            database = db
            table_name = 'agenda_item'

    class Meeting(Model):
        class Meta:
            database = db
            table_name = 'meeting'

    class MeetingSeries(Model):
        class Meta:
            database = db
            table_name = 'meeting_series'

    class MemberUnit(Model):
        class Meta:
            database = db
            table_name = 'member_unit'

    class SeriesMember(Model):
        series = ForeignKeyField(MeetingSeries, on_delete='CASCADE')
        position = IntegerField()
        name = CharField(max_length=120)
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='SET NULL')
        contact = CharField(max_length=80, default='')
        phone = CharField(max_length=40, default='')
        since = DateField(null=True)
        until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'series_member'
            constraints = [SQL("CHECK (name != '')"), SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)')]
            indexes = ((('series', 'position'), False),)
    db.create_tables([SeriesMember])

    class Corrigendum(Model):
        meeting = ForeignKeyField(Meeting, on_delete='RESTRICT')
        passage = CharField(max_length=120, default='')
        wrong = TextField()
        right = TextField()
        reason = CharField(max_length=300)
        state = CharField(max_length=32, default='drafted')
        number_year = IntegerField(null=True)
        number_serial = IntegerField(null=True)
        issued_on = DateField(null=True)
        drafter = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        approver = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        alone = BooleanField(default=False)
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'corrigendum'
            indexes = ((('meeting', 'state'), False),)
    db.create_tables([Corrigendum])

    class Delivery(Model):
        meeting = ForeignKeyField(Meeting, on_delete='CASCADE')
        position = IntegerField()
        receiver = CharField(max_length=120)
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='SET NULL')
        member = ForeignKeyField(SeriesMember, null=True, on_delete='SET NULL')
        way = CharField(null=True, max_length=32)
        sent_on = DateField(null=True)
        opened_on = DateField(null=True)
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'delivery'
            indexes = ((('meeting', 'receiver'), True), (('unit',), False))
    db.create_tables([Delivery])

    class Proposal(Model):
        series = ForeignKeyField(MeetingSeries, on_delete='CASCADE')
        unit_text = CharField(max_length=120)
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='SET NULL')
        member = ForeignKeyField(SeriesMember, null=True, on_delete='SET NULL')
        title = CharField(max_length=200)
        words = TextField(default='')
        on = DateField()
        way = CharField(max_length=32)
        state = CharField(max_length=32, default='open')
        reason = CharField(max_length=300, default='')
        item = ForeignKeyField(AgendaItem, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'proposal'
            indexes = ((('series', 'state'), False), (('unit',), False))
    db.create_tables([Proposal])

    class RecordLine(Model):
        meeting = ForeignKeyField(Meeting, on_delete='CASCADE')
        item = ForeignKeyField(AgendaItem, on_delete='RESTRICT')
        uid = CharField(max_length=32)
        kind = CharField(max_length=32)
        position = FloatField()
        speaker = CharField(max_length=80, default='')
        text = TextField(default='')
        responsible = CharField(max_length=300, default='')
        due_on = CharField(max_length=10, default='')
        cited = BooleanField(default=False)
        said_at = DateTimeField(null=True)
        removed = BooleanField(default=False)
        versions = TextField(default=dict)
        revision = IntegerField()
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'record_line'
            indexes = ((('meeting', 'uid'), True), (('meeting', 'revision'), False), (('item', 'position'), False))
    db.create_tables([RecordLine])

    class RecordAside(Model):
        line = ForeignKeyField(RecordLine, on_delete='CASCADE')
        field = CharField(max_length=20)
        value = TextField()
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        at = DateTimeField()
        class Meta:
            database = db
            table_name = 'record_aside'
            indexes = ((('line', 'field', 'account'), True),)
    db.create_tables([RecordAside])

    class RecordWriter(Model):
        meeting = ForeignKeyField(Meeting, on_delete='CASCADE')
        account = ForeignKeyField(Account, on_delete='CASCADE')
        item = IntegerField(default=0)
        at = DateTimeField()
        class Meta:
            database = db
            table_name = 'record_writer'
            indexes = ((('meeting', 'account'), True),)
    db.create_tables([RecordWriter])

    migrator.migrate(migrator.drop_index('attendance', 'attendance_meeting_id_presence_position'))
    migrator.migrate(migrator.add_column('meeting_series', 'kind', CharField(max_length=32, default='joint')))
    migrator.migrate(migrator.add_column('meeting_series', 'level', CharField(max_length=20, default='')))
    migrator.migrate(migrator.add_column('meeting_series', 'parent_id', ForeignKeyField(MeetingSeries, field=MeetingSeries.id, null=True, on_delete='RESTRICT')))
    migrator.migrate(migrator.add_column('meeting_series', 'own_roster', BooleanField(default=False)))
    migrator.migrate(migrator.add_column('meeting_series', 'quorum', CharField(max_length=32, default='none')))
    migrator.migrate(migrator.add_column('meeting_series', 'plain', BooleanField(default=False)))
    migrator.migrate(migrator.add_column('meeting_series', 'open_to_residents', BooleanField(default=True)))
    migrator.migrate(migrator.add_column('meeting_series', 'executor', CharField(max_length=120, default='')))
    migrator.migrate(migrator.add_column('meeting_series', 'supervisor', CharField(max_length=120, default='')))
    migrator.migrate(migrator.add_column('meeting', 'countersigned_by', CharField(max_length=200, default='')))
    migrator.migrate(migrator.add_column('meeting', 'copies', IntegerField(null=True)))
    migrator.migrate(migrator.add_column('meeting', 'chair_checked_on', DateField(null=True)))
    migrator.migrate(migrator.add_column('meeting', 'chair_said', CharField(max_length=300, default='')))
    migrator.migrate(migrator.add_column('meeting', 'uid', CharField(max_length=36, default='')))
    mark = '?' if isinstance(db, SqliteDatabase) else '%s'
    for (number,) in list(db.execute_sql('SELECT id FROM meeting')):
        db.execute_sql(f'UPDATE meeting SET uid = {mark} WHERE id = {mark}', (str(uuid.uuid4()), number))
    migrator.migrate(migrator.add_column('meeting', 'sequence', IntegerField(default=0)))
    migrator.migrate(migrator.add_column('meeting', 'announced_at', DateTimeField(default=datetime(2000, 1, 1))))
    db.execute_sql(
        'UPDATE meeting SET announced_at = COALESCE('
        '(SELECT MIN(meeting_step."at") FROM meeting_step WHERE meeting_step.meeting_id = meeting.id), held_at)'
    )
    migrator.migrate(migrator.drop_not_null('meeting', 'ordinal'))
    migrator.migrate(migrator.add_column('meeting', 'record_revision', IntegerField(default=0)))
    migrator.migrate(migrator.add_column('meeting', 'record_edition', IntegerField(default=0)))
    migrator.migrate(migrator.add_column('meeting', 'record_closed_at', DateTimeField(null=True)))
    migrator.migrate(migrator.add_column('meeting', 'record_closed_by_id', ForeignKeyField(Account, field=Account.id, null=True, on_delete='SET NULL')))
    migrator.migrate(migrator.add_column('agenda_item', 'kind', CharField(null=True, max_length=32)))
    migrator.migrate(migrator.add_column('attendance', 'member_id', ForeignKeyField(SeriesMember, field=SeriesMember.id, null=True, on_delete='SET NULL')))
    migrator.migrate(migrator.add_column('attendance', 'post', CharField(max_length=120, default='')))
    migrator.migrate(migrator.add_column('attendance', 'reason', CharField(max_length=300, default='')))
    migrator.migrate(migrator.add_column('attendance', 'invited_on', DateField(null=True)))
    migrator.migrate(migrator.add_column('attendance', 'answer', CharField(null=True, max_length=32)))
    migrator.migrate(migrator.add_column('attendance', 'answered_on', DateField(null=True)))
    migrator.migrate(migrator.add_column('attendance', 'answered_by', CharField(null=True, max_length=32)))
    migrator.migrate(migrator.add_column('attendance', 'version', IntegerField(default=1)))
    migrator.migrate(migrator.add_column('resolution', 'supervisor', CharField(max_length=120, default='')))
    migrator.migrate(migrator.add_column('resolution_owner', 'reminded_on', DateField(null=True)))
    migrator.migrate(migrator.add_column('resolution_step', 'evidence', CharField(max_length=200, default='')))
    migrator.migrate(migrator.add_column('resolution_step', 'unit_text', CharField(max_length=120, default='')))
    migrator.migrate(migrator.add_column('resolution_step', 'waiting', BooleanField(default=False)))
    migrator.migrate(migrator.add_index('meeting', ('place_id', 'year', 'held_at')))
    migrator.migrate(migrator.add_index('attendance', ('meeting_id', 'position')))
    migrator.migrate(migrator.add_index('attendance', ('meeting_id', 'presence')))
    migrator.migrate(migrator.add_index('attendance', ('meeting_id', 'unit_text')))
    migrator.migrate(migrator.add_index('resolution_owner', ('text',)))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('resolution_owner', 'resolution_owner_text'))
    migrator.migrate(migrator.drop_index('attendance', 'attendance_member_id'))
    migrator.migrate(migrator.drop_index('attendance', 'attendance_meeting_id_unit_text'))
    migrator.migrate(migrator.drop_index('attendance', 'attendance_meeting_id_presence'))
    migrator.migrate(migrator.drop_index('attendance', 'attendance_meeting_id_position'))
    migrator.migrate(migrator.drop_index('meeting', 'meeting_record_closed_by_id'))
    migrator.migrate(migrator.drop_index('meeting', 'meeting_place_id_year_held_at'))
    migrator.migrate(migrator.drop_index('meeting_series', 'meeting_series_parent_id'))
    migrator.migrate(migrator.drop_column('resolution_step', 'waiting'))
    migrator.migrate(migrator.drop_column('resolution_step', 'unit_text'))
    migrator.migrate(migrator.drop_column('resolution_step', 'evidence'))
    migrator.migrate(migrator.drop_column('resolution_owner', 'reminded_on'))
    migrator.migrate(migrator.drop_column('resolution', 'supervisor'))
    migrator.migrate(migrator.drop_column('attendance', 'version'))
    migrator.migrate(migrator.drop_column('attendance', 'answered_by'))
    migrator.migrate(migrator.drop_column('attendance', 'answered_on'))
    migrator.migrate(migrator.drop_column('attendance', 'answer'))
    migrator.migrate(migrator.drop_column('attendance', 'invited_on'))
    migrator.migrate(migrator.drop_column('attendance', 'reason'))
    migrator.migrate(migrator.drop_column('attendance', 'post'))
    migrator.migrate(migrator.drop_column('attendance', 'member_id'))
    migrator.migrate(migrator.drop_column('agenda_item', 'kind'))
    migrator.migrate(migrator.drop_column('meeting', 'record_closed_by_id'))
    migrator.migrate(migrator.drop_column('meeting', 'record_closed_at'))
    migrator.migrate(migrator.drop_column('meeting', 'record_edition'))
    migrator.migrate(migrator.drop_column('meeting', 'record_revision'))
    db.execute_sql('UPDATE meeting SET ordinal = -id WHERE ordinal IS NULL')
    migrator.migrate(migrator.add_not_null('meeting', 'ordinal'))
    migrator.migrate(migrator.drop_column('meeting', 'announced_at'))
    migrator.migrate(migrator.drop_column('meeting', 'sequence'))
    migrator.migrate(migrator.drop_column('meeting', 'uid'))
    migrator.migrate(migrator.drop_column('meeting', 'chair_said'))
    migrator.migrate(migrator.drop_column('meeting', 'chair_checked_on'))
    migrator.migrate(migrator.drop_column('meeting', 'copies'))
    migrator.migrate(migrator.drop_column('meeting', 'countersigned_by'))
    migrator.migrate(migrator.drop_column('meeting_series', 'supervisor'))
    migrator.migrate(migrator.drop_column('meeting_series', 'executor'))
    migrator.migrate(migrator.drop_column('meeting_series', 'open_to_residents'))
    migrator.migrate(migrator.drop_column('meeting_series', 'plain'))
    migrator.migrate(migrator.drop_column('meeting_series', 'quorum'))
    migrator.migrate(migrator.drop_column('meeting_series', 'own_roster'))
    migrator.migrate(migrator.drop_column('meeting_series', 'parent_id'))
    migrator.migrate(migrator.drop_column('meeting_series', 'level'))
    migrator.migrate(migrator.drop_column('meeting_series', 'kind'))
    migrator.migrate(migrator.add_index('attendance', ('meeting_id', 'presence', 'position'), unique=True))
    migrator.migrate(migrator.drop_table('record_writer'))
    migrator.migrate(migrator.drop_table('record_aside'))
    migrator.migrate(migrator.drop_table('record_line'))
    migrator.migrate(migrator.drop_table('proposal'))
    migrator.migrate(migrator.drop_table('delivery'))
    migrator.migrate(migrator.drop_table('corrigendum'))
    migrator.migrate(migrator.drop_table('series_member'))
