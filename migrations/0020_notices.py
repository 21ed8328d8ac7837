"""notices."""

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

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class Notice(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        kind = CharField(max_length=32)
        affair = CharField(max_length=32)
        state = CharField(max_length=32, default='draft')
        title = CharField(max_length=200, default='')
        issuer = CharField(max_length=120, default='')
        addressee = CharField(max_length=200, default='')
        body = TextField(default='')
        days = IntegerField(default=0)
        workdays = BooleanField(default=True)
        spots = TextField(default='')
        receiver = CharField(max_length=120, default='')
        contact = CharField(max_length=60, default='')
        phone = CharField(max_length=60, default='')
        number = CharField(max_length=60, default='')
        published_at = DateTimeField(null=True)
        starts_on = DateField(null=True)
        ends_on = DateField(null=True)
        dates = TextField(default=list)
        estimated = BooleanField(default=False)
        edition = IntegerField(default=1)
        first = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        corrects = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        correction = CharField(max_length=500, default='')
        new_period = BooleanField(default=True)
        submitter = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        approver = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        alone = BooleanField(default=False)
        reason = CharField(max_length=300, default='')
        conclusion = TextField(default='')
        concluded_on = DateField(null=True)
        bigrams = TextField(default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'notice'
            constraints = [SQL('CHECK (days >= 0)'), SQL('CHECK ((starts_on IS NULL) = (ends_on IS NULL))'), SQL("CHECK ((state IN ('published', 'concluded', 'archived', 'corrected')) <= (published_at IS NOT NULL))"), SQL("CHECK ((state IN ('returned', 'withdrawn')) <= (reason != ''))"), SQL("CHECK ((state = 'concluded') <= (concluded_on IS NOT NULL))"), SQL('CHECK ((corrects_id IS NULL) = (edition = 1))')]
            indexes = ((('place', 'state', 'published_at'), False), (('place', 'ends_on'), False))
    db.create_tables([Notice])

    class NoticeAttachment(Model):
        notice = ForeignKeyField(Notice, on_delete='CASCADE')
        position = IntegerField()
        name = CharField(max_length=120)
        blob = ForeignKeyField(Blob, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'notice_attachment'
            indexes = ((('notice', 'position'), True),)
    db.create_tables([NoticeAttachment])

    class NoticeObjection(Model):
        notice = ForeignKeyField(Notice, on_delete='CASCADE')
        received_on = DateField()
        channel = CharField(max_length=32)
        note = CharField(max_length=300, default='')
        finding = CharField(max_length=32, default='pending')
        handling = CharField(max_length=300, default='')
        class Meta:
            database = db
            table_name = 'notice_objection'
    db.create_tables([NoticeObjection])

    class NoticePosting(Model):
        notice = ForeignKeyField(Notice, on_delete='CASCADE')
        spot = CharField(max_length=120)
        posted_on = DateField()
        posted_by = CharField(max_length=80)
        removed_on = DateField(null=True)
        class Meta:
            database = db
            table_name = 'notice_posting'
            constraints = [SQL('CHECK (removed_on IS NULL OR removed_on >= posted_on)')]
            indexes = ((('notice', 'posted_on'), False),)
    db.create_tables([NoticePosting])

    class NoticeStep(Model):
        notice = ForeignKeyField(Notice, on_delete='CASCADE')
        at = DateTimeField()
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        state = CharField(max_length=32)
        note = CharField(max_length=500, default='')
        class Meta:
            database = db
            table_name = 'notice_step'
            indexes = ((('notice', 'at'), False),)
    db.create_tables([NoticeStep])

    class NoticeUnsaved(Model):
        notice = ForeignKeyField(Notice, on_delete='CASCADE')
        account = ForeignKeyField(Account, on_delete='CASCADE')
        at = DateTimeField()
        values = TextField()
        class Meta:
            database = db
            table_name = 'notice_unsaved'
            indexes = ((('notice', 'account'), True),)
    db.create_tables([NoticeUnsaved])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('notice_unsaved'))
    migrator.migrate(migrator.drop_table('notice_step'))
    migrator.migrate(migrator.drop_table('notice_posting'))
    migrator.migrate(migrator.drop_table('notice_objection'))
    migrator.migrate(migrator.drop_table('notice_attachment'))
    migrator.migrate(migrator.drop_table('notice'))
