"""Words fitted into a given room: as few lines as there can be, of like length, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.printing.fitting import broken, count, fitted, width
from core.printing.lines import CLOSING, HANG, JOINER, NO_START

PROMISE = "每两周浇水修剪一次门前绿化带，全年不少于26次"


def test_a_line_ends_behind_a_pause_where_lines_stay_alike():
    assert broken(PROMISE, "kai", 18) == ("每两周浇水修剪一次门前", "绿化带，全年不少于26次")
    assert broken("在社区图书室开设暑期作业辅导角，7—8月每周三下午2小时", "kai", 18)[0].endswith("辅导角，")


@given(st.text(alphabet="每月清扫楼道，。、（）65%A ", min_size=1, max_size=120), st.floats(6, 40))
def test_nothing_is_lost_and_nothing_is_wider_than_its_room(text, room):
    lines = broken(text, "kai", room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(lines) == count(text, "kai", room)
    for line in lines:
        assert width(line, "kai") - (HANG if line and line[-1] in CLOSING else 0) <= room + 1e-6


def test_closing_marks_begin_no_line_and_joined_words_stay_together():
    lines = broken(("清扫" + JOINER.join("3幢2单元") + "楼道，") * 6, "kai", 12)
    assert not any(line[0] in NO_START for line in lines)
    assert sum("3幢2单元" in line for line in lines) == 6


@pytest.mark.parametrize(("text", "size"), [("公示", 20.0), ("公示" * 10, 10.0)])
def test_what_is_too_long_gets_smaller_letters(text, size):
    assert fitted(text, "hei", 20.0, 200.0) == size
