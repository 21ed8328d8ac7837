import hashlib
import math

import pytest

from blueprints.ballots import body, slips
from blueprints.ballots.refusals import BodyMalformed, CodeMalformed, LineTooLong


def test_a_code_has_sixteen_letters_of_eighty_bits():
    codes = {slips.draw_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(len(code) == 16 and set(code) <= set(slips.ALPHABET) for code in codes)
    assert 16 * math.log2(len(slips.ALPHABET)) == 80
    assert set("".join(codes)) == set(slips.ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "0123 4567 89AB 1J10",
        "O123-4567-89ab-ljio",
        " o123　4567 89ab　IJ1O\n",
        "０１２３４５６７８９ＡＢＬＪＩＯ",
        "0123–4567·89AB_1j10",
    ],
)
def test_a_typed_code_is_read_kindly(typed):
    assert slips.normalise(typed) == "0123456789AB1J10"


@pytest.mark.parametrize(
    "typed", ["", "0123", "0123456789AB1J1U", "0123456789AB1J100", "票码0123456789AB1J", "0" * 5000]
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(CodeMalformed):
        slips.normalise(typed)


def test_groups_of_four_come_back():
    code = slips.draw_code()
    assert slips.normalise(slips.in_groups(code)) == code
    assert [len(group) for group in slips.in_groups(code).split()] == [4, 4, 4, 4]


def test_parts_of_a_digest_do_not_run_together():
    assert slips.digest("tag", "ab", "c") != slips.digest("tag", "a", "bc")
    assert slips.slip_hash("1", "A" * 16) != slips.slip_hash("11", "A" * 16)
    assert slips.digest("a") == hashlib.sha256(b"\0\0\0\1a").digest()


def test_a_receipt_can_be_copied_by_hand():
    receipt = slips.receipt("7", slips.draw_code(), slips.draw_nonce())
    assert slips.read_receipt(slips.in_groups(slips.spelt(receipt)).lower()) == receipt
    with pytest.raises(CodeMalformed):
        slips.read_receipt("0" * 19)


def test_every_ballot_of_a_poll_has_one_length():
    mark = bytes(16)
    votes = [
        body.Vote((0,) * 9),
        body.Vote((3,) * 9, ("欧阳䶮", "李")),
        body.Vote((0,) * 9, whole=True),
        body.Vote((1,) * 9, ("名" * 31, "x" * 95)),
    ]
    plain = [body.encode(vote, mark, lines=2) for vote in votes]
    assert {len(one) for one in plain} == {body.sealed_size(9, 2) - body.SEAL_BYTES}
    assert [body.decode(one, 9, 3, 2) for one in plain] == [(mark, vote) for vote in votes]


@pytest.mark.parametrize(("rows", "lines", "size"), [(9, 0, 128), (62, 0, 128), (63, 0, 256), (9, 1, 256), (0, 6, 768)])
def test_the_length_is_rounded_up(rows, lines, size):
    assert body.sealed_size(rows, lines) == size


def test_what_does_not_fit_is_refused_and_never_cut():
    with pytest.raises(LineTooLong, match="名" * 32):
        body.encode(body.Vote((), ("名" * 32,)), bytes(16), 1)


def test_a_body_written_by_no_program_of_ours_is_refused():
    good = body.encode(body.Vote((1, 2, 3), ("方可",)), bytes(16), 1)
    start = body.HEAD_BYTES + body.MARK_BYTES
    for at, value in (
        (0, 9),
        (1, 2),
        (start, 4),
        (start + 3, 96),
        (start + 4, 0xFF),
        (start + 12, 1),
        (len(good) - 1, 1),
    ):
        wrong = bytearray(good)
        wrong[at] = value
        with pytest.raises(BodyMalformed):
            body.decode(bytes(wrong), 3, 3, 1)
    with pytest.raises(BodyMalformed):
        body.decode(good[:-1], 3, 3, 1)
