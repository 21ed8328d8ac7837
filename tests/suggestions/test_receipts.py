"""Receipt codes: typing errors are told from unknown codes, and only a slow hash is kept."""

import itertools

import pytest

from blueprints.suggestions import queries, receipts
from blueprints.suggestions.models import ReceiptSalt, Suggestion
from blueprints.suggestions.refusals import CodeMistyped, CodeTooShort, CodeUnknown

REAL_COST = dict(receipts.COST)  # before the fixtures make it quick


def test_a_code_is_sixteen_digits_with_its_check_digit(db):
    code = receipts.code_for("nonce")
    assert len(code) == 16
    assert code.isdecimal()
    assert receipts.check_digit(code) == "0"
    assert receipts.code_for("nonce") == code
    assert receipts.code_for("other") != code


def test_damm_finds_every_wrong_digit_and_every_exchange_of_neighbours():
    digits = "572943018264950"
    code = digits + receipts.check_digit(digits)
    for at, wrong in itertools.product(range(16), "0123456789"):
        if wrong != code[at]:
            assert receipts.check_digit(code[:at] + wrong + code[at + 1 :]) != "0"
    for at in range(15):
        if code[at] != code[at + 1]:
            assert receipts.check_digit(code[:at] + code[at + 1] + code[at] + code[at + 2 :]) != "0"


def test_damm_s_known_example():
    assert receipts.check_digit("572") == "4"


@pytest.mark.parametrize("spell", ["{} {} {} {}", "{}-{}-{}-{}", "{}　{}　{}　{}", "{}{}{}{}"])
def test_a_code_may_be_typed_in_any_spacing_and_width(db, spell):
    code = receipts.code_for("x")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    for written in (code, wide):
        assert receipts.spelled(spell.format(*(written[at : at + 4] for at in range(0, 16, 4)))) == code


def test_a_typo_is_told_from_an_unknown_code(db, community):
    code = receipts.code_for("x")
    wrong = str((int(code[5]) + 1) % 10)
    with pytest.raises(CodeMistyped, match="输错"):
        receipts.spelled(code[:5] + wrong + code[6:])
    with pytest.raises(CodeTooShort, match="15 位"):
        receipts.spelled(code[:-1])
    with pytest.raises(CodeUnknown, match="没有查到"):
        queries.tracked(community, receipts.spelled(code))


def test_the_code_is_nowhere_but_its_hash_finds_it(say, community):
    message = say()
    assert queries.tracked(community, say.code) == message
    assert say.code not in str([str(row.__data__) for row in Suggestion.select()])
    assert message.receipt == receipts.digest(say.code)
    assert ReceiptSalt.select().count() == 1


def test_a_code_of_one_community_finds_nothing_in_another(say):
    from tests import make

    say()
    with pytest.raises(CodeUnknown):
        queries.tracked(make.community("兰苑社区"), say.code)


def test_the_hash_is_as_slow_as_a_password_s():
    assert REAL_COST["memory_cost"] >= 19 * 1024
    assert REAL_COST["time_cost"] >= 2
