"""evaluation and recognition."""

from peewee import *


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Commitment(Model):
        class Meta:
            database = db
            table_name = 'commitment'

    class PartyMember(Model):
        class Meta:
            database = db
            table_name = 'party_member'

    class PartyOrg(Model):
        class Meta:
            database = db
            table_name = 'party_org'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class Poll(Model):
        class Meta:
            database = db
            table_name = 'poll'

    class EvaluationRound(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        year = IntegerField()
        first = DateField()
        last = DateField()
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'evaluation_round'
            constraints = [SQL('CHECK (last >= first)')]
            indexes = ((('place', 'year'), True),)
    db.create_tables([EvaluationRound])

    class Answers(Model):
        id = IntegerField(primary_key=True)
        round = ForeignKeyField(EvaluationRound, on_delete='CASCADE')
        stairwell = ForeignKeyField(Place, on_delete='CASCADE')
        total = IntegerField(default=0)
        day = DateField(null=True)
        that_day = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'answers'
            constraints = [SQL('CHECK (that_day <= total)')]
            indexes = ((('round', 'stairwell'), True),)
    db.create_tables([Answers])

    class Appraisal(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        member = ForeignKeyField(PartyMember, on_delete='RESTRICT')
        year = IntegerField()
        grade = CharField(max_length=32)
        decided_on = DateField()
        note = CharField(max_length=300, default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'appraisal'
            indexes = ((('place', 'year'), False), (('member', 'year'), False))
    db.create_tables([Appraisal])

    class BranchYear(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        org = ForeignKeyField(PartyOrg, on_delete='RESTRICT')
        year = IntegerField()
        met_on = DateField(null=True)
        entitled = IntegerField(null=True)
        present = IntegerField(null=True)
        poll = ForeignKeyField(Poll, null=True, on_delete='SET NULL')
        words = CharField(max_length=300, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'branch_year'
            constraints = [SQL('CHECK (present IS NULL OR entitled IS NULL OR present <= entitled)')]
            indexes = ((('org', 'year'), True), (('place', 'year'), False))
    db.create_tables([BranchYear])

    class Commendation(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=80)
        member = ForeignKeyField(PartyMember, null=True, on_delete='RESTRICT')
        year = IntegerField()
        title = CharField(max_length=60)
        deeds = CharField(max_length=200, default='')
        put_forward_by = CharField(max_length=80)
        put_forward_on = DateField()
        decided_by = CharField(max_length=80, default='')
        decided_on = DateField(null=True)
        document = CharField(max_length=60, default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'commendation'
            constraints = [SQL("CHECK (decided_on IS NULL OR decided_by != '')"), SQL('CHECK (decided_on IS NULL OR decided_on >= put_forward_on)')]
            indexes = ((('place', 'year'), False), (('member',), False))
    db.create_tables([Commendation])

    class Finding(Model):
        commitment = ForeignKeyField(Commitment, unique=True, on_delete='CASCADE')
        checked_by = CharField(max_length=40, default='')
        checked_on = DateField(null=True)
        found_on = DateField()
        class Meta:
            database = db
            table_name = 'finding'
    db.create_tables([Finding])

    class Heard(Model):
        id = IntegerField(primary_key=True)
        round = ForeignKeyField(EvaluationRound, on_delete='CASCADE')
        commitment = ForeignKeyField(Commitment, unique=True, on_delete='CASCADE')
        good = IntegerField(default=0)
        fair = IntegerField(default=0)
        poor = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'heard'
            constraints = [SQL('CHECK (good >= 0 AND fair >= 0 AND poor >= 0)')]
    db.create_tables([Heard])

    class OwnWord(Model):
        commitment = ForeignKeyField(Commitment, unique=True, on_delete='CASCADE')
        outcome = CharField(max_length=32)
        words = CharField(max_length=300, default='')
        way = CharField(max_length=32, default='staff')
        said_on = DateField()
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'own_word'
    db.create_tables([OwnWord])

    class SlipCount(Model):
        round = ForeignKeyField(EvaluationRound, on_delete='CASCADE')
        stairwell = ForeignKeyField(Place, on_delete='RESTRICT')
        slips = IntegerField()
        counted_by = CharField(max_length=40)
        checked_by = CharField(max_length=40)
        words = CharField(max_length=300, default='')
        entered_on = DateField()
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'slip_count'
            constraints = [SQL('CHECK (counted_by != checked_by)')]
            indexes = ((('round', 'stairwell'), True),)
    db.create_tables([SlipCount])

    class SlipSum(Model):
        count = ForeignKeyField(SlipCount, on_delete='CASCADE')
        commitment = ForeignKeyField(Commitment, on_delete='CASCADE')
        good = IntegerField(default=0)
        fair = IntegerField(default=0)
        poor = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'slip_sum'
            constraints = [SQL('CHECK (good >= 0 AND fair >= 0 AND poor >= 0)')]
            indexes = ((('count', 'commitment'), True), (('commitment',), False))
    db.create_tables([SlipSum])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('slip_sum'))
    migrator.migrate(migrator.drop_table('slip_count'))
    migrator.migrate(migrator.drop_table('own_word'))
    migrator.migrate(migrator.drop_table('heard'))
    migrator.migrate(migrator.drop_table('finding'))
    migrator.migrate(migrator.drop_table('commendation'))
    migrator.migrate(migrator.drop_table('branch_year'))
    migrator.migrate(migrator.drop_table('appraisal'))
    migrator.migrate(migrator.drop_table('answers'))
    migrator.migrate(migrator.drop_table('evaluation_round'))
