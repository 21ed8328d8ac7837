"""投票公告 before a vote and the report upward after it: both in the official form, both from what stands on file."""

from dataclasses import dataclass

from blueprints.ballots import feedback, moving, outcomes, reports, words
from blueprints.ballots.ballot import Kind
from blueprints.ballots.hall_sheets import moving_boxes
from blueprints.ballots.kinds import Proxies
from blueprints.ballots.models import Poll
from blueprints.ballots.reports import NotCounted, NoticeSheet, unspaced
from blueprints.ballots.roll import entitled
from blueprints.ballots.sheets import classes, committee
from blueprints.organisation.queries import superior_of
from core import clock, settings, zh
from core.printing import gongwen
from core.text import in_chinese


def announcement_title(poll: Poll) -> str:
    return f"关于{poll}的公告"


@in_chinese()
def announcement_text(poll: Poll) -> str:
    """What is asked and why, who, when, where, how, for whom the box comes, whom to ring."""
    headed = [
        ("投什么票", _asked(poll)), ("谁可以投票", _voters(poll)), ("时间和地点", _when(poll)), ("怎样投票", _how()),
        ("不能到场和书写有困难的", _help(poll)), ("监督", _watched(poll)),
    ]  # fmt: skip
    opening = f"现将{poll}的有关事项公告如下：" if not poll.purpose else f"{poll.purpose.rstrip('。')}。现将有关事项公告如下："
    numbered = [f"{gongwen.numeral(number)}、{head}\n{text}" for number, (head, text) in enumerate(headed, 1)]
    return unspaced("\n".join([opening, *numbered]))


def _asked(poll: Poll) -> str:
    people = f"候选人共 {poll.nominees.count()} 名（以姓氏笔画为序）：{'、'.join(row.name for row in _people(poll))}。" if poll.nominees.count() else ""
    return f"{words.instructions(poll)[0]}{people}{words.rule_words(poll)}"


def _people(poll: Poll):
    from blueprints.ballots.nominees import in_order

    return in_order(poll)


def _voters(poll: Poll) -> str:
    parts = [f"{row.source.title} {entitled(row)} 名" for row in classes(poll)]
    return f"{'、'.join(str(part) for part in parts)}，以投票人名册为准。名册有遗漏或差错的，请在投票前向社区提出。"


def _when(poll: Poll) -> str:
    """One day with its hours, or from one day to another."""
    day = zh.day(poll.held_on) if poll.held_on else "×月×日"
    opens, closes = (clock.local(at) if at else None for at in (poll.opens_at, poll.closes_at))
    if closes and poll.held_on and closes.date() != poll.held_on:
        span = f"自{day}{f'{opens:%H:%M}' if opens else ''}起至{zh.day(closes.date())}{closes:%H:%M}止"
    elif opens and closes:
        span = f"{day}{opens:%H:%M}至{closes:%H:%M}"
    else:
        span = day + (f"{opens:%H:%M}开始" if opens else f"，{closes:%H:%M}截止" if closes else "")
    return f"{span}，{poll.venue or '社区会议室'}。"


def _how() -> str:
    return (
        "投票人本人到场签到，从箱中自己抽取一张票码条，用手机扫码或在会场设备上输入票码投票；也可以用票码条换一张纸质选票，"
        "到写票处独自填写后投入票箱。票码条只能用一次，遗失不补，用后交回。"
    )


def _help(poll: Poll) -> str:
    said = [f"{box.name}：{_trip(box)}" for box in moving_boxes(poll)]
    said = [f"设流动票箱，{'；'.join(said)}。" if said else "行动不便、需要上门投票的，请在投票前向社区登记。"]
    said.append("书写有困难的，可请不是候选人的人按本人意思代写。")
    if poll.proxies is not Proxies.OFF:
        said.append(f"不能到场的{poll.proxies.title}，须有书面委托并事先登记，名单另行公布。")
    elif poll.kind is Kind.ELECTION:
        said.append("没有到会的党员不能委托他人投票。")
    return "".join(said)


def _trip(box) -> str:
    planned = moving.trip_of(box)
    if planned is None:
        return "路线和时间另行通知"
    leaves, back = clock.local(planned.leaves_at), clock.local(planned.back_at)
    return f"{zh.short_day(leaves.date())}{leaves:%H:%M}至{back:%H:%M}，{planned.route.replace(chr(10), '、')}"


def _watched(poll: Poll) -> str:
    phone = settings.value("office.phone", poll.place)
    return f"对投票的准备和进行有意见的，请向社区反映{'，监督电话：' + phone if phone else ''}。"


@in_chinese()
def announcement(poll: Poll) -> NoticeSheet:
    body = committee(poll)
    return NoticeSheet(
        title=announcement_title(poll), head="plain", issuing_body=body, number="", addressee="",
        text=announcement_text(poll), attached=(), signed_by=body, signed_on=zh.day(clock.today()), printed_by="", small_print="",
    )  # fmt: skip


@dataclass(frozen=True)
class Upward(NoticeSheet):
    """报告 to the superior organisation, with the four sheets behind it."""


@in_chinese()
def report_up(poll: Poll) -> Upward:
    """Everything the sheets say, with every count: the superior organisation is told what a notice leaves out."""
    if not poll.result:
        raise NotCounted()
    body = committee(poll)
    return Upward(
        title=f"关于{poll}结果的报告", head="plain", issuing_body=body, number="", addressee=superior_of(poll.place),
        text="\n".join(map(unspaced, _reported(poll))), attached=("出席、选票分发、选票收回、结果报告单",), signed_by=body,
        signed_on=zh.day(clock.today()), printed_by="", small_print="",
    )  # fmt: skip


def _reported(poll: Poll) -> list[str]:
    found = [reports.opening(poll)]
    if poll.invalid:
        return [*found, "经监票人核对，本次投票不符合规定，结果无效，将另行组织投票。", "特此报告。"]
    several = outcomes.groups(poll)
    for group in several:
        found.append(f"{group.title}结果如下（以姓氏笔画为序）：" if len(several) > 1 else "结果如下（以姓氏笔画为序）：")
        found += [_line(poll, group, line) for line in group.lines]
        found += [f"{name}：{number}票。" for name, number in group.written]
    return [*found, *reports.combined_words(poll), *reports.fewer_words(poll), *([poll.remark] if poll.remark else []),
            *filter(None, [feedback.in_words(poll)]), "特此报告。"]  # fmt: skip


def _line(poll: Poll, group: outcomes.Group, line: outcomes.Line) -> str:
    title = "" if line.passed is None else outcomes.pass_title(poll)[0 if line.passed else 1]
    return f"{reports.counts_words(group, line).rstrip('。')}{f'，{title}' if title else ''}{f'，{line.grade}' if line.grade else ''}。"
