"""Goals, outcomes and last year's promise beside each promise; progress as records of its own; own categories."""

import re
from datetime import datetime, timedelta

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

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class OwnCategory(Model):
        place = ForeignKeyField(Place, on_delete='RESTRICT')
        name = CharField(max_length=20)
        words = CharField(max_length=200, default='')
        ended = BooleanField(default=False)
        class Meta:
            database = db
            table_name = 'own_category'
            constraints = [SQL("CHECK (name != '')")]
            indexes = ((('place', 'name'), True),)
    db.create_tables([OwnCategory])

    class Progress(Model):
        commitment = ForeignKeyField(Commitment, on_delete='CASCADE')
        done_on = DateField()
        amount = IntegerField(default=0)
        note = CharField(max_length=300, default='')
        evidence = CharField(max_length=200, default='')
        hindrance = CharField(max_length=300, default='')
        plan = CharField(max_length=300, default='')
        way = CharField(max_length=32, default='staff')
        account = ForeignKeyField(Account, null=True, on_delete='SET NULL')
        at = DateTimeField()
        class Meta:
            database = db
            table_name = 'progress'
            constraints = [SQL('CHECK (amount >= 0)'), SQL("CHECK (amount > 0 OR note != '' OR hindrance != '')")]
            indexes = ((('commitment', 'done_on'), False),)
    db.create_tables([Progress])

    migrator.migrate(migrator.add_column('commitment', 'goal', IntegerField(null=True, constraints=[SQL('CHECK (goal > 0)')])))
    migrator.migrate(migrator.add_column('commitment', 'unit', CharField(max_length=20, default='')))
    migrator.migrate(migrator.add_column('commitment', 'support', CharField(max_length=120, default='')))
    migrator.migrate(migrator.add_column('commitment', 'fulfilled_on', DateField(null=True)))
    migrator.migrate(migrator.add_column('commitment', 'outcome', CharField(max_length=32, default='', constraints=[SQL("CHECK (state != 'evaluated' OR outcome != '')")])))
    migrator.migrate(migrator.add_column('commitment', 'origin_id', ForeignKeyField(Commitment, field=Commitment.id, null=True, on_delete='SET NULL')))
    migrator.migrate(migrator.add_column('commitment_step', 'who', CharField(max_length=80, default='')))
    _fill(db)


NUMBERED = re.compile(r'(\d{1,6})([^\d\s/／至~-]{0,6})')


def _fill(db):
    """What older versions held in words: the number in a target, progress as a note of a step."""
    for number, target in db.execute_sql("SELECT id, target FROM commitment WHERE target != ''").fetchall():
        found = NUMBERED.fullmatch(target.strip())
        if found and int(found[1]):
            _set(db, 'UPDATE commitment SET goal = ?, unit = ? WHERE id = ?', int(found[1]), found[2], number)
    query = "SELECT id, commitment_id, at, account_id, state, note FROM commitment_step WHERE state IN ('published', 'fulfilled') ORDER BY id"
    for number, commitment, at, account, state, note in db.execute_sql(query).fetchall():
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        day = (moment + timedelta(hours=8)).date().isoformat()
        if note:
            sql = "INSERT INTO progress (commitment_id, done_on, amount, note, evidence, hindrance, plan, way, account_id, at) VALUES (?, ?, 0, ?, '', '', '', 'staff', ?, ?)"
            _set(db, sql, commitment, day, note, account, at)
        if state == 'fulfilled':
            _set(db, 'UPDATE commitment SET fulfilled_on = ? WHERE id = ?', day, commitment)
            _set(db, "UPDATE commitment_step SET note = '' WHERE id = ?", number)
        elif note:
            _set(db, 'DELETE FROM commitment_step WHERE id = ?', number)


def _set(db, sql, *values):
    db.execute_sql(sql if isinstance(db, SqliteDatabase) else sql.replace('?', '%s'), values)


def down(migrator, db):
    migrator.migrate(migrator.drop_index('commitment', 'commitment_origin_id'))
    migrator.migrate(migrator.drop_column('commitment_step', 'who'))
    migrator.migrate(migrator.drop_column('commitment', 'origin_id'))
    migrator.migrate(migrator.drop_column('commitment', 'outcome'))
    migrator.migrate(migrator.drop_column('commitment', 'fulfilled_on'))
    migrator.migrate(migrator.drop_column('commitment', 'support'))
    migrator.migrate(migrator.drop_column('commitment', 'unit'))
    migrator.migrate(migrator.drop_column('commitment', 'goal'))
    migrator.migrate(migrator.drop_table('progress'))
    migrator.migrate(migrator.drop_table('own_category'))
