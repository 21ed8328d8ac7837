"""Reading the files offices really send, refusing the others, and writing what reads back the same."""

import contextlib
import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprints.ballots.rosters import CANDIDATES
from blueprints.cobuilding.rosters import UNITS
from blueprints.people.rosters import MEMBERS, REPRESENTATIVES
from core.spreadsheets.grids import base
from core.spreadsheets.outlines import outline
from core.spreadsheets.reading import (
    BY_NAME,
    PERSON,
    IdCardColumn,
    NoHeader,
    Told,
    preview,
    read,
    refused_file,
    write,
    write_csv,
)
from tests.core.biff import MONTH, DateCell, FormulaCell, xls
from tests.core.sheets import HEADER, ROSTER, csv_bytes, repacked, xlsx

DATA = Path(__file__).parents[2] / "data"
WANG = ["王 芳", "女", "1978.02", "15400000001"]


def values(data, filename="名册.xlsx", **options):
    return [row.values for row in read(data, filename, ROSTER, **options).rows]


def reasons(data, filename="名册.xlsx", **options):
    return [(r.row, r.column, r.reason) for r in read(data, filename, ROSTER, **options).refused]


# --- the example community's own files ---


@pytest.mark.parametrize(
    ("name", "declaration", "identity", "count"),
    [
        ("members", MEMBERS, PERSON, 187),
        ("representatives", REPRESENTATIVES, PERSON, 120),
        ("candidates", CANDIDATES, PERSON, 9),
        ("units", UNITS, BY_NAME, 16),
    ],
)
def test_the_example_rosters_come_in_go_out_and_come_in_again(name, declaration, identity, count):
    sheet = read((DATA / f"{name}.xlsx").read_bytes(), f"{name}.xlsx", declaration)
    plan = preview(sheet, [], identity)
    assert (sheet.header_row, len(plan.added), plan.refused, plan.unclear, sheet.unknown) == (2, count, [], [], [])
    on_file = [{"id": number, **row.values} for number, row in enumerate(plan.added, 1)]
    assert len(preview(sheet, on_file, identity).unchanged) == count
    for exported in (write(declaration, on_file), write_csv(declaration, on_file)):
        again = preview(read(exported, "出.csv", declaration), on_file, identity)
        assert (len(again.unchanged), again.refused, again.missing) == (count, [], [])


def test_members_have_their_odd_names_and_both_pairs_of_namesakes():
    rows = read((DATA / "members.xlsx").read_bytes(), "members.xlsx", MEMBERS).rows
    names = [row.values["name"] for row in rows]
    assert "阿不都热依木·买买提" in names
    assert [names.count("侯建国"), names.count("董妍")] == [2, 2]
    assert {row.values["category"] for row in rows} == {"in_service", "retired", "laid_off", "mobile"}


# --- headers ---


def test_the_header_is_found_below_title_rows_and_on_the_second_sheet():
    data = xlsx(说明=[["请先看说明"]], 人员=[["某某社区"], [], ["填表日期", "2026年"], HEADER, WANG])
    sheet = read(data, "a.xlsx", ROSTER)
    assert (sheet.title, sheet.header_row, sheet.rows[0].number) == ("人员", 4, 5)


def test_headers_are_known_by_meaning():
    data = xlsx(["党 员\n姓名*", "性　别：", "出生年月（如1978.02）", "手机【必填】", "备注"], WANG)
    sheet = read(data, "a.xlsx", ROSTER)
    assert sheet.rows[0].values == {"name": "王芳", "sex": "f", "birth": "1978-02", "phone": "15400000001"}
    assert sheet.columns["name"] == "党 员 姓名*"
    assert sheet.unknown == ["备注"]


def test_a_column_about_the_card_but_without_its_number_is_no_reason_to_refuse():
    sheet = read(xlsx([*HEADER, "身份证复印件", "身份"], [*WANG, "已交", "代表"]), "a.xlsx", ROSTER)
    assert sheet.unknown == ["身份证复印件", "身份"]


def test_a_header_may_give_two_wordings():
    sheet = read(xlsx(["姓名 Name", "手机/电话", "性别/Sex"], ["王芳", "12345", "女"]), "a.xlsx", ROSTER)
    assert sheet.rows[0].values == {"name": "王芳", "phone": "12345", "sex": "f"}


def test_a_header_of_two_rows_is_read_as_one():
    data = xlsx(["序号", "姓名", "联系方式", None], [None, None, "地址", "手机"], [1, "王芳", "x", "15400000001"])
    sheet = read(data, "a.xlsx", ROSTER)
    assert (sheet.header_row, sheet.rows[0].values) == (2, {"name": "王芳", "phone": "15400000001"})


def test_the_user_may_map_columns_anew():
    data = xlsx(["本名", "姓名", "性别", "电话"], ["王芳", "阿芳", "女", "12345"])
    assert values(data)[0]["name"] == "阿芳"
    assert values(data, mapping={"name": "本名"})[0]["name"] == "王芳"
    assert values(data, mapping={"sex": "", "phone": ""}) == [{"name": "阿芳"}]
    strange = xlsx(["甲", "乙"], ["王芳", "女"])
    assert [one.text for one in outline(strange, "a.xlsx", ROSTER, Told()).headings] == ["甲", "乙"]
    assert values(strange, mapping={"name": "甲", "sex": "乙"}) == [{"name": "王芳", "sex": "f"}]


def test_a_file_without_the_header_says_what_was_looked_for():
    with pytest.raises(NoHeader) as caught:
        read(xlsx(["单位名称", "电话"], ["邮政", "12345"]), "a.xlsx", ROSTER)
    assert "姓名" in str(caught.value)


def test_sheets_with_the_same_header_that_were_not_read_are_named_and_hidden_ones_are_not():
    data = xlsx(一支部=[HEADER, WANG], 二支部=[HEADER, WANG], 旧=[[*HEADER, "党支部"], WANG], hidden=("旧",))
    sheet = read(data, "a.xlsx", ROSTER)
    assert (sheet.title, sheet.other_sheets) == ("一支部", ["二支部"])


@pytest.mark.parametrize(
    "header",
    ["身份证号", "身份证号码(18位)", "公民身份号码", "身 份 证", "党员身份证号", "证件号码", "身份证号/护照号"],
)
def test_a_column_of_id_numbers_refuses_the_file_and_says_why(header):
    with pytest.raises(IdCardColumn) as caught:
        read(xlsx([*HEADER, header], WANG), "a.xlsx", ROSTER)
    assert "不保存身份证" in str(caught.value)


def test_a_column_that_holds_id_numbers_is_refused_whatever_it_is_called():
    with pytest.raises(IdCardColumn, match="证号"):
        read(xlsx([*HEADER, "证号"], [*WANG, "11010519491231002X"], ["李四", "男", "1978.02", "", ""]), "a.xlsx", ROSTER)
    with pytest.raises(IdCardColumn, match="证号"):
        outline(xlsx([*HEADER, "证号"], [*WANG, "11010519491231002X"]), "a.xlsx", ROSTER, Told())


def test_an_id_number_anywhere_keeps_its_row_out_and_is_not_shown_again():
    rows = [[*WANG, "已转出"], ["李四", "男", "1978.02", "", "换证 11010519491231002X"], ["张三", "男", "1978.02", "", "电话常换"]]
    rows.append(["周九 11010519491231002X", "男", "1978.02", "", ""])
    sheet = read(xlsx([*HEADER, "备注"], *rows), "a.xlsx", ROSTER)
    assert [row.values["name"] for row in sheet.rows] == ["王芳", "张三"]
    stars = "*" * 18
    assert [(one.row, one.column, one.value) for one in sheet.refused] == [(3, "备注", f"换证 {stars}"), (5, "姓名", f"周九 {stars}")]


# --- rows ---


def test_totals_footers_blanks_and_repeated_headers_are_passed_over():
    data = xlsx(HEADER, WANG, [], [None, " ", None], HEADER, ["合 计", None, None, "1"], ["制表人：李四"], ["共 1 人"])
    assert len(values(data)) == 1
    assert reasons(data) == []


def test_a_total_may_stand_before_a_count_in_the_name_column():
    data = xlsx(["序号", *HEADER], [1, *WANG], ["合计", "6人", None, None, None], [2, "李四", "男", None, None])
    assert [row["name"] for row in values(data)] == ["王芳", "李四"]


def test_a_row_without_a_name_is_refused():
    assert reasons(xlsx(HEADER, [None, "女", "1978.02", None])) == [(2, "姓名", "“姓名”不能空着，请填写。")]


def test_every_bad_cell_of_a_row_is_told():
    found = reasons(xlsx(HEADER, ["王芳", "不男", "1978.13", "12"], WANG))
    assert [(row, column) for row, column, _ in found] == [(2, "性别"), (2, "出生年月"), (2, "联系电话")]


def test_blank_and_merged_cells_are_filled_only_where_asked():
    rows = [
        ["姓名", "所在支部", "楼道", "手机"],
        ["甲某", "一支部", "3-2", None],
        ["乙某", None, None, None],
        ["丙某", "同上", None, None],
    ]
    data = xlsx(*rows)
    assert [row["branch"] for row in values(data)] == ["一支部", ""]
    assert "沿用上一行" in reasons(data)[0][2]
    filled = values(data, fill_down=True)
    assert [(row["branch"], row["stairwell"]) for row in filled] == [("一支部", "3幢2单元")] * 3
    phones = xlsx(["姓名", "手机"], ["甲某", "15400000001"], ["乙某", None], ["丙某", None], merges=("B2:B3",))
    assert [row["phone"] for row in values(phones, fill_down=True)] == ["15400000001", "15400000001", ""]
    assert [row["phone"] for row in values(phones)] == ["15400000001", "", ""]


def test_dates_keep_the_precision_their_cell_shows():
    day = datetime.datetime(1978, 2, 15)
    rows = [
        ["姓名", "出生年月"],
        ["甲", day],
        ["乙", day],
        ["丙", 28536],
        ["丁", 1978.1],
        ["戊", 1978.1],
        ["己", 197802],
    ]
    data = xlsx(*rows, formats={"B2": "yyyy-mm-dd", "B3": 'yyyy"年"m"月"', "B6": "0.00"})
    assert [row["birth"] for row in values(data)] == ["1978-02-15", "1978-02", "1978-02-15", "1978-10", "1978-02"]
    assert "1 月还是 10 月" in reasons(data)[0][2]


def test_formulas_are_refused_and_never_calculated():
    data = xlsx(["序号", *HEADER], ["=ROW()-1", "王芳", '=IF(1,"女","")', "1978.02", None])
    assert [(row, column) for row, column, _ in reasons(data)] == [(2, "性别")]


def test_text_that_looks_like_a_formula_stays_text_both_ways():
    texts = ["=1+1", "+86", "-5", "@某", "'=x", "＝cmd", '=HYPERLINK("http://x")', "<script>alert(1)</script>"]
    rows = [{"name": f"某{n}", "note": text} for n, text in zip("甲乙丙丁戊己庚辛", texts, strict=True)]
    made = write(ROSTER, rows)
    assert [row["note"] for row in values(made)] == texts
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}
    assert page["J2"].quotePrefix
    text = write_csv(ROSTER, rows)
    assert [row["note"] for row in values(text, "a.csv")] == texts
    fields = text.decode("utf-8-sig").replace('"', "").replace("\r\n", ",").split(",")
    assert not [field for field in fields if field.startswith(("=", "+", "-", "@", "＝"))]


def test_refused_rows_come_back_as_a_file_with_the_reasons():
    data = xlsx(
        ["某社区"],
        [*HEADER, "备注"],
        WANG,
        [
            "李四",
            "男",
            "1978.13",
            "12",
            "=1",
        ],
    )
    sheet = read(data, "a.xlsx", ROSTER)
    page = openpyxl.load_workbook(io.BytesIO(refused_file(data, "a.xlsx", sheet))).active
    header, row = page.iter_rows(values_only=True)
    assert header == (*HEADER, "备注", "未导入原因")
    assert row[:5] == ("李四", "男", "1978.13", "12", "=1")
    assert row[5].startswith("出生年月：没有“1978.13”这个日期")
    assert "；联系电话：" in row[5]
    mended = read(refused_file(data, "a.xlsx", sheet), "b.xlsx", ROSTER)
    assert len(mended.refused) == 2


# --- .csv and .xls ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_the_encodings_of_offices(encoding, delimiter):
    data = csv_bytes(
        ["名册，第一页"], HEADER, ["𠮷 䶮", "女", "1978.02", "15400000001"], encoding=encoding, delimiter=delimiter
    )
    assert values(data, "名册.csv") == [{"name": "𠮷䶮", "sex": "f", "birth": "1978-02", "phone": "15400000001"}]
    assert read(data, "某/名册.csv", ROSTER).title == "名册"


def test_a_csv_may_have_lost_zeros_too():
    assert "10 月" in reasons(csv_bytes(HEADER, ["王芳", "女", "1978.1", ""]), "a.csv")[0][2]


def test_csv_rows_keep_the_line_they_begin_on():
    data = csv_bytes(["姓名", "承诺事项"], ["王芳", "第一行\n第二行"], ["李四", "好"])
    assert [row.number for row in read(data, "a.csv", ROSTER).rows] == [2, 4]


def test_old_xls_files():
    rows = [
        ["梅苑社区"],
        ["姓名", "出生年月", "电话", "所在支部"],
        ["王 芳", DateCell(28536), 15489541301.0, "一支部"],
        ["李四", DateCell(28522, MONTH), FormulaCell(3), None],
        ["张三", 1978.02, None, None],
    ]
    data = xls(rows, merges=[(2, 4, 3, 3)])
    sheet = read(data, "a.xls", ROSTER, fill_down=True)
    assert [row.values for row in sheet.rows] == [
        {"name": "王芳", "birth": "1978-02-15", "phone": "15489541301", "branch": "一支部"},
        {"name": "张三", "birth": "1978-02", "phone": "", "branch": "一支部"},
    ]
    assert [(r.row, r.column) for r in sheet.refused] == [(4, "电话")]
    assert sheet.title == "名册"


# --- files that are refused ---


def bomb() -> bytes:
    return repacked(xlsx(HEADER), xl__worksheets__sheet9=b" " * (8 * base.MEGABYTE))


def doctype() -> bytes:
    entity = (
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    return repacked(xlsx(HEADER), xl__sharedStrings=entity)


def other_package() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", base.EmptyFile),
        (b" \r\n ", base.EmptyFile),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", base.NotASpreadsheet),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01", base.NotASpreadsheet),
        (b"<html><table><tr><td>x</td></tr></table>", base.OtherFormat),
        (b"PK\x03\x04 cut off", base.Damaged),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, base.Damaged),
        (b"x" * (base.MOST_BYTES + 1), base.TooLarge),
        (other_package(), base.NotASpreadsheet),
        (bomb(), base.TooLarge),
        (doctype(), base.Damaged),
        (repacked(xlsx(HEADER, WANG), xl__worksheets__sheet1=b"<worksheet><sheetData><row>"), base.Damaged),
        (xlsx(HEADER, WANG)[:-200], base.Damaged),
        (xlsx(HEADER, WANG)[:400], base.Damaged),
        (xls([HEADER, WANG])[:1500], base.Damaged),
        (csv_bytes(HEADER, *[WANG] * (base.MOST_ROWS + 1)), base.TooLarge),
        (csv_bytes([*HEADER, *["x"] * 100]), base.TooLarge),
        (xlsx([*HEADER, *["x"] * 100]), base.TooLarge),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_no_readable_table_is_refused_in_one_sentence(data, refusal):
    with pytest.raises(refusal) as caught:
        read(data, "a.xlsx", ROSTER)
    assert str(caught.value).endswith("。")
    assert "%(" not in str(caught.value)


def test_far_cells_and_false_dimensions_do_not_fool_the_reader():
    book = openpyxl.load_workbook(io.BytesIO(xlsx(HEADER, WANG)))
    book.active.cell(1_048_576, 16_384).number_format = "0.00"
    book.active.cell(9, 1).value = "李四"
    out = io.BytesIO()
    book.save(out)
    part = zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml").replace(b'ref="A1:XFD1048576"', b'ref="A1:A1"')
    assert [row["name"] for row in values(repacked(out.getvalue(), xl__worksheets__sheet1=part))] == ["王芳", "李四"]


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_reader(data):
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(base.Refused):
            read(head + data, "a.xlsx", ROSTER)


WHOLE = [xlsx(HEADER, WANG), xls([HEADER, WANG])]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_damage_breaks_the_reader(data):
    whole = bytearray(data.draw(st.sampled_from(WHOLE)))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=20)):
        whole[place] ^= data.draw(st.integers(1, 255))
    # Anything but a refusal would be a traceback before the office's eyes.
    with contextlib.suppress(base.Refused):
        assert len(read(bytes(whole), "a.xlsx", ROSTER).rows) <= 1


# --- what goes out comes back in ---

HAN = st.sampled_from("王芳李䶮㛃堃喆欧阳司马𠮷")
NAMES = st.text(HAN, min_size=2, max_size=4)
DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat()[:size] for size in (4, 7, 10)])
)
PEOPLE = st.fixed_dictionaries(
    {
        "id": st.none() | st.integers(1, 10**9),
        "name": NAMES,
        "sex": st.sampled_from(["", "m", "f"]),
        "birth": st.just("") | DATES,
        "phone": st.sampled_from(["", "15400000001", "0512-65221234", "15400000001/65221234-12"]),
        "branch": st.text(max_size=20).map(lambda text: " ".join(text.split())),
        "stairwell": st.just("") | st.builds("{}幢{}单元".format, st.integers(1, 199), st.integers(1, 20)),
        "children": st.none() | st.integers(0, 10**6),
        "kind": st.sampled_from(["", "in_service", "retired"]),
        "note": st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@'\"_x0041;,\t\n<&"), max_size=30),
    }
)


@given(st.lists(PEOPLE, max_size=6))
@settings(max_examples=80, deadline=None)
def test_what_is_written_reads_back_the_same(people):
    from core.spreadsheets.cells import clean
    from core.spreadsheets.reading import DITTO

    rows = [{**p, "note": clean(p["note"]), "branch": clean(p["branch"])} for p in people]
    rows = [row for row in rows if row["note"] not in DITTO and row["branch"] not in DITTO]
    assert values(write(ROSTER, rows)) == rows
    assert values(write(ROSTER, rows, title="名册(样)")) == rows
    assert values(write_csv(ROSTER, rows), "a.csv") == rows


def test_the_same_rows_make_the_same_file():
    rows = [{"name": "王芳", "note": "x"}]
    assert write(ROSTER, rows) == write(ROSTER, rows)


def test_an_export_is_ready_to_use():
    page = openpyxl.load_workbook(
        io.BytesIO(write(ROSTER, [{"name": "王芳", "birth": "1978-02"}], title="名册"))
    ).active
    assert (page["A1"].value, page["B2"].value, page.freeze_panes) == ("名册", "姓名", "A3")
    assert page["B2"].font.bold
    assert page["D3"].value == "1978.02"
    assert page["D3"].number_format == "@"
    assert page.column_dimensions["B"].width >= 6
