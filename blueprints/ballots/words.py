"""The rules of a poll as sentences: one wording for page, ballot, report sheets and notice."""

from blueprints.ballots.ballot import BODY_OPTIONS, OPTIONS, Kind, Option, Unmarked
from blueprints.ballots.kinds import Grades
from blueprints.ballots.models import Poll
from blueprints.ballots.outcome import Basis, Merge
from blueprints.ballots.wording import speak
from core.text import _, current_language

CHOOSING = (Kind.ELECTION, Kind.PRESELECTION)
GRADING = (Kind.APPRAISAL, Kind.REVIEW)


def said(text: str) -> str:
    """A word of the ballot box in the reader's language."""
    return speak(current_language(), text)


def kind_title(kind: Kind) -> str:
    return said(kind.title_text)


def basis_title(basis: Basis | str) -> str:
    """Of what the majority is taken."""
    return {
        Basis.PRESENT: _("实到会有选举权人数"),
        Basis.ENTITLED: _("应到会有选举权人数"),
        Basis.TAKING_PART: _("参加投票人数"),
        Basis.RECOVERED: _("收回票数"),
        Basis.VALID: _("有效票数"),
    }[Basis(basis)]


def threshold_words(share: tuple[int, int] | list[int]) -> str:
    part, whole = share
    if (part, whole) == (1, 2):
        return _("超过半数")
    if not part:
        return _("得票多的当选，不要求过半")
    return _("超过%(whole)s分之%(part)s", part=_numeral(part), whole=_numeral(whole))


def quorum_words(poll: Poll) -> str:
    """How many have to be present, or that no number is asked."""
    quorum = poll.rules.get("quorum")
    if not quorum:
        return _("到会人数不作比例要求")
    share = _("%(whole)s分之%(part)s", part=_numeral(quorum[0]), whole=_numeral(quorum[1])) if quorum != [1, 2] else _("半数")
    if poll.rules.get("quorum_strictly"):
        return _("实到超过应到的%(share)s，投票有效", share=share)
    return _("实到不少于应到的%(share)s，投票有效", share=share)


def _numeral(number: int) -> str:
    return "〇一二三四五六七八九十"[number] if number <= 10 and current_language() == "zh" else str(number)


def rule_words(poll: Poll) -> str:
    """When somebody or something has passed."""
    rules = poll.rules
    if poll.kind in GRADING:
        return _("各项得票最多的等次为测评等次。")
    if poll.kind is Kind.RECOMMENDATION:
        return merge_words(poll)
    if not rules["threshold"][0]:
        return _("得票多的当选，不要求过半。")
    word = options(poll)[0]
    return _(
        "“%(word)s”%(threshold)s的为通过，以%(basis)s为准。",
        word=word, threshold=threshold_words(rules["threshold"]), basis=basis_title(rules["basis"]),
    )  # fmt: skip


def merge_words(poll: Poll) -> str:
    """How the recommendations of the classes become one list."""
    rules = poll.rules
    if rules["merge"] == Merge.NONE:
        return _("各类推荐票分别汇总，按得票多少排列。")
    if rules["merge"] == Merge.UNION and poll.classes.count() > 1:
        return _(
            "两类推荐票分别取前 %(top)s 名（末位并列的都取）合并；不足 %(target)s 名的，其余的人按两类票之和递补；"
            "超过 %(target)s 名的，由党员另行投票确定。", top=rules["top"], target=rules["target"],
        )  # fmt: skip
    return _("各类推荐票相加，取前 %(target)s 名，末位并列的都取。", target=rules["target"])


def options_of(poll: Poll) -> tuple[Option, ...]:
    """What may be ticked: by the kind of ballot, and for an appraisal by whether people or a body are graded."""
    body = poll.kind is Kind.APPRAISAL and poll.grades is Grades.BODY
    return BODY_OPTIONS if body else OPTIONS[poll.kind]


def options(poll: Poll) -> list[str]:
    return [said(option.title) for option in options_of(poll)]


def instructions(poll: Poll) -> list[str]:
    """说明 of the paper ballot, numbered as printed; the voting page says the same."""
    first = {
        Kind.TRUST: _("本票用于了解居民代表对候选人的信任情况，不是正式选举。"),
        Kind.ELECTION: _("应选 %(seats)s 名。所选人数等于或少于应选名额的有效，多于应选名额的作废。", seats=poll.seats),
        Kind.PRESELECTION: _("应选 %(seats)s 名。所选人数等于或少于应选名额的有效，多于应选名额的作废。", seats=poll.seats),
        Kind.RECOMMENDATION: _("请写出您推荐的人，每行一名，不超过 %(lines)s 名；超过的作废。", lines=poll.lines),
        Kind.RESOLUTION: _("请对每一事项分别表态。"),
        Kind.APPRAISAL: _("请对每一位、每一项分别评价。"),
        Kind.REVIEW: _("请对每一位党员分别评价。"),
    }[poll.kind]  # fmt: skip
    lines = [first]
    if poll.kind is not Kind.RECOMMENDATION:
        lines += _marking(poll)
    if poll.kind in CHOOSING and poll.lines:
        lines.append(_("不赞成的可以另选他人：在空格内写姓名，并在上方画○，只写姓名不画○的不算；弃权的不能另选。"))
    lines.append(_("无记名，请勿写姓名或作记号，用黑色或蓝黑色笔。"))
    lines.append(_("书写有困难的，可请不是候选人的人按本人意思代写。"))
    return lines


def _marking(poll: Poll) -> list[str]:
    unmarked = unmarked_words(poll)
    if poll.kind in GRADING or poll.kind is Kind.RESOLUTION:
        how = _("请在相应栏内画○，每一项只画一处；%(unmarked)s", unmarked=unmarked)
        return [how, _("同一项画两处或无法辨认的，该项无效，其他有效。")]
    if poll.kind in CHOOSING:
        abstain = _("弃权的不画") if poll.unmarked is Unmarked.ABSTAINS else _("弃权的画“—”，每人都要画")
        how = _("在候选人姓名上方的空格内表态：赞成的画○，不赞成的画×，%(abstain)s。", abstain=abstain)
        return [how, _("符号无法辨认的，该人一项无效，其他有效。")]
    how = _("请对每位候选人分别表态，在相应栏内画○，每人只画一处；%(unmarked)s", unmarked=unmarked)
    return [how, _("同一人画两处或无法辨认的，该人一项无效，其他有效。")]


def unmarked_words(poll: Poll) -> str:
    if poll.kind in GRADING:
        return _("不画的按未填计。")
    return _("不画的按弃权计。") if poll.unmarked is Unmarked.ABSTAINS else _("每一项都要画。")


def votes_needed(base: int, share: tuple[int, int] | list[int]) -> int:
    """The least number of votes that passes."""
    part, whole = share
    return part * base // whole + 1


def reasons_left_out() -> list[str]:
    """Why somebody may not count among the entitled, in the words of the usual rules; others can be typed."""
    return [
        _("患有精神疾病等不能表达本人意志"), _("自费出国半年以上"), _("受留党察看以上处分或正在服刑"), _("年老体弱卧床不起、长期生病生活不能自理"),
        _("工作调动、外出半年以上，组织关系没有转出"), _("离退休回原籍居住，组织关系没有转出"), _("已迁出本社区"),
    ]  # fmt: skip


def equation_titles() -> list[str]:
    """What each of the fourteen lines compares, for the page that shows them all."""
    return [
        _("应到 = 名册 − 不计入；实到不多于应到"), _("领票人次不多于到会、流动和委托"), _("票码条印制 = 剩余 + 领取 + 抽查"),
        _("领取票码条 = 领码票 + 换发"), _("票码条各状态之和 = 印制"), _("未投票码条 = 剩余 + 领而未投 + 抽而未投"),
        _("纸票印制 = 剩余 + 发出；发出 = 领取 + 换领 + 换发"), _("发出选票 = 票码条 + 纸票，减去作废和换领"),
        _("收回 = 投码票 + 各箱，不多于发出"), _("开箱票数 = 凭据数 = 已投票码条"), _("收回 = 有效 + 废票，逐箱"),
        _("选举：每人各栏之和 = 有效"), _("选举：另选不多于不赞成，赞成与另选不多于名额"), _("信任、表决、测评：每行各栏之和 = 有效"),
    ]  # fmt: skip
