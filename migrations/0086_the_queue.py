"""the queue."""

from peewee import *

def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = 'account'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class Suggestion(Model):
        class Meta:
            database = db
            table_name = 'suggestion'

    class SavedFilter(Model):
        account = ForeignKeyField(Account, on_delete='CASCADE')
        place = ForeignKeyField(Place, on_delete='CASCADE')
        title = CharField(max_length=40)
        query = CharField(max_length=400)
        class Meta:
            database = db
            table_name = 'saved_filter'
            indexes = ((('account', 'place', 'title'), True),)
    db.create_tables([SavedFilter])

    class SuggestionWord(Model):
        place = ForeignKeyField(Place, index=False, on_delete='CASCADE')
        word = CharField(max_length=20)
        received_on = DateField()
        suggestion = ForeignKeyField(Suggestion, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'suggestion_word'
            primary_key = CompositeKey('place', 'word', 'received_on', 'suggestion')
            without_rowid = isinstance(db, SqliteDatabase)  # the key is the whole row: a table beside it would be a copy
    db.create_tables([SuggestionWord])

    migrator.migrate(migrator.drop_index('suggestion', 'suggestion_place_id_state_due_on'))
    migrator.migrate(migrator.add_column('suggestion', 'deadline_on', DateField(null=True)))
    migrator.migrate(migrator.add_index('suggestion', ('place_id', 'closed_on')))
    migrator.migrate(migrator.add_index('suggestion', ('place_id', 'deadline_on')))
    migrator.migrate(migrator.add_index('suggestion', ('place_id', 'lead_id', 'deadline_on')))
    migrator.migrate(migrator.add_index('suggestion', ('place_id', 'received_on')))
    migrator.migrate(migrator.add_index('suggestion', ('place_id', 'state', 'answered_on')))
    migrator.migrate(migrator.add_index('suggestion', ('place_id', 'state', 'rating')))

    db.execute_sql(
        "UPDATE suggestion SET deadline_on = CASE WHEN state = 'received' THEN ack_due_on ELSE due_on END "
        "WHERE state IN ('received', 'registered', 'assigned', 'in_progress', 'waiting')"
    )
    rows = list(db.execute_sql('SELECT place_id, received_on, id, bigrams FROM suggestion').fetchall())
    for place, received_on, number, text in rows:
        for word in sorted({word[:20] for word in text.split()}):
            SuggestionWord.insert(place=place, word=word, received_on=received_on, suggestion=number).execute()


def down(migrator, db):
    migrator.migrate(migrator.drop_index('suggestion', 'suggestion_place_id_state_rating'))
    migrator.migrate(migrator.drop_index('suggestion', 'suggestion_place_id_state_answered_on'))
    migrator.migrate(migrator.drop_index('suggestion', 'suggestion_place_id_received_on'))
    migrator.migrate(migrator.drop_index('suggestion', 'suggestion_place_id_lead_id_deadline_on'))
    migrator.migrate(migrator.drop_index('suggestion', 'suggestion_place_id_deadline_on'))
    migrator.migrate(migrator.drop_index('suggestion', 'suggestion_place_id_closed_on'))
    migrator.migrate(migrator.drop_column('suggestion', 'deadline_on'))
    migrator.migrate(migrator.add_index('suggestion', ('place_id', 'state', 'due_on')))
    migrator.migrate(migrator.drop_table('suggestion_word'))
    migrator.migrate(migrator.drop_table('saved_filter'))
