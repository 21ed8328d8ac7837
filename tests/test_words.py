"""Every sentence of the interface has its English one, whole, with the same values and in English letters."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "translations/en/LC_MESSAGES"
KEYWORDS = parse_keywords(["_", "_l", "_n:1,2", "N_", "gettext", "ngettext:1,2"])
VALUE = re.compile(r"%\((\w+)\)[a-z]")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]")

# What stays Chinese inside an English sentence, because it is typed, searched or printed in Chinese.
KEPT = (
    "中文",  # the way back to Chinese names itself
    "3幢2单元",  # how a stairwell is written on every list
    "{年}",  # the number of a document is built from these
    "第{号}期",
    "{号}",
    "“梅社”",  # models of what goes onto official paper
    "“梅苑社区党建工作联席会议纪要”",
    "“中共梅苑社区委员会”",
    "“沈国庆（社区党委书记）”",
    "“社区党组织换届|委员候选人信任票”",
    "“各居民代表”",
    "| 姓名 | 支部 |",
    "name、name",  # names in one cell or field are parted by the Chinese mark
    "by 、",
    "通报, 汇报 or 报告",  # words looked for in Chinese titles
    "“照明”",  # what was written in Chinese is found in Chinese
    "“3幢”",
)


# One Chinese word, one English term: the words that stand alone in the interface.
TERMS = {
    "党员": "Party member",
    "党委": "Party committee",
    "党总支": "General Party branch",
    "党支部": "Party branch",
    "党小组": "Party group",
    "街道": "Sub-district",
    "居民代表": "Residents’ representatives",
    "在职党员": "In-service member",
    "流动党员": "Mobile member",
    "楼道": "Stairwell",
    "承诺事项": "Commitment item",
    "公示": "Public notice",
    "公告": "Announcement",
    "通知": "Notification",
    "三务公开": "Three-affairs disclosure",
    "异议": "Objection",
    "张贴证明": "Posting certificate",
    "意见箱": "Suggestion box",
    "查询码": "Receipt code",
    "登记": "Register",
    "交办": "Assign",
    "承办人": "Handler",
    "办结": "Resolve",
    "答复": "Reply",
    "归档": "Archive",
    "联席会议": "Joint meeting",
    "成员单位": "Member units",
    "联络员": "Liaison",
    "议定事项": "Resolution",
    "列席": "Observer",
    "分送": "Distribution",
    "信任票": "Trust vote",
    "监票人": "Scrutineer",
    "计票人": "Teller",
    "唱票人": "Caller",
    "应到": "Entitled",
    "实到": "Present",
    "留痕": "Audit trail",
}


def in_the_source():
    """Every message of the code and the templates, as babel.cfg finds them."""
    with open(ROOT / "babel.cfg", encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS)
    return {message for _, _, message, _, _ in found}


def catalogue(name="messages.po"):
    with open(CATALOGUES / name, "rb") as file:
        return {message.id: message for message in read_po(file, locale="en") if message.id}


@pytest.fixture(scope="module")
def source():
    return in_the_source()


@pytest.fixture(scope="module")
def english():
    return catalogue()


def sentences(message):
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


def test_every_message_is_translated(source, english):
    known = {key if isinstance(key, str) else tuple(key) for key in english}
    assert len(source) > 1000
    assert sorted(map(str, source - known)) == []


def test_nothing_is_translated_that_nobody_says(source, english):
    assert sorted(str(key) for key in english if key not in source) == []


def test_no_translation_is_empty_or_a_guess(english):
    assert [key for key, message in english.items() if message.fuzzy or not all(sentences(message))] == []


def test_plurals_have_both_forms(english):
    assert [key for key, message in english.items() if message.pluralizable and len(sentences(message)) != 2] == []


def test_translations_name_the_same_values(english):
    wrong = []
    for key, message in english.items():
        wanted = set(VALUE.findall(key if isinstance(key, str) else key[0]))
        wrong += [text for text in sentences(message) if set(VALUE.findall(text)) != wanted]
    assert wrong == []


def test_values_can_be_put_in(english):
    """A bare per cent sign would only fail when somebody opens the page."""
    for message in english.values():
        for text in sentences(message):
            if VALUE.search(text):
                assert text % dict.fromkeys(VALUE.findall(text), "x")


def test_english_is_written_in_english(english):
    left = []
    for message in english.values():
        for text in sentences(message):
            rest = text
            for kept in KEPT:
                rest = rest.replace(kept, "")
            left += [text] if CHINESE.search(rest) else []
    assert left == []


def test_both_catalogues_say_the_same(english):
    """The voting pages have their own; a sentence in both must not differ between hall and office."""
    voting = catalogue("voting.po")
    assert [key for key, message in voting.items() if key in english and english[key].string != message.string] == []



def test_words_of_the_glossary_have_their_one_english_term(english):
    assert {word: english[word].string for word in TERMS} == TERMS
