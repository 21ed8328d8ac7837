"""From the office's own Excel file to a poster in every stairwell."""

import io
from pathlib import Path

import pdfplumber
import pytest

pytestmark = pytest.mark.browser
ROSTER = Path(__file__).parent.parent.parent / "data" / "members.xlsx"


@pytest.fixture(scope="module")
def imported(office):
    office.linli("import", "members", str(ROSTER), "--apply")
    return office


def test_secretary_imports_reviews_publishes_and_prints(office, person):
    secretary = person().signs_in()
    secretary.opens("/office/imports/members")
    secretary.page.get_by_label("名册文件").set_input_files(ROSTER)
    secretary.presses("预览").sees("187")
    secretary.presses("确认导入").sees("第 1 批导入")
    secretary.opens("/office").sees("187 条承诺等支部审核")
    secretary.opens("/office/boards/commitments?state=proposed")
    secretary.presses("全部同意（187 条）")
    secretary.opens("/office/boards/commitments?state=approved")
    secretary.presses("全部公示上墙（187 条）").sees("187")
    secretary.presses("打印全部 A4").sees("下载", seconds=180)
    with pdfplumber.open(io.BytesIO(secretary.fetches("下载"))) as pdf:
        assert len(pdf.pages) >= 67
        assert "1幢1单元" in pdf.pages[0].extract_text().replace(" ", "")


@pytest.mark.parametrize("elder", [False, True])
def test_resident_finds_the_board_of_the_stairwell(imported, person, elder):
    resident = person(phone=True, elder=elder)
    resident.opens("/").follows("看承诺").follows("1幢1单元").sees("文秀英").sees("每两周浇水修剪一次")


def test_resident_without_script(imported, person):
    resident = person(phone=True, script=False)
    resident.opens("/boards/1-1").sees("文秀英")
