"""The three-affairs calendar: what is due when, what is missing, how a period is settled."""

import io
from datetime import date

import openpyxl
import pdfplumber
import pytest

from blueprints.disclosures import queries, rules, slots
from blueprints.disclosures.models import Disclosure, DisclosureItem, Frequency
from blueprints.disclosures.slots import Standing
from blueprints.notices import rules as notices
from blueprints.notices.models import Affair, NoticeKind
from core import settings
from core.access import Role, console
from core.audit import faults
from tests import make
from tests.notices.office import clerk, publish, published, set_clock


def item(place, frequency=Frequency.QUARTERLY, within=15, since=date(2026, 1, 1), **more):
    values = {"title": "党组织活动经费收支", "affair": Affair.FINANCE, "kind": NoticeKind.FINANCE, "responsible": "报账员"} | more
    return DisclosureItem.create(place=place, frequency=frequency, within_days=within, since=since, **values)


@pytest.mark.parametrize(("frequency", "within", "days"), [
    (Frequency.MONTHLY, 10, ["2026-01: 2026-02-10", "2026-02: 2026-03-10", "2026-12: 2027-01-10"]),
    (Frequency.QUARTERLY, 15, ["2026-Q1: 2026-04-15", "2026-Q3: 2026-10-15", "2026-Q4: 2027-01-15"]),
    (Frequency.HALF_YEARLY, 0, ["2026-H1: 2026-06-30", "2026-H2: 2026-12-31"]),
    (Frequency.YEARLY, 60, ["2026: 2027-03-01"]),
])  # fmt: skip
def test_each_period_has_its_last_day(community, frequency, within, days):
    row = item(community, frequency, within)
    owed = [f"{one.covers}: {due_on}" for one, due_on in slots.owed(row, date(2026, 1, 20), date(2027, 12, 31))]
    assert set(days) <= set(owed)
    assert len(owed) == len(set(owed))


def test_every_quarter_of_ten_years_is_owed_once(community):
    row = item(community)
    owed = [one.covers for one, _due in slots.owed(row, date(2026, 1, 1), date(2035, 12, 31))]
    assert owed == [f"{year}-Q{n}" for year in range(2025, 2036) for n in (1, 2, 3, 4)][3:-1]


def test_what_fell_due_before_the_office_began_or_after_it_stopped_is_not_owed(community):
    row = item(community, since=date(2026, 10, 16), until=date(2027, 4, 1))
    assert [one.covers for one, _due in slots.owed(row, date(2026, 1, 1), date(2028, 1, 1))] == ["2026-Q4"]


@pytest.mark.parametrize(("covers", "said"), [
    ("2026", "2026年度"), ("2026-H2", "2026年下半年"), ("2026-Q3", "2026年第三季度"), ("2026-11", "2026年11月"),
    ("2026-11-19", "2026年11月19日"), ("2026-11-19-2", "2026年11月19日"),
])  # fmt: skip
def test_a_period_is_said_as_an_office_says_it(db, covers, said):
    assert slots.name(covers) == said


@pytest.mark.parametrize("covers", ["2026-Q5", "2026-13", "26-Q1", "x", "2026-00", "9999", "2026-11-19"])
def test_a_period_that_is_none_is_not_found(community, covers):
    assert slots.period(covers) is None
    assert queries.slot_of(item(community), covers) is None


def standing(row, monkeypatch, month, day, covers="2026-Q3"):
    set_clock(monkeypatch, 2026, month, day)
    return queries.slot_of(row, covers).standing


def test_how_a_period_stands_day_by_day(community, monkeypatch):
    row = item(community)
    seen = [standing(row, monkeypatch, *day) for day in ((9, 30), (10, 1), (10, 15), (10, 16))]
    assert seen == [Standing.AHEAD, Standing.DUE, Standing.DUE, Standing.MISSING]


def test_a_notice_settles_a_period_on_the_day_it_is_published(community, monkeypatch):
    row = item(community)
    set_clock(monkeypatch, 2026, 10, 19)
    notice = rules.draft(clerk(community), row, "2026-Q3", "第三季度收支公示", "收支如下。", phone="1", days=7)
    assert (notice.kind, notice.affair) == (NoticeKind.FINANCE, Affair.FINANCE)
    assert queries.slot_of(row, "2026-Q3").standing is Standing.DRAFTED
    out = publish(community, notices.submit(clerk(community), notice))
    slot = queries.slot_of(row, "2026-Q3")
    assert (slot.standing, slot.done_on, slot.late) == (Standing.DONE, date(2026, 10, 19), 4)
    corrected = notices.revise(clerk(community), notices.correct(clerk(community), out), 1, correction="数字更正。")
    publish(community, notices.submit(clerk(community), corrected))
    assert queries.slot_of(row, "2026-Q3").standing is Standing.DONE
    assert queries.of_notice(corrected).item == row
    with pytest.raises(rules.AlreadyDisclosed, match="第三季度"):
        rules.nothing(clerk(community), row, "2026-Q3")


def test_what_is_withdrawn_or_thrown_away_is_missing_again(community, monkeypatch):
    row = item(community)
    set_clock(monkeypatch, 2026, 10, 19)
    notice = rules.draft(clerk(community), row, "2026-Q3", "第三季度收支公示", "收支如下。", phone="1", days=7)
    notices.discard(clerk(community), notice)
    assert queries.slot_of(row, "2026-Q3").standing is Standing.MISSING
    again = rules.draft(clerk(community), row, "2026-Q3", "第三季度收支公示", "收支如下。", phone="1", days=7)
    out = publish(community, notices.submit(clerk(community), again))
    notices.withdraw(make.actor(community), out, "数字有误")
    assert queries.slot_of(row, "2026-Q3").standing is Standing.MISSING
    assert Disclosure.select().count() == 1


def test_a_period_is_settled_by_a_notice_that_is_out_on_paper_or_not_at_all(community, monkeypatch):
    row = item(community)
    set_clock(monkeypatch, 2026, 10, 19)
    writer, out = clerk(community), published(community, NoticeKind.FINANCE)
    waiting = notices.draft(writer, community, NoticeKind.FINANCE, "草稿", "正文")
    for wrong in (waiting, published(make.community("兰苑社区"), NoticeKind.FINANCE), None):
        with pytest.raises(rules.NotPublished):
            rules.disclosed_by(writer, row, "2026-Q3", wrong)
    for day in (None, date(2026, 10, 20)):
        with pytest.raises(rules.DayToCome):
            rules.disclosed_otherwise(writer, row, "2026-Q3", day)
    rules.disclosed_by(writer, row, "2026-Q3", out)
    rules.disclosed_otherwise(writer, row, "2026-Q1", date(2026, 4, 9), "公告栏")
    rules.nothing(writer, row, "2026-Q2")
    known = {slot.covers: slot.standing for slot in queries.year(community, 2026)[0].slots}
    assert known == {"2025-Q4": "missing", "2026-Q1": "done", "2026-Q2": "nothing", "2026-Q3": "done"}
    rules.take_back(writer, queries.slot_of(row, "2026-Q3").disclosure)
    assert queries.slot_of(row, "2026-Q3").standing is Standing.MISSING
    assert list(faults()) == []


def test_what_is_due_and_missing_is_work_of_today(community, monkeypatch):
    item(community)
    set_clock(monkeypatch, 2026, 10, 7)
    writer = clerk(community)
    assert [due.day for due in queries.due(writer, community)][-1] == date(2026, 7, 15)
    set_clock(monkeypatch, 2026, 10, 9)
    last = list(queries.due(writer, community))[-1]
    assert (last.day, last.who, last.light(date(2026, 10, 9))) == (date(2026, 10, 15), "报账员", "ok")
    assert "第三季度" in last.text
    settings.put("disclosures.ahead", 3, community)
    assert [due.day for due in queries.due(writer, community)][-1] == date(2026, 7, 15)
    assert list(queries.due(make.actor(community, Role.READER), community)) == []


def test_what_was_missed_long_ago_is_history(community, monkeypatch):
    item(community, since=date(2020, 1, 1))
    set_clock(monkeypatch, 2026, 10, 7)
    assert min(due.day for due in queries.due(clerk(community), community)) >= date(2025, 9, 2)


def test_the_usual_catalogue_is_loaded_once_and_owes_nothing_of_the_past(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    assert rules.usual(console(), community) == len(rules.USUAL) == len(queries.items(community))
    with pytest.raises(rules.CatalogueThere):
        rules.usual(console(), community)
    assert list(queries.due(clerk(community), community)) == []
    set_clock(monkeypatch, 2026, 12, 5)
    assert [due.day for due in queries.due(clerk(community), community)] == [date(2026, 12, 10)]


def text_of(data):
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "".join(page.extract_text() for page in document.pages).replace("\n", "").replace(" ", "")


@pytest.fixture
def secretary(app, community):
    return app.test_client().as_(make.account(community))


def test_from_an_empty_calendar_to_a_published_quarter(secretary, client, community, monkeypatch):
    set_clock(monkeypatch, 2026, 10, 2)
    secretary.as_(make.account(community))
    assert "载入常用目录" in secretary.get("/office/disclosures").text
    secretary.submit("/office/disclosures", form="catalogue")
    row = DisclosureItem.get(DisclosureItem.title == "居委会经费收支")
    path = f"/office/disclosures/{row.id}/2026-Q3"
    assert f"kind=finance&amp;item={row.id}&amp;covers=2026-Q3" in secretary.get(path).text
    asked = f"/office/notices/new?kind=finance&item={row.id}&covers=2026-Q3"
    assert 'value="居委会经费"' in secretary.get(asked).text
    answer = secretary.submit(asked, form="/office/notices", income="街道拨付 1000", opening="0", maker="陆静怡", checker="沈国庆")
    assert answer.status_code == 303
    assert "办理中" in secretary.get(path).text
    assert secretary.get(asked).status_code == 404  # somebody is at it already
    notice = Disclosure.get().notice
    notices.revise(clerk(community), notice, 1, phone="5550-0186")
    publish(community, notices.submit(clerk(community), notice))
    public = client.get("/disclosures/").text
    assert f'href="/notices/{notice.id}"' in public
    assert "2026年10月2日公开" in public
    text = text_of(secretary.get("/office/disclosures/catalogue.pdf?year=2026").data)
    for words in ("2026年党务居务财务公开目录", "城市居民委员会组织法", "每季度，期后15天内", "报账员", "2026年第三季度2026年10月15日2026年10月2日"):
        assert words in text, words


def test_what_happens_is_disclosed_on_its_day(secretary, community):
    row = item(community, Frequency.ON_OCCURRENCE, 0, title="居民代表会议的决定", kind=NoticeKind.AFFAIRS, affair=Affair.RESIDENTS)
    first = queries.occurrence(row)
    rules.disclosed_otherwise(clerk(community), row, first, date.fromisoformat(first), "公告栏")
    assert queries.occurrence(row) == f"{first}-2"
    assert secretary.get(f"/office/disclosures/{row.id}/{first}-2").status_code == 200
    assert "公告栏" in secretary.get(f"/office/disclosures/{row.id}/{first}").text
    assert queries.year(community, int(first[:4]))[0].slots[0].standing is Standing.DONE


def test_a_stranger_finds_no_calendar(app, community):
    row = item(community)
    stranger = app.test_client().as_(make.account(make.community("兰苑社区")), at="/c/c2")
    assert stranger.get(f"/c/c2/office/disclosures/{row.id}/2026-Q3").status_code == 404
    assert queries.items(make.community("竹苑社区")) == []


def test_the_catalogue_goes_out_as_a_table(secretary, community):
    rules.usual(console(), community)
    rows = list(openpyxl.load_workbook(io.BytesIO(secretary.get("/office/disclosure-items.xlsx").data)).active.values)
    assert len(rows) == len(rules.USUAL) + 1
