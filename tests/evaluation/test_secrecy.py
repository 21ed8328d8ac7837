"""What a resident's answer leaves behind: sums and a day. Planted answers are looked for in every table, and by their order."""

from contextlib import contextmanager
from datetime import date

import pytest

import models
from blueprints.boards import queries as boards
from blueprints.evaluation import public, queries, rules
from blueprints.evaluation.models import Answers, Heard, Verdict
from core import clock, tidy
from core.access import VISITOR
from core.audit import Act, record
from core.db import database
from tests.evaluation.conftest import at

ADDRESS, AGENT = "203.0.113.77", "Planted/9.9"
MOMENTS = ("13:37", "05:37", "13.37", "1337")


def kept():
    """Every row of every table, as text; nonces are random and tell of a form alone, so of them only how many."""
    found = {}
    for model in models.ALL:
        rows = sorted(str(sorted(row.items())) for row in model.select().dicts())
        found[model._meta.table_name] = [len(rows)] if model._meta.table_name == "used_form" else rows
    return found


@contextmanager
def all_rolled_back():
    with database.atomic() as transaction:
        yield
        transaction.rollback()


def answer(client, path, marks):
    """One resident at a telephone; the form was open a while."""
    client.get(path)
    token = client.page.xpath("//input[@name='form_token']/@value")[0]
    data = {"form_token": token, **{f"v{number}": verdict for number, verdict in marks.items()}}
    sent = client.post(path, data=data, environ_overrides={"REMOTE_ADDR": ADDRESS}, headers={"User-Agent": AGENT})
    assert sent.status_code == 303, sent.text


def leaks(client, path, answers):
    """What a copy of all tables tells of the answers beyond their sums."""
    with all_rolled_back():
        before = kept()
        for marks in answers:
            answer(client, path, marks)
        after = kept()
    with all_rolled_back():
        for marks in reversed(answers):
            answer(client, path, marks)
        turned = kept()
    changed = {table for table in after if after[table] != before[table]}
    new = "\n".join(row for table in changed for row in map(str, after[table]) if row not in map(str, before[table]))
    found = [f"table {table}" for table in sorted(changed - {"heard", "answers", "used_form"})]
    found += [f"rows of {table}" for table in ("heard", "answers") if len(after[table]) != len(before[table])]
    found += [f"order in {table}" for table in sorted(changed) if after[table] != turned[table]]
    return found + [f"bytes {mark}" for mark in (ADDRESS, AGENT, *MOMENTS) if mark in new]


@pytest.fixture
def path(begun, community):
    place = begun[1].stairwell
    return f"/boards/{place.slug}/voice?k={boards.doorway(community).token(place.slug)}"


@pytest.fixture
def patient(monkeypatch):
    """Nobody answers within a blink."""
    from blueprints.evaluation import forms

    monkeypatch.setattr(forms, "FEWEST_SECONDS", -1)
    monkeypatch.setattr(public.presses, "most", 1000)


@pytest.fixture
def planted(begun):
    _row, first, second = begun
    return [{first.id: "poor", second.id: "good"}, {first.id: "good"}, {second.id: "fair"}]


def test_an_answer_leaves_sums_and_a_day(client, path, patient, planted):
    assert leaks(client, path, planted) == []


def test_a_row_for_each_answer_would_be_found(client, path, patient, planted, monkeypatch):
    honest, turn = rules.hear, iter(range(1, 1000))

    def hear(row, stairwell, marks):
        honest(row, stairwell, marks)
        other = next(place for place in models.Place.select().where(models.Place.kind == "building"))
        models.Setting.create(place=other, key=f"answer {next(turn)}", value=f"{clock.now()} {sorted(marks)}", since=clock.today())

    monkeypatch.setattr(rules, "hear", hear)
    found = leaks(client, path, planted)
    assert {"table setting", "order in setting", "bytes 05:37"} <= set(found)


def test_a_trail_of_each_answer_would_be_found(client, path, patient, planted, monkeypatch):
    honest = rules.hear

    def hear(row, stairwell, marks):
        honest(row, stairwell, marks)
        record(VISITOR, Act.EVALUATION_SET, row, row.place_id, marks={k: str(v) for k, v in marks.items()})

    monkeypatch.setattr(rules, "hear", hear)
    assert "table audit_entry" in leaks(client, path, planted)


def test_sums_made_by_the_first_answer_would_be_found(client, path, patient, planted, monkeypatch):
    Heard.delete().execute()
    Answers.delete().execute()
    assert {"rows of heard", "rows of answers"} <= set(leaks(client, path, planted))


def test_the_sums_are_laid_anew_every_hour():
    assert {"heard", "answers"} <= set(tidy.residents_tables())


def test_every_sum_of_the_stairwell_is_written_by_every_answer(begun, monkeypatch):
    row, first, _second = begun
    written = []
    honest = Heard.update
    monkeypatch.setattr(Heard, "update", lambda *given: written.append(given) or honest(*given))
    rules.hear(row, first.stairwell, {first.id: Verdict.GOOD})
    assert len(written) == 2


def test_a_code_of_another_stairwell_opens_nothing(client, community, begun, promise, monkeypatch):
    promise("张㛃", stairwell="4幢1单元")
    door = boards.doorway(community)
    assert client.get("/boards/3-2/voice").status_code == 404
    assert client.get(f"/boards/3-2/voice?k={door.token('4-1')}").status_code == 404
    assert client.get(f"/boards/9-9/voice?k={door.token('9-9')}").status_code == 404
    answer = client.get(f"/boards/3-2/voice?k={door.token('3-2')}")
    assert (answer.status_code, answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == (200, "no-store", "no-referrer")
    assert "Set-Cookie" not in answer.headers
    at(monkeypatch, 12, 21)
    assert "现在不是评议的时候" in client.get(f"/boards/3-2/voice?k={door.token('3-2')}").text


def test_one_form_counts_once_and_machines_not_at_all(client, path, begun, monkeypatch):
    from blueprints.evaluation import forms

    row, first, _second = begun
    client.get(path)
    token = client.page.xpath("//input[@name='form_token']/@value")[0]
    data = {"form_token": token, f"v{first.id}": "good"}
    monkeypatch.setattr(forms, "FEWEST_SECONDS", 10**9)  # the test's clock runs ahead of the token's
    assert client.post(path, data=data).status_code == 422, "within a blink"
    monkeypatch.setattr(forms, "FEWEST_SECONDS", -1)
    assert client.post(path, data=data | {"website": "x"}).status_code == 422
    assert client.post(path, data={"form_token": token}).status_code == 422, "nothing marked"
    assert client.post(path, data=data).status_code == 303
    assert client.post(path, data=data).status_code == 409
    assert queries.answered(row) == {first.stairwell_id: 1}
    monkeypatch.setattr(public.presses, "most", 0)
    assert client.submit(path, **{f"v{first.id}": "good"}).status_code == 429
    assert date(2026, 12, 5) == Answers.get(Answers.total == 1).day
