"""suggestions."""

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

    class Suggestion(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        number = CharField(max_length=20)
        receipt = CharField(unique=True, max_length=64)
        receipt_taken = BooleanField(default=False)
        kind = CharField(max_length=32)
        source = CharField(max_length=32, default='online')
        text = TextField()
        summary = CharField(max_length=80, default='')
        stairwell = ForeignKeyField(Place, null=True, on_delete='RESTRICT')
        spot = CharField(max_length=120, default='')
        about = CharField(max_length=80, default='')
        asker = CharField(max_length=40, default='')
        phone = CharField(max_length=40, default='')
        consent = BooleanField(default=False)
        published = BooleanField(default=False)
        state = CharField(max_length=32, default='received')
        pace = CharField(max_length=32, default='ordinary')
        received_on = DateField()
        ack_due_on = DateField()
        due_on = DateField()
        registered_on = DateField(null=True)
        answered_on = DateField(null=True)
        closed_on = DateField(null=True)
        lead = ForeignKeyField(Account, null=True, on_delete='RESTRICT')
        rating = CharField(null=True, max_length=32)
        duplicate_of = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        sent_to = CharField(max_length=200, default='')
        subject_kind = CharField(max_length=32, default='')
        subject_id = IntegerField(null=True)
        bigrams = TextField(default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'suggestion'
            constraints = [SQL("CHECK ((state = 'duplicate') = (duplicate_of_id IS NOT NULL))"), SQL("CHECK (state NOT IN ('assigned', 'in_progress', 'waiting') OR lead_id IS NOT NULL)"), SQL("CHECK (state NOT IN ('replied', 'rejected', 'transferred') OR answered_on IS NOT NULL)")]
            indexes = ((('place', 'number'), True), (('place', 'state', 'due_on'), False), (('subject_kind', 'subject_id'), False))
    db.create_tables([Suggestion])

    class Assist(Model):
        suggestion = ForeignKeyField(Suggestion, on_delete='CASCADE')
        account = ForeignKeyField(Account, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'assist'
            indexes = ((('suggestion', 'account'), True),)
    db.create_tables([Assist])

    class Concern(Model):
        suggestion = ForeignKeyField(Suggestion, on_delete='CASCADE')
        account = ForeignKeyField(Account, null=True, on_delete='RESTRICT')
        person = ForeignKeyField(Person, null=True, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'concern'
            constraints = [SQL('CHECK ((account_id IS NULL) <> (person_id IS NULL))')]
    db.create_tables([Concern])

    class Extension(Model):
        suggestion = ForeignKeyField(Suggestion, on_delete='CASCADE')
        until = DateField()
        reason = CharField(max_length=300)
        asked_by = ForeignKeyField(Account, on_delete='RESTRICT')
        asked_on = DateField()
        decided_by = ForeignKeyField(Account, null=True, on_delete='RESTRICT')
        decided_on = DateField(null=True)
        granted = BooleanField(null=True)
        class Meta:
            database = db
            table_name = 'extension'
            constraints = [SQL('CHECK ((granted IS NULL) = (decided_by_id IS NULL))'), SQL('CHECK (decided_by_id IS NULL OR decided_by_id <> asked_by_id)')]
    db.create_tables([Extension])

    class ReceiptSalt(Model):
        one = IntegerField(unique=True, default=1)
        salt = CharField(max_length=32)
        class Meta:
            database = db
            table_name = 'receipt_salt'
            constraints = [SQL('CHECK (one = 1)')]
    db.create_tables([ReceiptSalt])

    class Reply(Model):
        suggestion = ForeignKeyField(Suggestion, on_delete='CASCADE')
        day = DateField()
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        found = TextField()
        done = TextField(default='')
        undone = TextField(default='')
        next_on = DateField(null=True)
        class Meta:
            database = db
            table_name = 'reply'
    db.create_tables([Reply])

    class SuggestionPhoto(Model):
        suggestion = ForeignKeyField(Suggestion, on_delete='CASCADE')
        blob = ForeignKeyField(Blob, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'suggestion_photo'
    db.create_tables([SuggestionPhoto])

    class SuggestionStep(Model):
        suggestion = ForeignKeyField(Suggestion, on_delete='CASCADE')
        kind = CharField(max_length=32)
        day = DateField()
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        note = TextField(default='')
        public = BooleanField(default=True)
        class Meta:
            database = db
            table_name = 'suggestion_step'
    db.create_tables([SuggestionStep])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('suggestion_step'))
    migrator.migrate(migrator.drop_table('suggestion_photo'))
    migrator.migrate(migrator.drop_table('reply'))
    migrator.migrate(migrator.drop_table('receipt_salt'))
    migrator.migrate(migrator.drop_table('extension'))
    migrator.migrate(migrator.drop_table('concern'))
    migrator.migrate(migrator.drop_table('assist'))
    migrator.migrate(migrator.drop_table('suggestion'))
