"""Forms to fill in and sign by hand: room to write, heads that repeat, an end that nobody can write below."""

import io
from types import SimpleNamespace

import pdfplumber
import pytest

from core.printing import paper, press
from core.printing.lines import MM

FORM = """{% extends "print/base.html" %}
{% block size %}A4{% if sheet.wide %} landscape{% endif %}{% endblock %}
{% block body scoped %}
{{ letterhead.form("梅苑社区党建工作联席会议", sheet.title, "〔2026〕3号", "2026年11月12日（星期四）") }}
<table class="ruled sign"><thead><tr><th>序号</th><th>单位</th><th>签名</th></tr></thead>
<tbody>{% for n in range(1, sheet.rows + 1) %}<tr><td>{{ n }}</td><td>城中派出所</td><td></td></tr>{% endfor %}
{{ fields.nothing_below(3) }}</tbody></table>
<p>联系方式</p>
<table class="ruled fill"><tr><td>电话</td><td></td></tr></table>
<p>{{ fields.boxes(["照片", "电话"], ["照片"]) }}{{ fields.line("姓名", 40) }}</p>
{{ signatures.row(["制表人", "审核人"]) }}
{{ fields.cut() }}
{{ signatures.signed("梅苑社区居民委员会", "2026年11月19日") }}
{% endblock %}"""


@pytest.fixture
def form(monkeypatch):
    """Print the form above with as many rows as wanted; gives back its pages."""

    def render(**values):
        one = SimpleNamespace(**{"title": "会议签到表", "rows": 3, "wide": False} | values)
        html = paper.environment().from_string(FORM).render(sheet=one, sheets=[one], draft=False, code=None, example=False)
        pdf = press.press(html, images={}, attachments=[], variant="pdf/a-3a", scale=1)
        return pdfplumber.open(io.BytesIO(pdf)).pages

    return render


def heights(table):
    """The heights of the rows of a table, in millimetres."""
    return [(row.bbox[3] - row.bbox[1]) / MM for row in table.rows]


def test_cells_to_sign_and_to_write_in_are_high_enough(form):
    (page,) = form()
    sign, fill = page.find_tables()[:2]
    assert min(heights(sign)[1:-1]) >= 12
    assert min(heights(fill)) >= 9


def test_the_head_of_a_list_is_repeated_and_pages_are_counted(form):
    pages = form(rows=40)
    assert len(pages) > 2
    for number, page in enumerate(pages[:-1], 1):
        text = "".join(page.extract_text().split())
        assert "序号单位签名" in text
        assert f"第{number}页共{len(pages)}页" in text
    assert sum("以下空白" in "".join(page.extract_text().split()) for page in pages) == 1


def test_a_wide_form_lies_across_the_sheet(form):
    (page, *_more) = form(wide=True)
    assert page.width > page.height


def test_boxes_are_drawn_and_only_the_chosen_one_is_ticked(form):
    (page,) = form()
    text = page.extract_text()
    assert text.count("√") == 1
    assert "□" not in text
    assert "（盖章处）" in text


def test_a_summary_names_the_field_but_no_hidden_one(client, community):
    client.submit("/login", login="", password="")
    assert client.page.xpath("//*[@id='errs']//a/text()") == ["账号：请填写这一项。", "密码：请填写这一项。"]
    answer = client.submit("/suggestions/new", kind="opinion", text="楼道灯不亮", form_token="not one of ours")
    assert answer.status_code == 422
    assert "CSRF" not in answer.text
