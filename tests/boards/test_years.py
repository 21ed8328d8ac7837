"""A new year from last year's board, never overwriting; archives; counts on any day; categories of one's own."""

import io
from datetime import date, timedelta

import openpyxl
import pdfplumber
import pytest

from blueprints.boards import categories, doing, figures, quarters, queries, rules, years
from blueprints.boards.models import Category, Commitment, CommitmentState, Own
from core import clock, settings, zh
from core.db import writing
from tests import make


@pytest.fixture
def secretary(client, community):
    return client.as_(make.account(community))


def text_of(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "".join("".join(page.extract_text().split()) for page in pdf.pages)


def at(monkeypatch, year, month, day):
    monkeypatch.setattr(clock, "_now", lambda: clock.utc(clock.datetime(year, month, day, 9, 30)))


def test_a_new_year_begins_with_the_old_promises_as_proposals(community, shown, secretary_actor, monkeypatch):
    at(monkeypatch, 2026, 12, 20)
    kept = shown(community, "陈䶮")
    rules.amend(secretary_actor, kept, None, category=Category.STUDY)
    gone = shown(community, "李堃")
    gone.member.until = date(2026, 12, 1)
    gone.member.save()
    withdrawn = shown(community, "张㛃")
    rules.withdraw(secretary_actor, [withdrawn], "不做了")
    before = list(Commitment.select().order_by(Commitment.id).dicts())
    assert years.begin(secretary_actor, community, 2027) == 1
    new = Commitment.get(Commitment.year == 2027)
    assert (new.text, new.category, new.state, new.origin_id) == (kept.text, Category.STUDY, "proposed", kept.id)
    assert list(Commitment.select().where(Commitment.year == 2026).order_by(Commitment.id).dicts()) == before
    with pytest.raises(years.NothingToTakeOver):
        years.begin(secretary_actor, community, 2027)


def test_the_new_year_hangs_where_the_member_is_responsible_now_a_year_on(community, shown, secretary_actor, monkeypatch):
    at(monkeypatch, 2028, 12, 20)
    promise = shown(community, "陈䶮")
    Commitment.update(due_on=date(2028, 2, 29)).execute()
    member = promise.member
    member.stairwell = make.member(community, "李堃", "9幢9单元").stairwell
    member.save()
    years.begin(secretary_actor, community, 2029)
    new = Commitment.get(Commitment.year == 2029)
    assert (new.stairwell.name, new.due_on) == ("9幢9单元", date(2029, 2, 28))


def test_what_the_new_year_has_already_is_left_alone(community, shown, secretary_actor, monkeypatch):
    at(monkeypatch, 2026, 12, 20)
    same, other = shown(community, "陈䶮"), shown(community, "李堃", "每月巡查一次")
    own = rules.propose(secretary_actor, same.member, same.text, year=2027, target="99次")
    assert [row.id for row in years.to_take_over(community, 2026)] == [other.id]
    years.begin(secretary_actor, community, 2027, [other.id, same.id])
    assert Commitment.select().where(Commitment.year == 2027).count() == 2
    assert Commitment.get_by_id(own.id).goal == 99


def test_a_year_is_archived_when_it_is_over_and_stays_readable(community, shown, secretary_actor, monkeypatch):
    at(monkeypatch, 2026, 12, 20)
    hung, never = shown(community, "陈䶮"), rules.propose(secretary_actor, make.member(community, "李堃"), "每月巡查一次")
    with pytest.raises(years.YearNotOver):
        years.archive(secretary_actor, community, 2026)
    with writing():
        settings.put("boards.year", 2026, community)
    at(monkeypatch, 2027, 1, 8)
    assert years.archive(secretary_actor, community, 2026) == 2
    states = {row.id: row.state for row in Commitment.select()}
    assert states == {hung.id: "archived", never.id: "withdrawn"}
    assert rules.current_year(community) == 2027
    assert [one.counts[CommitmentState.ARCHIVED] for one in years.years(community)] == [1]
    with pytest.raises(years.NothingToArchive):
        years.archive(secretary_actor, community, 2026)


def test_years_on_their_page(secretary, community, shown, monkeypatch):
    year = clock.today().year
    shown(community, "陈䶮")
    shown(community, "李堃", "每月巡查一次")
    answer = secretary.submit("/office/boards/years", form=f"{year + 1}/start")
    assert answer.location == f"/office/boards/commitments?year={year + 1}&state=proposed"
    text = secretary.get(answer.location).text
    assert "已沿用 2 条" in text
    assert f"{year + 1} 年度，现在公示的是 {year} 年度" in text
    assert secretary.submit("/office/boards/years", form=f"{year + 1}/start").status_code == 422
    Commitment.delete().where(Commitment.year == year + 1).execute()
    path = f"/office/boards/years/{year + 1}/start"
    secretary.get(path)
    first = secretary.page.xpath("//input[@name='ids']/@value")[0]
    assert secretary.send(path, ids=[first]).status_code == 303
    assert Commitment.select().where(Commitment.year == year + 1).count() == 1
    assert secretary.submit(path, ids=[]).status_code == 422
    assert secretary.get(f"/office/boards/ledger.pdf?year={year + 1}").status_code == 200


def test_counts_are_those_of_the_day_asked_for(community, secretary_actor, monkeypatch):
    at(monkeypatch, 2026, 2, 3)
    first, second = (
        rules.propose(secretary_actor, make.member(community, name, place), "清扫楼道")
        for name, place in (("陈䶮", "3幢2单元"), ("李堃", "4幢1单元"))
    )
    rules.approve(secretary_actor, [first, second])
    rules.publish(secretary_actor, [first])
    at(monkeypatch, 2026, 6, 1)
    rules.publish(secretary_actor, [second])
    at(monkeypatch, 2026, 11, 2)
    doing.report(secretary_actor, second, doing.Report(date(2026, 11, 1), 1), done=True)
    in_winter, in_summer, now = (figures.on(community, day) for day in (date(2026, 2, 3), date(2026, 6, 1), date(2026, 11, 2)))
    assert (in_winter.stairwells, in_winter.buildings, in_winter.on_show, in_winter.shown, in_winter.share) == (1, 1, 1, 1, 0)
    assert (in_summer.stairwells, in_summer.shown, in_summer.fulfilled) == (2, 2, 0)
    assert (now.fulfilled, now.share, now.states[CommitmentState.FULFILLED], now.categories[Category.STAIRWELL]) == (1, 50, 1, 2)
    assert figures.on(community, date(2026, 2, 2)).states == {}
    points = figures.growth(community)
    assert [one.day for one in points] == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 11, 2)]
    rows = list(openpyxl.load_workbook(io.BytesIO(figures.table(points))).active.values)
    assert rows[0][:8] == ("日期", "在册党员", "公示党员", "覆盖楼栋", "覆盖楼道", "公示承诺", "已完成", "完成率")
    assert rows[-1][:8] == ("2026-11-02", 2, 2, 2, 2, 2, 1, "50%")


def test_figures_on_their_page(secretary, community, shown):
    shown(community, "陈䶮")
    assert "完成率 0%（0 / 1 条）" in secretary.get("/office/boards/figures").text
    assert secretary.get("/office/boards/figures?on=2020-01-01").status_code == 200
    assert secretary.get("/office/boards/figures?on=gestern").status_code == 200
    assert secretary.get("/office/boards/figures.xlsx").status_code == 200


def test_a_community_adds_its_own_categories(secretary, community, secretary_actor, shown):
    assert secretary.submit("/office/boards/categories", form="categories", name="助老服务", words="血压 送餐").status_code == 303
    promise = rules.propose(secretary_actor, make.member(community), "每月给老人量血压")
    assert promise.category == Own("助老服务")
    row = categories.own(community)[0]
    secretary.submit("/office/boards/categories", form=f"categories/{row.id}", name="为老服务", words="血压")
    assert str(Commitment.get_by_id(promise.id).category.title) == "为老服务"
    assert secretary.submit("/office/boards/categories", form="categories", name="学习示范").status_code == 409
    assert secretary.submit("/office/boards/categories", form="categories", name=" ").status_code == 422
    secretary.submit("/office/boards/categories", ("end", "1"), form=f"categories/{row.id}")
    assert [str(one.title) for one in categories.offered(community)] == ["楼道环境", "公德示范", "学习示范", "奉献示范"]
    path = f"/office/boards/commitments/{promise.id}"
    assert secretary.submit(path, text="每月给老人量血压一次").status_code == 303
    assert Commitment.get_by_id(promise.id).category == Own("为老服务")
    assert categories.offered(make.community("兰苑社区")) == list(Category)


def test_an_own_category_is_printed_and_counted_by_its_name(community, secretary_actor, shown):
    from blueprints.boards import ledgers
    from blueprints.boards.posters import Posters

    categories.add(secretary_actor, community, "助老服务", "血压")
    promise = shown(community, "陈䶮", "每月给老人量血压")
    year = rules.current_year(community)
    sheet = ledgers.ledger_sheet(community, year, list(queries.on_boards(community, year)))
    assert sheet.by_category == (("助老服务", 1),)
    assert Posters(community).sheet(promise.stairwell).members[0].category == "助老服务"


def test_two_communities_side_by_side(client, community, shown, secretary_actor, monkeypatch):
    at(monkeypatch, 2026, 12, 20)
    other = make.community("兰苑社区")
    theirs = make.actor(other)
    mine = shown(community, "陈䶮")
    row = rules.propose(theirs, make.member(other, "陈䶮", "3幢2单元"), mine.text)
    rules.approve(theirs, [row])
    rules.publish(theirs, [row])
    categories.add(theirs, other, "助老服务")
    doing.report(theirs, row, doing.Report(date(2026, 12, 1), 1), done=True)
    assert [figures.on(place, date(2026, 12, 20)).fulfilled for place in (community, other)] == [0, 1]
    assert [queries.on_boards(place, 2026).count() for place in (community, other)] == [1, 1]
    years.begin(theirs, other, 2027)
    assert {new.place_id for new in Commitment.select().where(Commitment.year == 2027)} == {other.id}
    assert years.to_take_over(community, 2026) == [mine]
    assert [silent.text for silent in quarters.due(secretary_actor, community)] != []
    assert list(quarters.due(theirs, other)) == []
    client.as_(make.account(other), at="/c/c2").as_(make.account(other))
    assert "每周清扫楼道一次" in client.get("/c/c2/office/boards/commitments?year=2027").text
    for path in (f"commitments/{mine.id}", f"forms/L{mine.member_id}-2026"):
        assert client.get(f"/c/c2/office/boards/{path}").status_code == 404
        assert client.get(f"/office/boards/{path}").status_code == 404


def test_boards_of_last_year_count_until_the_new_ones_hang(community, secretary_actor, monkeypatch):
    at(monkeypatch, 2026, 2, 3)
    old = rules.propose(secretary_actor, make.member(community, "陈䶮"), "清扫楼道", year=2025)
    rules.approve(secretary_actor, [old])
    with pytest.raises(rules.NotYetHung):
        rules.publish(secretary_actor, [old], date(2026, 2, 4))
    rules.publish(secretary_actor, [old], date(2025, 3, 5))
    assert [figures.on(community, day).on_show for day in (date(2025, 3, 4), date(2025, 3, 5), date(2026, 1, 15))] == [0, 1, 1]
    new = rules.propose(secretary_actor, make.member(community, "李堃", "4幢1单元"), "清扫楼道")
    rules.approve(secretary_actor, [new])
    rules.publish(secretary_actor, [new])
    assert figures.on(community, date(2026, 2, 3)).categories[Category.STAIRWELL] == 1
    assert [row.day for row in figures.growth(community)][:2] == [date(2025, 3, 31), date(2025, 6, 30)]


def test_old_boards_are_entered_with_the_day_they_hung(secretary, community, secretary_actor):
    row = rules.propose(secretary_actor, make.member(community, "陈䶮"), "清扫楼道")
    rules.approve(secretary_actor, [row])
    path = "/office/boards/commitments?state=approved"
    later = (clock.today() + timedelta(days=1)).isoformat()
    assert secretary.submit(path, form="publications", ids=[row.id], hung_on=later).status_code == 422
    assert secretary.submit(path, form="publications", ids=[row.id], hung_on="2025-07-01").status_code == 303
    assert Commitment.get_by_id(row.id).published_on == date(2025, 7, 1)


def test_the_growth_on_paper_is_the_growth_of_the_table(secretary, community, secretary_actor):
    row = rules.propose(secretary_actor, make.member(community, "陈䶮"), "清扫楼道")
    rules.approve(secretary_actor, [row])
    assert secretary.get("/office/boards/figures.pdf").status_code == 404
    rules.publish(secretary_actor, [row], clock.today() - timedelta(days=200))
    text = text_of(secretary.get("/office/boards/figures.pdf").data)
    for one in figures.growth(community):
        assert f"{zh.day(one.day)}1" in text
    assert "公示党员（名）" in text
