"""answers."""

from peewee import *

def up(migrator, db):
    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class ReplyTemplate(Model):
        place = ForeignKeyField(Place, on_delete='CASCADE')
        title = CharField(max_length=60)
        kind = CharField(null=True, max_length=32)
        found = TextField(default='')
        done = TextField(default='')
        undone = TextField(default='')
        void = CharField(max_length=200, default='')
        version = IntegerField(default=1)
        class Meta:
            database = db
            table_name = 'reply_template'
    db.create_tables([ReplyTemplate])

    migrator.migrate(migrator.add_column('extension', 'was_due_on', DateField(null=True)))
    migrator.migrate(migrator.add_column('reply', 'way', CharField(max_length=32, default='online')))


    # A letter belongs to whoever it is written to: each of those who asked for the same gets one of the same answer.
    db.execute_sql(
        "UPDATE issued_paper SET subject_kind = 'suggestion', version = subject_id, "
        "subject_id = (SELECT reply.suggestion_id FROM reply WHERE reply.id = issued_paper.subject_id) "
        "WHERE subject_kind = 'reply'"
    )


def down(migrator, db):
    migrator.migrate(migrator.drop_column('reply', 'way'))
    migrator.migrate(migrator.drop_column('extension', 'was_due_on'))
    migrator.migrate(migrator.drop_table('reply_template'))
