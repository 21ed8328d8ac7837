"""Model texts: little is typed, the notice is whole; what nobody said stays visible as ×××."""

import itertools
from datetime import date

import pytest

from blueprints.ballots import nominees
from blueprints.ballots import rules as polls
from blueprints.ballots.ballot import Kind
from blueprints.notices import markup, privacy, rules
from blueprints.notices.models import Affair, NoticeKind
from blueprints.notices.texts import sums
from blueprints.notices.texts.asking import Start, ThingTooLong, cells
from blueprints.notices.texts.index import TEXTS, compose
from core import settings
from core.access import console
from core.records.people import Person, Sex
from tests import make
from tests.notices.office import clerk, publish, set_clock


@pytest.fixture
def start(community):
    return Start(make.actor(community), community)


def tables(words):
    return [block.rows for block in markup.blocks(words.body) if block.kind == "table"]


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_a_text_that_stands_without_answers(start, kind):
    words = compose(kind, start, {})
    assert words.title
    notice = rules.draft(start.actor, start.place, kind, words.title, words.body, **words.fields)
    assert any("×" in finding.text for finding in privacy.findings(notice))
    assert "首行" not in words.body


@pytest.mark.parametrize(("typed", "rows"), [
    ("沈兰英 女 1978年2月", [{"姓名": "沈兰英", "性别": "女", "出生年月": "1978年2月"}]),
    ("沈兰英，女，1978年2月", [{"姓名": "沈兰英", "性别": "女", "出生年月": "1978年2月"}]),
    ("沈兰英\t\t1978年2月", [{"姓名": "沈兰英", "出生年月": "1978年2月"}]),
    ("沈兰英、郭志远、", [{"姓名": "沈兰英"}, {"姓名": "郭志远"}]),
    ("性别\t姓名\n女\t沈兰英\n男\t郭志远", [{"性别": "女", "姓名": "沈兰英"}, {"性别": "男", "姓名": "郭志远"}]),
    ("\n  \n", []),
])  # fmt: skip
def test_a_list_is_read_as_it_was_typed_or_pasted(typed, rows):
    assert cells(typed, ("姓名", "性别", "出生年月")) == rows


def roster(place):
    member = make.member(place, "童雨晴", branch="第三党支部")
    Person.update(sex="f", birth="1998-06-11", education="本科").where(Person.id == member.person_id).execute()
    member.employer, member.post = "乐龄日间照料中心", "社工"
    member.save()


def test_of_whom_the_roster_knows_only_the_name_is_typed(start, community):
    roster(community)
    words = compose(NoticeKind.ADMISSION, start, {"stage": "full", "branch": "第三党支部", "people": "童雨晴"})
    assert words.title == "关于童雨晴同志|转为中共正式党员的公示"
    for said in ("经第三党支部研究，拟同意童雨晴同志按期转为", "姓名：童雨晴，性别：女，出生年月：1998年6月，文化程度：本科，单位及职务：乐龄日间照料中心 社工"):
        assert said in words.body, said
    assert "11日" not in words.body  # no birthday on a wall
    assert words.body.endswith("现予以公示，接受党员和居民监督。")


def test_two_of_one_name_are_not_mixed_up(start, community):
    roster(community)
    make.member(community, "童雨晴")
    assert "出生年月：×××" in compose(NoticeKind.ADMISSION, start, {"people": "童雨晴"}).body


def test_several_are_named_in_the_text_and_counted_in_the_title(start):
    words = compose(NoticeKind.ADMISSION, start, {"people": "张三、李四、王五"})
    assert words.title == "关于拟接收张三等3名同志|为中共预备党员的公示"
    assert "拟接收张三、李四、王五同志为中共预备党员" in words.body


def test_candidates_come_out_of_a_poll_in_stroke_order(start, community):
    poll = polls.create(console(), community, Kind.TRUST, "候选人信任票")
    nominees.nominate(console(), poll, "谢水", birth="1974-09", education="研究生", duty="现任社区专职工作者", post="委员候选人初步人选")
    nominees.nominate(console(), poll, "丁一", sex=Sex.FEMALE)
    words = compose(NoticeKind.CANDIDATES, start, {"body": "社区党委委员", "poll": str(poll.id)})
    (rows,) = tables(words)
    assert rows[1:] == (("丁一", "女", "", "", "", "", ""), ("谢水", "", "1974年9月", "研究生", "", "社区专职工作者", "委员"))
    assert "按姓氏笔画为序" in words.body
    other = make.community("兰苑社区")
    (rows,) = tables(compose(NoticeKind.CANDIDATES, Start(make.actor(other), other), {"poll": str(poll.id)}))
    assert rows[1][0] == "×××"


def test_a_deed_of_more_than_a_hundred_characters_is_refused(start):
    rows = f"沈兰英\t第二党支部\t优秀共产党员\t{'好' * 101}"
    with pytest.raises(ThingTooLong, match="101"):
        compose(NoticeKind.HONOUR, start, {"people": rows})
    (table,) = tables(compose(NoticeKind.HONOUR, start, {"people": rows[:-1]}))
    assert table[1][2:] == ("优秀共产党员", "好" * 100)


def test_relief_shows_only_the_prescribed_columns(start, community):
    settings.put("notices.relief_columns", "户主姓名 保障人数", community)
    (table,) = tables(compose(NoticeKind.RELIEF, start, {"people": "李四 2 3幢2单元"}))
    assert table == (("户主姓名", "保障人数"), ("李四", "2"))


SPENT = "10月8日 公示牌制作 1,465.50 王莉 沈国庆\n10月20日\t走访慰问\t￥7000\t陆静怡\t沈国庆"


def test_money_is_added_up_and_brought_forward(start, community, monkeypatch):
    set_clock(monkeypatch, 2026, 10, 9)
    assert sums.brought_forward(start) == ""
    answers = {"subject": "党组织活动经费", "quarter": "2026年第三季度", "opening": "3,120", "income": "街道拨付 12000", "spent": SPENT,
               "maker": "陆静怡", "checker": "沈国庆"}  # fmt: skip
    words = compose(NoticeKind.FINANCE, start, answers)
    totals, income, spent = tables(words)
    assert [row[1] for row in totals[1:]] == ["3,120.00", "12,000.00", "8,465.50", "6,654.50"]
    assert income[1] == ("街道拨付", "12,000.00")
    assert spent[2] == ("10月20日", "走访慰问", "7,000.00", "陆静怡", "沈国庆")
    writer = clerk(community)
    notice = rules.draft(writer, community, NoticeKind.FINANCE, words.title, words.body, phone="1", facts=words.facts)
    publish(community, rules.submit(writer, notice))
    assert sums.brought_forward(start) == "6,654.50"
    assert sums.brought_forward(Start(start.actor, community, "居委会经费收支")) == ""


@pytest.mark.parametrize("line", ["10月8日 公示牌", "一万元", "街道拨付 壹仟"])
def test_a_line_without_a_sum_is_named(start, line):
    with pytest.raises(sums.NoSum, match=line.split()[0]):
        compose(NoticeKind.FINANCE, start, {"income": line})


def test_quarters_that_are_over_come_first():
    assert sums.last_quarters(date(2026, 11, 28))[:3] == ["2026年第三季度", "2026年第四季度", "2026年第二季度"]
    assert sums.last_quarters(date(2027, 1, 5))[0] == "2026年第四季度"


def test_when_and_where_stand_in_one_sentence(start):
    words = compose(NoticeKind.NOTIFICATION, start, {
        "addressee": "各居民代表", "subject": "召开居民代表会议", "day": "2026-12-05", "time": "9：00", "where": "党群服务中心二楼",
        "what": "召开居民代表会议", "wishes": "带本通知\n不能来的请提前一天说一声", "contact": "陆静怡",
    })  # fmt: skip
    assert words.title == "关于召开居民代表会议的通知"
    assert "定于12月5日（星期六）9:00在党群服务中心二楼召开居民代表会议。现将有关事项通知如下：" in words.body
    assert "\n一、带本通知\n二、不能来的请提前一天说一声\n联系人：陆静怡。\n特此通知。" in words.body
    assert words.fields["addressee"] == "各居民代表"


def test_an_odd_hour_or_day_is_left_to_be_filled_in(start):
    body = compose(NoticeKind.NOTIFICATION, start, {"day": "2026-02-30", "time": "25:00"}).body
    assert "×月×日（星期×）×时" in body


def test_points_of_a_disclosure_are_numbered_once(start):
    for points in ("甲事\n乙事", "一、甲事\n二、乙事"):
        words = compose(NoticeKind.AFFAIRS, start, {"item": "公共设施维修", "period": "2026年第三季度", "points": points})
        assert "一、甲事\n二、乙事" in words.body
    assert NoticeKind.AFFAIRS.affair is Affair.RESIDENTS


def test_no_two_questions_of_a_text_share_a_name():
    for text in TEXTS.values():
        names = [blank.name for blank in text.blanks]
        assert not [pair for pair in itertools.combinations(names, 2) if pair[0] == pair[1]]


def test_a_question_is_asked_and_what_was_typed_is_not_lost(app, community):
    client = app.test_client().as_(make.account(community))
    assert client.get("/office/notices/new?kind=pamphlet").status_code == 200
    answer = client.submit("/office/notices/new?kind=finance", form="/office/notices", income="街道拨付 壹仟", spent=SPENT)
    assert (answer.status_code, "看不出金额" in answer.text, "公示牌制作" in answer.text) == (422, True, True)
    answer = client.submit("/office/notices/new?kind=finance", form="/office/notices", income="街道拨付 1000", spent="字" * 12_001)
    assert answer.status_code == 422
    answer = client.submit("/office/notices/new?kind=announcement", form="/office/notices", subject="停水", words="明天停水。")
    assert "关于停水的公告" in client.get(answer.location).text
