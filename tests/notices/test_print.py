"""The papers of a notice: words, faces and places measured on the printed page."""

import collections
import io
import itertools
from datetime import date

import pdfplumber
import pytest

from blueprints.notices import objections, postings, prints, rules
from blueprints.notices.models import Channel, Finding, NoticeKind
from core import settings
from core.printing.lines import LEAD, MM
from core.records.papers import IssuedPaper, PaperState
from tests import make
from tests.notices.office import clerk, draft, published, set_clock

BODY = (
    "经各党支部民主推荐、社区党组织会议研究，拟推荐下列同志和党支部，名单如下，接受党员和居民监督。\n"
    "一、优秀共产党员推荐对象：沈兰英、郭志远。\n"
    "| 姓名 | 支部 | 事迹 |\n|---|---|---|\n| 沈兰英 | 第二党支部 | 连续三年组织楼道志愿巡逻，随叫随到 |\n| 喆堃 | 第五党支部 | 调解 |\n"
    "- **热心**助人\n- 守时\n"
    "## 二、其他\n"
    "正文里的<b>记号</b>原样印出。"
)  # fmt: skip


@pytest.fixture
def notice(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    return published(community, NoticeKind.CANDIDATES, title="关于2026年度社区|“两优一先”推荐对象的公示", body=BODY,
                     receiver="街道党工委组织办", contact="陈志强")  # fmt: skip


def opened(data):
    return pdfplumber.open(io.BytesIO(data))


def text_of(data):
    with opened(data) as document:
        return "".join(page.extract_text().replace("\n", "").replace(" ", "") for page in document.pages)


def test_every_word_of_the_notice_is_on_the_paper_in_order(notice):
    text = text_of(prints.content(notice, "notice"))
    wanted = [
        "〔2026〕1号", "关于2026年度社区", "“两优一先”推荐对象的公示", "经各党支部民主推荐", "优秀共产党员推荐对象：沈兰英、郭志远。",
        "姓名", "沈兰英", "喆堃", "—热心助人", "二、其他", "<b>记号</b>",
        "公示期为5个工作日，自2026年11月19日（星期四）起至2026年11月25日（星期三）17:30止。",
        "向街道党工委组织办反映（联系人：陈志强；电话：5550-0186）。", "提倡实名", "中共梅苑社区委员会", "2026年11月19日",
    ]  # fmt: skip
    at = 0
    for words in wanted:
        assert words in text[at:], words
        at = text.index(words, at) + len(words)
    assert "盖章处" in text
    assert "**" not in text
    assert "|" not in text


def test_title_and_text_have_the_sizes_of_the_standard(notice):
    with opened(prints.content(notice, "notice")) as document:
        page = document.pages[0]
        title = [c for c in page.chars if "Song" in c["fontname"]]
        body = [c for c in page.chars if "Fang" in c["fontname"] and abs(c["size"] - 16) < 0.1]
        assert (float(page.width) / MM, float(page.height) / MM) == (pytest.approx(210, abs=0.2), pytest.approx(297, abs=0.2))
        assert {round(c["size"]) for c in title} == {22}
        assert "".join(c["text"] for c in title) == "关于2026年度社区“两优一先”推荐对象的公示"
        centre = [(min(c["x0"] for c in row) + max(c["x1"] for c in row)) / 2 / MM for row in rows_of(title)]
        assert centre == [pytest.approx(28 + 78, abs=1.5)] * 2  # two lines, parted where the writer said
        assert min(c["x0"] for c in body) / MM == pytest.approx(28, abs=0.5)
        assert max(c["x1"] for c in body) / MM <= 184.5 + 3


def rows_of(chars):
    rows = collections.defaultdict(list)
    for char in chars:
        rows[round(char["matrix"][5], 1)].append(char)
    return [row for _height, row in sorted(rows.items(), reverse=True)]


def test_lines_stand_on_the_grid(notice):
    with opened(prints.content(notice, "notice")) as document:
        for page in document.pages:
            heights = [row[0]["matrix"][5] for row in rows_of([c for c in page.chars if abs(c["size"] - 16) < 0.1])]
            steps = [above - below for above, below in itertools.pairwise(heights)]
            assert all(abs(step - LEAD) < 0.2 for step in steps if step < 1.5 * LEAD)


def test_a_red_head_only_where_the_office_set_it(notice, community):
    def red(data):
        with opened(data) as document:
            return "".join(c["text"] for c in document.pages[0].chars if c["non_stroking_color"] == (0.843, 0, 0.059) or _red(c))

    assert red(prints.content(notice, "notice")) == ""
    settings.put("notices.red_head", True, community)
    assert draft(clerk(community), community).red
    notice.red = True
    assert red(prints.content(notice, "notice")) == "中共梅苑社区委员会"


def _red(char):
    colour = char["non_stroking_color"]
    return isinstance(colour, tuple) and len(colour) == 3 and colour[0] > 0.7 and max(colour[1:]) < 0.2


def test_only_what_was_issued_bears_a_code_and_no_band(notice, community):
    assert "草稿" in text_of(prints.content(notice, "notice"))
    paper = prints.issue(make.actor(community), notice, "notice")
    text = text_of(prints.content(notice, "notice"))
    assert "草稿" not in text
    assert paper.code in text
    assert prints.issue(make.actor(community), notice, "notice").id == paper.id
    assert IssuedPaper.select().count() == 1


def test_a_draft_has_no_number_and_an_open_date(community):
    text = text_of(prints.content(draft(clerk(community), community), "notice"))
    assert "草稿" in text
    assert "自发布之日起计算" in text
    assert "年月日" in text
    with pytest.raises(prints.NotYetToBeIssued):
        prints.issue(make.actor(community), draft(clerk(community), community), "notice")


def test_large_for_the_wall(notice):
    with opened(prints.content(notice, "notice", "A3")) as document:
        page = document.pages[0]
        assert float(page.width) / MM == pytest.approx(297, abs=0.5)
        assert max(c["size"] for c in page.chars) == pytest.approx(22 * 2**0.5, abs=0.2)


def test_the_result_tells_objections_and_conclusion(notice, community, monkeypatch):
    one = objections.note(clerk(community), notice, date(2026, 11, 19), Channel.CALL, "反映程序")
    objections.settle(clerk(community), one, Finding.NOT_UPHELD, "某某已说明")
    objections.note(clerk(community), notice, date(2026, 11, 19), Channel.BOX)
    with pytest.raises(prints.NotYetToBeIssued):
        prints.issue(make.actor(community), notice, "result")
    set_clock(monkeypatch, 2026, 11, 26)
    ended = rules.conclude(clerk(community), notice, "异议不成立，进入下一程序。")
    prints.issue(make.actor(community), ended, "result")
    text = text_of(prints.content(ended, "result"))
    for words in ("推荐对象的公示结果", "〔2026〕1号", "2026年11月19日至2026年11月25日公示，公示期5个工作日",
                  "收到异议2件，其中不成立1件，待核实1件", "异议不成立，进入下一程序。", "2026年11月26日"):  # fmt: skip
        assert words in text, words
    assert "某某已说明" not in text


def test_the_posting_certificate_lists_every_wall(notice, community, monkeypatch):
    postings.post(clerk(community), notice, ["社区公告栏", "3幢2单元"], date(2026, 11, 19), "王莉")
    first = prints.issue(make.actor(community), notice, "posting")
    set_clock(monkeypatch, 2026, 11, 26)
    postings.take_down(clerk(community), notice, [notice.postings.get().id], date(2026, 11, 26))
    second = prints.issue(make.actor(community), notice, "posting")
    text = text_of(prints.content(notice, "posting"))
    for words in ("张贴证明", "共2处", "社区公告栏", "3幢2单元", "王莉", "见证人", "以下空白", "2026年11月26日"):
        assert words in text, words
    assert (IssuedPaper.get_by_id(first.id).state, IssuedPaper.get_by_id(first.id).replaced_by_id) == (PaperState.REPLACED, second.id)


def test_a_corrected_paper_names_the_old_one(notice, community):
    new = rules.correct(clerk(community), notice)
    new = rules.revise(clerk(community), new, 1, correction="“沈兰英”应为“沈兰瑛”。")
    text = text_of(prints.content(new, "notice"))
    assert "更正说明：本文更正2026年11月19日发布的《关于2026年度" in text
    assert "推荐对象的公示》（〔2026〕1号）。“沈兰英”应为“沈兰瑛”。" in text


def test_a_long_list_flows_over_pages_with_its_head(community):
    rows = "\n".join(f"| 第{n}项 | {n}00.00 |  |" for n in range(1, 61))
    body = f"收支如下：\n| 项目 | 金额 | 说明 |\n|---|---|---|\n{rows}"
    with opened(prints.content(draft(clerk(community), community, NoticeKind.FINANCE, body=body), "notice")) as document:
        assert len(document.pages) >= 3
        assert all("项目" in page.extract_text() for page in document.pages[:3])
        text = "".join(page.extract_text() for page in document.pages)
        assert "第60项" in text.replace(" ", "")
