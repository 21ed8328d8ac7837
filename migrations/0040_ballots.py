"""ballots."""

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
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        key = CharField(unique=True, max_length=32)
        kind = CharField(max_length=32)
        title = CharField(max_length=120)
        purpose = TextField(default='')
        afterwards = CharField(max_length=300, default='')
        status = CharField(max_length=32, default='draft')
        held_on = DateField(null=True)
        closes_at = DateTimeField(null=True)
        rules = TextField()
        unmarked = CharField(max_length=32, default='abstains')
        seats = IntegerField(default=0)
        cap = IntegerField(default=0)
        lines = IntegerField(default=0)
        items = TextField(default=list)
        show_counts = BooleanField(default=False)
        sheets = IntegerField(default=3)
        config = CharField(max_length=64, default='')
        public_key = CharField(max_length=64, default='')
        generation = CharField(max_length=32, default='')
        result = TextField(default='')
        digest = CharField(max_length=64, default='')
        invalid = BooleanField(default=False)
        remark = CharField(max_length=400, default='')
        reason = CharField(max_length=300, default='')
        notice = IntegerField(null=True)
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'poll'
            constraints = [SQL('CHECK (sheets IN (1, 3))'), SQL("CHECK ((status IN ('draft', 'cancelled')) OR config != '')"), SQL("CHECK ((status IN ('signed', 'published', 'archived')) <= (digest != ''))"), SQL('CHECK (seats >= 0 AND cap >= 0 AND lines >= 0)')]
            indexes = ((('place', 'status'), False),)
    db.create_tables([Poll])

    class PollClass(Model):
        poll = ForeignKeyField(Poll, on_delete='CASCADE')
        code = CharField(max_length=1)
        title = CharField(max_length=40)
        source = CharField(max_length=32, default='representatives')
        weight_part = IntegerField(default=1)
        weight_whole = IntegerField(default=1)
        slips = IntegerField(default=0)
        replaced = IntegerField(default=0)
        slips_left = IntegerField(null=True)
        audit_drawn = IntegerField(default=0)
        used_slips = IntegerField(null=True)
        paper_printed = IntegerField(default=0)
        paper_left = IntegerField(null=True)
        paper_spoiled = IntegerField(default=0)
        paper_replaced = IntegerField(default=0)
        bodies = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'poll_class'
            constraints = [SQL('CHECK (weight_part > 0 AND weight_whole > 0)')]
            indexes = ((('poll', 'code'), True),)
    db.create_tables([PollClass])

    class AuditSlip(Model):
        poll_class = ForeignKeyField(PollClass, on_delete='CASCADE')
        mark = CharField(unique=True, max_length=32)
        intended = TextField()
        found = TextField(null=True)
        class Meta:
            database = db
            table_name = 'audit_slip'
    db.create_tables([AuditSlip])

    class PaperBox(Model):
        poll_class = ForeignKeyField(PollClass, on_delete='CASCADE')
        name = CharField(max_length=40)
        kind = CharField(max_length=32, default='hall')
        issued = IntegerField(null=True)
        accepted = TextField(null=True)
        class Meta:
            database = db
            table_name = 'paper_box'
            indexes = ((('poll_class', 'name'), True),)
    db.create_tables([PaperBox])

    class BoxEntry(Model):
        box = ForeignKeyField(PaperBox, on_delete='CASCADE')
        account = ForeignKeyField(Account, on_delete='RESTRICT')
        tally = TextField()
        class Meta:
            database = db
            table_name = 'box_entry'
            indexes = ((('box', 'account'), True),)
    db.create_tables([BoxEntry])

    class Nominee(Model):
        poll = ForeignKeyField(Poll, on_delete='CASCADE')
        person = ForeignKeyField(Person, null=True, on_delete='SET NULL')
        name = CharField(max_length=80)
        sort_key = CharField(max_length=200, default='')
        position = IntegerField(default=0)
        sex = CharField(max_length=32, default='')
        birth = CharField(max_length=10, default='')
        joined = CharField(max_length=10, default='')
        education = CharField(max_length=40, default='')
        post = CharField(max_length=80, default='')
        duty = CharField(max_length=200, default='')
        recommended = CharField(max_length=80, default='')
        profile = TextField(default='')
        photo = ForeignKeyField(Blob, null=True, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'nominee'
            indexes = ((('poll', 'position', 'sort_key'), False),)
    db.create_tables([Nominee])

    class PollEvent(Model):
        poll = ForeignKeyField(Poll, on_delete='CASCADE')
        seq = IntegerField()
        at = DateTimeField()
        who = CharField(max_length=80)
        kind = CharField(max_length=32)
        values = TextField(default=dict)
        digest = CharField(max_length=64)
        class Meta:
            database = db
            table_name = 'poll_event'
            indexes = ((('poll', 'seq'), True),)
    db.create_tables([PollEvent])

    class RollEntry(Model):
        poll_class = ForeignKeyField(PollClass, on_delete='CASCADE')
        person = ForeignKeyField(Person, on_delete='RESTRICT')
        name = CharField(max_length=80)
        stairwell = CharField(max_length=80, default='')
        position = IntegerField(default=0)
        excluded = CharField(max_length=120, default='')
        absent = BooleanField(default=False)
        mobile = BooleanField(default=False)
        helped = BooleanField(default=False)
        signed_in = BooleanField(default=False)
        slip_taken = BooleanField(default=False)
        paper_taken = BooleanField(default=False)
        class Meta:
            database = db
            table_name = 'roll_entry'
            constraints = [SQL('CHECK (NOT (slip_taken AND paper_taken))'), SQL("CHECK (excluded = '' OR NOT (signed_in OR mobile OR slip_taken OR paper_taken))"), SQL('CHECK (NOT (absent AND signed_in))'), SQL('CHECK ((slip_taken OR paper_taken) <= (signed_in OR mobile))')]
            indexes = ((('poll_class', 'person'), True), (('poll_class', 'position'), False))
    db.create_tables([RollEntry])

    class Scrutineer(Model):
        poll = ForeignKeyField(Poll, on_delete='CASCADE')
        account = ForeignKeyField(Account, null=True, on_delete='RESTRICT')
        name = CharField(max_length=80)
        role = CharField(max_length=32, default='scrutineer')
        no_kin = BooleanField(default=False)
        sheet = IntegerField(default=0)
        signed = BooleanField(default=False)
        class Meta:
            database = db
            table_name = 'scrutineer'
            constraints = [SQL('CHECK (no_kin)'), SQL('CHECK (sheet BETWEEN 0 AND 3)')]
            indexes = ((('poll', 'name'), True),)
    db.create_tables([Scrutineer])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('scrutineer'))
    migrator.migrate(migrator.drop_table('roll_entry'))
    migrator.migrate(migrator.drop_table('poll_event'))
    migrator.migrate(migrator.drop_table('nominee'))
    migrator.migrate(migrator.drop_table('box_entry'))
    migrator.migrate(migrator.drop_table('paper_box'))
    migrator.migrate(migrator.drop_table('audit_slip'))
    migrator.migrate(migrator.drop_table('poll_class'))
    migrator.migrate(migrator.drop_table('poll'))
