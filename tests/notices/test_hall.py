"""The screen in the hall: what it shows, that nothing is lost when a text is cut, that it turns without a hand."""

import re

import pytest

from blueprints.notices import hall, rules
from blueprints.notices.models import NoticeKind
from blueprints.office.rules import change_setting
from core import settings
from core.access import console
from tests import make
from tests.notices.office import published, set_clock

ROWS = "\n".join(f"| 张三{n} | 女 | 1978.02 | 大专 | 中共党员 | 居委会副主任 | 委员 |" for n in range(23))
TABLE = f"名单如下：\n| 姓名 | 性别 | 出生年月 | 学历 | 政治面貌 | 现任职务 | 拟任职务 |\n{ROWS}\n现予以公示。"


@pytest.fixture
def today(monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)


def test_what_runs_comes_first_then_what_was_announced_lately(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 2)
    published(community, NoticeKind.ANNOUNCEMENT, title="太久以前的公告")
    set_clock(monkeypatch, 2026, 11, 19)
    lately = published(community, NoticeKind.ANNOUNCEMENT, title="停水公告")
    longer = published(community, NoticeKind.HONOUR, days=10)
    running = published(community)
    published(community, NoticeKind.RELIEF)
    rules.withdraw(make.actor(community), published(community), "有误")
    assert [notice.id for notice in hall.current(community)] == [running.id, longer.id, lately.id]
    settings.put("notices.hall_days", 30, community)
    assert len(hall.current(community)) == 4


@pytest.mark.parametrize("body", [
    TABLE, "短短一句。", "字" * 900, "很长的一段，没有别的标点，" * 60 + "完。", "\n".join(f"第{n}条，请互相转告。" for n in range(40)),
    "| 项目 | 说明 |\n| 甲 | " + "说明很长" * 60 + " |",
])  # fmt: skip
def test_a_text_is_cut_into_screens_and_every_word_is_on_one(community, today, body):
    published(community, NoticeKind.ANNOUNCEMENT, body=body)
    shown = hall.screens(community)
    words = "".join("".join(screen.paragraphs) + "".join("".join(row) for row in screen.rows[1:]) for screen in shown)
    heads = {screen.rows[0] for screen in shown if screen.rows}
    for piece in re.findall(r"[^\s|—-]+", body):
        assert piece in words or any(piece in head for head in heads), piece
    assert [screen.part for screen in shown] == list(range(1, len(shown) + 1))
    for screen in shown:
        assert sum(map(hall._lines, screen.paragraphs)) <= hall.LINES or len(screen.paragraphs) == 1
    if body is TABLE:
        sizes = [len(screen.rows) - 1 for screen in shown if screen.rows]
        assert sum(sizes) == 23
        assert max(sizes) - min(sizes) <= 1
        assert max(sizes) < hall.TABLE_LINES[True]


def test_it_turns_by_itself_and_can_be_held(client, community, today):
    published(community, title="第一份公示")
    published(community, NoticeKind.ANNOUNCEMENT, title="第二份公告")
    first = client.get("/notices/hall").text
    assert "第一份公示" in first
    assert '<noscript><meta http-equiv="refresh" content="20;url=/notices/hall?n=1"></noscript>' in first
    assert 'hx-get="/notices/hall?n=1" hx-trigger="every 20s"' in first
    assert "data:image/png;base64," in first
    box = client.get("/notices/hall?n=1", headers={"HX-Request": "true"}).text
    assert "第二份公告" in box
    assert "<html" not in box
    assert 'hx-get="/notices/hall?n=0"' in box  # round and round
    held = client.get("/notices/hall?n=0&hold=1").text
    assert "http-equiv" not in held
    assert "hx-trigger" not in held
    for odd in ("99", "-1", "x", "99999999999999999999"):
        assert client.get(f"/notices/hall?n={odd}").status_code == 200


def test_an_empty_hall_is_calm(client, community):
    text = client.get("/notices/hall").text
    assert "现在没有正在公示的事项" in text
    change_setting(console(), community, "notices.hall_seconds", 0)
    assert "every 5s" in client.get("/notices/hall?x=1").text
