import itertools

import pytest
from shamir_mnemonic import combine_mnemonics, generate_mnemonics

from blueprints.ballots import sealing
from blueprints.ballots.refusals import (
    SheetLengthWrong,
    SheetMiscopied,
    SheetMissing,
    SheetRepeated,
    SheetsOfAnotherBox,
    SheetTooMany,
    SheetWordUnknown,
)


@pytest.fixture(scope="module")
def sealed():
    return sealing.seal()


@pytest.fixture(scope="module")
def another():
    return sealing.seal()


def test_any_two_of_three_sheets_open_the_box(sealed):
    ballots = [bytes([number]) * 80 for number in range(5)]
    bodies = [sealing.seal_body(sealed.public_key, plain) for plain in ballots]
    assert {len(body) for body in bodies} == {128}
    assert all(len(sheet.split()) == 33 for sheet in sealed.sheets)
    for pair in itertools.permutations(sealed.sheets, 2):
        assert sealing.open_bodies(sealed.public_key, pair, bodies) == sealing.Opening(ballots, 0)


def test_the_same_ballot_is_never_sealed_alike(sealed):
    assert len({sealing.seal_body(sealed.public_key, b"same") for _ in range(50)}) == 50


def test_one_sheet_three_sheets_and_a_sheet_twice_are_refused(sealed):
    first, second, third = sealed.sheets
    for sheets, refusal in (
        ([], SheetMissing),
        ([first], SheetMissing),
        ([first, second, third], SheetTooMany),
        ([first, first], SheetRepeated),
    ):
        with pytest.raises(refusal):
            sealing.check_sheets(sealed.public_key, sheets)


def test_a_sheet_of_another_box_is_refused(sealed, another):
    for sheets in ([sealed.sheets[0], another.sheets[1]], another.sheets[:2]):
        with pytest.raises(SheetsOfAnotherBox):
            sealing.check_sheets(sealed.public_key, sheets)


def test_a_wrong_copy_is_told_sheet_and_word(sealed):
    first, second, _ = sealed.sheets
    words = second.split()
    with pytest.raises(SheetWordUnknown, match="第 2 张密钥单第 4 个词“zebrafish”"):
        sealing.check_sheets(sealed.public_key, [first, " ".join([*words[:3], "zebrafish", *words[4:]])])
    with pytest.raises(SheetLengthWrong, match="现在是 32 个"):
        sealing.check_sheets(sealed.public_key, [first, " ".join(words[1:])])
    swapped = [words[0], words[1], words[2], words[4], words[3], *words[5:]]
    if swapped != words:
        with pytest.raises(SheetMiscopied, match="第 2 张"):
            sealing.check_sheets(sealed.public_key, [first, " ".join(swapped)])


def test_four_letters_and_capitals_are_enough(sealed):
    short = " \n".join(word[:4].upper() for word in sealed.sheets[0].split())
    sealing.check_sheets(sealed.public_key, [short, sealed.sheets[2]])


def test_a_low_stakes_poll_may_have_one_sheet():
    sealed = sealing.seal(sheets=1)
    assert len(sealed.sheets) == 1
    body = sealing.seal_body(sealed.public_key, b"ballot")
    assert sealing.open_bodies(sealed.public_key, sealed.sheets, [body]).plain == [b"ballot"]


def test_a_damaged_body_is_counted_and_the_others_open(sealed):
    good = sealing.seal_body(sealed.public_key, b"one")
    damaged = good[:-1] + bytes([good[-1] ^ 1])
    opening = sealing.open_bodies(sealed.public_key, sealed.sheets[:2], [good, damaged, good])
    assert opening == sealing.Opening([b"one", b"one"], 1)


def test_sheets_of_an_other_program_with_a_passphrase_do_not_open(sealed):
    """A passphrase never raises an error in this scheme, it gives another key: so the key itself is compared."""
    secret = combine_mnemonics(list(sealed.sheets[:2]))
    hidden = generate_mnemonics(1, [(2, 3)], secret, passphrase=b"other")[0]
    with pytest.raises(SheetsOfAnotherBox):
        sealing.check_sheets(sealed.public_key, hidden[:2])
