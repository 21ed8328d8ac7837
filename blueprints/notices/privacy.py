"""What a public text must not say: ID numbers and secrets stop it, telephones and weak people's doors are pointed at."""

import re
from dataclasses import dataclass

from blueprints.notices.models import Notice
from core import settings
from core.refusal import Refused
from core.spreadsheets.cells import fold
from core.spreadsheets.id_numbers import holds_id_number
from core.text import _, _l

VULNERABLE = "独居 孤寡 困难 低保 残疾 失独 精神 重病 艾滋 刑满"
settings.declare("notices.vulnerable", _l("和门牌写在一起时要提醒的词"), VULNERABLE, group="notices")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
LANDLINE = re.compile(r"(?<![\d-])(?:0\d{2,3}[- ])?\d{4}[- ]?\d{4}(?![\d-])")
DOOR = re.compile(r"\d+ *(?:幢|栋|号楼|单元|室|号门)")
# A line that is a mark of secrecy: 机密★10年, 【秘密】, 内部资料，注意保存; 秘密投票 is none.
SECRET = re.compile(
    r"^[\s\d(（【〔\[]*(?:(?:绝密|机密|秘密)(?:$|[级★☆:：\s)）】〕\]_—-]|文件)|内部(?:资料|文件|使用)|不得公开|不予公开)", re.MULTILINE
)
BLANK = re.compile(r"×{3,}|_{3,}|＿{2,}")
SPACED_DIGITS = re.compile(r"(?<=\d)[\s-](?=[\dXx])")


class IdNumberInside(Refused):
    sentence = _l("“%(part)s”里有身份证号码。公示和附件都不得公开身份证号码，请删去后再提交。")


class SecretInside(Refused):
    sentence = _l("“%(part)s”标着密级或“内部”字样。本系统不得录入涉密和内部敏感信息。")


@dataclass(frozen=True)
class Finding:
    """One thing to look at before publishing; ``stops`` says whether it must go first."""

    text: str
    stops: bool = False


def parts(notice: Notice) -> list[tuple[object, str]]:
    """Every text residents will read, with the name of its field."""
    return [
        (_l("标题"), notice.title), (_l("正文"), notice.body), (_l("称谓"), notice.addressee),
        (_l("更正说明"), notice.correction), (_l("张贴地点"), notice.spots),
    ]  # fmt: skip


def holds_id(text: str) -> bool:
    """Whether an ID number stands in the text, also one typed in groups; the check character decides."""
    return holds_id_number(text) or holds_id_number(SPACED_DIGITS.sub("", fold(text)))


def stop(notice: Notice) -> None:
    """Refuse what may not be published at all."""
    for name, text in parts(notice):
        stop_text(name, text)


def stop_text(name: object, text: str) -> None:
    """The same for one text; ``name`` is what its field is called."""
    if holds_id(text):
        raise IdNumberInside(part=name)
    if SECRET.search(text):
        raise SecretInside(part=name)


def findings(notice: Notice) -> list[Finding]:
    """What the writer and the second person should look at, worst first."""
    found = [Finding(str(IdNumberInside(part=name)), True) for name, text in parts(notice) if holds_id(text)]
    found += [Finding(str(SecretInside(part=name)), True) for name, text in parts(notice) if SECRET.search(text)]
    words = str(settings.value("notices.vulnerable", notice.place_id)).split()
    text = f"{notice.title}\n{notice.body}\n{notice.correction}"
    return [*found, *_telephones(text, notice.phone), *_doors(text, words), *_blanks(text), *_receiver(notice), *_unread(notice)]


def _telephones(text: str, office: str) -> list[Finding]:
    plain = fold(text)
    numbers = dict.fromkeys([*MOBILE.findall(plain), *LANDLINE.findall(MOBILE.sub("", plain))])
    known = re.sub(r"\D", "", office)
    return [
        Finding(_("正文里有电话 %(number)s。请确认是办公电话，私人电话不要公开。", number=number))
        for number in numbers
        if re.sub(r"\D", "", number) != known
    ]


def _doors(text: str, words: list[str]) -> list[Finding]:
    """A word about somebody's hardship and a door in the same paragraph tell the neighbours who it is."""
    found = [(word, line) for line in text.splitlines() for word in words if word in line and DOOR.search(line)]
    return [
        Finding(
            _("“%(word)s”和门牌写在同一段（%(line)s），邻居能认出是谁。请去掉门牌或改用概括说法。", word=word, line=line[:24])
        )
        for word, line in found
    ]


def _blanks(text: str) -> list[Finding]:
    return [Finding(_("标题、正文或更正说明里还有“%(blank)s”没有填。", blank=found)) for found in dict.fromkeys(BLANK.findall(text))]


def _unread(notice: Notice) -> list[Finding]:
    """Of files only tables are read; what stands in a scan, somebody has to look at."""
    names = [file.name for file in notice.attachments if not file.name.lower().endswith(".xlsx")]
    if not names:
        return []
    return [Finding(_("附件“%(names)s”里的文字系统不读，请打开看一遍，不能有身份证号码和私人电话。", names="、".join(names)))]


def _receiver(notice: Notice) -> list[Finding]:
    """Whoever is announced must not be the one who takes the objections."""
    name = notice.contact.strip()
    if len(name) < 2 or not notice.days or name not in notice.title + notice.body:
        return []
    return [Finding(_("异议联系人“%(name)s”也出现在正文里。受理异议的人不能是公示对象本人。", name=name))]
