"""Whether a promise can be checked: its number and unit, words too vague, its likely category. Hints, never blocks."""

import re
from collections.abc import Iterable, Mapping

from blueprints.boards import categories
from blueprints.boards.models import Category, Own
from core import settings
from core.records.places import Place
from core.stairwells import fold, han_number
from core.text import _, _l

VAGUE = "积极 努力 尽力 适当 力争 争取 经常 及时 进一步 带头"
settings.declare("boards.vague", _l("提示“不够具体”的词"), VAGUE, group="boards")
settings.declare("boards.copied", _l("同样的承诺有几名党员时提示"), 3, group="boards")
REASONS = """请写明多久一次、全年几次，例如“每月一次，全年12次”。
请写明在哪里做、为谁做。
请写明什么时候完成。
和别人写得一样，请写您自己能做的事。"""
settings.declare("boards.reasons", _l("常用的退回理由（一行一条）"), REASONS, group="boards", read=lambda text: "\n".join(text.split("\r\n")).strip())

AT_LEAST = r"(?:(?:全年|年内|一年|每年|累计|合计|共|不少于|至少|≥|>=)\s*)*"
NUMBERED = re.compile(rf"{AT_LEAST}([0-9]{{1,6}}|[〇零一二两三四五六七八九十]{{1,3}})\s*([^\d\s/~至每-]{{0,6}}?)(?:以上)?")
CATEGORY_WORDS = {
    Category.STAIRWELL: "楼道 绿化 清扫 卫生 扶手 消防 堆物 照明 门前 车棚 垃圾",
    Category.STUDY: "学习 宣讲 读书 辅导 讲座 课堂 作业",
    Category.MORALITY: "文明 调解 劝导 议事 邻里 守时",
}


def goal_of(target: str) -> tuple[int | None, str]:
    """The number and unit a target names (全年不少于12次 → 12, 次); none where it is a standard (每月1次) or no number."""
    found = NUMBERED.fullmatch(fold(target).strip().replace(",", ""))
    if found is None:
        return None, ""
    number = int(found[1]) if found[1].isdecimal() else han_number(found[1])
    return (number, found[2]) if number else (None, "")


def warnings(text: str, target: str, community: Place) -> list[str]:
    """Why a promise is hard to check: vague words, no number."""
    return vague_points(text, target, str(settings.value("boards.vague", community)).split())


def vague_points(text: str, target: str, words: Iterable[str]) -> list[str]:
    """The same with the words already looked up, for whole lists."""
    no_number = not any(char.isdigit() or char in "一二三四五六七八九十两每" for char in text + target)
    return [*(word for word in words if word in text), *([_("没有数量")] if no_number else [])]


def likely_category(text: str, own: Mapping[str, str] | None = None) -> Category | Own:
    """A first guess by the words used (``own``: a community's category → its words); the branch corrects it at review."""
    known = {**CATEGORY_WORDS, **{Own(name): f"{name} {words}" for name, words in (own or {}).items()}}
    scores = {kind: sum(word in text for word in words.split()) for kind, words in known.items()}
    best = max(scores, key=scores.get)
    return best if scores[best] else Category.SERVICE


def category_for(community: Place, text: str) -> Category | Own:
    """The same with the community's own categories."""
    return likely_category(text, categories.own_words(community))
