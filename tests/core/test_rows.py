"""Records made out of rows in one go are those peewee would have made, value by value."""

import pytest
from peewee import JOIN, ModelCursorWrapper, fn

from blueprints.boards import queries as boards
from blueprints.boards import rules
from blueprints.people import queries as people
from core import settings
from core.access import console
from core.db import Record
from core.records.people import Account, Person
from core.records.places import PartyOrg, Place
from core.records.work import AuditDetail, AuditEntry, Setting
from core.rows import Select
from tests import make


def tree(record):
    """All that a record holds, with the records that hang on it."""
    if not isinstance(record, Record):
        return record
    parts = {name: tree(value) for name, value in vars(record).items() if not name.startswith("_")}
    joined = {name: tree(other) for name, other in record.__rel__.items()}
    return type(record), record.__data__, joined, parts, record._dirty


def queries(community):
    """Joins of every sort the areas use: several deep, outer ones that find nothing, aliases, counts, bare columns."""
    above = Place.alias()
    person, office = make.person(community, "无楼道的人"), make.account(community)
    return {
        "one table": Person.select().order_by(Person.id),
        "some columns": Person.select(Person.id, Person.sex, Person.birth),
        "deep": boards.visible_to(console(), community),
        "members": people.members(community),
        "outer": Person.select(Person, Place).join(Place, JOIN.LEFT_OUTER).where(Person.id == person.id),
        "outer, not selected": Person.select(Person).join(Place, JOIN.LEFT_OUTER),
        "same table twice": Place.select(Place, above).join(above, JOIN.LEFT_OUTER, on=Place.parent == above.id),
        "no foreign key": Account.select(Account, Person).join(Person, JOIN.CROSS).where(Account.id == office.id),
        "named": Account.select(Account, Person).join(
            Person, on=(Account.name != Person.name), attr="other").where(Account.id == office.id),
        "counted": PartyOrg.select(PartyOrg, fn.COUNT(Place.id).alias("size")).join(Place).group_by(PartyOrg),
        "backwards": AuditEntry.select(AuditEntry, AuditDetail).join(AuditDetail, JOIN.LEFT_OUTER),
        "json": Setting.select(),
    }  # fmt: skip


KINDS = list(range(12))


@pytest.fixture
def filled(community):
    for name, branch in (("张三", "第一党支部"), ("李四", "")):
        rules.propose(console(), make.member(community, name, branch=branch), "每周清扫楼道一次")
    settings.put("boards.year", 2026, community)
    return community


@pytest.mark.parametrize("number", KINDS)
def test_records_are_those_of_peewee(filled, monkeypatch, number):
    name, query = list(queries(filled).items())[number]
    ours = [tree(record) for record in query.clone()]
    monkeypatch.setattr(
        Select, "_get_model_cursor_wrapper",
        lambda self, cursor: ModelCursorWrapper(cursor, self.model, self._returning, self._from_list, self._joins),
    )  # fmt: skip
    theirs = [tree(record) for record in query.clone()]
    assert ours, name
    assert ours == theirs


def test_all_kinds_of_queries_are_tried(filled):
    assert len(queries(filled)) == len(KINDS)


def test_a_changed_field_is_saved_and_nothing_else(filled):
    person = Person.select().where(Person.name == "张三").get()
    assert not person.is_dirty()
    person.name = "张三丰"
    assert person._dirty == {"name"}
    person.save()
    assert Person.get_by_id(person.id).name == "张三丰"
