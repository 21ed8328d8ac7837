"""Numbers, days, sums and marks as official papers write them."""

from datetime import date

import pytest

from core.printing import gongwen


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("会议指出,要落实.", "会议指出，要落实。"),
        ("共23项,已完成14项;其余在办", "共23项，已完成14项；其余在办"),
        ("每日9:00至16:00,避开上下学时段", "每日9:00至16:00，避开上下学时段"),
        ("办结率87.2%", "办结率87.2%"),
        ("王喆(物业经理)说:好", "王喆（物业经理）说：好"),
        ("第3期(2026)", "第3期（2026）"),
        ('"先公示, 后施工"', "“先公示，后施工”"),
        ("网址 https://example.org/a,b (see A)", "网址 https://example.org/a,b (see A)"),
        ("附件1:名单", "附件1：名单"),
    ],
)
def test_latin_marks_beside_chinese_become_chinese(typed, printed):
    assert gongwen.full_width(typed) == printed


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"), (1, "壹分"), (10, "壹角整"), (105, "壹元零伍分"), (100250, "壹仟零贰元伍角整"),
        (761000, "柒仟陆佰壹拾元整"), (9120000, "玖万壹仟贰佰元整"), (10000000100, "壹亿零壹元整"),
        (1000500, "壹万零伍元整"), (12345678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"), (-200, "负贰元整"),
    ],
)  # fmt: skip
def test_sums_in_capital_figures(fen, words):
    assert gongwen.money(fen) == words


def test_days_are_chinese_and_keep_their_precision():
    assert gongwen.day(date(2026, 11, 9)) == "2026年11月9日"
    assert gongwen.day("1978-02") == "1978年2月"
    assert gongwen.day("") == ""
    assert gongwen.weekday(date(2026, 11, 19)) == "星期四"


def test_numbers():
    assert gongwen.document_number("梅社", 2026, 3) == "梅社〔2026〕3号"
    assert [gongwen.numeral(n) for n in (1, 10, 11, 20, 25)] == ["一", "十", "十一", "二十", "二十五"]
