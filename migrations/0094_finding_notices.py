"""finding notices."""

import re

from peewee import *

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"  # enough for the numbers notices bear

def up(migrator, db):
    class Notice(Model):
        class Meta:
            database = db
            table_name = 'notice'

    class Place(Model):
        class Meta:
            database = db
            table_name = 'place'

    class NoticeWord(Model):
        place = ForeignKeyField(Place, index=False, on_delete='CASCADE')
        word = CharField(max_length=20)
        notice = ForeignKeyField(Notice, on_delete='CASCADE')
        class Meta:
            database = db
            table_name = 'notice_word'
            primary_key = CompositeKey('place', 'word', 'notice')
            without_rowid = isinstance(db, SqliteDatabase)  # the key is the whole row: a table beside it would be a copy
    db.create_tables([NoticeWord])

    migrator.migrate(migrator.drop_index('notice', 'notice_place_id_published_at'))
    migrator.migrate(migrator.drop_index('notice', 'notice_place_id_state_published_at'))
    migrator.migrate(migrator.drop_index('notice', 'notice_place_id_ends_on'))
    migrator.migrate(migrator.add_index('notice', ('place_id', 'state', 'ends_on')))
    migrator.migrate(migrator.add_index('notice_posting', ('removed_on', 'notice_id')))
    migrator.migrate(migrator.add_index('notice', ('place_id', 'published_at', 'state', 'kind', 'ends_on', 'affair')))

    # Numbers are found like every other word, and what stands there already is entered.
    mark = '?' if isinstance(db, SqliteDatabase) else '%s'
    for place, notice, text, number in list(db.execute_sql('SELECT place_id, id, bigrams, number FROM notice').fetchall()):
        if number:
            text = f'{text} {_pairs(number)}'
            db.execute_sql(f'UPDATE notice SET bigrams = {mark} WHERE id = {mark}', (text, notice))
        for word in sorted({word[:20] for word in text.split()}):
            NoticeWord.insert(place=place, word=word, notice=notice).execute()


def _pairs(number):
    words = []
    for run in re.findall(rf'[{HAN}]+|[^\W_{HAN}]+', number.casefold()):
        words += [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]] if re.match(rf'[{HAN}]', run) else [run]
    return ' '.join(words)


def down(migrator, db):
    migrator.migrate(migrator.drop_index('notice_posting', 'notice_posting_removed_on_notice_id'))
    migrator.migrate(migrator.drop_index('notice', 'notice_place_id_state_ends_on'))
    migrator.migrate(migrator.add_index('notice', ('place_id', 'ends_on')))
    migrator.migrate(migrator.drop_index('notice', 'notice_place_id_published_at_state_kind_ends_on_affair'))
    migrator.migrate(migrator.add_index('notice', ('place_id', 'state', 'published_at')))
    migrator.migrate(migrator.add_index('notice', ('place_id', 'published_at')))
    migrator.migrate(migrator.drop_table('notice_word'))
