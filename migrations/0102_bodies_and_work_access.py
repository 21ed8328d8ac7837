"""Bodies, charters, focuses, policy documents; work access."""

from peewee import *

def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Meeting(Model):
        class Meta:
            database = db
            table_name = 'meeting'

    class MemberUnit(Model):
        class Meta:
            database = db
            table_name = 'member_unit'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class Body(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=120)
        kind = CharField(max_length=32)
        level = CharField(max_length=40, default='')
        parent = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        office = CharField(max_length=120, default='')
        phone = CharField(max_length=40, default='')
        duties = TextField(default='')
        document = CharField(max_length=120, default='')
        since = DateField(null=True)
        until = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'body'
            constraints = [SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)')]
            indexes = ((('place', 'kind'), False),)
    db.create_tables([Body])

    class BodyActivity(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        body = ForeignKeyField(Body, on_delete='RESTRICT')
        name = CharField(max_length=200)
        on = DateField()
        kind = CharField(max_length=40, default='')
        people = IntegerField(null=True)
        summary = TextField(default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'body_activity'
            constraints = [SQL('CHECK (people >= 0)')]
            indexes = ((('place', 'on'), False), (('body',), False))
    db.create_tables([BodyActivity])

    class BodyMember(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        body = ForeignKeyField(Body, on_delete='RESTRICT')
        name = CharField(max_length=80)
        post = CharField(max_length=32, default='member')
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='RESTRICT')
        duty = CharField(max_length=120, default='')
        since = DateField(null=True)
        until = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'body_member'
            constraints = [SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)')]
            indexes = ((('body', 'post'), False), (('place', 'until'), False), (('unit',), False))
    db.create_tables([BodyMember])

    class Charter(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        body = ForeignKeyField(Body, on_delete='RESTRICT')
        title = CharField(max_length=120)
        edition = IntegerField(default=1)
        adopted_on = DateField()
        adopted_by = CharField(max_length=120, default='')
        text = TextField()
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'charter'
            indexes = ((('body', 'title', 'edition'), False), (('place', 'adopted_on'), False))
    db.create_tables([Charter])

    class WorkRequest(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        department = CharField(max_length=120)
        contact = CharField(max_length=80, default='')
        phone = CharField(max_length=40, default='')
        matter = CharField(max_length=200)
        basis = CharField(max_length=300)
        content = TextField(default='')
        community_part = TextField(default='')
        since = DateField(null=True)
        until = DateField(null=True)
        funds = CharField(max_length=300, default='')
        people = CharField(max_length=300, default='')
        state = CharField(max_length=32, default='draft')
        received_on = DateField(null=True)
        due_on = DateField(null=True)
        opinion = TextField(default='')
        meeting = ForeignKeyField(Meeting, null=True, on_delete='SET NULL')
        conferred = CharField(max_length=400, default='')
        decided_on = DateField(null=True)
        decided_by = CharField(max_length=120, default='')
        reason = CharField(max_length=400, default='')
        left_on = DateField(null=True)
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'work_request'
            constraints = [SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)'), SQL("CHECK (state != 'refused' OR reason != '')"), SQL("CHECK (state NOT IN ('approved', 'refused', 'entered', 'left') OR decided_on IS NOT NULL)")]
            indexes = ((('place', 'state', 'due_on'), False),)
    db.create_tables([WorkRequest])

    class DemandedForm(Model):
        request = ForeignKeyField(WorkRequest, on_delete='CASCADE')
        position = IntegerField()
        name = CharField(max_length=120)
        existing = CharField(max_length=120, default='')
        class Meta:
            database = db
            table_name = 'demanded_form'
            indexes = ((('request', 'position'), True),)
    db.create_tables([DemandedForm])

    class Focus(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        body = ForeignKeyField(Body, on_delete='RESTRICT')
        year = IntegerField()
        text = CharField(max_length=300)
        result = CharField(max_length=400, default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'focus'
            indexes = ((('place', 'year'), False), (('body',), False))
    db.create_tables([Focus])

    class PolicyDocument(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        title = CharField(max_length=200)
        number = CharField(max_length=60, default='')
        issuer = CharField(max_length=120, default='')
        issued_on = DateField(null=True)
        governs = CharField(max_length=300, default='')
        until = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'policy_document'
            indexes = ((('place', 'issued_on'), False),)
    db.create_tables([PolicyDocument])

    class StandingForm(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=120)
        department = CharField(max_length=120, default='')
        often = CharField(max_length=40, default='')
        covers = CharField(max_length=400, default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'standing_form'
            indexes = ((('place', 'name'), False),)
    db.create_tables([StandingForm])

    class Unadmitted(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        matter = CharField(max_length=200)
        department = CharField(max_length=120)
        asked_on = DateField()
        how = CharField(max_length=120, default='')
        refused = BooleanField(default=True)
        reported_to = CharField(max_length=120, default='')
        reported_on = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'unadmitted'
            indexes = ((('place', 'asked_on'), False),)
    db.create_tables([Unadmitted])

    class WorkStep(Model):
        request = ForeignKeyField(WorkRequest, on_delete='CASCADE')
        at = DateTimeField()
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        state = CharField(max_length=32)
        note = CharField(max_length=400, default='')
        class Meta:
            database = db
            table_name = 'work_step'
            indexes = ((('request', 'at'), False),)
    db.create_tables([WorkStep])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('work_step'))
    migrator.migrate(migrator.drop_table('unadmitted'))
    migrator.migrate(migrator.drop_table('standing_form'))
    migrator.migrate(migrator.drop_table('policy_document'))
    migrator.migrate(migrator.drop_table('focus'))
    migrator.migrate(migrator.drop_table('demanded_form'))
    migrator.migrate(migrator.drop_table('work_request'))
    migrator.migrate(migrator.drop_table('charter'))
    migrator.migrate(migrator.drop_table('body_member'))
    migrator.migrate(migrator.drop_table('body_activity'))
    migrator.migrate(migrator.drop_table('body'))
