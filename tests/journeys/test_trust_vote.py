"""A trust vote of 120 representatives: slips drawn, phones, paper, count, four sheets, and the independent check."""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import expect

from tests.ballots.polls import Voter
from tests.commands import linli

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "data"
NAMES = ("朱蕴芝", "刘文娟", "范俊杰", "贺宗元", "夏正平", "唐水根", "彭正", "傅康", "谢水")
PAPER = [(6, 1, 1), (2, 6, 0), (8, 0, 0), (4, 4, 0), (0, 0, 8), (8, 0, 0), (7, 1, 0), (5, 2, 1), (1, 1, 6)]
ON_SLIPS = 110


@pytest.fixture(scope="module")
def prepared(office):
    """The representatives are on file; a teller and a second teller have accounts."""
    office.linli("import", "representatives", str(DATA / "representatives.xlsx"), "--apply")
    return office


def marks_of(voter):
    """What the n-th voter ticks: 1 信任, 2 不信任, 3 弃权, 0 nothing."""
    return tuple(1 if (voter * 7 + row * 3) % 10 < 8 - row else (2, 3, 0)[voter % 3] for row in range(9))


def test_a_trust_vote_from_the_draft_to_the_notice(prepared, person, tmp_path):
    secretary = person().signs_in()
    number = drafts(secretary)
    shares = freezes_and_seals(secretary, number)
    codes = prints_slips(prepared, number, tmp_path)
    assert len(codes) == 130
    opens(secretary, prepared, number)
    votes = [votes_with_scripts(person, codes[0], 0), votes_without_scripts(person, codes[1], 1)]
    votes += votes_by_http(prepared, codes[2:ON_SLIPS])
    watches(person, number)
    closes_and_counts_paper(secretary, person, prepared, number)
    unseals_and_counts(secretary, prepared, number, shares)
    expected = [[sum(v[row] == mark for v in votes) for mark in (1, 2)] for row in range(9)]
    signs_and_checks(secretary, prepared, number, expected, tmp_path)
    reads_the_result(person, number, expected)


def drafts(secretary):
    """A new poll with the office's own sheet of candidates and its scrutineers."""
    page = secretary.opens("/office/polls/new").page
    page.get_by_label("投票名称").fill("社区党组织换届|委员候选人信任票")
    secretary.presses("建立").sees("投票规则")
    number = int(re.search(r"/office/polls/(\d+)/", page.url)[1])
    secretary.presses("保存").sees("起草中，准备好以后定稿")
    secretary.follows("候选人").page.get_by_label("候选人名单").set_input_files(DATA / "candidates.xlsx")
    secretary.presses("预览").sees("现在还没有写入")
    secretary.presses("确认导入").sees("唐水根")
    secretary.opens(f"/office/polls/{number}/scrutineers")
    appoints(secretary, "唐水根", "监票人").sees("唐水根是候选人，不能担任监票人")
    for name, role in (("沈兰英", "总监票人"), ("曹文", "监票人"), ("何静", "计票人")):
        appoints(secretary, name, role).looks().sees(name)
    return number


def appoints(secretary, name, role):
    page = secretary.page
    page.get_by_label("姓名", exact=True).fill(name)
    page.get_by_label("分工").select_option(role)
    page.get_by_label("本人声明").check()
    page.get_by_role("button", name="登记", exact=True).click()
    return told_no(secretary)


def told_no(walker):
    """The browser's console reports a form answered with 422; it is what was meant."""
    walker.page.wait_for_load_state("load")
    walker.failures.clear()
    return walker


def freezes_and_seals(secretary, number):
    secretary.opens(f"/office/polls/{number}").presses("定稿").sees("选票摘要")
    secretary.follows("去封箱").presses("封箱，生成密钥单").sees("请各位保管人打印自己的一张")
    shares = [takes_the_sheet(secretary, number, which) for which in (1, 2, 3)]
    assert [len(share.split()) for share in shares] == [33, 33, 33]
    secretary.opens(f"/office/polls/{number}/key-sheets").sees("已取走，或已过 10 分钟")
    secretary.follows("都已取走").sees("已封箱，等开始投票")
    return shares


def takes_the_sheet(secretary, number, which):
    """A holder's own PDF, read from its QR as the scanner does at the opening."""
    page = secretary.page
    token = page.locator("input[name=csrf_token]").first.get_attribute("value")
    answer = page.request.post(f"/office/polls/{number}/key-sheets/{which}", form={"csrf_token": token})
    with pypdfium2.PdfDocument(answer.body()) as pdf:
        return zxingcpp.read_barcodes(pdf[0].render(scale=2).to_pil())[0].text


def prints_slips(office, number, folder):
    """Read from the paper as phones do, by the QR alone."""
    file = folder / "slips.pdf"
    office.linli("print", "slips", number, "--reserve", 10, "--out", file)
    found = []
    with pypdfium2.PdfDocument(file) as pdf:
        for page in pdf:
            found += [code.text for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
    assert all(re.fullmatch(r"http://linli\.test/v#[0-9A-Z]{16}", one) for one in found)
    with pdfplumber.open(file) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    codes = [one.partition("#")[2] for one in found]
    assert len(set(codes)) == len(codes)
    assert not re.search(r"No\.|编号|序号", text), "a slip carries no serial"
    return codes


def opens(secretary, office, number):
    """Somebody signs in at the door by a press; the rest of the roll is ticked at once."""
    secretary.opens(f"/office/polls/{number}/roll?show=away").page.get_by_role("button", name="顾仙领票码条").click()
    expect(secretary.page.locator("#totals")).to_contain_text("1")
    secretary.sees("已领票码条")
    office.linli("poll", "tick", number, "--first", ON_SLIPS - 1, "--slip")
    office.linli("poll", "tick", number, "--first", 8, "--paper")
    secretary.opens(f"/office/polls/{number}/desk")
    secretary.page.get_by_text("登记一个票箱").click()
    secretary.presses("登记票箱").sees("现场票箱")
    secretary.page.get_by_label("印制纸质选票").fill("20")
    secretary.presses("保存清点数")
    secretary.opens(f"/office/polls/{number}").follows("去开始投票").presses("核对无误，开始投票").sees("正在投票")


def votes_with_scripts(person, code, voter):
    """On a phone, by the QR's address."""
    walker = person(phone=True)
    walker.opens("/").follows("去投票").sees("输入票码")
    page = walker.page
    page.goto(f"/v#{code}")
    expect(page.locator("#code")).to_have_value(re.sub(r"(.{4})(?=.)", r"\1 ", code))
    return fills_and_casts(walker, voter)


def votes_without_scripts(person, code, voter):
    """On a phone whose browser runs no script: the code is typed."""
    walker = person(phone=True, script=False)
    walker.page.goto("/vote")
    walker.page.fill("#code", code.lower())
    return fills_and_casts(walker, voter)


def fills_and_casts(walker, voter):
    page, marks = walker.page, marks_of(voter)
    page.get_by_role("button", name="下一步").click()
    for row, mark in enumerate(marks):
        if mark:
            page.locator(f"#m{row} label").nth(mark - 1).click()
    page.locator(".tally .btn").click()
    page.get_by_role("button", name="投入票箱").click()
    walker.looks().sees("已投入票箱")
    return marks


def votes_by_http(office, codes):
    """A hall full of people within a minute; each goes through all pages."""
    port = int(office.address.rpartition(":")[2])

    def vote(at):
        voter, marks = Voter(port), marks_of(at + 2)
        page = voter.post("/vote", {"code": codes[at]})
        form = page.hidden() | {f"m{row}": str(mark) for row, mark in enumerate(marks) if mark}
        review = voter.post("/vote", form | {"step": "review"})
        done = voter.post("/cast", review.hidden())
        voter.close()
        assert (done.status, "已投入票箱" in done.text) == (200, True)
        return marks

    with ThreadPoolExecutor(16) as hall:
        return list(hall.map(vote, range(len(codes))))


def watches(person, number):
    """The wall screen shows how many took part, and nothing else."""
    wall = person().opens(f"/polls/{number}/turnout").sees("118 人已投票，共 120 人").sees("98%")
    assert not [name for name in NAMES if name in wall.page.content()]


def closes_and_counts_paper(secretary, person, office, number):
    at = f"/office/polls/{number}"
    secretary.opens(at).presses("投票截止").sees("投票已截止")
    secretary.opens(f"{at}/desk")
    secretary.page.get_by_label("剩余票码条").fill("21")
    secretary.page.get_by_label("剩余纸质选票").fill("12")
    secretary.presses("保存清点数")
    wrong = [*PAPER[:8], (1, 2, 5)]
    enters_box(secretary, at, PAPER)
    teller = person().signs_in("干事")
    enters_box(teller, at, wrong).sees("两遍录入不一致").sees("“谢水”")
    enters_box(teller, at, PAPER)
    teller.sees("两遍一致")


def enters_box(walker, at, rows):
    page = walker.opens(f"{at}/desk").page
    page.get_by_role("link", name=re.compile("录第.遍")).click()
    for name, value in (("recovered", 8), ("valid", 8), ("void", 0)):
        page.locator(f"#{name}").fill(str(value))
    for row, counts in enumerate(rows):
        for column, value in enumerate(counts):
            page.locator(f"input[name=r{row}-{column}]").fill(str(value))
    page.get_by_role("button", name="录入", exact=True).click()
    return told_no(walker)


def unseals_and_counts(secretary, office, number, shares):
    at = f"/office/polls/{number}"
    page = secretary.opens(f"{at}/unsealing").page
    page.get_by_label("第一张密钥单").fill(shares[2])
    page.get_by_label("第二张密钥单").fill(" ".join(word[:4] for word in shares[0].split()))
    secretary.presses("开箱", exact=True).sees("已开箱，清点后计票")
    secretary.presses("计票", exact=True).sees("第 4 式")
    refused = linli("poll", "sign", number, instance=office.instance, check=False)
    assert refused.returncode == 1
    assert "第 4 式：领取票码条 109，应为领码票 110" in refused.stderr
    secretary.opens(f"{at}/desk").page.get_by_label("剩余票码条").fill("20")
    secretary.presses("保存清点数")
    secretary.opens(f"{at}/equations").presses("计票", exact=True).sees("签字")


def signs_and_checks(secretary, office, number, expected, folder):
    for name in ("沈兰英", "曹文", "何静"):
        secretary.page.locator("form[action$=signature]").get_by_text(name, exact=False).click()
    secretary.presses("签字", exact=True).sees("计票结果")
    sheets = folder / "sheets.pdf"
    office.linli("print", "sheets", number, "--out", sheets)
    with pdfplumber.open(sheets) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
        text = "".join(page.extract_text() for page in pdf.pages)
    facts = {row[0]: row[1] for table in tables for row in table if len(row) == 2}
    assert (facts["应到"], facts["实到有选举权"], facts["请假和未到"]) == ("120", "118", "2")
    assert (facts["发出选票合计"], facts["收回选票合计"], facts["票箱收回纸质选票"]) == ("118", "118", "8")
    rows = {row[0]: row[1:] for table in tables for row in table if row[0] in NAMES}
    for row, name in enumerate(NAMES):
        yes, no = (expected[row][mark] + PAPER[row][mark] for mark in (0, 1))
        assert rows[name][:3] == [str(yes), str(no), str(118 - yes - no)], name
        assert (rows[name][4] == "√") == (yes >= 60), name
    office.linli("poll", "export", number, "--out", folder)
    digest = re.search(r"结果文件摘要\s*((?:[0-9A-Z]{4} ?){8})", text)[1].strip()
    files = [folder / "结果.json", "--ballots", folder / "选票.json", "--digest", digest]
    checked = subprocess.run([sys.executable, ROOT / "verify.py", *files], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert json.loads((folder / "结果.json").read_text())["figures"]["R"]["cast"] == ON_SLIPS


def reads_the_result(person, number, expected):
    """Residents read who is over half, and no figure of anybody."""
    secretary = person().signs_in()
    secretary.opens(f"/office/polls/{number}").presses("公布结果").sees("结果已公布")
    resident = person(phone=True).opens(f"/polls/{number}")
    passed = [name for row, name in enumerate(NAMES) if expected[row][0] + PAPER[row][0] >= 60]
    assert 0 < len(passed) < 9
    resident.sees(f"过半：{'、'.join(passed)}。")
    assert "信任 " not in resident.page.locator("main").inner_text().replace("候选人信任票", "")

