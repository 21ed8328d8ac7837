"""Model texts about people: admission to the Party, candidates, honours, relief."""

from blueprints.ballots import queries as ballots
from blueprints.ballots.models import Nominee, Poll
from blueprints.notices.models import NoticeKind
from blueprints.notices.texts.asking import (
    SHOWN_TO_ALL,
    UNKNOWN,
    Answers,
    Blank,
    ModelText,
    Start,
    ThingTooLong,
    Words,
    month,
    people,
    said,
    table,
)
from core import clock, settings
from core.records.people import Sex
from core.strokes import sort_key
from core.text import _, _l, in_chinese

RELIEF_COLUMNS = "户主姓名 拟保障人数 拟保障金额（元/月）"
settings.declare("notices.relief_columns", _l("救助公示的栏目（上级文件规定的，用空格隔开）"), RELIEF_COLUMNS, group="notices")
LONGEST_DEED = 100
NAMES = _l("一行一人，从 Excel 里复制过来也行；只写姓名的，名册里有的其余各栏自动填上。")
JOINING = ("姓名", "性别", "出生年月", "文化程度", "单位及职务", "申请入党时间", "确定积极分子时间", "确定发展对象时间", "培养联系人")
TURNING = ("姓名", "性别", "出生年月", "文化程度", "单位及职务", "接收为预备党员时间", "培养联系人")
STANDING = ("姓名", "性别", "出生年月", "学历", "政治面貌", "现任职务", "拟任职务")
HONOURED = ("姓名", "支部", "推荐类别", "简要事迹")


def _admission(start: Start, answers: Answers) -> Words:
    turns = answers.get("stage") == "full"
    rows = people(start, answers.get("people", ""), TURNING if turns else JOINING)
    names = "、".join(row["姓名"] for row in rows) or UNKNOWN
    crowd = f"{names}同志" if len(rows) < 3 else f"{rows[0]['姓名']}等{len(rows)}名同志"
    branch = said(answers, "branch", f"{UNKNOWN}党支部")
    title = f"关于{crowd}|转为中共正式党员的公示" if turns else f"关于拟接收{crowd}|为中共预备党员的公示"
    act = f"拟同意{names}同志按期转为中共正式党员。" if turns else f"拟接收{names}同志为中共预备党员。"
    basis = f"根据《中国共产党章程》和《中国共产党发展党员工作细则》，经{branch}研究，{act}"
    about = [_person(row) for row in rows or [dict.fromkeys(TURNING if turns else JOINING, UNKNOWN)]]
    return Words(title, "\n".join([basis, *about, SHOWN_TO_ALL]), {"receiver": said(answers, "receiver", "")})


def _person(row: dict[str, str]) -> str:
    """姓名：…，性别：…: what the rule asks for, and nothing more."""
    return "，".join(f"{name}：{value or UNKNOWN}" for name, value in row.items()) + "。"


def _polls(start: Start) -> dict[str, object]:
    rows = ballots.visible_to(start.actor, start.place).limit(10)
    return {"": _("不取，自己写"), **{str(poll.id): poll.title.replace("|", "") for poll in rows}}


def _candidates(start: Start, answers: Answers) -> Words:
    rows = people(start, answers.get("people", ""), STANDING)
    number = answers.get("poll", "")
    if not rows and number.isdecimal():
        poll = ballots.visible_to(start.actor, start.place).where(Poll.id == int(number)).first()
        rows = [_nominee(one) for one in poll.nominees] if poll else []
    rows.sort(key=lambda row: sort_key(row["姓名"]))
    body = said(answers, "body")
    basis = f"根据换届选举工作有关规定，经{said(answers, 'how')}，现将{body}候选人预备人选名单（按姓氏笔画为序）公示如下："
    return Words(
        f"关于{body}换届|候选人预备人选的公示", "\n".join([basis, table(STANDING, rows), SHOWN_TO_ALL]),
        {"receiver": said(answers, "receiver", "")},
    )  # fmt: skip


@in_chinese()
def _nominee(one: Nominee) -> dict[str, str]:
    return {
        "姓名": one.name, "性别": "" if one.sex is Sex.UNKNOWN else str(one.sex.title), "出生年月": month(one.birth),
        "学历": one.education, "政治面貌": "中共党员" if one.joined else "", "现任职务": one.duty.removeprefix("现任"),
        "拟任职务": one.post.removesuffix("候选人初步人选"),
    }  # fmt: skip


def _honour(start: Start, answers: Answers) -> Words:
    rows = people(start, answers.get("people", ""), HONOURED)
    for row in rows:
        if len(row["简要事迹"]) > LONGEST_DEED:
            raise ThingTooLong(name=row["姓名"], n=len(row["简要事迹"]), most=LONGEST_DEED)
    columns = HONOURED if any(row["简要事迹"] for row in rows) or not rows else HONOURED[:3]
    honour = said(answers, "honour")
    basis = f"经{said(answers, 'how')}，拟推荐下列{len(rows) or '×'}名同志（集体）为{honour}："
    return Words(f"关于{honour}|推荐对象的公示", "\n".join([basis, table(columns, rows), SHOWN_TO_ALL]))


def _relief(start: Start, answers: Answers) -> Words:
    columns = tuple(str(settings.value("notices.relief_columns", start.place)).split())
    rows = people(start, answers.get("people", ""), columns)
    what, when = said(answers, "what"), said(answers, "month")
    basis = f"根据社会救助有关规定，经申请、家庭经济状况调查、民主评议，下列家庭拟纳入{what}保障范围。"
    return Words(f"{when}|{what}拟保障对象公示", "\n".join([basis, table(columns, rows), "现予以公示。"]))


def _this_month(_start: Start) -> str:
    today = clock.today()
    return f"{today.year}年{today.month}月"


RECEIVER = Blank("receiver", _l("受理异议的单位"), _l("不能是公示对象本人或他的下级，例如街道党工委组织办"))
TEXTS = {
    NoticeKind.ADMISSION: ModelText(
        (
            Blank("stage", _l("哪一步"), kind="choice", choices=lambda _start: {"admit": _("接收预备党员"), "full": _("预备党员转正")}),
            Blank("branch", _l("研究的支部"), _l("例如：第三党支部")),
            Blank("people", _l("公示谁"), NAMES, "lines"),
            RECEIVER,
        ),
        _admission,
    ),
    NoticeKind.CANDIDATES: ModelText(
        (
            Blank("body", _l("选举什么"), preset=lambda _start: "社区党委委员"),
            Blank("how", _l("怎样产生"), preset=lambda _start: "党员和居民代表推荐、上级党组织审查"),
            Blank("poll", _l("从投票里取候选人"), kind="choice", choices=_polls),
            Blank("people", _l("或者写名单"), NAMES, "lines"),
            RECEIVER,
        ),
        _candidates,
    ),
    NoticeKind.HONOUR: ModelText(
        (
            Blank("honour", _l("推荐为什么"), preset=lambda _start: f"{clock.today().year}年度“两优一先”"),
            Blank("how", _l("怎样产生"), preset=lambda _start: "各党支部民主推荐、社区党组织会议研究"),
            Blank("people", _l("推荐谁"), _l("一行一人：姓名、支部、推荐类别、简要事迹（100 字以内），用空格隔开；支部可由名册自动填上。"), "lines"),
        ),
        _honour,
    ),
    NoticeKind.RELIEF: ModelText(
        (
            Blank("what", _l("哪一种救助"), preset=lambda _start: "最低生活保障"),
            Blank("month", _l("哪个月"), preset=_this_month),
            Blank("people", _l("名单"), _l("一行一户，只写上级文件规定的栏目，不写住址和证件号码。"), "lines"),
        ),
        _relief,
    ),
}  # fmt: skip
