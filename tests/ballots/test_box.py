import os
import shutil
import sqlite3
import threading

import pytest

from blueprints.ballots import box, casting, counter, slips
from blueprints.ballots.body import Vote
from blueprints.ballots.layout import AUDIT, OPEN, SPOILED, SURRENDERED, UNUSED, USED, connected
from blueprints.ballots.refusals import (
    BodySizeWrong,
    BoxAlreadyOpened,
    BoxAlreadySealed,
    BoxAlreadyUsed,
    BoxBehindItsCounter,
    BoxNotSealed,
    BoxStillOpen,
    CodeUnknown,
    SlipNotCast,
    SlipSpoiled,
    SlipSurrendered,
    SlipUsed,
    VotingClosed,
    VotingInterrupted,
    VotingNotOpen,
)
from tests.ballots import polls

YES, NO = Vote((1,) * 9), Vote((2,) * 9)


def cast(poll, code, vote=YES, nonce=None):
    nonce = nonce or slips.draw_nonce()
    return casting.cast(poll.path, code, nonce, poll.sealed(code, nonce, vote))


def test_a_vote_goes_into_the_box_once(tmp_path):
    poll = polls.running(tmp_path, {"R": 5})
    code, nonce = poll.codes["R"][0], slips.draw_nonce()
    first = cast(poll, code, YES, nonce)
    assert not first.again
    again = cast(poll, code, NO, nonce)
    assert again.again
    assert again.receipt == first.receipt == slips.receipt("7", code, nonce)
    with pytest.raises(SlipUsed):
        cast(poll, code, NO)
    with pytest.raises(CodeUnknown):
        cast(poll, slips.draw_code())
    assert box.turnout(poll.path) == {"R": {UNUSED: 4, USED: 1, SURRENDERED: 0, SPOILED: 0, AUDIT: 0}}
    box.close_voting(poll.path)
    assert poll.opened() == [YES]
    assert box.receipt_ids(poll.path) == [slips.receipt_id(first.receipt)]
    assert cast(poll, code, NO, nonce).again, "a repeated sending is recognised after closing too"


def test_codes_are_kept_nowhere(tmp_path):
    poll = polls.running(tmp_path, {"R": 3, "D": 3})
    for code in poll.codes["R"] + poll.codes["D"]:
        for file in poll.path.parent.iterdir():
            assert code.encode() not in file.read_bytes()
    assert set(poll.codes) == {"R", "D"}


def test_every_class_has_its_own_pockets(tmp_path):
    poll = polls.running(tmp_path, {"R": 4, "D": 4})
    for code in poll.codes["D"]:
        cast(poll, code, NO)
    cast(poll, poll.codes["R"][0], YES)
    box.close_voting(poll.path)
    assert poll.opened("D") == [NO] * 4
    assert poll.opened("R") == [YES]


def test_voting_needs_a_sealed_and_open_box(tmp_path):
    made = polls.ballot()
    path = box.Path(tmp_path) / "box" / "7.db"
    box.create(path, "7", {"R": 2}, made.body_size, made.config())
    with pytest.raises(BoxNotSealed):
        box.open_voting(path)
    poll = polls.prepared(tmp_path)
    code = poll.codes["R"][0]
    with pytest.raises(BoxAlreadySealed):
        box.seal_to(poll.path, bytes(32))
    with pytest.raises(VotingNotOpen):
        cast(poll, code)
    box.open_voting(poll.path)
    with pytest.raises(BoxStillOpen):
        box.bodies(poll.path)
    with pytest.raises(BoxStillOpen):
        box.receipt_ids(poll.path)
    with pytest.raises(BoxStillOpen):
        box.mark_opened(poll.path)
    box.close_voting(poll.path)
    with pytest.raises(VotingClosed):
        cast(poll, code)


def test_a_closed_box_opens_again_only_before_the_keys(tmp_path):
    poll = polls.running(tmp_path)
    box.close_voting(poll.path)
    box.reopen_voting(poll.path)
    cast(poll, poll.codes["R"][0])
    box.close_voting(poll.path)
    box.mark_opened(poll.path)
    with pytest.raises(BoxAlreadyOpened):
        box.reopen_voting(poll.path)
    with pytest.raises(VotingClosed):
        cast(poll, poll.codes["R"][1])


def test_slips_taken_back_no_longer_vote(tmp_path):
    poll = polls.running(tmp_path)
    given, torn, used, free = poll.codes["R"][:4]
    assert box.surrender(poll.path, "7", given) == "R"
    assert box.spoil(poll.path, "7", torn) == "R"
    cast(poll, used)
    for code, refusal in ((given, SlipSurrendered), (torn, SlipSpoiled)):
        with pytest.raises(refusal):
            cast(poll, code)
        with pytest.raises(refusal):
            box.surrender(poll.path, "7", code)
    with pytest.raises(SlipUsed):
        box.spoil(poll.path, "7", used)
    cast(poll, free)
    assert box.turnout(poll.path)["R"] == {UNUSED: 16, USED: 2, SURRENDERED: 1, SPOILED: 1, AUDIT: 0}


def test_an_audit_slip_is_declared_with_its_receipt_and_points_at_its_ballot(tmp_path):
    poll = polls.running(tmp_path)
    audited, honest = poll.codes["R"][:2]
    receipt = cast(poll, audited, NO).receipt
    other = cast(poll, honest, YES).receipt
    with pytest.raises(BoxStillOpen):
        box.declare_audit(poll.path, "7", audited, receipt)
    box.close_voting(poll.path)
    with pytest.raises(SlipNotCast):
        box.declare_audit(poll.path, "7", audited, other)
    with pytest.raises(SlipNotCast):
        box.declare_audit(poll.path, "7", poll.codes["R"][2], receipt)
    mark = box.declare_audit(poll.path, "7", audited, receipt)
    opening = polls.sealing.open_bodies(poll.sealing.public_key, poll.sealing.sheets[1:], box.bodies(poll.path)["R"])
    found = dict(polls.body.decode(plain, 9, 3, 0) for plain in opening.plain)
    assert found[mark] == NO
    assert box.turnout(poll.path)["R"][AUDIT] == 1


def test_slips_are_added_only_before_the_first_vote(tmp_path):
    poll = polls.prepared(tmp_path, {"R": 3})
    more = box.add_slips(poll.path, "7", {"R": 2})["R"]
    box.open_voting(poll.path)
    for code in poll.codes["R"] + more:
        cast(poll, code)
    with pytest.raises(BoxAlreadyUsed):
        box.add_slips(poll.path, "7", {"R": 1})


def test_a_body_of_another_length_is_refused_and_uses_nothing(tmp_path):
    poll = polls.running(tmp_path)
    with pytest.raises(BodySizeWrong):
        casting.cast(poll.path, poll.codes["R"][0], slips.draw_nonce(), b"x" * (poll.ballot.body_size + 1))
    assert box.turnout(poll.path)["R"][USED] == 0
    assert box.faults(poll.path) == []


def test_one_refused_ballot_does_not_fail_those_beside_it(tmp_path):
    poll = polls.running(tmp_path)
    slot = casting.slot_of(poll.path)
    nonce = slips.draw_nonce()
    good = [slot.wait(code, nonce, poll.sealed(code, nonce, YES)) for code in poll.codes["R"][:5]]
    bad = [slot.wait(slips.draw_code(), nonce, good[0].body), slot.wait(poll.codes["R"][5], nonce, b"")]
    twice = slot.wait(poll.codes["R"][0], slips.draw_nonce(), good[0].body)
    slot.waiting = [bad[0], *good, bad[1], twice]
    slot.drop_in_all()
    assert [type(waiting.answer) for waiting in bad] == [CodeUnknown, BodySizeWrong]
    answers = [type(waiting.answer) for waiting in [*good, twice]]
    assert sorted(kind.__name__ for kind in answers) == ["Acknowledged"] * 5 + ["SlipUsed"]
    assert box.turnout(poll.path)["R"][USED] == 5
    assert box.faults(poll.path) == []


def test_waiting_ballots_share_transactions(tmp_path):
    poll = polls.running(tmp_path, {"R": 200})
    slot = casting.slot_of(poll.path)
    commits = []
    slot.box.set_trace_callback(lambda text: commits.append(text) if text == "COMMIT" else None)
    gate = threading.Barrier(50)

    def vote(codes):
        gate.wait()
        for code in codes:
            cast(poll, code)

    threads = [threading.Thread(target=vote, args=(poll.codes["R"][start::50],)) for start in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert box.turnout(poll.path)["R"][USED] == 200
    assert len(commits) < 150


def test_the_file_is_written_as_durably_as_sqlite_can(tmp_path):
    poll = polls.running(tmp_path)
    with connected(poll.path) as opened:
        answers = {name: opened.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    assert answers == PRAGMAS
    cast(poll, poll.codes["R"][0])
    assert (poll.path.parent / "7.db-journal").stat().st_size == 0
    names = sorted(file.name for file in poll.path.parent.iterdir())
    assert names == ["7.db", "7.db-journal", "7.json", "7.lock"]


PRAGMAS = {"journal_mode": "truncate", "synchronous": 2, "secure_delete": 1, "temp_store": 2}


def test_only_the_owner_reads_the_files(tmp_path):
    poll = polls.running(tmp_path)
    cast(poll, poll.codes["R"][0])
    assert poll.path.parent.stat().st_mode & 0o777 == 0o700
    for file in (poll.path, counter.file_of(poll.path), poll.path.with_suffix(".lock")):
        assert file.stat().st_mode & 0o077 == 0


def test_file_times_say_nothing_about_the_last_vote(tmp_path):
    poll = polls.running(tmp_path)
    os.utime(poll.path.with_suffix(".lock"), (1_000_000_000, 1_000_000_000))
    cast(poll, poll.codes["R"][0])
    for name in ("box/7.db", "box/7.db-journal", "counters/7.count", "box/7.lock"):
        assert (tmp_path / name).stat().st_mtime == 1_000_000_000


def test_a_box_put_back_from_an_older_copy_is_refused(tmp_path):
    poll = polls.running(tmp_path)
    cast(poll, poll.codes["R"][0])
    old = tmp_path / "old.db"
    shutil.copy(poll.path, old)
    cast(poll, poll.codes["R"][1])
    casting.forget(poll.path)
    shutil.copy(old, poll.path)
    with pytest.raises(BoxBehindItsCounter):
        cast(poll, poll.codes["R"][2])
    assert any("counter" in fault for fault in box.faults(poll.path))
    with pytest.raises(BoxStillOpen):
        box.resume(poll.path)
    box.interrupt(poll.path)
    with pytest.raises(VotingInterrupted):
        cast(poll, poll.codes["R"][2])
    box.resume(poll.path)
    cast(poll, poll.codes["R"][2])
    assert counter.read(poll.path)[1] == 2


def test_a_box_without_its_counter_or_with_that_of_another_is_refused(tmp_path):
    poll = polls.running(tmp_path)
    content = counter.file_of(poll.path).read_bytes()
    counter.file_of(poll.path).write_bytes(bytes(24))
    with pytest.raises(BoxBehindItsCounter):
        cast(poll, poll.codes["R"][0])
    counter.file_of(poll.path).unlink()
    with pytest.raises(BoxBehindItsCounter):
        cast(poll, poll.codes["R"][0])
    counter.file_of(poll.path).write_bytes(content)
    cast(poll, poll.codes["R"][0])


def test_a_box_replaced_under_a_running_server_is_opened_anew(tmp_path):
    poll = polls.running(tmp_path)
    cast(poll, poll.codes["R"][0])
    copy = tmp_path / "copy.db"
    shutil.copy(poll.path, copy)
    os.replace(copy, poll.path)
    cast(poll, poll.codes["R"][1])
    assert box.turnout(poll.path)["R"][USED] == 2


def test_faults_name_what_does_not_match(tmp_path):
    poll = polls.running(tmp_path)
    cast(poll, poll.codes["R"][0])
    assert box.faults(poll.path) == []
    casting.forget(poll.path)
    with sqlite3.connect(poll.path) as opened:
        opened.execute("UPDATE pocket SET used = 1 WHERE used = 0")
    opened.close()
    assert box.faults(poll.path) == ["slips used 1, pockets filled 20, stubs filled 1"]


def test_the_box_knows_its_ballot_and_its_generation(tmp_path):
    poll = polls.running(tmp_path)
    other = polls.running(tmp_path, poll="8")
    assert box.meta(poll.path).config == poll.ballot.config()
    assert box.meta(poll.path).state == OPEN
    assert box.meta(poll.path).key == poll.sealing.public_key
    assert box.meta(poll.path).generation == counter.read(poll.path)[0] != box.meta(other.path).generation
