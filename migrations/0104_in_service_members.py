"""In-service members: check-ins, tasks, services, inquiries."""

from peewee import *


def up(migrator, db):
    class Person(Model):
        class Meta:
            database = db
            table_name = 'person'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class CheckIn(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        person = ForeignKeyField(Person, on_delete='RESTRICT')
        number = CharField(max_length=20)
        employer = CharField(max_length=120)
        employer_contact = CharField(max_length=80, default='')
        employer_phone = CharField(max_length=40, default='')
        duty = CharField(max_length=80, default='')
        skills = CharField(max_length=200, default='')
        free_time = CharField(max_length=120, default='')
        posts = CharField(max_length=200, default='')
        since = DateField()
        until = DateField(null=True)
        left_to = CharField(max_length=120, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'check_in'
            constraints = [SQL('CHECK (until IS NULL OR until >= since)'), SQL("CHECK (employer != '')")]
            indexes = ((('place', 'number'), True), (('place', 'until'), False), (('person',), False))
    db.create_tables([CheckIn])

    class CheckInTask(Model):
        check_in = ForeignKeyField(CheckIn, on_delete='CASCADE')
        task = CharField(max_length=32)
        state = CharField(max_length=32, default='not_started')
        words = CharField(max_length=200, default='')
        class Meta:
            database = db
            table_name = 'check_in_task'
            indexes = ((('check_in', 'task'), True),)
    db.create_tables([CheckInTask])

    class Contact(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        employer = CharField(max_length=120)
        direction = CharField(max_length=32)
        on = DateField()
        matter = CharField(max_length=300)
        result = CharField(max_length=400, default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'contact'
            indexes = ((('place', 'on'), False),)
    db.create_tables([Contact])

    class EmergencyTeam(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=120)
        purpose = CharField(max_length=200, default='')
        leader = CharField(max_length=80, default='')
        phone = CharField(max_length=40, default='')
        people = IntegerField()
        person_times = IntegerField(null=True)
        since = DateField()
        until = DateField(null=True)
        result = TextField(default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'emergency_team'
            constraints = [SQL('CHECK (people > 0)'), SQL('CHECK (until IS NULL OR until >= since)')]
            indexes = ((('place', 'since'), False),)
    db.create_tables([EmergencyTeam])

    class Inquiry(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        check_in = ForeignKeyField(CheckIn, on_delete='RESTRICT')
        kind = CharField(max_length=32)
        purpose = CharField(max_length=300, default='')
        asked_on = DateField()
        due_on = DateField(null=True)
        state = CharField(max_length=32, default='asked')
        since = DateField(null=True)
        how = CharField(max_length=200, default='')
        findings = TextField(default='')
        member_words = CharField(max_length=400, default='')
        read_on = DateField(null=True)
        answered_on = DateField(null=True)
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'inquiry'
            constraints = [SQL("CHECK (state NOT IN ('read', 'answered') OR read_on IS NOT NULL)")]
            indexes = ((('place', 'state', 'due_on'), False), (('check_in',), False))
    db.create_tables([Inquiry])

    class Opinion(Model):
        id = IntegerField(primary_key=True)
        inquiry = ForeignKeyField(Inquiry, on_delete='CASCADE')
        verdict = CharField(max_length=32)
        words = TextField(default='')
        day = DateField()
        class Meta:
            database = db
            table_name = 'opinion'
    db.create_tables([Opinion])

    class Service(Model):
        check_in = ForeignKeyField(CheckIn, on_delete='CASCADE')
        on = DateField()
        what = CharField(max_length=200)
        half_hours = IntegerField(default=0)
        people = IntegerField(default=1)
        confirmed_by = CharField(max_length=80, default='')
        class Meta:
            database = db
            table_name = 'service'
            constraints = [SQL('CHECK (half_hours >= 0)'), SQL('CHECK (people > 0)')]
            indexes = ((('check_in', 'on'), False),)
    db.create_tables([Service])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('service'))
    migrator.migrate(migrator.drop_table('opinion'))
    migrator.migrate(migrator.drop_table('inquiry'))
    migrator.migrate(migrator.drop_table('emergency_team'))
    migrator.migrate(migrator.drop_table('contact'))
    migrator.migrate(migrator.drop_table('check_in_task'))
    migrator.migrate(migrator.drop_table('check_in'))
