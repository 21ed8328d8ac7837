"""Queue, counts and search cost the same however many messages there are: work is counted, not seconds."""

import json

import pytest

from bench import crowd
from blueprints.suggestions import listing, queries
from blueprints.suggestions.listing import MOST_COUNTED, Listing
from core import clock
from core.access import Role, actor_of
from core.db import database, is_sqlite
from tests import make
from tests.counting import statements

FEW, MANY = 1_000, 12_000
ALLOWED = 1.3
ASKED = {
    "queue": lambda actor, place: list(listing.chosen(actor, place, Listing()).limit(50)),
    "counts": lambda actor, place: listing.counts(actor, place),
    "search": lambda actor, place: list(queries.search(actor, place, "路灯")),
    "finished": lambda actor, place: list(listing.chosen(actor, place, Listing("done")).limit(50)),
    "mine": lambda actor, place: list(listing.chosen(actor, place, Listing("lead")).limit(50)),
}


@pytest.fixture
def accounts(community):
    """One of the staff whom some messages are about, a colleague who must not know of those, the secretary who may."""
    roles = {"何静": Role.STAFF, "任远": Role.STAFF, "沈兰英": Role.SECRETARY}
    return [make.account(community, role, name) for name, role in roles.items()]


def work(actor, place, ask):
    """What the database does for an answer: steps of SQLite's machine, rows PostgreSQL touches."""
    return steps(lambda: ask(actor, place)) if is_sqlite() else rows_touched(lambda: ask(actor, place))


def steps(ask):
    counted = [0]

    def step():
        counted[0] += 1

    database.connection().set_progress_handler(step, 100)
    try:
        ask()
    finally:
        database.connection().set_progress_handler(None, 100)
    return counted[0]


def rows_touched(ask):
    # To sort some hundred rows costs as much as to read the index in its order, so that the planner's sample would decide.
    database.execute_sql("SET LOCAL enable_sort = off")
    with statements_with_values() as sent:
        ask()
    return sum(_rows(explained(sql, values)) for sql, values in sent)


def explained(sql, values):
    (plan,) = database.execute_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values).fetchone()
    return (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]


def _rows(plan):
    """Rows every node read or threw away; what a limit never asked for is not among them."""
    own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return own + sum(_rows(below) for below in plan.get("Plans", ()))


class statements_with_values:
    """Every SELECT sent while the block runs."""

    def __enter__(self):
        self.sent, self.execute = [], database.obj.execute_sql

        def noted(sql, params=None, *args, **kwargs):
            if sql.startswith("SELECT"):
                self.sent.append((sql, params))
            return self.execute(sql, params, *args, **kwargs)

        database.obj.execute_sql = noted
        return self.sent

    def __exit__(self, *_failure):
        database.obj.execute_sql = self.execute


@pytest.fixture
def measured(community, accounts, monkeypatch):
    """The work for each question with few messages and with many; for the colleague, then for the secretary.

    What is counted exactly is cut down as the box is, so that few messages reach it.
    """
    monkeypatch.setattr(listing, "MOST_COUNTED", 15)

    def measure(account):
        actor = actor_of(account)
        return {name: work(actor, community, ask) for name, ask in ASKED.items()}

    crowd.fill(community, accounts, clock.today(), FEW)
    few = [measure(account) for account in accounts[1:]]
    crowd.fill(community, accounts, clock.today(), MANY - FEW)
    return few, [measure(account) for account in accounts[1:]]


def test_the_work_does_not_grow_with_the_box(measured):
    for few, many, hidden in zip(*measured, ((MANY - FEW) // 500, 0), strict=True):
        # Few messages make short lists: what fifty rows of the queue cost is what any list may cost. What is hidden is
        # counted to be taken off, so that counting costs a little for each of those.
        most = {name: ALLOWED * max(few[name], few["queue"]) + (30 * hidden if name == "counts" else 0) for name in few}
        assert {name: (few[name], many[name]) for name in few if many[name] > most[name]} == {}


def test_a_plain_comparison_of_words_would_grow(community, accounts):
    """What the test above is worth: the same search without the index of words."""
    from blueprints.suggestions.models import Suggestion
    from core.bigrams import matching

    def plainly(actor, place):
        return list(queries.visible_to(actor, place).where(matching(Suggestion.bigrams, "没有这个词")).limit(50))

    actor = actor_of(accounts[1])
    crowd.fill(community, accounts, clock.today(), FEW)
    few = work(actor, community, plainly)
    crowd.fill(community, accounts, clock.today(), 4 * FEW)
    assert work(actor, community, plainly) > 2 * few


def test_counts_are_exact_to_a_thousand(community, accounts):
    crowd.fill(community, accounts, clock.today(), 1_500)
    counts = listing.counts(actor_of(accounts[1]), community)
    hidden = 3
    assert counts["done"] == MOST_COUNTED + 1
    assert listing.told(counts["done"]) == "1000+"
    assert counts["open"] == 7 * 15 - hidden
    assert listing.told(counts["open"]) == str(counts["open"])
    assert listing.count(listing.chosen(actor_of(accounts[1]), community, Listing("done"))) == MOST_COUNTED + 1


def test_the_newest_fifty_are_found_in_order(community, accounts):
    crowd.fill(community, accounts, clock.today(), FEW)
    found = [hit.title.split()[0] for hit in queries.search(actor_of(accounts[1]), community, "路灯")]
    assert len(found) == 50
    days = [number[:8] for number in found]
    assert days == sorted(days, reverse=True)
    with statements() as sent:
        list(queries.search(actor_of(accounts[1]), community, "路灯"))
    assert len(sent) < 8


@pytest.mark.parametrize(
    ("words", "some"),
    [("路灯 说过", True), ("旧家具", True), ("楼道堆了旧家具", True), ("井", True), ("没有这个词", False), ("，", False), ("", False), ("灯路", False)],
)  # fmt: skip
def test_words_of_any_length_are_found_as_a_plain_comparison_finds_them(community, accounts, words, some):
    from blueprints.suggestions.models import Suggestion
    from core.bigrams import matching

    crowd.fill(community, accounts, clock.today(), 300)
    actor = actor_of(accounts[1])
    found = {hit.title.split()[0] for hit in queries.search(actor, community, words)}
    assert bool(found) is some
    plain = matching(Suggestion.bigrams, words)
    if plain is not None:
        rows = queries.visible_to(actor, community).where(plain)
        assert found <= {row.number for row in rows}
        assert len(found) == min(50, rows.count())
