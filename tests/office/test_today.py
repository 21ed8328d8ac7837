"""今日要办: what presses stands first, calm where nothing does, and each role sees its own."""

from datetime import timedelta

import pytest

from blueprints.boards import rules as boards
from blueprints.office import today as todays
from blueprints.office.navigation import GROUPS, navigation
from core import clock
from core.access import ROLES, Can, Role, console
from core.due import Due
from core.printing import paper
from tests import make

DAY = timedelta(days=1)


def due(text, days=None, who="", paper=False):
    day = None if days is None else clock.today() + days * DAY
    return Due(text, "/office", "去办", "意见箱", day, who, paper)


@pytest.fixture
def rows(monkeypatch):
    """What all areas together want done, as the test says."""
    found = []
    monkeypatch.setattr(todays, "rows_of", lambda _actor, _community: iter(found))
    monkeypatch.setattr(todays, "_first_steps", lambda _actor, _community: iter(()))
    return found


def today(community, mine=False, name="书记"):
    return todays.today(make.actor(community), community, clock.today(), mine)


def texts(group):
    return [row.text for row in group]


def test_what_presses_is_first_and_paper_stands_apart(rows, community):
    rows += [
        due("下周", 9), due("今天", 0), due("超期的公示牌", -1, paper=True), due("超期", -3), due("明天", 1), due("审核"),
        due("打印", paper=True), due("七天", 7),
    ]  # fmt: skip
    found = today(community)
    assert texts(found.due) == ["超期", "超期的公示牌", "今天"]
    assert texts(found.paper) == ["打印"]
    assert texts(found.waiting) == ["审核"]
    assert texts(found.coming) == ["明天", "七天"]
    assert texts(found.later) == ["下周"]
    assert found.next.text == "明天"
    assert found.count == len(rows)


def test_one_s_own_can_be_seen_alone(rows, community):
    actor = make.actor(community)
    rows += [due("我的", 0, who=actor.name), due("别人的", 0, who="别人"), due("谁的都不是", 0)]
    assert texts(todays.today(actor, community, clock.today(), mine=True).due) == ["我的"]
    assert todays.today(actor, community, clock.today()).own == 1


@pytest.mark.parametrize(
    ("days", "light", "words"),
    [(-8, "bad", "超 8 天"), (-1, "bad", "超 1 天"), (0, "warn", "今天"), (1, "warn", "明天"), (2, "warn", "后天")],
)
def test_the_light_says_how_long_there_is(community, days, light, words):
    row = due("x", days)
    assert (row.light(clock.today()), row.words(clock.today())) == (light, words)


def test_later_days_are_named(community):
    row = due("x", 3)
    assert row.light(clock.today()) == "ok"
    assert row.words(clock.today()) == f"{row.day.month}月{row.day.day}日"


def test_the_page_counts_and_shows_each_group(client, rows, community):
    rows += [due("超期的事", -2), due("审核的事"), due("以后的事", 30)]
    page = client.as_(make.account(community)).get("/office").text
    assert "超期 1 件，今天到期 0 件；另有 2 件不急" in page
    assert all(words in page for words in ("超期的事", "超 2 天", "审核的事", "一周以后还有 1 件", "打印今日清单"))
    assert "我承办的" not in page


def test_an_empty_day_names_the_next_thing(client, rows, community):
    client.as_(make.account(community))
    assert "会排在这里" in client.get("/office").text
    rows.append(due("下个月的事", 20))
    page = client.get("/office").text
    assert "今天没有到期的事，另有 1 件可以先办" in page
    assert "下一件：" in page


def test_a_new_office_is_told_its_first_steps(client, community):
    page = client.as_(make.account(community, Role.ADMINISTRATOR)).get("/office").text
    assert "先把系统准备好" in page
    assert "只有一个账号" in page


def test_the_day_on_paper(client, rows, community, monkeypatch):
    drawn = []
    monkeypatch.setattr("blueprints.office.views.pdf", lambda template, sheet: drawn.append((template, sheet)) or b"%PDF")
    rows += [due("超期的事", -2, who="何静"), due("打印的事", paper=True), due("以后的事", 30)]
    assert client.as_(make.account(community)).get("/office/today.pdf").data == b"%PDF"
    template, sheet = drawn[0]
    assert [title for title, _rows in sheet.groups] == ["到期和超期", "要打印、张贴的"]
    assert "超期的事" in paper.page(template, sheet)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_s_day_opens_with_its_cards(client, community, role):
    make.member(community)
    page = client.as_(make.account(community, role)).get("/office").text
    assert ("公示牌" in page) == (Can.BOARDS_READ in ROLES[role])


def test_the_boards_card_names_the_stairwells_to_replace(client, community):
    member = make.member(community)
    promise = boards.propose(console(), member, "每周清扫楼道一次")
    boards.approve(console(), [promise])
    boards.publish(console(), [promise])
    assert "还没有登记张贴的公示牌" in client.as_(make.account(community)).get("/office").text


@pytest.mark.parametrize("role", list(Role))
def test_the_sidebar_shows_what_a_role_may_open(client, community, role):
    page = client.as_(make.account(community, role)).get("/office/account").text
    for title, entries in GROUPS:
        shown = [entry for entry in entries if entry.needed in ROLES[role]]
        assert (str(title) in page) == bool(shown) or not title
        for entry in entries:
            assert (f">{entry.title}</a>" in page) == (entry in shown), entry


def test_the_group_one_works_in_stands_open(client, community):
    client.as_(make.account(community)).get("/office/settings")
    group = client.page.xpath("//details[summary[contains(., '系统')]]")[0]
    assert group.get("open") is not None
    assert group.xpath(".//a[@aria-current='page']")[0].text_content() == "设置"
    closed = client.page.xpath("//details[summary[contains(., '人和组织')]]")[0]
    assert closed.get("open") is None


def test_a_role_with_few_lines_sees_all_of_them_open(client, community):
    client.as_(make.account(community, Role.MEMBER)).get("/office")
    assert all(one.get("open") is not None for one in client.page.xpath("//div[@class='side']//details"))


def test_no_line_stands_twice():
    keys = [entry.key for _title, entries in GROUPS for entry in entries]
    assert len(keys) == len(set(keys))
    assert sum(len(entries) for _title, entries in navigation(set(Can))) == len(keys)
