"""what became of objections."""

from peewee import *

def up(migrator, db):
    migrator.migrate(migrator.add_column('notice', 'box_upheld', IntegerField(default=0)))
    migrator.migrate(migrator.add_column('notice', 'box_refused', IntegerField(default=0)))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('notice', 'box_refused'))
    migrator.migrate(migrator.drop_column('notice', 'box_upheld'))
