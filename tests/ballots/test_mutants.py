"""Builds with a protection of rules, count, desk, pages or slips switched off: the tests that look at it fail there.

Those of the box itself (killing, racing, bytes, copies, seal, restore) stand beside their own checks.
"""

import pytest

from tests.ballots import mutants

# Each protection with the tests that fail without it; those of one group do not hide one another, so they share a run.
RULES = [
    (("outcome.py", "return whole * votes > part * base", "return whole * votes >= part * base"), ["test_exactly_half_fails_and_one_more_wins"]),
    (("outcome.py", "else whole * present >= part * entitled", "else whole * present > part * entitled"), ["test_quorum"]),
    (("outcome.py", "return (6 * seats + 4) // 5", "return 6 * seats // 5"), ["test_a_fifth_more_candidates_than_seats"]),
    (("outcome.py", "if last > next_one:", "if True:"), ["test_ranking_ties_and_shortage"]),
    (("outcome.py", "return bases.get(basis, count.recovered)", "return count.recovered"), ["test_the_basis_changes_the_winner"]),
    (("tally.py", "(bool(ballot.cap) and vote.marks.count(1) + others > ballot.cap)", "False"), ["test_a_review_may_cap_the_best_grade_on_the_ballot"]),
    (("tally.py", "or others > vote.marks.count(2)", "or False"), ["test_when_a_ballot_is_void", "test_application_verifier_and_naive_count_agree"]),
    (("tally.py", "LEAST_SHOWN = 5", "LEAST_SHOWN = 1"), ["test_a_class_below_five_is_never_shown_alone", "test_no_class_and_no_box_below_five_stands_alone"]),
    (("equations.py", "return absent + _at_most(9, f.recovered, f.issued,", "return absent + _at_most(9, 0, 0,"), ["test_recovered_above_given_out_makes_the_vote_invalid"]),
    (("sealing.py", "if bytes(key.public_key) != public_key:", "if False:"), ["test_a_sheet_of_another_box_is_refused"]),
    (("audit.py", "if found.get(mark) != vote]", "if False]"), ["test_a_ballot_that_is_gone_is_an_alarm"]),
]  # fmt: skip
VERIFIER = [
    (("../../verify.py", '    expect(sha256(canonical({key: a[key] for key in a if key != "digest"}))', '    expect(True or sha256(canonical({key: a[key] for key in a if key != "digest"}))'), ["test_any_flipped_byte_is_noticed"]),
]  # fmt: skip
DESK = [
    (("counting.py", "    if lines:\n        raise NotBalanced", "    if False:\n        raise NotBalanced"), ["test_a_figure_that_is_off_blocks_the_signature_and_names_its_line"]),
    (("counting.py", "if invalid and not as_invalid:", "if False:"), ["test_too_few_present_is_signed_only_as_invalid"]),
    (("counting.py", "if noted and not remark.strip():", "if False:"), ["test_nobody_signs_over_an_altered_audit_slip_in_silence", "test_fewer_used_slips_than_votes_ask_for_a_remark"]),
    (("desk.py", "    if places:\n", "    if False:\n"), ["test_entries_that_differ_are_refused_and_say_where_but_not_what"]),
    (("desk.py", "if first.account_id == actor.account_id:", "if False:"), ["test_the_same_person_may_not_count_twice"]),
    (("nominees.py", "if poll.nominees.where(same).exists():", "if False:"), ["test_a_candidate_watches_over_nothing"]),
    (("irregular.py", "with roll.door(poll, PollStatus.CLOSED) as fresh:", "with roll.door(poll, PollStatus.CLOSED, PollStatus.UNSEALED) as fresh:"), ["test_a_closed_poll_opens_again_only_before_the_keys"]),
    (("box.py", "_move(box, read_meta(box), {CLOSED}, OPEN)", "_move(box, read_meta(box), {CLOSED, OPENED}, OPEN)"), ["test_a_closed_box_opens_again_only_before_the_keys"]),
]  # fmt: skip
PAGES = [
    (("voting.py", '("Cache-Control", "no-store"),', '("Set-Cookie", "session=1"),'), ["test_no_page_sets_a_cookie_or_may_be_kept"]),
    (("voting.py", "        wrong_codes.refuse_beyond", "        print('/cast', request.address, form.get('code'), flush=True)\n        wrong_codes.refuse_beyond"), ["test_the_server_log_holds_nothing_of_the_votes"]),
    (("voting.py", "{type(failure).__name__} at", "{failure.__traceback__.tb_next.tb_frame.f_locals} at"), ["test_an_error_inside_tells_neither_code_nor_choice"]),
    (("voting.py", "        return 415, {}", "        pass"), ["test_only_small_urlencoded_forms_are_read"]),
    (("ballot.py", "    if not secrets.compare_digest(stated, config):", "    if False:"), ["test_a_ballot_changed_after_it_was_frozen_is_not_shown"]),
    (("filling.py", "    if not ballot.cap or count <= ballot.cap:", "    if True:"), ["test_over_voting_is_refused_on_screen_where_the_rules_cap_it"]),
    (("casting.py", "        if slip.tag == waiting.tag:", "        if False:"), ["test_a_used_slip_and_a_repeated_sending"]),
]  # fmt: skip
CROWD = [
    (("casting.py", 'body = ? WHERE pid = ? AND used = 0", place)', 'body = ? WHERE pid = ?", place)'), ["test_a_thousand_slips_five_hundred_at_once"]),
    (("casting.py", "    return free.pop()", "    return free[-1]"), ["test_a_thousand_slips_five_hundred_at_once"]),
    (("sheets.py", 'Slip(slips.in_groups(code), f"{address}/v#{code}") for code in codes[row.code])', 'Slip(f"{slips.in_groups(code)} {n}", f"{address}/v#{code}") for n, code in enumerate(codes[row.code]))'), ["test_every_code_of_a_thousand_slips_is_scanned_and_no_slip_has_a_number"]),
]  # fmt: skip
FILES = {
    "rules": (RULES, ["test_rule_table.py", "test_sealing.py", "test_result.py", "test_audit_slips.py"]),
    "verifier": (VERIFIER, ["test_result.py"]),
    "desk": (DESK, ["test_desk.py", "test_polls.py", "test_auditing.py", "test_box.py"]),
    "pages": (PAGES, ["test_voting.py"]),
    "crowd": (CROWD, ["test_load.py", "test_slips_print.py"]),
}


@pytest.mark.fault
@pytest.mark.parametrize("group", sorted(FILES))
def test_what_is_switched_off_would_be_found(group, quick_folder, monkeypatch):
    monkeypatch.setenv("LINLI_SLIPS", "200")
    protections, files = FILES[group]
    changes, names = zip(*protections, strict=True)
    expected = {name for one in names for name in one}
    top = mutants.build(quick_folder / "mutant", *changes)
    wanted = f"not postgres and ({' or '.join(sorted(expected))})"
    assert expected - mutants.tests_failing(top, *(f"tests/ballots/{file}" for file in files), "-k", wanted) == set()
