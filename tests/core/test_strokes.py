"""姓氏笔画: the order in which names stand on a ballot."""

import pytest

from core.strokes import sort_key


@pytest.mark.parametrize(
    "names",
    [
        ["丁一", "于立", "马超", "王方", "方可", "司南", "任远", "邵敏", "罗小满", "段雪梅", "鲁大为"],
        ["王秋", "王秋实"],
        ["任远", "邵敏", "欧阳春", "罗小满"],
        ["司南", "司马光"],
        ["段雪梅", "姚立新", "贺国安"],
        ["王方", "王 䶮", "王秋实"],
    ],
    ids=["strokes, then classes", "shorter first", "compound surname", "surname first", "nine strokes", "spaces"],
)
def test_names_in_stroke_order(names):
    shuffled = [*names[1::2], *names[::2]]
    assert sorted(shuffled, key=sort_key) == names


def test_different_names_never_share_a_place():
    assert sort_key("王秋实") != sort_key("王秋石")
