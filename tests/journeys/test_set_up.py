"""The first minute: an empty system, the set-up page, the example community."""

import pytest

import stage
from tests.commands import environment
from tests.journeys.conftest import PHONE, Walker

PATIENCE = 120_000  # milliseconds the example may take on a busy machine


@pytest.fixture
def newcomer(chromium, tmp_path):
    """Somebody with a telephone-sized window in front of a system nobody has set up."""
    port = stage.free_port()
    command = [*stage.COMMAND, "run", "--host", "127.0.0.1", "--port", str(port)]
    with stage.serving(command, port, environment(tmp_path)):
        context = chromium.new_context(viewport=PHONE, locale="zh-CN", base_url=f"http://127.0.0.1:{port}")
        context.set_default_timeout(PATIENCE)
        yield Walker(context.new_page(), True)
        context.close()


@pytest.mark.browser
def test_a_newcomer_looks_at_the_example(newcomer):
    newcomer.opens("/").sees("欢迎使用邻里")
    assert newcomer.page.url.endswith("/setup")
    newcomer.presses("载入示例社区").sees("下面的内容只显示这一次")
    newcomer.follows("抄好了，去看今日要办").sees("件不急")
    newcomer.opens("/").sees("示例社区：这里的人名、电话和事项都是虚构的。")


@pytest.mark.browser
def test_a_newcomer_founds_a_community(newcomer):
    newcomer.opens("/setup")
    for label, text in (("社区名称", "兰苑社区"), ("您的账号", "书记"), ("密码（至少 12 个字）", "宝剑锋从磨砺出，梅花香自苦寒来")):
        newcomer.page.get_by_label(label, exact=True).fill(text)
    newcomer.presses("建立社区", exact=True).sees("今日要办")
    newcomer.opens("/").sees("兰苑社区")
