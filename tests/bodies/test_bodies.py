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
