"""Agreements, pairings, requests, posts, bookings, annual plans, six ones."""

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

    class PartyOrg(Model):
        class Meta:
            database = db
            table_name = 'party_org'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class SharedResource(Model):
        class Meta:
            database = db
            table_name = 'shared_resource'

    class Agreement(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        unit = ForeignKeyField(MemberUnit, on_delete='RESTRICT')
        title = CharField(max_length=120)
        number = CharField(max_length=60, default='')
        purpose = TextField(default='')
        ours = TextField(default='')
        theirs = TextField(default='')
        our_liaison = CharField(max_length=80, default='')
        their_liaison = CharField(max_length=80, default='')
        signed_on = DateField(null=True)
        since = DateField()
        until = DateField()
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'agreement'
            constraints = [SQL('CHECK (until >= since)')]
            indexes = ((('place', 'until'), False), (('unit',), False))
    db.create_tables([Agreement])

    class AgreementTask(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        agreement = ForeignKeyField(Agreement, on_delete='RESTRICT')
        text = CharField(max_length=300)
        target = IntegerField(null=True)
        counted_in = CharField(max_length=20, default='')
        done = IntegerField(null=True)
        our_owner = CharField(max_length=80, default='')
        their_owner = CharField(max_length=80, default='')
        due_on = DateField()
        state = CharField(max_length=32, default='not_started')
        result = CharField(max_length=400, default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'agreement_task'
            constraints = [SQL('CHECK (target >= 0)'), SQL('CHECK (done >= 0)')]
            indexes = ((('agreement',), False), (('place', 'state', 'due_on'), False))
    db.create_tables([AgreementTask])

    class AnnualPlan(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        year = IntegerField()
        state = CharField(max_length=32, default='collecting')
        collect_until = DateField(null=True)
        adopted_on = DateField(null=True)
        adopted_by = CharField(max_length=120, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'annual_plan'
            constraints = [SQL("CHECK ((state = 'adopted') = (adopted_on IS NOT NULL))")]
            indexes = ((('place', 'year'), True),)
    db.create_tables([AnnualPlan])

    class Booking(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        resource = ForeignKeyField(SharedResource, on_delete='RESTRICT')
        purpose = CharField(max_length=120)
        by = CharField(max_length=120)
        phone = CharField(max_length=40, default='')
        begins_at = DateTimeField()
        ends_at = DateTimeField()
        cancelled = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'booking'
            constraints = [SQL('CHECK (ends_at > begins_at)')]
            indexes = ((('resource', 'begins_at'), False), (('place', 'begins_at'), False))
    db.create_tables([Booking])

    class BookingSlot(Model):
        booking = ForeignKeyField(Booking, on_delete='CASCADE')
        resource = ForeignKeyField(SharedResource, on_delete='RESTRICT')
        begins_at = DateTimeField()
        class Meta:
            database = db
            table_name = 'booking_slot'
            indexes = ((('resource', 'begins_at'), True),)
    db.create_tables([BookingSlot])

    class Instructor(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        unit = ForeignKeyField(MemberUnit, on_delete='RESTRICT')
        name = CharField(max_length=80)
        sent_by = CharField(max_length=120, default='')
        phone = CharField(max_length=40, default='')
        since = DateField(null=True)
        until = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'instructor'
            constraints = [SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)')]
            indexes = ((('place', 'until'), False), (('unit',), False))
    db.create_tables([Instructor])

    class JobOffer(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        unit = ForeignKeyField(MemberUnit, on_delete='RESTRICT')
        post = CharField(max_length=120)
        group = CharField(max_length=32, default='anybody')
        posts = IntegerField()
        filled = IntegerField(default=0)
        terms = CharField(max_length=300, default='')
        since = DateField()
        until = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'job_offer'
            constraints = [SQL('CHECK (posts > 0)'), SQL('CHECK (filled >= 0 AND filled <= posts)')]
            indexes = ((('place', 'until'), False), (('unit',), False))
    db.create_tables([JobOffer])

    class PlanItem(Model):
        plan = ForeignKeyField(AnnualPlan, on_delete='CASCADE')
        position = IntegerField()
        name = CharField(max_length=200)
        proposed_by = ForeignKeyField(MemberUnit, null=True, on_delete='RESTRICT')
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='RESTRICT')
        responsible = CharField(max_length=200, default='')
        month = IntegerField(null=True)
        venue = CharField(max_length=120, default='')
        people = IntegerField(null=True)
        state = CharField(max_length=32, default='not_started')
        result = CharField(max_length=400, default='')
        declined = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'plan_item'
            constraints = [SQL('CHECK (month BETWEEN 1 AND 12)'), SQL('CHECK (people >= 0)'), SQL("CHECK (name != '')")]
            indexes = ((('plan', 'position'), False), (('unit',), False))
    db.create_tables([PlanItem])

    class JointActivity(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=200)
        on = DateField()
        resource = ForeignKeyField(SharedResource, null=True, on_delete='RESTRICT')
        venue = CharField(max_length=120, default='')
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='RESTRICT')
        sponsors = CharField(max_length=300, default='')
        item = ForeignKeyField(PlanItem, null=True, on_delete='SET NULL')
        campaign = CharField(max_length=40, default='')
        people = IntegerField(null=True)
        summary = TextField(default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'joint_activity'
            constraints = [SQL('CHECK (people >= 0)')]
            indexes = ((('place', 'on'), False), (('unit',), False), (('item',), False), (('resource',), False))
    db.create_tables([JointActivity])

    class MutualReview(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        unit = ForeignKeyField(MemberUnit, on_delete='RESTRICT')
        year = IntegerField()
        ours = TextField(default='')
        theirs = TextField(default='')
        agreed = CharField(max_length=300, default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'mutual_review'
            indexes = ((('place', 'year'), False), (('unit',), False))
    db.create_tables([MutualReview])

    class Need(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=120)
        kind = CharField(null=True, max_length=32)
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='RESTRICT')
        asked_by = CharField(max_length=120, default='')
        detail = TextField(default='')
        wanted_on = CharField(max_length=10, default='')
        state = CharField(max_length=32, default='open')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'need'
            indexes = ((('place', 'state'), False), (('unit',), False))
    db.create_tables([Need])

    class Pairing(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        unit = ForeignKeyField(MemberUnit, on_delete='RESTRICT')
        org = ForeignKeyField(PartyOrg, null=True, on_delete='RESTRICT')
        kind = CharField(max_length=32)
        reason = CharField(max_length=200, default='')
        document = CharField(max_length=120, default='')
        since = DateField()
        until = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'pairing'
            constraints = [SQL('CHECK (until IS NULL OR until >= since)')]
            indexes = ((('place', 'until'), False), (('unit',), False))
    db.create_tables([Pairing])

    class Project(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=120)
        need = ForeignKeyField(Need, null=True, on_delete='RESTRICT')
        resource = ForeignKeyField(SharedResource, null=True, on_delete='RESTRICT')
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='RESTRICT')
        people = IntegerField(null=True)
        since = DateField(null=True)
        until = DateField(null=True)
        result = TextField(default='')
        thanked_on = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'project'
            constraints = [SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)'), SQL('CHECK (people >= 0)')]
            indexes = ((('place', 'since'), False), (('need',), False), (('resource',), False), (('unit',), False))
    db.create_tables([Project])

    class SixOnesNote(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='RESTRICT')
        year = IntegerField()
        item = CharField(max_length=32)
        state = CharField(max_length=32, default='not_started')
        target = CharField(max_length=200, default='')
        words = CharField(max_length=400, default='')
        due_on = DateField(null=True)
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'six_ones_note'
            indexes = ((('place', 'year', 'unit', 'item'), False),)
    db.create_tables([SixOnesNote])

    class UnitRequest(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        unit = ForeignKeyField(MemberUnit, on_delete='RESTRICT')
        matter = CharField(max_length=200)
        kind = CharField(max_length=32)
        ours = BooleanField(default=False)
        received_on = DateField()
        handler = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        due_on = DateField(null=True)
        state = CharField(max_length=32, default='not_started')
        result = CharField(max_length=400, default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'unit_request'
            indexes = ((('place', 'state', 'due_on'), False), (('unit',), False))
    db.create_tables([UnitRequest])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('unit_request'))
    migrator.migrate(migrator.drop_table('six_ones_note'))
    migrator.migrate(migrator.drop_table('project'))
    migrator.migrate(migrator.drop_table('pairing'))
    migrator.migrate(migrator.drop_table('need'))
    migrator.migrate(migrator.drop_table('mutual_review'))
    migrator.migrate(migrator.drop_table('joint_activity'))
    migrator.migrate(migrator.drop_table('plan_item'))
    migrator.migrate(migrator.drop_table('job_offer'))
    migrator.migrate(migrator.drop_table('instructor'))
    migrator.migrate(migrator.drop_table('booking_slot'))
    migrator.migrate(migrator.drop_table('booking'))
    migrator.migrate(migrator.drop_table('annual_plan'))
    migrator.migrate(migrator.drop_table('agreement_task'))
    migrator.migrate(migrator.drop_table('agreement'))
