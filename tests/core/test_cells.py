"""Every spelling an office uses for dates, names, phones, stairwells and words, and every refusal."""

import pytest

from core.partial_dates import LostZero, NoSuchDay, NotADate, Number, ShortYear, YearOutOfRange, partial_date
from core.spreadsheets import cells, phones
from core.spreadsheets.cells import Day, Fault, Formula, Kind, text_of, value_of
from core.spreadsheets.id_numbers import HoldsIdNumber
from core.stairwells import han_number, stairwell, stairwell_slug, stairwell_text


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1978.02", "1978-02"),
        ("1978.2", "1978-02"),
        ("1978年2月", "1978-02"),
        ("1978年02月", "1978-02"),
        ("1978 年 2 月", "1978-02"),
        ("1978/2", "1978-02"),
        ("1978-2", "1978-02"),
        ("1978—02", "1978-02"),
        ("1978．02", "1978-02"),
        ("1978。02", "1978-02"),
        ("１９７８．０２", "1978-02"),
        ("１９７８年２月", "1978-02"),
        ("197802", "1978-02"),
        ("1978.02.", "1978-02"),
        ("1978年2月生", "1978-02"),
        ("1978.10", "1978-10"),
        ("1978.1", "1978-01"),
        ("1978-02-15", "1978-02-15"),
        ("1978.2.15", "1978-02-15"),
        ("1978/02/15", "1978-02-15"),
        ("1978年2月15日", "1978-02-15"),
        ("19780215", "1978-02-15"),
        ("1978-02-15 00:00:00", "1978-02-15"),
        ("1978-02-15T00:00:00", "1978-02-15"),
        ("1978/2/15 0:00", "1978-02-15"),
        ("1976-02-29", "1976-02-29"),
        ("28536", "1978-02-15"),
        ("1978", "1978"),
        ("1978年", "1978"),
        ("一九七八年二月", "1978-02"),
        ("一九七八年十二月二十五日", "1978-12-25"),
        ("二〇〇一年十月", "2001-10"),
        ("二○○一年十月".replace("○", "〇"), "2001-10"),
        ("", ""),
        (Number("1978.02"), "1978-02"),
        (Number("1978.10"), "1978-10"),
        (Number("28536"), "1978-02-15"),
        (Number("197802"), "1978-02"),
    ],
)
def test_date_spellings(text, iso):
    assert partial_date(text) == iso


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("1978.13", NoSuchDay),
        ("1978.00", NoSuchDay),
        ("1978-02-30", NoSuchDay),
        ("1978-02-29", NoSuchDay),
        ("19780231", NoSuchDay),
        ("78.02", ShortYear),
        ("78年2月", ShortYear),
        ("1878.02", YearOutOfRange),
        ("780215", YearOutOfRange),
        ("2878.02", YearOutOfRange),
        ("二月", NotADate),
        ("1978年春", NotADate),
        ("约1978", NotADate),
        ("02/15/1978", NotADate),
        (Number("1978.1"), LostZero),
    ],
)
def test_impossible_dates_say_why(text, refusal):
    with pytest.raises(refusal) as caught:
        partial_date(text)
    assert str(text) in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "3幢2单元",
        "3栋2单元",
        "3-2",
        "３幢２单元",
        "3号楼2单元",
        "3 幢 2 单元",
        "三幢二单元",
        "3#2单元",
        "3#-2",
        "3—2",
        "03幢02单元",
        "第3幢第2单元",
        "3楼2门",
        "3幢2梯",
        "3座2单元",
        "3号2单元",
        "3幢2",
        "3幢2单元301室",
        "3-2-301",
        "3幢2单元-301",
        "3-2单元",
    ],
)
def test_stairwell_spellings(text):
    assert stairwell(text) == (3, 2)
    assert value_of(text, Kind.STAIRWELL) == "3幢2单元"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("十二幢三单元", (12, 3)),
        ("二十幢十一单元", (20, 11)),
        ("3A幢2单元", ("3A", 2)),
        ("3a-2", ("3A", 2)),
        ("A座甲单元", ("A", "甲")),
        ("甲幢1单元", ("甲", 1)),
        ("16幢4单元", (16, 4)),
        ("", None),
        ("3", None),
        ("3幢", None),
        ("东门绿化带", None),
        ("2025-03-02", None),
        ("3-201", None),
        ("0幢1单元", None),
        ("西区3幢2单元", None),
    ],
)
def test_stairwell_labels(text, labels):
    assert stairwell(text) == labels


def test_stairwell_writes_back():
    assert stairwell_text(3, 2) == "3幢2单元"
    assert stairwell_text(3, 2, "栋") == "3栋2单元"
    assert stairwell_slug("3A", 2) == "3a-2"
    assert [han_number(n) for n in ("十", "十九", "九十九", "二一", "十十", "", "百")] == [
        10,
        19,
        99,
        21,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize("value", [Day("2025-03-02"), "3月2日"])
def test_a_stairwell_turned_into_a_date_is_explained(value):
    with pytest.raises(cells.TurnedIntoDate):
        value_of(value, Kind.STAIRWELL)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王 芳", "王芳"),
        ("王　　芳", "王芳"),
        (" 欧阳 毓琇 ", "欧阳毓琇"),
        ("阿不都热依木•买买提", "阿不都热依木·买买提"),
        ("阿不都热依木 · 买买提", "阿不都热依木·买买提"),
        ("John  Smith", "John Smith"),
        ("䶮㛃 堃", "䶮㛃堃"),
        ("𠮷 野", "𠮷野"),
        ("王\u202e芳\u200b", "王芳"),
        ("王\x00芳\ufeff", "王芳"),
        ("Ｌｉ", "Li"),
    ],
)
def test_names(text, name):
    assert value_of(text, Kind.NAME) == name


def test_a_name_of_digits_is_refused():
    with pytest.raises(cells.NotAName):
        value_of("123", Kind.NAME)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15489541301", "15489541301"),
        ("１５４８９５４１３０１", "15489541301"),
        ("154 8954 1301", "15489541301"),
        ("154-8954-1301", "15489541301"),
        ("+86 15489541301", "15489541301"),
        ("8615489541301", "15489541301"),
        ("0512-65221234", "0512-65221234"),
        ("(0512)65221234", "0512-65221234"),
        ("（0512）6522 1234", "0512-65221234"),
        ("051265221234", "0512-65221234"),
        ("6522-1234", "65221234"),
        ("0512-65221234转12", "0512-65221234-12"),
        ("15489541301、65221234", "15489541301/65221234"),
        ("15489541301 15489541302", "15489541301/15489541302"),
        ("15489541301/15489541301", "15489541301"),
        ("4008001234", "4008001234"),
        ("12345", "12345"),
        ("无", ""),
        ("-", ""),
    ],
)
def test_phones(text, number):
    assert value_of(text, Kind.PHONE) == number
    assert value_of(number, Kind.PHONE) == number


@pytest.mark.parametrize("text", ["1548954130", "154895413011", "25489541301", "电话", "15489541301转", "1"])
def test_what_is_no_phone(text):
    with pytest.raises(phones.NotAPhone):
        value_of(text, Kind.PHONE)


def test_a_phone_shortened_by_excel_is_explained():
    with pytest.raises(phones.LostDigits):
        value_of("1.54895E+10", Kind.PHONE)


def test_words_and_numbers():
    choices = {"在职": "a", "退休": "b", "离休": "b"}
    assert value_of(" 在 职", Kind.CHOICE, choices) == "a"
    assert text_of("b", Kind.CHOICE, choices) == "退休"
    assert value_of("女性", Kind.SEX) == "f"
    assert value_of("１,234 人", Kind.INTEGER) == 1234
    assert value_of("", Kind.INTEGER) is None
    with pytest.raises(cells.UnknownWord) as caught:
        value_of("学生", Kind.CHOICE, choices)
    assert "在职、退休。" in str(caught.value)
    with pytest.raises(cells.NotANumber):
        value_of("-3", Kind.INTEGER)


def test_numbers_of_other_offices_are_no_identity():
    assert value_of("L187", Kind.IDENTITY) == 187
    assert value_of("187", Kind.IDENTITY) is None
    assert text_of(187, Kind.IDENTITY) == "L187"


def test_active_cells_are_refused_or_kept_as_text():
    with pytest.raises(cells.IsFormula):
        value_of(Formula("=A1"), Kind.TEXT)
    with pytest.raises(cells.IsFault):
        value_of(Fault("#N/A"), Kind.TEXT)
    assert value_of("=1+1", Kind.TEXT) == "=1+1"
    assert value_of("<b>粗</b>\u2067", Kind.TEXT) == "<b>粗</b>"


def test_id_numbers_are_refused_wherever_they_stand():
    with pytest.raises(HoldsIdNumber):
        value_of("证件 11010519491231002X 号", Kind.TEXT)
    assert value_of("编号 110105194912310021", Kind.TEXT)  # Its check character is wrong: some other number.
