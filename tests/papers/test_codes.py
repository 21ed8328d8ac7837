"""Check codes: read kindly, and a slip of the pen told from a paper nobody issued."""

import itertools
import random

import pytest

from core.issued import codes

CODES = [codes.new_code() for _ in range(40)]


def sound(code):
    return codes.check_letter(code.replace("-", "")) == "0"


def test_new_codes_are_sound_and_differ():
    assert all(map(sound, CODES))
    assert len(set(CODES)) == len(CODES)
    assert all(letter in codes.ALPHABET for code in CODES for letter in code.replace("-", ""))


def test_every_wrong_letter_and_every_two_that_changed_places_are_found():
    for code in CODES[:3]:
        plain = code.replace("-", "")
        for place, letter in itertools.product(range(10), codes.ALPHABET):
            assert sound(plain[:place] + letter + plain[place + 1 :]) == (letter == plain[place])
        for one, two in itertools.combinations(range(10), 2):
            swapped = list(plain)
            swapped[one], swapped[two] = plain[two], plain[one]
            assert sound("".join(swapped)) == (plain[one] == plain[two])


def test_a_guess_at_random_is_rarely_sound():
    dice = random.Random(7)
    guesses = ["".join(dice.choice(codes.ALPHABET) for _ in range(10)) for _ in range(4000)]
    assert 0.02 < sum(map(sound, guesses)) / len(guesses) < 0.045  # one in 32


@pytest.mark.parametrize("typed", [
    "7K3PX-9QT2M", "7k3px9qt2m", "７Ｋ３ＰＸ－９ＱＴ２Ｍ", " 7K3PX 9QT2M ", "7K3PX—9QT2M", "http://linli.test/check/7K3PX-9QT2M",
    "https://linli.test/c/c2/check/7k3px9qt2m/", "核对码：7K3PX-9QT2M",
])  # fmt: skip
def test_a_code_is_read_however_it_was_typed(typed):
    assert codes.spelled(typed) == "7K3PX-9QT2M"


def test_look_alike_letters_are_one():
    assert codes.spelled("oIl0O-1iLoU") == "01100-1110V"


@pytest.mark.parametrize("typed", ["", "7K3PX", "7K3PX-9QT2M7", "核对码", "/check/", "1" * 200])
def test_a_code_of_another_length_says_how_many_were_typed(typed):
    with pytest.raises(codes.CodeOfWrongLength, match="10 个"):
        codes.spelled(typed)


def test_what_is_on_no_entry_is_mistyped_or_was_never_issued():
    code = CODES[0]
    wrong = ("1" if code[0] == "0" else "0") + code[1:]
    assert isinstance(codes.unknown(code), codes.NoSuchPaper)
    assert isinstance(codes.unknown(wrong), codes.CodeMistyped)
