"""The four 报告单 and the notice of the result, filled from the counted result and nothing else."""

import json
import re
from dataclasses import dataclass

from blueprints.ballots import outcomes, words
from blueprints.ballots.ballot import Kind
from blueprints.ballots.kinds import Proxies
from blueprints.ballots.models import Poll, PollStatus, RollEntry, Scrutineer, ScrutineerRole, Source
from blueprints.ballots.outcome import quorum_met
from blueprints.ballots.result import short_digest
from blueprints.ballots.sheets import Report, ReportsSheet, classes, committee, held_on
from blueprints.ballots.steps import file_of
from core import clock, settings, zh
from core.refusal import Refused
from core.text import _, _l, in_chinese

SIGNING = (ScrutineerRole.CHIEF, ScrutineerRole.SCRUTINEER, ScrutineerRole.TELLER, ScrutineerRole.CALLER)
FINAL = (PollStatus.SIGNED, PollStatus.PUBLISHED, PollStatus.ARCHIVED)


class NotCounted(Refused):
    sentence = _l("还没有计票，没有可以打印的报告单。")
    status = 409


@in_chinese()
def reports(poll: Poll) -> ReportsSheet:
    """出席、分发、收回、结果: each figure is the one the equations were checked with."""
    if not poll.result:
        raise NotCounted()
    figures = json.loads(poll.result)["figures"]
    of_class = [figures[row.code] for row in classes(poll)]
    groups = tuple(outcomes.groups(poll))
    return ReportsSheet(
        title=str(poll), community=committee(poll), poll=str(poll), day=held_on(poll),
        classes=tuple(row.title for row in classes(poll)),
        reports=(attendance(poll, of_class), handed_out(of_class), recovered(of_class), results(poll, of_class, groups)),
        passed=outcomes.pass_title(poll), others=any(group.written for group in groups),
        graded=poll.kind in words.GRADING, signers=signers(poll), digests=digests(poll), invalid=poll.invalid,
        rule=words.rule_words(poll),
    )  # fmt: skip


def rows(of_class: list[dict], *lines: tuple[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A printed line for each figure; a figure that was not taken stays empty."""
    return tuple(
        (title, tuple("" if one[name] is None else str(one[name]) for one in of_class)) for title, name in lines
    )


def attendance(poll: Poll, of_class: list[dict]) -> Report:
    lines = rows(
        of_class, (_("名册人数"), "roll"), (_("不计入应到"), "excluded"), (_("应到"), "entitled"), (_("实到有选举权"), "present"),
        (_("流动票箱登记"), "mobile"), *([(_("委托投票"), "proxies")] if poll.proxies is not Proxies.OFF else []),
    )  # fmt: skip
    absent = [str(max(0, one["entitled"] - one["present"] - one["mobile"] - one["proxies"])) for one in of_class]
    met = all(
        quorum_met(one["present"], one["entitled"], _pair(poll.rules["quorum"]), poll.rules["quorum_strictly"])
        for one in of_class
    )
    reasons = RollEntry.select(RollEntry.name, RollEntry.excluded).where(
        RollEntry.poll_class.in_(classes(poll)) & (RollEntry.excluded != "")
    )
    return Report(
        title=_("出席报告单"), rows=(*lines, (_("请假和未到"), tuple(absent))),
        remarks=(words.quorum_words(poll) + "。", *_helped(poll), *(f"{row.name}：{row.excluded}" for row in reasons.order_by(RollEntry.position))),
        ticks=((_("符合规定"), met), (_("不符合规定"), not met)),
    )  # fmt: skip


def _helped(poll: Poll) -> list[str]:
    """代写: how many had somebody write for them, which the roll ticks."""
    helped = RollEntry.select().where(RollEntry.poll_class.in_(classes(poll)) & RollEntry.helped).count()
    return [_("请人代写 %(n)s 人，代写人不是候选人。", n=helped)] if helped else []


def _pair(share: list[int] | None) -> tuple[int, int] | None:
    return tuple(share) if share else None


def handed_out(of_class: list[dict]) -> Report:
    lines = rows(
        of_class, (_("印制票码条"), "slips_printed"), (_("发出票码条"), "slips_drawn"), (_("抽查用票码条"), "audit_drawn"),
        (_("剩余票码条（已剪角作废）"), "slips_left"), (_("作废票码条"), "spoiled"), (_("换发票码条"), "replaced"),
        (_("换领纸质选票的票码条"), "surrendered"), (_("印制纸质选票"), "paper_printed"), (_("发出纸质选票"), "paper_issued"),
        (_("剩余纸质选票（已剪角作废）"), "paper_left"), (_("作废纸质选票"), "paper_spoiled"), (_("发出选票合计"), "issued"),
    )  # fmt: skip
    return Report(title=_("选票分发情况报告单"), rows=lines)


def recovered(of_class: list[dict]) -> Report:
    lines = rows(
        of_class, (_("发出选票"), "issued"), (_("票码投票"), "cast"), (_("收回选票合计"), "recovered"),
        (_("抽查票（不计入）"), "audit_cast"), (_("抽查票中与事先写下的一致"), "audit_agreed"), (_("用过的票码条（清点）"), "used_slips"),
    )  # fmt: skip
    paper = tuple(str(one["recovered"] - one["cast"]) for one in of_class)
    never = tuple(str(one["slips_drawn"] - one["cast"] - one["surrendered"] - one["spoiled"]) for one in of_class)
    lines = (*lines[:2], (_("票箱收回纸质选票"), paper), lines[2], (_("领取后没有投的票码条"), never), *lines[3:])
    issued, back = (sum(one[name] for one in of_class) for name in ("issued", "recovered"))
    ticks = ((_("等于发出"), back == issued), (_("少于发出"), back < issued), (_("多于发出"), back > issued))
    return Report(title=_("选票收回情况报告单"), rows=lines, ticks=ticks)


def results(poll: Poll, of_class: list[dict], groups: tuple[outcomes.Group, ...]) -> Report:
    title = {Kind.TRUST: _("信任投票结果报告单"), Kind.RECOMMENDATION: _("推荐结果报告单"), Kind.RESOLUTION: _("表决结果报告单")}
    title |= {Kind.APPRAISAL: _("民主测评结果报告单"), Kind.REVIEW: _("民主评议结果报告单")}
    lines = rows(
        of_class, (_("应到"), "entitled"), (_("实到"), "present"), (_("发出"), "issued"), (_("收回"), "recovered"),
        (_("有效"), "valid"), (_("废票"), "void"),
    )  # fmt: skip
    remarks = (*combined_words(poll), *fewer_words(poll), *([poll.remark] if poll.remark else []))
    return Report(title=title.get(poll.kind, _("选举结果报告单")), rows=lines, remarks=remarks, results=groups)


def combined_words(poll: Poll) -> list[str]:
    """All classes together, as sentences below the tables."""
    found = outcomes.combined(poll)
    if found is None:
        return []
    said = [_("合并结果：%(names)s。%(rule)s", names="、".join(found.names), rule=words.rule_words(poll))] if found.names else []
    if not found.settled:
        said.append(_("人数超过要推荐的名额，或末位得票相等，须按规则另行投票确定。"))
    if len(classes(poll)) > 1:
        said += [_("按权重合计，%(name)s：%(grade)s。", name=f"{name}{item and '·' + item}", grade=grade) for name, item, grade, _s in found.grades]
    if found.too_many_best:
        said.append(_("优秀的人数超过规定比例，由党组织研究确定。"))
    return said


def fewer_words(poll: Poll) -> list[str]:
    """The meeting's consent to fewer seats, where there was a shortage."""
    if not poll.consent:
        return []
    return [_("应选 %(seats)s 名，当选 %(elected)s 名；到会有选举权的 %(present)s 人中 %(agreeing)s 人同意减少名额，不再另行选举。", **poll.consent)]


def signers(poll: Poll) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who signs by hand, by role; a role nobody was named for keeps an empty line."""
    named: dict[ScrutineerRole, list[str]] = {role: [] for role in SIGNING}
    for row in poll.scrutineers.order_by(Scrutineer.id):
        if row.role in named:
            named[row.role].append(row.name)
    return tuple((str(role.title), tuple(names)) for role, names in named.items())


def digests(poll: Poll) -> tuple[str, str] | None:
    """Of A, the public result, and of B, the ballots, as the verifier prints them."""
    if not poll.digest:
        return None
    return short_digest(poll.digest), short_digest(json.loads(poll.result)["ballots_sha256"])


def receipts(poll: Poll) -> list[str]:
    """The receipts in the box, as the public result lists them."""
    return json.loads(poll.result)["receipts"] if poll.result else []


def is_final(poll: Poll) -> bool:
    return poll.status in FINAL


@dataclass(frozen=True)
class NoticeSheet:
    """结果公告 in the official form; by default who is over the line, without a single count of votes for anybody."""

    title: str
    head: str
    issuing_body: str
    number: str
    addressee: str
    text: str
    attached: tuple[str, ...]
    signed_by: str
    signed_on: str
    printed_by: str
    small_print: str


@in_chinese()
def notice(poll: Poll) -> NoticeSheet:
    """The text is the notices area's draft as well."""
    if not poll.result:
        raise NotCounted()
    body = committee(poll)
    return NoticeSheet(
        title=_("%(title)s结果公告", title=poll), head="plain", issuing_body=body, number="", addressee="",
        text="\n\n".join(map(unspaced, notice_paragraphs(poll))), attached=(), signed_by=body, signed_on=zh.day(clock.today()), printed_by="",
        small_print="",
    )  # fmt: skip


def unspaced(text: str) -> str:
    """Official papers set no space between a figure and its Chinese words, as pages do."""
    return re.sub(r"(?<=[\u4e00-\u9fff]) (?=\d)|(?<=\d) (?=[\u4e00-\u9fff])", "", text)


def notice_paragraphs(poll: Poll) -> list[str]:
    """Opening with the totals, names in stroke order, what comes next, whom to ask."""
    groups = outcomes.groups(poll)
    found = [opening(poll)]
    if poll.invalid:
        found.append(_("经监票人核对，本次投票不符合规定，结果无效，将另行组织投票。"))
    else:
        for group in groups:
            found += _of_group(poll, group, len(groups) > 1)
    found += fewer_words(poll)
    if poll.afterwards:
        found.append(poll.afterwards)
    phone = settings.value("office.phone", poll.place)
    contact = _("对投票程序有疑问的，可向%(body)s反映，电话：%(phone)s。", body=poll.place.name, phone=phone)
    found.append(contact if phone else _("对投票程序有疑问的，可到社区办公室反映。"))
    return found


def opening(poll: Poll) -> str:
    figures = json.loads(poll.result)["figures"].values()
    total = {name: sum(one[name] for one in figures) for name in ("entitled", "present", "issued", "recovered", "valid", "void")}
    sources = {row.source for row in classes(poll)}
    meeting = _("居民代表会议") if sources == {Source.REPRESENTATIVES} else _("会议")
    values = {**total, "day": zh.day(poll.held_on or clock.today()), "meeting": meeting, "place": poll.place.name, "title": poll}
    text = _(
        "%(day)s，%(place)s召开%(meeting)s，进行%(title)s投票。应到 %(entitled)s 人，实到 %(present)s 人，发出选票 %(issued)s 张，"
        "收回 %(recovered)s 张，其中有效 %(valid)s 张，废票 %(void)s 张。", **values,
    )  # fmt: skip
    return re.sub(r"票((?:（[^）]*）)?)投票", r"\1投票", text) + ("" if poll.invalid else _("投票符合规定。"))


def _of_group(poll: Poll, group: outcomes.Group, several: bool) -> list[str]:
    lead = _("%(ballots)s结果（以姓氏笔画为序）：", ballots=group.title) if several else _("结果如下（以姓氏笔画为序）：")
    if outcomes.counts_shown(poll):
        return [lead, *(counts_words(group, line) for line in group.lines)]
    if any(line.passed is not None for line in group.lines):
        yes, no = outcomes.pass_title(poll)
        names = {True: [line.name for line in group.lines if line.passed], False: [line.name for line in group.lines if not line.passed]}
        found = [f"{title}：{'、'.join(names[key])}。" for key, title in ((True, yes), (False, no)) if names[key]]
        return [lead, *found]
    if poll.kind in words.GRADING:
        return [lead, *(f"{line.name}{line.item and '·' + line.item}：{line.grade}。" for line in group.lines)]
    return [_("推荐情况已汇总报上级党组织。")]


def counts_words(group: outcomes.Group, line: outcomes.Line) -> str:
    counts = "，".join(_("%(option)s %(n)s 票", option=option, n=n) for option, n in zip(group.options, line.counts, strict=True))
    return f"{line.name}{line.item and '·' + line.item}：{counts}。"


def ballots_file(poll: Poll) -> bytes | None:
    """B for the scrutineers' envelope, as long as it was not destroyed."""
    path = file_of(poll).with_suffix(".ballots")
    return path.read_bytes() if path.exists() else None
