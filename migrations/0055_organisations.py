"""Party organisations: their former selves, what became of them, a version for forms."""

from peewee import *


def up(migrator, db):
    class PartyOrg(Model):
        class Meta:
            database = db
            table_name = 'party_org'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class OrgEvent(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        org = ForeignKeyField(PartyOrg, on_delete='CASCADE')
        other = ForeignKeyField(PartyOrg, null=True, on_delete='SET NULL')
        change = CharField(max_length=32)
        day = DateField()
        before = CharField(max_length=120, default='')
        after = CharField(max_length=120, default='')
        members = IntegerField(default=0)
        document = CharField(max_length=120, default='')
        class Meta:
            database = db
            table_name = 'org_event'
            indexes = ((('org', 'day'), False), (('place', 'day'), False), (('other',), False))
    db.create_tables([OrgEvent])

    class OrgFormer(Model):
        org = ForeignKeyField(PartyOrg, on_delete='CASCADE')
        until = DateField()
        kind = CharField(max_length=32)
        name = CharField(max_length=80)
        full_name = CharField(max_length=120, default='')
        parent = ForeignKeyField(PartyOrg, null=True, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'org_former'
            indexes = ((('org', 'until'), False),)
    db.create_tables([OrgFormer])

    migrator.migrate(migrator.add_column('party_org', 'version', IntegerField(default=1)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('party_org', 'version'))
    migrator.migrate(migrator.drop_table('org_former'))
    migrator.migrate(migrator.drop_table('org_event'))
