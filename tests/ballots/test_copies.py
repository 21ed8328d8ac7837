"""Whoever holds a copy at rest and the roll guesses no better than by chance, after each phase of a poll."""

from tests.ballots import mutants, polls
from tests.ballots.test_forensics import IN_ORDER


def test_a_copy_at_rest_ties_nobody_to_a_ballot(quick_folder):
    assert mutants.check(polls.TOP, "copies", quick_folder / "instance", "10") == []


def test_a_slip_s_number_on_the_roll_would_be_found(quick_folder):
    found = mutants.check(polls.TOP, "copies", quick_folder / "instance", "1", "slip on the roll")
    assert {line.split(":")[0] for line in found} == {"voted", "closed", "unsealed", "counted", "archived"}


def test_pockets_in_the_order_of_votes_would_be_found(quick_folder):
    top = mutants.build(quick_folder / "mutant", IN_ORDER[0])
    found = mutants.check(top, "copies", quick_folder / "instance", "1")
    assert "voted: roll by position / pockets by key: 100 hits" in found
