"""Bodies: who sits there, which rules hold, the paper of a charter, the year's theme."""

import io
from datetime import date

import pdfplumber
import pytest

from blueprints.bodies import queries, registers
from blueprints.sixones.models import Item, Standing
from blueprints.sixones.queries import lines
from core import clock
from core.access import Role
from core.registers import ledger
from tests import entries, make
from tests.notices.office import workbook


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


@pytest.fixture
def group(community):
    return entries.entry(registers.BODIES, community, name="社区党建工作协调小组", kind="coordination", parent="")


def seat(community, group, name, **values):
    return entries.entry(registers.SEATS, community, name=name, body=group.id, unit="", **({"post": "member"} | values))


def test_the_body_s_page_shows_everything_of_it(staff, community, group):
    seat(community, group, "沈国庆", post="chair")
    entries.entry(registers.CHARTERS, community, body=group.id, title="协调小组章程")
    entries.entry(registers.FOCUSES, community, body=group.id, text="红色楼道")
    entries.entry(registers.HELD, community, body=group.id, name="季度研讨")
    page = staff.get(f"/office/bodies/{group.id}").text
    for words in ("沈国庆", "协调小组章程", "红色楼道", "季度研讨"):
        assert words in page


def test_seats_on_a_day_the_chair_first(community, group):
    seat(community, group, "陆静怡", since="2024-01-01", until="2025-01-01")
    seat(community, group, "吴文斌", since="2025-01-01")
    seat(community, group, "沈国庆", post="chair", since="2024-01-01")
    assert [one.name for one in queries.members(group, date(2024, 6, 1))] == ["沈国庆", "陆静怡"]
    assert [one.name for one in queries.members(group, date(2025, 6, 1))] == ["沈国庆", "吴文斌"]


def test_an_amended_charter_is_a_new_edition(staff, community, group):
    first = entries.entry(registers.CHARTERS, community, body=group.id, title="章程", edition=1)
    with pytest.raises(registers.EditionTaken):
        entries.entry(registers.CHARTERS, community, body=group.id, title="章程", edition=1)
    second = entries.entry(registers.CHARTERS, community, body=group.id, title="章程", edition=2)
    assert queries.latest(first) == second
    assert "这是旧版" in staff.get(f"/office/charters/{first.id}").text
    assert "这是旧版" not in staff.get(f"/office/charters/{second.id}").text


def test_a_charter_on_official_paper(staff, community, group):
    row = entries.entry(registers.CHARTERS, community, body=group.id, title="协调小组章程", text="一、总则\n协调小组每季度开会一次。")
    path = f"/office/charters/{row.id}"
    staff.submit(path, form="prints")
    with pdfplumber.open(io.BytesIO(staff.get(f"{path}/charter.pdf").data)) as pdf:
        text = pdf.pages[0].extract_text().replace("\n", "")
    for words in ("协调小组章程", "协调小组每季度开会一次", "核对码"):
        assert words in text


def test_the_list_of_seats_on_paper(staff, community, group):
    seat(community, group, "沈国庆", post="chair")
    with pdfplumber.open(io.BytesIO(staff.get(f"/office/bodies/{group.id}/seats.pdf").data)) as pdf:
        assert "沈国庆" in pdf.pages[0].extract_text()


def test_theme_and_rules_show_in_the_six_ones(community, group):
    year = clock.today().year

    def state(item):
        return next(line.state for line in lines(community, year)[None] if line.item is item)

    assert state(Item.THEME) is state(Item.RULES) is Standing.NOT_STARTED
    entries.entry(registers.FOCUSES, community, body=group.id, year=year)
    entries.entry(registers.CHARTERS, community, body=group.id)
    assert state(Item.THEME) is state(Item.RULES) is Standing.DONE


def test_a_body_that_was_dissolved_is_no_longer_chosen(community, group):
    values = ledger.values_of(registers.BODIES, group) | {"since": "2020-01-01", "until": "2024-01-01"}
    ledger.correct(registers.BODIES, make.actor(community), group, 1, values)
    assert queries.body_names(community) == {}


def test_the_leading_group_has_office_members_terms_and_a_founding_document(staff, community):
    """市社区党建工作领导小组: chair, deputy, head of its office, from when to when, by which document."""
    top = entries.entry(
        registers.BODIES, community, name="市社区党建工作领导小组", kind="leading_group", level="市", parent="",
        office="市委组织部", document="常委办〔2003〕12号",
    )  # fmt: skip
    seat(community, top, "顾书记", post="chair", since="2024-01-01")
    seat(community, top, "钱部长", post="deputy", since="2024-01-01", until="2025-06-01")
    seat(community, top, "周主任", post="office_head", since="2024-01-01")
    page = staff.get(f"/office/bodies/{top.id}").text
    for words in ("市委组织部", "常委办〔2003〕12号", "顾书记", "组长（主任）", "办公室主任"):
        assert words in page
    assert "钱部长" not in page
    assert [one.name for one in queries.members(top, date(2025, 5, 31))] == ["顾书记", "钱部长", "周主任"]


def test_a_guidance_committee_has_a_charter_in_editions_activities_and_a_focus_each_year(staff, community):
    town = entries.entry(registers.BODIES, community, name="镇社区党建工作指导委员会", kind="guidance", level="镇", parent="")
    for edition in (1, 2):
        entries.entry(registers.CHARTERS, community, body=town.id, title="指导委员会章程", edition=edition)
    entries.entry(registers.FOCUSES, community, body=town.id, text="抓联席会议", year=2025)
    entries.entry(registers.FOCUSES, community, body=town.id, text="抓党员承诺", year=2026)
    entries.entry(registers.HELD, community, body=town.id, name="第三次研讨会", kind="研讨", people=40)
    page = staff.get(f"/office/bodies/{town.id}").text
    for words in ("第2版", "第1版", "2025 抓联席会议", "2026 抓党员承诺", "第三次研讨会", "40 人次"):
        assert words in page
    assert page.index("第2版") < page.index("第1版")


def test_sub_meetings_stand_below_the_body_they_belong_to(staff, community, group):
    part = entries.entry(registers.BODIES, community, name="教育分会", kind="sub_meeting", parent=group.id)
    assert part.parent == group
    assert "社区党建工作协调小组" in staff.get(f"/office/bodies/{part.id}").text


def test_levels_are_data_whatever_the_network_is_called(staff, community):
    """市、镇（管理区）、社区 and 区、街道、社区 alike: no level is built in."""
    for level in ("市", "管理区", "区", "街道", "社区"):
        entries.entry(registers.BODIES, community, name=f"{level}协调小组", kind="coordination", level=level, parent="")
    text = staff.get("/office/bodies").text
    assert all(f"{level}协调小组" in text for level in ("市", "管理区", "区", "街道", "社区"))


def test_a_policy_document_says_what_it_governs_and_holds_its_scan(staff, community):
    row = entries.entry(
        registers.DOCUMENTS, community, title="关于开展机关与社区联手共建的意见", number="常委发〔2003〕8号", issuer="市委",
        issued_on="2003-05-20", governs="共建协议、六个一", until="",
    )  # fmt: skip
    path = f"/office/policy-documents/{row.id}"
    ledger.attach(registers.DOCUMENTS, make.actor(community), row, workbook("意见"), "意见.xlsx")
    text = staff.get(path).text
    for words in ("常委发〔2003〕8号", "共建协议、六个一", "2003年5月20日", "意见.xlsx"):
        assert words in text
    assert staff.get(f"{path}/files/1").status_code == 200
