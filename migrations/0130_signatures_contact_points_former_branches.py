"""Who signed for minutes; agreements that follow one another; contact points; which branch a member belonged to before."""

from peewee import *


def up(migrator, db):
    class Agreement(Model):
        class Meta:
            database = db
            table_name = 'agreement'

    class MemberUnit(Model):
        class Meta:
            database = db
            table_name = 'member_unit'

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

    class Suggestion(Model):
        id = IntegerField(primary_key=True)
        class Meta:
            database = db
            table_name = 'suggestion'

    class ContactPoint(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        leader = CharField(max_length=80)
        post = CharField(max_length=120, default='')
        kind = CharField(max_length=32, default='community')
        unit = ForeignKeyField(MemberUnit, null=True, on_delete='RESTRICT')
        aim = CharField(max_length=120, default='')
        aim_on = DateField(null=True)
        since = DateField(null=True)
        until = DateField(null=True)
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'contact_point'
            constraints = [SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)')]
            indexes = ((('place', 'until'), False), (('unit',), False))
    db.create_tables([ContactPoint])

    class ContactVisit(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        point = ForeignKeyField(ContactPoint, on_delete='RESTRICT')
        on = DateField()
        matter = CharField(max_length=400)
        problem = CharField(max_length=400, default='')
        suggestion = ForeignKeyField(Suggestion, null=True, on_delete='SET NULL')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'contact_visit'
            indexes = ((('place', 'on'), False), (('point',), False))
    db.create_tables([ContactVisit])

    class FormerBranch(Model):
        member = ForeignKeyField(PartyMember, on_delete='CASCADE')
        org = ForeignKeyField(PartyOrg, null=True, on_delete='RESTRICT')
        until = DateField()
        class Meta:
            database = db
            table_name = 'former_branch'
            indexes = ((('member', 'until'), False),)
    db.create_tables([FormerBranch])

    migrator.migrate(migrator.add_column('agreement', 'renews_id', ForeignKeyField(Agreement, field=Agreement.id, null=True, on_delete='SET NULL')))
    migrator.migrate(migrator.add_column('agreement', 'not_renewed', CharField(max_length=200, default='')))
    migrator.migrate(migrator.add_column('delivery', 'signed_by', CharField(max_length=40, default='')))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('agreement', 'agreement_renews_id'))
    migrator.migrate(migrator.drop_column('delivery', 'signed_by'))
    migrator.migrate(migrator.drop_column('agreement', 'not_renewed'))
    migrator.migrate(migrator.drop_column('agreement', 'renews_id'))
    migrator.migrate(migrator.drop_table('former_branch'))
    migrator.migrate(migrator.drop_table('contact_visit'))
    migrator.migrate(migrator.drop_table('contact_point'))
