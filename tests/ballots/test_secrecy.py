from tests.ballots import mutants, polls

IDENTITY_SEAL = [
    ("sealing.py", "return _lid(public_key).encrypt(plain)", "return plain + bytes(48)"),
    ("sealing.py", "opener.decrypt(base64.b64decode(body))", "base64.b64decode(body)[:-48]"),
    ("sealing.py", "if SealedBox(recover(public_key, pair)).decrypt(test) != TEST_BALLOT:", "if False:"),
]


def test_no_choice_can_be_read_before_the_keys_are_entered(quick_folder):
    assert mutants.check(polls.TOP, "secrecy", quick_folder) == []


def test_ballots_without_a_seal_would_be_found(quick_folder):
    top = mutants.build(quick_folder / "mutant", *IDENTITY_SEAL)
    assert mutants.check(top, "secrecy", quick_folder / "instance") == ["file: .db", "closed: file: .db"]
