"""A suggestion box of any size, written straight into the tables: what the queue, the search and the counts are measured on."""

import random
from datetime import date, timedelta

from blueprints.suggestions.kinds import Kind, Pace, Rating, Source, State
from blueprints.suggestions.models import Assist, Concern, Suggestion, SuggestionWord
from core.bigrams import bigrams
from core.db import Record, database
from core.records.people import Account
from core.records.places import Place

# Of a hundred messages so many stand in each state: an office that keeps pace.
STATES = (
    (State.RECEIVED, 2), (State.REGISTERED, 1), (State.IN_PROGRESS, 4), (State.REPLIED, 5), (State.CLOSED, 28),
    (State.ARCHIVED, 50), (State.REJECTED, 4), (State.TRANSFERRED, 4), (State.WITHDRAWN, 2),
)  # fmt: skip
WHAT = ("路灯不亮", "垃圾没有清走", "门禁坏了", "电梯有异响", "楼道堆了旧家具", "水管漏水", "电动车飞线充电", "健身器材松动", "广场舞太吵", "井盖翘起")
WISH = ("请尽快派人看看", "希望这个月能修好", "老人走路不方便", "已经说过两次", "请答复什么时候办", "孩子晚上放学要经过")
DAYS = 1500


def fill(place: Place, accounts: list[Account], today: date, count: int) -> None:
    """``count`` messages of the last years; every hundredth is about the first account, every tenth is its own to handle."""
    chance = random.Random(count)
    pool = [state for state, share in STATES for _one in range(share)]
    rows, entries, concerns, assists = [], [], [], []
    start = 1 + (Suggestion.select().order_by(Suggestion.id.desc()).scalar() or 0)
    for number in range(start, start + count):
        row = _message(chance, place, accounts, today, number, pool[number % 100])
        rows.append(row)
        entries += [(place.id, word, row["received_on"], number) for word in sorted(set(row["bigrams"].split()))]
        if number % 100 == 0:
            concerns.append((number, number, accounts[0].id))
        if number % 20 == 0 and row["lead_id"]:
            assists.append((number, number, accounts[0].id))
    _write(Suggestion, list(rows[0]), [tuple(row.values()) for row in rows])
    _write(SuggestionWord, ["place_id", "word", "received_on", "suggestion_id"], entries)
    _write(Concern, ["id", "suggestion_id", "account_id"], concerns)
    _write(Assist, ["id", "suggestion_id", "account_id"], assists)
    database.execute_sql("ANALYZE")


def _message(
    chance: random.Random, place: Place, accounts: list[Account], today: date, number: int, state: State
) -> dict[str, object]:  # fmt: skip
    """One message with what belongs to its state, as the rules would have left it."""
    waits = state in (State.RECEIVED, State.REGISTERED, State.IN_PROGRESS)
    received = today - timedelta(days=chance.randrange(20) if waits else chance.randrange(20, DAYS))
    text = f"{chance.randrange(1, 30)}幢{chance.randrange(1, 6)}单元{chance.choice(WHAT)}，{chance.choice(WISH)}。"
    summary = "" if state is State.RECEIVED else text[:20]
    answered, closed = not waits and state is not State.WITHDRAWN, not waits and state is not State.REPLIED
    due = received + timedelta(days=21)
    lead = None if state in (State.RECEIVED, State.REGISTERED) else accounts[number % len(accounts)].id
    reference = f"{received:%Y%m%d}-{number:07d}"
    return {
        "id": number, "place_id": place.id, "number": reference, "receipt": f"{number:064x}", "receipt_taken": True,
        "kind": chance.choice(list(Kind)[:4]).value, "source": Source.ONLINE.value, "text": text, "summary": summary,
        "spot": "", "about": "", "asker": "", "phone": "", "consent": False, "published": False, "state": state.value,
        "pace": Pace.ORDINARY.value, "received_on": received, "ack_due_on": received, "due_on": due,
        "deadline_on": (received if state is State.RECEIVED else due) if waits else None,
        "answered_on": due if answered else None, "closed_on": due if closed else None, "lead_id": lead,
        "rating": chance.choice(list(Rating)).value if answered else None, "sent_to": "", "subject_kind": "",
        "bigrams": bigrams(f"{reference} {summary} {text}"), "version": 1,
    }  # fmt: skip


def _write(model: type[Record], columns: list[str], rows: list[tuple]) -> None:
    listed = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join([database.param] * len(columns))
    statement = f'INSERT INTO "{model._meta.table_name}" ({listed}) VALUES ({marks})'
    database.connection().cursor().executemany(statement, rows)
