"""the first tables."""

from peewee import *

def up(migrator, db):
    class Place(Model):
        kind = CharField(max_length=32)
        parent = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        community = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        name = CharField(max_length=80)
        slug = CharField(max_length=40)
        position = IntegerField(default=0)
        since = DateField(null=True)
        until = DateField(null=True)
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'place'
            constraints = [SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)'), SQL("CHECK ((kind IN ('building', 'stairwell')) = (community_id IS NOT NULL))")]
            indexes = ((('parent', 'slug'), True), (('community', 'kind', 'position'), False), (('kind', 'slug'), False))
    db.create_tables([Place])

    class Person(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=80)
        sort_key = CharField(max_length=200, default='')
        sex = CharField(max_length=32, default='')
        birth = CharField(max_length=10, default='')
        phone = CharField(max_length=40, default='')
        education = CharField(max_length=40, default='')
        stairwell = ForeignKeyField(Place, null=True, on_delete='SET NULL')
        bigrams = CharField(max_length=400, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'person'
            indexes = ((('place', 'name'), False), (('place', 'sort_key'), False))
    db.create_tables([Person])

    class Account(Model):
        person = ForeignKeyField(Person, null=True, on_delete='SET NULL')
        login = CharField(unique=True, max_length=80)
        name = CharField(max_length=80)
        password = CharField(max_length=200)
        seal = CharField(max_length=32)
        active = BooleanField(default=True)
        created_at = DateTimeField()
        signed_in_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'account'
    db.create_tables([Account])

    class AuditEntry(Model):
        seq = IntegerField(unique=True)
        at = DateTimeField()
        account = IntegerField(null=True)
        who = CharField(max_length=80)
        act = CharField(max_length=40)
        subject_kind = CharField(max_length=32, default='')
        subject_id = IntegerField(null=True)
        place = ForeignKeyField(Place, null=True, on_delete='RESTRICT')
        detail_digest = CharField(max_length=64)
        digest = CharField(max_length=64)
        class Meta:
            database = db
            table_name = 'audit_entry'
            indexes = ((('subject_kind', 'subject_id'), False), (('place', 'seq'), False))
    db.create_tables([AuditEntry])

    class AuditDetail(Model):
        entry = ForeignKeyField(AuditEntry, unique=True, on_delete='CASCADE')
        salt = CharField(max_length=32)
        values = TextField()
        class Meta:
            database = db
            table_name = 'audit_detail'
    db.create_tables([AuditDetail])

    class AuditHead(Model):
        seq = IntegerField(default=0)
        digest = CharField(max_length=64, default='')
        class Meta:
            database = db
            table_name = 'audit_head'
    db.create_tables([AuditHead])

    class Blob(Model):
        sha256 = CharField(primary_key=True, max_length=64)
        content = BlobField()
        media_type = CharField(max_length=80)
        size = IntegerField()
        class Meta:
            database = db
            table_name = 'blob'
    db.create_tables([Blob])

    class CalendarDay(Model):
        day = DateField(unique=True)
        working = BooleanField()
        note = CharField(max_length=80, default='')
        class Meta:
            database = db
            table_name = 'calendar_day'
    db.create_tables([CalendarDay])

    class PartyOrg(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        parent = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        kind = CharField(max_length=32)
        name = CharField(max_length=80)
        full_name = CharField(max_length=120, default='')
        position = IntegerField(default=0)
        since = DateField(null=True)
        until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'party_org'
            constraints = [SQL('CHECK (until IS NULL OR since IS NULL OR until >= since)')]
            indexes = ((('place', 'kind', 'position'), False),)
    db.create_tables([PartyOrg])

    class PartyMember(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        person = ForeignKeyField(Person, on_delete='RESTRICT')
        org = ForeignKeyField(PartyOrg, null=True, on_delete='RESTRICT')
        stairwell = ForeignKeyField(Place, null=True, on_delete='RESTRICT')
        category = CharField(max_length=32, default='other')
        joined = CharField(max_length=10, default='')
        employer = CharField(max_length=120, default='')
        post = CharField(max_length=80, default='')
        position = CharField(max_length=20, default='')
        since = DateField(null=True)
        until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'party_member'
            indexes = ((('place', 'until'), False), (('stairwell', 'until'), False), (('person',), False))
    db.create_tables([PartyMember])

    class Commitment(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        member = ForeignKeyField(PartyMember, on_delete='RESTRICT')
        stairwell = ForeignKeyField(Place, on_delete='RESTRICT')
        year = IntegerField()
        text = TextField()
        category = CharField(max_length=32, default='service')
        target = CharField(max_length=80, default='')
        due_on = DateField(null=True)
        state = CharField(max_length=32, default='proposed')
        reason = CharField(max_length=300, default='')
        published_on = DateField(null=True)
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'commitment'
            constraints = [SQL("CHECK (state != 'returned' OR reason != '')"), SQL("CHECK ((state IN ('published', 'fulfilled')) <= (published_on IS NOT NULL))")]
            indexes = ((('place', 'year', 'state'), False), (('stairwell', 'year', 'state'), False), (('member', 'year'), False))
    db.create_tables([Commitment])

    class CommitmentStep(Model):
        commitment = ForeignKeyField(Commitment, on_delete='CASCADE')
        at = DateTimeField()
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        state = CharField(max_length=32)
        note = CharField(max_length=300, default='')
        class Meta:
            database = db
            table_name = 'commitment_step'
            indexes = ((('commitment', 'at'), False),)
    db.create_tables([CommitmentStep])

    class Consent(Model):
        member = ForeignKeyField(PartyMember, on_delete='CASCADE')
        fields = TextField()
        form = CharField(max_length=40)
        since = DateField()
        until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'consent'
            indexes = ((('member', 'until'), False),)
    db.create_tables([Consent])

    class Counter(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        kind = CharField(max_length=32)
        year = IntegerField()
        value = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'counter'
            indexes = ((('place', 'kind', 'year'), True),)
    db.create_tables([Counter])

    class ImportBatch(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        kind = CharField(max_length=32)
        file_name = CharField(max_length=200)
        report = TextField()
        state = CharField(max_length=32, default='applied')
        created_at = DateTimeField()
        class Meta:
            database = db
            table_name = 'import_batch'
    db.create_tables([ImportBatch])

    class ImportChange(Model):
        batch = ForeignKeyField(ImportBatch, on_delete='CASCADE')
        table = CharField(max_length=60)
        row = IntegerField()
        before = TextField(null=True)
        after = TextField()
        class Meta:
            database = db
            table_name = 'import_change'
    db.create_tables([ImportChange])

    class IssuedPaper(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        kind = CharField(max_length=32)
        title = CharField(max_length=200)
        subject_kind = CharField(max_length=32)
        subject_id = IntegerField()
        version = IntegerField(default=1)
        number = CharField(max_length=60, default='')
        code = CharField(unique=True, max_length=20)
        digest = CharField(max_length=64)
        pages = IntegerField(default=1)
        sheet = TextField(null=True)
        content = ForeignKeyField(Blob, null=True, on_delete='RESTRICT')
        state = CharField(max_length=32, default='current')
        replaced_by = ForeignKeyField('self', null=True, on_delete='SET NULL')
        issued_at = DateTimeField()
        issued_by = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        class Meta:
            database = db
            table_name = 'issued_paper'
            indexes = ((('subject_kind', 'subject_id', 'kind', 'version'), True), (('place', 'issued_at'), False))
    db.create_tables([IssuedPaper])

    class Job(Model):
        place = ForeignKeyField(Place, null=True, on_delete='CASCADE')
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        kind = CharField(max_length=40)
        title = CharField(max_length=120)
        arguments = TextField(default=dict)
        state = CharField(max_length=32, default='waiting')
        done = IntegerField(default=0)
        total = IntegerField(default=0)
        error = CharField(max_length=400, default='')
        file_name = CharField(max_length=200, default='')
        created_at = DateTimeField()
        finished_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'job'
            indexes = ((('place', 'created_at'), False), (('state',), False))
    db.create_tables([Job])

    class Link(Model):
        hash = CharField(unique=True, max_length=64)
        place = ForeignKeyField(Place, on_delete='CASCADE')
        purpose = CharField(max_length=32)
        subject_id = IntegerField()
        created_on = DateField()
        expires_on = DateField()
        revoked = BooleanField(default=False)
        class Meta:
            database = db
            table_name = 'link'
            indexes = ((('purpose', 'subject_id'), False),)
    db.create_tables([Link])

    class Representative(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        person = ForeignKeyField(Person, on_delete='RESTRICT')
        stairwell = ForeignKeyField(Place, null=True, on_delete='RESTRICT')
        office = CharField(max_length=80, default='')
        since = DateField(null=True)
        until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'representative'
            indexes = ((('place', 'until'), False), (('person',), False))
    db.create_tables([Representative])

    class RoleGrant(Model):
        account = ForeignKeyField(Account, on_delete='CASCADE')
        role = CharField(max_length=32)
        place = ForeignKeyField(Place, on_delete='CASCADE')
        since = DateField()
        until = DateField(null=True)
        class Meta:
            database = db
            table_name = 'role_grant'
            indexes = ((('account', 'role', 'place', 'since'), True),)
    db.create_tables([RoleGrant])

    class Setting(Model):
        place = ForeignKeyField(Place, null=True, on_delete='CASCADE')
        key = CharField(max_length=60)
        value = TextField()
        since = DateField()
        class Meta:
            database = db
            table_name = 'setting'
            indexes = ((('place', 'key', 'since'), True),)
    db.create_tables([Setting])

    class UsedForm(Model):
        nonce = CharField(unique=True, max_length=64)
        day = DateField(index=True)
        class Meta:
            database = db
            table_name = 'used_form'
    db.create_tables([UsedForm])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('used_form'))
    migrator.migrate(migrator.drop_table('setting'))
    migrator.migrate(migrator.drop_table('role_grant'))
    migrator.migrate(migrator.drop_table('representative'))
    migrator.migrate(migrator.drop_table('link'))
    migrator.migrate(migrator.drop_table('job'))
    migrator.migrate(migrator.drop_table('issued_paper'))
    migrator.migrate(migrator.drop_table('import_change'))
    migrator.migrate(migrator.drop_table('import_batch'))
    migrator.migrate(migrator.drop_table('counter'))
    migrator.migrate(migrator.drop_table('consent'))
    migrator.migrate(migrator.drop_table('commitment_step'))
    migrator.migrate(migrator.drop_table('commitment'))
    migrator.migrate(migrator.drop_table('party_member'))
    migrator.migrate(migrator.drop_table('party_org'))
    migrator.migrate(migrator.drop_table('calendar_day'))
    migrator.migrate(migrator.drop_table('blob'))
    migrator.migrate(migrator.drop_table('audit_head'))
    migrator.migrate(migrator.drop_table('audit_detail'))
    migrator.migrate(migrator.drop_table('audit_entry'))
    migrator.migrate(migrator.drop_table('account'))
    migrator.migrate(migrator.drop_table('person'))
    migrator.migrate(migrator.drop_table('place'))
