"""Lines of official papers: full, flush, and broken only where Chinese may be broken."""

from hypothesis import given
from hypothesis import strategies as st

from core.printing import lines
from core.printing.glyphs import advance
from core.printing.paragraphs import title_lines

HAN = "社区党委坚持把居民的操心事烦心事揪心事放在心上"


def text_of(line):
    return "".join(character for character, _face in line.cells)


def width_of(line):
    inked = sum(advance(character, face) * lines.SIZE for character, face in line.cells)
    return line.indent + inked + line.tracking * (len(line.cells) - 1)


def test_full_lines_of_chinese_hold_28_characters():
    broken = lines.compose([("fang", HAN * 10)])
    assert [len(line.cells) for line in broken[:-1]] == [26] + [28] * (len(broken) - 2)


@given(st.text(alphabet=HAN + "，。、；“”（）《》2026A9:.%—… ", max_size=300))
def test_lines_keep_every_character_in_order_and_break_where_allowed(text):
    broken = lines.compose([("fang", text)])
    assert "".join(map(text_of, broken)).replace(" ", "") == text.replace(" ", "")
    for at, line in enumerate(broken, 1):
        hanging = lines.HANG * lines.SIZE if text_of(line)[-1] in lines.CLOSING else 0
        over = width_of(line) - lines.WIDTH
        assert abs(over) < 0.01 or abs(over - hanging) < 0.01 or (at == len(broken) and over < 0)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    broken = [text_of(line) for line in lines.compose([("fang", "议定（一）事项，“先公示、后施工”。" * 30)])]
    assert not any(row[0] in lines.NO_START for row in broken)
    assert not any(row[-1] in lines.NO_END for row in broken)


def test_figures_and_names_stay_whole():
    name = lines.JOINER.join("欧阳娜娜")
    broken = [text_of(line) for line in lines.compose([("fang", ("会议" * 12 + "2026年") + "出席" * 11 + name + "等")])]
    assert sum("2026" in row for row in broken) == 1
    assert sum("欧阳娜娜" in row for row in broken) == 1


def test_further_lines_begin_under_the_first_name():
    broken = lines.compose([("hei", "出席："), ("fang", "王喆、" * 20)], first=2, rest=5)
    assert [round(line.indent / lines.PITCH) for line in broken] == [2] + [5] * (len(broken) - 1)


def test_long_titles_are_parted_evenly_or_where_told():
    assert title_lines("关于地下车库的通知") == ["关于地下车库的通知"]
    assert title_lines("关于地下车库|渗漏维修的通知") == ["关于地下车库", "渗漏维修的通知"]
    assert title_lines("关于梅苑社区党委换届委员候选人信任票结果的报告") == ["关于梅苑社区党委换届委员", "候选人信任票结果的报告"]
    parts = title_lines("梅苑社区党委关于2026年度地下车库渗漏维修资金使用情况的公示")
    assert len(parts) == 2
    assert abs(len(parts[0]) - len(parts[1])) <= 6
