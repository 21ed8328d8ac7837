from tests.ballots import mutants, polls


def test_what_is_put_back_from_a_copy_never_goes_on_in_silence(quick_folder):
    assert mutants.check(polls.TOP, "drill", quick_folder) == []


def test_a_counter_that_nobody_asks_would_be_found(quick_folder):
    unasked = ("counter.py", "    if counted_in != generation or used < count:\n", "    if counted_in != generation:\n")
    top = mutants.build(quick_folder / "mutant", unasked)
    found = mutants.check(top, "drill", quick_folder / "instance")
    assert "a box put back: a vote was not refused as BoxBehindItsCounter" in found


def test_a_restored_database_that_nobody_notices_would_be_found(quick_folder):
    unnoticed = ("steps.py", "    if poll.generation != backup.generation():\n", "    if False:\n")
    top = mutants.build(quick_folder / "mutant", unnoticed)
    found = mutants.check(top, "drill", quick_folder / "instance")
    assert "restore does not say which poll is 中断" in found
