"""What residents may read of a resolution: a proposal that hides persons, vulnerable households, sensitive places.

It only proposes; whoever approves the minutes reads it and may write it otherwise.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core import settings
from core.records.people import Person
from core.records.places import Place
from core.strokes import surname_length
from core.text import _l

VULNERABLE = (
    "独居老人 独居 空巢老人 空巢 孤寡老人 孤寡 高龄老人 失能老人 失能 半失能 残疾人 残疾 困难家庭 困难户 困难群众 困难党员 "
    "低保户 低保 特困 失独家庭 失独 重病 大病 精神障碍 留守儿童 困境儿童 社区矫正 刑满释放 戒毒 信访户 上访户"
)
SENSITIVE = "配电房 配电间 变电所 水泵房 泵房 监控室 消防控制室 弱电井 强电井 金库 枪库 档案室 监控点位 密码 门禁码"
settings.declare("meetings.vulnerable", _l("公开版中与地点一起出现时要隐去的人群用词"), VULNERABLE, group="meetings")
settings.declare("meetings.sensitive", _l("公开版中要隐去的场所用词"), SENSITIVE, group="meetings")

FIGURE = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
HOUSE = rf"{FIGURE}(?:幢|栋|号楼|#楼)(?:{FIGURE}(?:单元|号门))?"
HOUSES = rf"{HOUSE}(?:(?:、|，|和|及|至|到|—|-)(?:{HOUSE}|{FIGURE}单元))*"
DOOR = re.compile(r"\d{3,4}(?:室|房)")
PHONE = re.compile(r"(?<!\d)(?:1\d{10}|(?:0\d{2,3}-?)?\d{7,8}|\d{17}[\dXx])(?!\d)")
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
ADDRESSED = re.compile(rf"([{SURNAMES}])[\u4e00-\u9fff]{{1,2}}(?=同志|先生|女士|师傅|大爷|大妈|大叔|阿姨|奶奶|爷爷)")
SOME_HOUSES, SOME_PEOPLE, SOME_PLACE = "部分楼栋", "需要关照的居民", "有关场所"


@dataclass(frozen=True)
class Mask:
    """What a community hides: its people's names and its own words."""

    names: frozenset[str]
    vulnerable: tuple[str, ...]
    sensitive: tuple[str, ...]

    def proposal(self, text: str) -> str:
        """The text as residents may read it."""
        text = self.without_persons(PHONE.sub("（号码略）", DOOR.sub("某住户", text)))
        text = self._without_households(text)
        return _any(self.sensitive).sub(SOME_PLACE, text) if self.sensitive else text

    def without_persons(self, text: str) -> str:
        """Names of people on file or at the table become a surname; so does who is called 同志 or 师傅."""
        for name in sorted(self.names, key=len, reverse=True):
            if name in text:
                text = text.replace(name, called(name))
        return ADDRESSED.sub(lambda found: found[1] + "某" * (len(found[0]) - 1), text)

    def _without_households(self, text: str) -> str:
        """Houses and the people named beside them: either may stand alone, together they point at doors."""
        people = _any(self.vulnerable)
        if not (self.vulnerable and people.search(text) and re.search(HOUSES, text)):
            return text
        text = re.sub(rf"{HOUSES}(?:内|里)?(?:住?有|的)(?:{people.pattern})的", f"{SOME_HOUSES}的", text)
        return people.sub(SOME_PEOPLE, re.sub(HOUSES, SOME_HOUSES, text))


def _any(words: tuple[str, ...]) -> re.Pattern:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def called(name: str) -> str:
    """沈国庆 as 沈某某."""
    family = surname_length(name)
    return name[:family] + "某" * (len(name) - family)


def mask(community: Place, people: Iterable[str]) -> Mask:
    """The mask of a community for a meeting where ``people`` (texts such as 沈国庆、周秀英) are named."""
    names = (re.split(r"[、，,；;\s]+", re.sub(r"（[^）]*）|\([^)]*\)", "", text)) for text in people)
    at_table = {one for row in names for one in row if 2 <= len(one) <= 4}
    on_file = {name for (name,) in Person.select(Person.name).where(Person.place == community).tuples() if len(name) > 1}
    words = [tuple(str(settings.value(f"meetings.{key}", community)).split()) for key in ("vulnerable", "sensitive")]
    return Mask(frozenset(at_table | on_file), *words)
