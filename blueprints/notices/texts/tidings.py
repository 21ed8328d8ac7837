"""Model texts without a list of people: disclosures, announcements, notifications, results of votes."""

import re
from datetime import date

from blueprints.notices.models import NoticeKind
from blueprints.notices.texts.asking import UNKNOWN, Answers, Blank, ModelText, Start, Words, lines, said
from core import zh
from core.printing import gongwen
from core.text import _l

TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


def _numbered(points: list[str]) -> list[str]:
    """一、…: only where there are several."""
    if len(points) < 2:
        return points
    return [point if re.match(r"[一二三四五六七八九十]+、", point) else f"{zh.number(n)}、{point}" for n, point in enumerate(points, 1)]


def _affairs(_start: Start, answers: Answers) -> Words:
    item, period = said(answers, "item"), said(answers, "period")
    points = _numbered(lines(answers.get("points", ""))) or [f"一、{UNKNOWN}", f"二、{UNKNOWN}"]
    return Words(
        f"{period}|{item}公开", "\n".join([f"根据党务、居务、财务公开目录，现将{period}{item}公开如下：", *points])
    )


def _announcement(_start: Start, answers: Answers) -> Words:
    words = lines(answers.get("words", "")) or [UNKNOWN]
    return Words(f"关于{said(answers, 'subject')}的公告", "\n".join([*words, "特此公告。"]))


def _notification(_start: Start, answers: Answers) -> Words:
    """通知: when and where in one sentence, then what is asked for, then whom to ask."""
    when = _when(answers.get("day", ""), answers.get("time", ""))
    opening = f"定于{when}在{said(answers, 'where')}{said(answers, 'what')}。"
    wishes = _numbered(lines(answers.get("wishes", "")))
    opening += "现将有关事项通知如下：" if len(wishes) > 1 else ""
    reach = "，".join(
        f"{label}：{answers[name].strip()}" for name, label in (("contact", "联系人"), ("phone", "电话")) if answers.get(name, "").strip()
    )
    closing = [f"{reach}。"] if reach else []
    return Words(
        f"关于{said(answers, 'subject')}的通知", "\n".join([opening, *wishes, *closing, "特此通知。"]),
        {"addressee": said(answers, "addressee", "")},
    )  # fmt: skip


def _when(day: str, time: str) -> str:
    try:
        on = date.fromisoformat(day)
        told = f"{on.month}月{on.day}日（{gongwen.weekday(on)}）"
    except ValueError:
        told = "×月×日（星期×）"
    found = TIME.fullmatch(time.strip())
    return told + (f"{int(found[1])}:{found[2]}" if found else "×时")


def _result(_start: Start, answers: Answers) -> Words:
    words = lines(answers.get("words", "")) or [
        "×月×日，社区召开居民代表会议进行投票。应到×××人，实到×××人，发出×××张，收回×××张，有效×××张，废票×××张，符合规定。"
    ]
    return Words(f"关于{said(answers, 'subject', '居民代表会议')}|投票结果的公告", "\n".join(words))


TEXTS = {
    NoticeKind.AFFAIRS: ModelText(
        (
            Blank("item", _l("公开什么"), preset=lambda start: start.item),
            Blank("period", _l("哪一期"), _l("例如：2026年第三季度"), preset=lambda start: start.period),
            Blank("points", _l("内容"), _l("一行一件，系统会编成一、二、三"), "lines", rows=8),
        ),
        _affairs,
    ),
    NoticeKind.ANNOUNCEMENT: ModelText(
        (
            Blank("subject", _l("关于什么"), _l("例如：6幢至10幢停水")),
            Blank("words", _l("要说的话"), _l("一行就是一段；时间、范围、找谁都写上。最后一句“特此公告”不用写。"), "lines", rows=6),
        ),
        _announcement,
    ),
    NoticeKind.NOTIFICATION: ModelText(
        (
            Blank("addressee", _l("通知谁"), _l("例如：各居民代表")),
            Blank("subject", _l("关于什么"), _l("例如：召开居民代表会议")),
            Blank("day", _l("哪一天"), kind="day"),
            Blank("time", _l("几点"), _l("例如：9:00"), kind="time"),
            Blank("where", _l("在哪里")),
            Blank("what", _l("做什么"), _l("例如：召开居民代表会议")),
            Blank("wishes", _l("要求"), _l("一行一条，例如带什么、不能来向谁请假"), "lines"),
            Blank("contact", _l("联系人"), preset=lambda start: start.actor.name),
            Blank("phone", _l("办公电话")),
        ),
        _notification,
    ),
    NoticeKind.RESULT: ModelText(
        (
            Blank("subject", _l("哪一次投票"), _l("公布投票结果时，系统会自动起草；这里用于没有在系统里办的投票")),
            Blank("words", _l("结果"), kind="lines", rows=6),
        ),
        _result,
    ),
}  # fmt: skip
