import contextlib
import io
import json
import random
import re
import subprocess
import sys
from fractions import Fraction

import pytest

import verify
from blueprints.ballots import box, casting, equations, result, sealing, slips
from blueprints.ballots.ballot import BallotClass, Kind
from blueprints.ballots.body import Vote
from blueprints.ballots.figures import Figures
from blueprints.ballots.result import ClassCount
from tests.ballots import polls, random_polls
from tests.ballots.random_polls import ELECTING, naive_count, naive_share, naive_winners, random_poll

CASES = [(kind, seed) for kind in Kind for seed in range(12)]


def save(folder, made):
    a, b = folder / "结果.json", folder / "选票.json"
    a.write_bytes(made.public)
    b.write_bytes(made.ballots)
    return str(a), str(b)


def verified(*arguments):
    """The verifier in this process: its exit status and all it says."""
    verify.faults.clear()
    said = io.StringIO()
    before, sys.argv = sys.argv, ["verify.py", *arguments]
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            return verify.main(), said.getvalue()
    finally:
        sys.argv = before


def made_of(poll):
    return result.result(poll.ballot, poll.classes, poll.receipts)


@pytest.mark.parametrize(("kind", "seed"), CASES, ids=[f"{kind}-{seed}" for kind, seed in CASES])
def test_application_verifier_and_naive_count_agree(kind, seed, tmp_path):
    poll = random_poll(seed, kind)
    for one in poll.classes.values():
        assert [str(line) for line in equations.reconcile(result.desk_of(poll.ballot, one)).mismatches] == []
    made = made_of(poll)
    a, b = save(tmp_path, made)
    status, said = verified(a, "--ballots", b, "--digest", made.short_digests[0])
    assert (status, "全部一致" in said) == (0, True), said
    assert verified(a)[0] == 0, "A alone is checked too"
    content = json.loads(made.public)
    for group in content["groups"]:
        check_group_naively(poll, group)
    check_combined_naively(poll, content)


def votes_of(poll, group):
    return [
        vote
        for code in group["classes"]
        for vote in [*poll.classes[code].votes, *(vote for box_ in poll.paper[code] for vote in box_)]
    ]


def check_group_naively(poll, group):
    ballot, votes = poll.ballot, votes_of(poll, group)
    numbers, written, good, bad = naive_count(ballot, votes)
    total = group["total"]
    assert (total["valid"], total["void"], total["written"]) == (good, bad, written)
    for row, counts in enumerate(total["rows"]):
        options = range(1, len(ballot.options) + 1)
        assert counts == [*(numbers.get((row, option), 0) for option in options), numbers.get((row, 0), 0), 0]
    figures = [poll.classes[code].figures for code in group["classes"]]
    base = {
        "entitled": sum(f.entitled for f in figures),
        "present": sum(f.present for f in figures),
        "valid": good,
    }.get(ballot.rules["basis"], len(votes))
    assert group["base"] == base
    names = {candidate.name: numbers.get((row, 1), 0) for row, (candidate, _) in enumerate(ballot.rows)}
    if ballot.kind in ELECTING:
        for name, number in written.items():
            names[name] = names.get(name, 0) + number
        elected, tied = naive_winners(names, base, ballot.seats)
        assert (set(group["outcome"]["elected"]), set(group["outcome"]["tied"])) == (elected, tied)
    if ballot.kind in (Kind.TRUST, Kind.RESOLUTION):
        assert set(group["outcome"]["passed"]) == {name for name, number in names.items() if number * 2 > base}


def check_combined_naively(poll, content):
    if poll.ballot.kind in (Kind.APPRAISAL, Kind.REVIEW):
        weights = {one.code: Fraction(*one.weight) for one in poll.ballot.classes}
        groups = [
            (votes_of(poll, group), sum(weights[code] for code in group["classes"])) for group in content["groups"]
        ]
        for row, shares in enumerate(content["combined"]["shares"]):
            for option, share in enumerate(shares, 1):
                assert Fraction(*share) == naive_share(poll.ballot, groups, row, option)


def test_no_class_and_no_box_below_five_stands_alone():
    seen = 0
    for kind, seed in CASES:
        content = json.loads(made_of(random_poll(seed, kind)).public)
        for group in content["groups"]:
            parts = [box_["valid"] + box_["void"] for box_ in group["boxes"]]
            assert len(parts) == 1 or min(parts) >= 5
            seen += any(len(box_["names"]) > 1 for box_ in group["boxes"])
        sizes = [group["total"]["valid"] + group["total"]["void"] for group in content["groups"]]
        assert len(sizes) == 1 or min(sizes) >= 5
    assert seen > 5


@pytest.mark.parametrize(("kind", "seed"), [(Kind.ELECTION, 11), (Kind.REVIEW, 4)], ids=["election", "review"])
def test_any_flipped_byte_is_noticed(kind, seed, tmp_path):
    """Every byte of both files, each with one bit turned, chosen by chance; the seeds make small files."""
    made = made_of(random_poll(seed, kind))
    a, b = save(tmp_path, made)
    assert verified(a, "--ballots", b)[0] == 0
    rng = random.Random(1)
    for path, content in ((a, made.public), (b, made.ballots)):
        for at in range(len(content)):
            flipped = bytearray(content)
            flipped[at] ^= 1 << rng.randrange(8)
            with open(path, "wb") as file:
                file.write(flipped)
            status, said = verified(a, "--ballots", b)
            assert status == 1, (path, at, content[max(0, at - 20) : at + 20])
            assert "Traceback" not in said
        save(tmp_path, made)


def rewritten(made, change):
    """A forger who also puts the digest right."""
    content = json.loads(made.public)
    change(content)
    plain = {key: value for key, value in content.items() if key != "digest"}
    content["digest"] = verify.sha256(verify.canonical(plain)).hexdigest()
    return verify.canonical(content)


FORGERIES = {
    "a vote moved": lambda a: move_a_vote(a),
    "a winner added": lambda a: a["groups"][0]["outcome"]["elected"].append("李四"),
    "a receipt dropped": lambda a: a["receipts"].pop(),
    "a receipt twice": lambda a: a["receipts"].__setitem__(1, a["receipts"][0]),
    "fewer entitled": lambda a: a["figures"]["R"].update(entitled=a["figures"]["R"]["entitled"] - 1),
    "another base": lambda a: a["groups"][0].update(base=a["groups"][0]["base"] - 2),
    "an easier rule": lambda a: a["rules"].update(threshold=[1, 10]),
    "a void ballot made valid": lambda a: a["groups"][0]["total"].update(valid=a["groups"][0]["total"]["valid"] + 1),
    "another candidate": lambda a: a["config"]["candidates"][0].update(name="某人"),
    "called valid": lambda a: a.update(invalid=[]),
    "a figure of text": lambda a: a["figures"]["R"].update(cast="12"),
    "a box left out": lambda a: a["groups"][0]["boxes"].pop(),
}


def move_a_vote(a):
    for count in (a["groups"][0]["boxes"][0], a["groups"][0]["total"]):
        count["rows"][0][0] -= 1
        count["rows"][0][1] += 1


@pytest.mark.parametrize("forgery", sorted(FORGERIES))
def test_a_forgery_with_a_right_digest_is_noticed(forgery, tmp_path):
    seeds = (seed for seed in range(200) if suits(random_poll(seed, Kind.ELECTION)))
    poll = random_poll(next(seeds), Kind.ELECTION)
    made = made_of(poll)
    a, b = save(tmp_path, made)
    with open(a, "wb") as file:
        file.write(rewritten(made, FORGERIES[forgery]))
    assert verified(a, "--ballots", b)[0] == 1
    assert verified(a, "--digest", made.short_digests[0])[0] == 1


def suits(poll):
    """A poll with a quorum missed, slips, paper and a vote that can be moved."""
    content = json.loads(made_of(poll).public)
    group = content["groups"][0]
    enough = len(poll.classes) == 1 and len(content["receipts"]) > 2 and len(group["boxes"]) > 1
    return enough and content["invalid"] == [1] and group["boxes"][0]["rows"][0][0] > 0


def test_an_unbalanced_desk_is_noticed(tmp_path):
    a, b = save(tmp_path, made_of(random_polls.unbalanced(random_poll(1, Kind.TRUST))))
    status, said = verified(a, "--ballots", b)
    assert status == 1
    assert "第 10 条等式不符" in said


def test_the_digest_on_the_sheet_is_eight_groups_of_four(tmp_path):
    made = made_of(random_poll(2, Kind.TRUST))
    first, second = made.short_digests
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4} ){7}[0-9A-HJKMNP-TV-Z]{4}", first)
    a, b = save(tmp_path, made)
    status, said = verified(a, "--ballots", b, "--digest", first.lower().replace(" ", "-").replace("0", "o"))
    assert status == 0
    assert first in said
    assert second in said
    assert verified(a, "--digest", second)[0] == 1


def test_the_same_poll_counted_again_gives_other_bytes_but_the_same_numbers():
    poll = random_poll(9, Kind.TRUST)
    first, again = made_of(poll), made_of(poll)
    assert first.ballots != again.ballots, "the ballots are shuffled anew"
    assert json.loads(first.public)["groups"] == json.loads(again.public)["groups"]


def test_from_the_box_to_the_verifier(tmp_path):
    """Slips, a spoiled one, an audit slip: cast, closed, opened with two sheets, counted, verified by command."""
    classes = (BallotClass("R", "居民代表票"), BallotClass("D", "党员票"))
    poll = polls.running(tmp_path, {"R": 12, "D": 8}, classes=classes)
    receipts, votes = {}, {}
    for codes in poll.codes.values():
        for number, slip in enumerate(codes[:-2]):
            nonce = slips.draw_nonce()
            votes[slip] = Vote(tuple((number + row) % 4 for row in range(9)))
            cast = casting.cast(poll.path, slip, nonce, poll.sealed(slip, nonce, votes[slip]))
            receipts[slip] = cast.receipt
        box.spoil(poll.path, "7", codes[-1])
    box.close_voting(poll.path)
    audited = poll.codes["R"][0]
    mark = box.declare_audit(poll.path, "7", audited, receipts[audited])
    box.mark_opened(poll.path)
    turnout, counted = box.turnout(poll.path), {}
    for code, bodies in box.bodies(poll.path).items():
        opening = sealing.open_bodies(poll.sealing.public_key, poll.sealing.sheets[1:], bodies)
        kept, left_out = result.read_bodies(poll.ballot, opening.plain, {mark})
        counted[code] = ClassCount(figures(turnout[code], len(opening.plain)), tuple(kept), (), tuple(left_out))
    assert counted["R"].audited == (votes[audited],)
    made = result.result(poll.ballot, counted, box.receipt_ids(poll.path))
    a, b = save(tmp_path, made)
    mine = slips.in_groups(slips.spelt(receipts[poll.codes["D"][2]])).lower()
    command = [sys.executable, "-I", "-S", str(polls.TOP / "verify.py"), a, "--ballots", b, "--receipt", mine]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "R 应到 11 实到 11 发出 10 收回 9 有效 9 废票 0" in done.stdout
    other = [*command[:-1], slips.spelt(bytes(12))]
    assert subprocess.run(other, capture_output=True, text=True, cwd=tmp_path).returncode == 1
    assert not [slip for slip in votes if slip in made.public.decode() + made.ballots.decode()]
    receipt_texts = [slips.receipt_id(receipt).hex() for receipt in receipts.values()]
    assert all(text in made.public.decode() and text not in made.ballots.decode() for text in receipt_texts)


def figures(states, bodies):
    """Everybody present drew a slip; one was spoiled and not replaced, one never cast."""
    audit, cast = states[box.AUDIT], states[box.USED]
    drawn = cast + states[box.UNUSED] + states[box.SPOILED]
    return Figures(
        roll=drawn, entitled=drawn, present=drawn, ticked_slip=drawn, slips_printed=drawn + audit,
        slips_drawn=drawn, audit_drawn=audit, cast=cast, audit_cast=audit, spoiled=states[box.SPOILED],
        never_cast=states[box.UNUSED], issued=drawn - states[box.SPOILED], recovered=cast, valid=cast, bodies=bodies,
        stubs=bodies,
    )  # fmt: skip


def test_the_verifier_is_short_and_stands_alone():
    text = (polls.TOP / "verify.py").read_text()
    assert len(text.splitlines()) < 250
    imported = set(re.findall(r"^(?:import|from) (\w+)", text, re.M))
    assert imported <= set(sys.stdlib_module_names)


def test_a_file_that_is_no_result_is_told_so(tmp_path):
    for name, content in (("a", "{}"), ("b", "[1]"), ("c", "no"), ("d", "")):
        (tmp_path / name).write_text(content)
        status, said = verified(str(tmp_path / name))
        assert status == 1
        assert "文件不能读取" in said
    assert verified(str(tmp_path / "none"))[0] == 1
