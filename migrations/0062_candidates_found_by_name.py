"""candidates found by name."""

from peewee import *

def up(migrator, db):
    migrator.migrate(migrator.add_index('election_candidate', ('name',)))


def down(migrator, db):
    migrator.migrate(migrator.drop_index('election_candidate', 'election_candidate_name'))
