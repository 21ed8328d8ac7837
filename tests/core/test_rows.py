"""Records made out of rows in one go are those peewee would have made, value by value."""

import pytest
from peewee import JOIN, ModelCursorWrapper, fn

from blueprints.boards import queries as boards
from blueprints.boards import rules
from blueprints.people import queries as people
from blueprints.people.models import PartyMember
from core import settings
from core.access import console
from core.db import Record, writing
from core.records.people import Account, Person
from core.records.places import PartyOrg, Place
from core.records.work import AuditDetail, AuditEntry, Setting
from core.rows import Select
from tests import make
from tests.counting import selects, statements


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


@pytest.fixture
def residents(community):
    """Five people in stairwells of their own, one without."""
    for number in range(5):
        make.member(community, f"居民{number}", stairwell=f"{number + 1}幢1单元")
    make.person(community, "无楼道的人")
    return Person.select().where(Person.place == community).order_by(Person.id)


def test_what_a_list_points_at_is_fetched_in_one_query(residents):
    with statements() as sent:
        names = [person.stairwell.name if person.stairwell else None for person in residents.clone()]
    assert names == ["1幢1单元", "2幢1单元", "3幢1单元", "4幢1单元", "5幢1单元", None]
    assert len(selects(sent)) == 2


def test_also_through_a_joined_record(residents):
    members = PartyMember.select(PartyMember, Person).join(Person).order_by(PartyMember.id)
    with statements() as sent:
        assert [member.person.stairwell.parent.name for member in members] == [f"{n + 1}幢" for n in range(5)]
    assert len(selects(sent)) == 3


def test_inside_a_rule_each_is_asked_for_by_itself(residents):
    people = list(residents.clone())
    with writing(), statements() as sent:
        assert people[0].stairwell.name == "1幢1单元"
        Place.update(name="改名单元").where(Place.id == people[1].stairwell_id).execute()
        assert people[1].stairwell.name == "改名单元"
    assert len(selects(sent)) == 2


def test_a_pointer_set_anew_is_followed_anew(residents):
    first, second, *_others = residents.clone()
    here = first.stairwell
    second.stairwell = here.id
    assert second.stairwell == here
    second.stairwell = None
    assert second.stairwell is None


def test_rows_that_are_let_go_are_read_one_by_one(residents):
    names = [person.stairwell and person.stairwell.name for person in residents.clone().iterator()]
    assert len(names) == 6
    assert names[0] == "1幢1单元"


def test_a_record_that_is_gone_is_missed_as_before(residents):
    first, second, *_others = residents.clone()
    second.__data__["stairwell"] = 2_000_000_000
    assert first.stairwell.name == "1幢1单元"
    with pytest.raises(Place.DoesNotExist):
        _missing = second.stairwell
