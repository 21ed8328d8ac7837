"""Searching Chinese: every piece of a text is found, two characters and one included."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import Model, SqliteDatabase, TextField

from core.bigrams import bigrams, matching, phrase, phrases


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("梅苑社区", "梅苑 苑社 社区 区"),
        ("区", "区"),
        ("3幢2单元", "3 幢 2 单元 元"),
        ("WiFi６ 覆盖", "wifi6 覆盖 盖"),
        ("𠮷野䶮", "𠮷野 野䶮 䶮"),
        ("50%_的'折扣'", "50 的 折扣 扣"),
        ("", ""),
    ],
)
def test_what_is_stored(text, stored):
    assert bigrams(text) == stored


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("社区", ["社区"]),
        ("苑社区", ["苑社 社区"]),
        ("社", ["社"]),
        ("社区 志愿者", ["社区", "志愿 愿者"]),
        ("３幢2", ["3 幢 2"]),
        ("%_", []),
    ],
)
def test_what_is_looked_for(query, wanted):
    assert phrases(query) == wanted


@given(st.text(st.sampled_from("梅苑社区志愿者12ab"), min_size=1, max_size=12), st.data())
def test_every_piece_of_a_han_text_is_found_and_nothing_else(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    if re.match(r"[a-z0-9]", piece) and start and re.match(r"[a-z0-9]", text[start - 1]):
        return  # The middle of a Latin word or number is not promised.
    assert phrase(piece) in bigrams(text)


@given(st.text(st.sampled_from("梅苑社区"), max_size=8), st.text(st.sampled_from("梅苑社区"), min_size=1, max_size=4))
def test_what_is_not_in_the_text_is_not_found(text, query):
    assert (phrase(query) in bigrams(text)) == (query in text)


def test_the_condition_works_on_a_column():
    class Page(Model):
        bigrams = TextField()

    database = SqliteDatabase(":memory:")
    database.bind([Page])
    with database:
        Page.create_table()
        for text in ("梅苑社区志愿者名单", "志愿者", "社区"):
            Page.create(bigrams=bigrams(text))
        assert Page.select().where(matching(Page.bigrams, "社区 志愿")).count() == 1
        assert Page.select().where(matching(Page.bigrams, "愿")).count() == 2
        assert Page.select().where(matching(Page.bigrams, "者名单")).count() == 1
    assert matching(Page.bigrams, " % ") is None
