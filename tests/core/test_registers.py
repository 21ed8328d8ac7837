"""Every declared register: form, list, history, void, files, paper, search, and out and in again without loss."""

import io

import openpyxl
import pdfplumber
import pytest

import registers
from blueprints.people import imports
from core.access import Role
from core.audit import Act
from core.printing import paper
from core.records.work import AuditEntry
from core.registers import ledger, sheet
from core.spreadsheets.cells import Kind, text_of
from tests import entries, make

PICTURE = b"\xff\xd8\xff\xe0not a picture"
each = pytest.mark.parametrize("register", registers.ALL, ids=lambda register: register.key)


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.SECRETARY))


def typed(register, values):
    """The values as a browser sends them: a box not ticked sends nothing."""
    texts = {key: "" if value is None else str(text_of(value, register[key].kind, {})) for key, value in values.items()}
    days = {key: str(values[key] or "") for key in texts if register[key].kind is Kind.DAY}
    ticks = {key: "y" for key in texts if register[key].kind is Kind.YES and values[key]}
    return {key: text for key, text in texts.items() if register[key].kind is not Kind.YES} | days | ticks


@each
def test_an_entry_is_typed_listed_corrected_and_void(staff, community, register):
    values = entries.values(register, community)
    answer = staff.submit(f"/office/{register.key}/new", **typed(register, values))
    assert answer.status_code == 303, [node.text_content() for node in staff.page.findall(".//*[@class='err']")]
    row = register.model.get()
    assert ledger.values_of(register, row) == values
    called = ledger.called(register, row)
    assert called in staff.get(f"/office/{register.key}").text
    assert staff.submit(f"/office/{register.key}/{row.id}/edit").status_code == 303
    assert ledger.values_of(register, register.model.get()) == ledger.values_of(register, row)
    path = f"/office/{register.key}/{row.id}"
    assert staff.submit(path, form="void", reason="").status_code == 422
    assert staff.submit(path, form="void", reason="登记重了").status_code == 303
    assert "登记重了" in staff.get(path).text
    staff.get(f"/office/{register.key}")
    assert staff.page.find(".//table") is None
    assert called in staff.get(f"/office/{register.key}?show=void").text
    assert staff.post(f"{path}/edit", data={"csrf_token": "x"}).status_code in (400, 422)
    acts = [entry.act for entry in AuditEntry.select().where(AuditEntry.subject_kind == register.model._meta.table_name)]
    assert acts == [Act.ENTRY_ADDED, Act.ENTRY_CHANGED, Act.ENTRY_VOIDED]


@each
def test_what_goes_out_comes_back_in(community, register):
    row = entries.entry(register, community)
    content, _name = imports.export(community, imports.roster(register.key, community))
    plan = imports.plan_of(community, imports.roster(register.key, community), content, "x.xlsx")[1]
    assert (len(plan.unchanged), plan.added, plan.changed, plan.refused) == (1, [], [], [])
    register.model.delete().execute()
    imports.bring_in(make.actor(community), community, imports.roster(register.key, community), content, "x.xlsx")
    assert ledger.values_of(register, register.model.get()) == ledger.values_of(register, row)


@each
def test_it_is_printed_and_searched(staff, community, register):
    row = entries.entry(register, community)
    drawn = sheet.sheet(register, community, [row])
    with pdfplumber.open(io.BytesIO(paper.render(sheet.TEMPLATE, drawn))) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "")
        assert all(char["x1"] < page.width for page in pdf.pages for char in page.chars)
    assert str(register.title) in text
    head = [cell.value for cell in next(openpyxl.load_workbook(io.BytesIO(staff.get(f"/office/{register.key}.xlsx").data)).active.rows)]
    assert head == [str(line.title) for line in register.lines]
    words = next(ledger.shown(register, row, line.key) for line in register.lines if line.kind in ledger.WORDS)
    hits = list(ledger.search(register, make.actor(community), community, words))
    assert [hit.url for hit in hits] == [f"/office/{register.key}/{row.id}"]


def test_a_stale_form_keeps_what_was_typed(staff, community):
    register = registers.ALL[0]
    row = entries.entry(register, community)
    path = f"/office/{register.key}/{row.id}/edit"
    staff.get(path)
    ledger.correct(register, make.actor(community), row, 1, entries.values(register, community))
    answer = staff.send(path, name="我改的名字")
    assert (answer.status_code, "我改的名字" in answer.text) == (409, True)
    assert staff.send(path, name="我改的名字").status_code == 303
    assert register.model.get().name == "我改的名字"


def test_files_are_evidence_and_are_checked(staff, community):
    register = registers.ALL[0]
    path = f"/office/{register.key}/{entries.entry(register, community).id}"
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    staff.get(path)
    token = staff.page.find(".//input[@name='csrf_token']").get("value")
    refused = staff.post(f"{path}/files", data={"csrf_token": token, "file": (io.BytesIO(PICTURE), "x.jpg")})
    assert (refused.status_code, 'id="errs"' in refused.text, "还没有附件" in refused.text) == (422, True, True)
    answer = staff.post(f"{path}/files", data={"csrf_token": token, "file": (io.BytesIO(book.getvalue()), "清单.xlsx")})
    assert answer.status_code == 303
    assert "清单.xlsx" in staff.get(path).text
    assert staff.get(f"{path}/files/1").status_code == 200
    staff.submit(path, form="files/1/removal")
    assert staff.get(f"{path}/files/1").status_code == 404


def test_the_list_asks_which_day(staff, community):
    register = next(one for one in registers.ALL if one.span)
    since, until = register.span
    entries.entry(register, community, **{since: "2024-01-01", until: "2025-01-01"})
    entries.entry(register, community, **{since: "2024-06-01", until: ""})
    for day, number in (("2023-12-31", 0), ("2024-03-01", 1), ("2024-12-31", 2), ("2025-01-01", 1)):
        assert f"共 {number} 条" in staff.get(f"/office/{register.key}?on={day}").text
    answer = staff.submit(f"/office/{register.key}/new", **typed(register, entries.values(register, community) | {since: "2025-02-01", until: "2025-01-01"}))
    assert (answer.status_code, "早于" in answer.text) == (422, True)


def test_a_long_list_costs_as_many_queries_as_a_short_one(staff, community):
    from playhouse.test_utils import count_queries

    register = registers.ALL[0]
    counts = []
    for _round in range(2):
        for _more in range(5):
            entries.entry(register, community)
        with count_queries() as counter:
            staff.get(f"/office/{register.key}")
        counts.append(counter.count)
    assert counts[0] == counts[1]
