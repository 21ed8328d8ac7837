"""Where a line that does not balance is mended: what is off, by how much, what usually lies behind it, which page."""

from dataclasses import dataclass

from blueprints.ballots.figures import Mismatch
from blueprints.ballots.models import PaperBox, PollClass
from blueprints.ballots.result import SLIPS
from core.text import _


@dataclass(frozen=True)
class Place:
    """A page of the office, by its path, and what is looked up or changed there."""

    text: str
    path: str


FIGURES = {
    3: ("slips_left", "audit_drawn"),
    4: ("slips_left",),
    6: ("slips_left", "audit_drawn"),
    7: ("paper_printed", "paper_left", "paper_spoiled", "paper_replaced"),
    8: ("slips_left", "paper_left"),
    9: ("paper_left",),
    10: ("used_slips",),
}
PAGES = {1: ("excluded", "roll"), 2: ("roll",), 4: ("roll", "returns"), 5: ("returns",), 6: ("returns", "audits"),
         7: ("roll", "returns"), 10: ("audits", "unsealing")}  # fmt: skip
BOXES = (9, 11, 12, 13, 14)


def places(poll_class: PollClass, equation: int, box: str = "") -> list[Place]:
    """Every page where a figure of this line is kept; only the box's own where the line is about one box."""
    at = f"/office/polls/{poll_class.poll_id}"
    boxes = list(poll_class.boxes.order_by(PaperBox.id)) if equation in BOXES else []
    named = [row for row in boxes if row.name == box]
    if box == SLIPS:
        return [Place(_page_titles()["audits"], f"{at}/audits"), Place(_page_titles()["unsealing"], f"{at}/unsealing")]
    figures = () if named else FIGURES.get(equation, ())
    found = [Place(_figure_titles()[name], f"{at}/desk#hand{poll_class.id}-{name}") for name in figures]
    found += [Place(row.name, f"{at}/desk#box{row.id}") for row in named or boxes]
    pages = () if named else PAGES.get(equation, ())
    found += [Place(_page_titles()[name], at + ("/roll?show=excluded" if name == "excluded" else f"/{name}")) for name in pages]
    return found or [Place(_("清点台"), f"{at}/desk")]


def places_of(poll_class: PollClass, line: Mismatch) -> list[Place]:
    return places(poll_class, line.equation, str(line.values.get("box", "")))


def how_far_off(line: Mismatch) -> str:
    """多 2 or 少 2; empty where a line is about something else than a difference."""
    if not line.off:
        return ""
    return _("多 %(n)s", n=line.off) if line.off > 0 else _("少 %(n)s", n=-line.off)


def _figure_titles() -> dict[str, str]:
    return {
        "slips_left": _("剩余票码条"), "audit_drawn": _("抽查抽取的票码条"), "used_slips": _("回收箱里用过的票码条"),
        "paper_printed": _("印制纸质选票"), "paper_left": _("剩余纸质选票"), "paper_spoiled": _("作废纸质选票"),
        "paper_replaced": _("换发纸质选票"),
    }  # fmt: skip


def _page_titles() -> dict[str, str]:
    return {
        "excluded": _("不计入应到的人"), "roll": _("签到、领票名册"), "returns": _("交回的票码条"), "audits": _("抽查票"),
        "unsealing": _("用密钥单重新开箱"),
    }  # fmt: skip


def subjects() -> list[str]:
    """What each of the fourteen lines is about, in a word or two."""
    return [
        _("应到和实到"), _("领票人次"), _("印制的票码条"), _("领取的票码条"), _("票码条的状态"), _("没有投的票码条"), _("纸质选票"),
        _("发出选票"), _("收回选票"), _("开箱的票数"), _("有效票和废票"), _("每人各栏之和"), _("另选他人"), _("每行各栏之和"),
    ]  # fmt: skip


def causes() -> list[str]:
    """What usually lies behind each line, in the order to look."""
    return [
        _("多半是有人漏登“不计入”，或者重复签到。对照签到册逐人核对。"),
        _("多半是领了票却漏勾签到，或者一人勾了两次。对照签到册的签名。"),
        _("请两人重新点一遍剩余的票码条（含备用），再看抽查用了几张。"),
        _("少了，多半是有人领了漏勾；多了，多半是勾了没领，或者剩余没点全。换发的要在“票码条处理”里登记。"),
        _("换领、作废的票码条要逐张登记，不能只记张数。"),
        _("票码条去向不明：先重新点剩余，再看交回的有没有都登记，抽查票有没有都申报。"),
        _("请两人重新点一遍剩余的纸票；换发的同时要记一张作废。"),
        _("这一条由票码条和纸票推算，先把第 3、4、7 式核对好。"),
        _("票箱里的票比发出的多：先重新点票，再看剩余纸票是否点多了。重新点过仍然多的，本次投票无效。"),
        _("用过的票码条多于已投，可能混进了没有投的；开箱票数不对的，请用密钥单重新开箱。"),
        _("收回、有效、废票三个数有一个录错。撤回这个票箱的录入，两人重新清点后再录。"),
        _("这个票箱里某一名的各栏加起来不等于有效票：漏了没有画的，或者该项无效没有单列。"),
        _("一张票上另选几名，就要有几名画“不赞成”；选的人数不能超过应选名额。请重新清点这个票箱。"),
        _("这个票箱里某一行的各栏加起来不等于有效票：漏了没有画的，或者该项无效没有单列。"),
    ]  # fmt: skip
