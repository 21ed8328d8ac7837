"""The example community's notices: one of every state, the candidates' on its third day of five."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from blueprints.notices import objections, postings, prints, rules
from blueprints.notices.models import Channel, Finding, Notice, NoticeKind
from core import clock
from core.access import Actor
from core.records.places import Place
from core.spreadsheets.grids import grids
from core.strokes import sort_key
from core.workdays import add_workdays

CANDIDATES = Path(__file__).parent.parent.parent / "data" / "candidates.xlsx"
SHOWN = "现予以公示，接受党员和居民监督。"
FINANCE = """根据社区财务公开制度，现将本季度党组织活动经费收支情况公示如下：
| 项目 | 金额（元） | 说明 |
|---|---|---|
| 上期结余 | 3,120.00 |  |
| 本期收入 | 12,000.00 | 街道拨付党组织活动经费 |
| 本期支出 | 8,465.50 | 党员活动、楼道公示牌制作、走访慰问 |
| 本期结余 | 6,654.50 |  |
""" + SHOWN
HONOUR = """经各党支部民主推荐、社区党委会议研究，拟推荐下列同志和党支部。
一、优秀共产党员推荐对象：文秀英、司马弘毅、李喆。
二、先进基层党组织推荐对象：第二党支部。
""" + SHOWN
AFFAIRS = """根据党务、居务、财务公开目录，现将有关事项公开如下：
一、党务：全体党员的年度公开承诺已经支部审核，按楼道张贴。
二、居务：1幢至5幢楼道照明改造已列入共建项目，施工前在各楼道告知。"""
WATER = "因自来水管网检修，{day}9:00至16:00，6幢至10幢停止供水，请提前储水。\n特此公告。"
ADMISSION = """根据《中国共产党章程》和发展党员工作有关规定，经第三党支部研究，拟接收童雨晴同志为中共预备党员。
姓名：童雨晴，性别：女，出生年月：1998年6月，文化程度：本科，单位及职务：乐龄日间照料中心社工。
""" + SHOWN
PRACTICE = "社区活动室本周起延长开放到20:30，由党员志愿者轮流值守。\n特此公告。"
LIGHTS = "区供电营业部将对1幢至5幢22个楼道实施照明改造，施工时间为每日9:00至16:00。\n特此公告。"
CLINIC = "本周六上午9时，区人民医院门诊部在社区党员服务中心义诊，测血压、血糖不收费。\n特此通知。"
ROLL = "定于下月5日上午9时在社区党员服务中心召开居民代表会议，请各位代表带本通知参加。\n特此通知。"
CANDIDATE_HEAD = """根据换届选举工作有关规定，经党员和居民代表推荐、上级党组织审查，现将候选人预备人选名单（按姓氏笔画为序）公示如下：
| 姓名 | 性别 | 出生年月 | 学历 | 政治面貌 | 现任职务 | 拟任职务 |
|---|---|---|---|---|---|---|"""
KIND = NoticeKind


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """Written by the clerk, approved and published by the secretary, each on its day."""
    clerk, secretary = staff["干事"], staff["书记"]

    write = partial(rules.draft, clerk, place, contact="陆静怡")

    def submit(kind: NoticeKind, title: str, body: str) -> Notice:
        return rules.submit(clerk, write(kind, title, body))

    def publish(notice: Notice) -> Notice:
        shown, _why = prints.publish(secretary, rules.approve(secretary, notice))
        postings.post(clerk, shown, ["社区公告栏", "党员服务中心门厅"], clock.today(), "陆静怡")
        return shown

    yield add_workdays(today, -24)[0]
    old = publish(submit(KIND.ANNOUNCEMENT, "关于活动室延长开放的公告", PRACTICE))
    yield add_workdays(today, -20)[0]
    finance = publish(submit(KIND.FINANCE, f"{_quarter(clock.today())}党组织|活动经费收支情况公示", FINANCE))
    yield add_workdays(today, -16)[0]
    clinic = publish(submit(KIND.NOTIFICATION, "关于周六义诊的通知", CLINIC))
    yield add_workdays(today, -14)[0]
    _close(clerk, finance)
    rules.archive(secretary, old)
    rules.withdraw(secretary, clinic, "医院临时有任务，义诊改期，时间另行通知。")
    _take_down(clerk, finance, old, clinic)
    yield add_workdays(today, -9)[0]
    publish(submit(KIND.HONOUR, "关于本年度“两优一先”|推荐对象的公示", HONOUR))
    publish(submit(KIND.AFFAIRS, "本季度社区事务公开", AFFAIRS))
    wrong = publish(submit(KIND.ANNOUNCEMENT, "关于6幢至10幢停水的公告", WATER.format(day="下周三")))
    yield add_workdays(today, -8)[0]
    _correct(clerk, publish, wrong)
    _take_down(clerk, wrong)
    yield add_workdays(today, -2)[0]
    candidates = publish(submit(KIND.CANDIDATES, "关于社区党委换届|委员候选人预备人选的公示", _table()))
    rules.send_back(secretary, submit(KIND.ANNOUNCEMENT, "关于楼道照明改造的公告", LIGHTS), "请补上临时照明怎么安排。")
    yield add_workdays(today, -1)[0]
    objections.note(clerk, candidates, clock.today(), Channel.CALL, "询问一名人选现任职务的起任时间。")
    rules.approve(secretary, submit(KIND.NOTIFICATION, "关于居民代表会议的通知", ROLL))
    submit(KIND.ADMISSION, "关于拟接收童雨晴同志|为中共预备党员的公示", ADMISSION)
    write(KIND.NOTIFICATION, "关于冬季用电安全入户检查的通知", "")
    rules.discard(clerk, write(KIND.ANNOUNCEMENT, "关于活动室维修的公告", ""))


def _quarter(day: date) -> str:
    """The last quarter that is over."""
    number = (day.month - 1) // 3
    return f"{day.year}年第{'一二三'[number - 1]}季度" if number else f"{day.year - 1}年第四季度"


def _close(clerk: Actor, notice: Notice) -> None:
    """Its period is over: one question came, was answered, and the result is made known."""
    asked = objections.note(clerk, notice, notice.ends_on, Channel.VISIT, "询问公示牌制作费的明细。")
    objections.settle(clerk, asked, Finding.NOT_UPHELD, "当场出示了发票和验收单，本人表示清楚了。")
    rules.conclude(clerk, notice, "公示期内收到询问1件，已当面说明，无异议。")


def _take_down(clerk: Actor, *notices: Notice) -> None:
    for notice in notices:
        postings.take_down(clerk, notice, [sheet.id for sheet in notice.postings], clock.today())


def _correct(clerk: Actor, publish, notice: Notice) -> None:
    """A new edition takes the place of the one with the wrong day."""
    fresh = rules.correct(clerk, notice)
    changed = {"body": WATER.format(day="下周四"), "correction": "停水日期原写“下周三”，应为“下周四”。"}
    publish(rules.submit(clerk, rules.revise(clerk, fresh, fresh.version, **changed)))


def _table() -> str:
    """The candidates of the roster in stroke order of their names, with what a notice may say of them."""
    rows = [cells for _number, cells in grids(CANDIDATES.read_bytes(), CANDIDATES.name)[0].lines()][2:]
    lines = [
        f"| {name} | {sex} | {birth} | {education} | 中共党员 | {now.removeprefix('现任')} | {post.removesuffix('候选人初步人选')} |"
        for _n, name, sex, birth, _joined, education, post, _how, now in sorted(rows, key=lambda row: sort_key(row[1]))
    ]
    return "\n".join([CANDIDATE_HEAD, *lines, SHOWN])


