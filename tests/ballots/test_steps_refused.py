"""Whatever is pressed, whenever, with a form left empty or filled with nonsense: a sentence, never a broken page."""

import pytest

from blueprints.ballots import counting, irregular, rules
from core.access import Role, console
from tests import make
from tests.ballots import ceremony
from tests.ballots.ceremony import WATCHERS

NONSENSE = dict.fromkeys(("reason", "used_slips", "present", "agreeing", "burnt", "by", "remark", "invalid", "code", "receipt", "m0", "first", "second", "reserve", "again", "holder", "act", "name", "role", "kind", "source", "tick", "principal", "holder", "note", "how"), "９x")  # fmt: skip


def drafted(community):
    return ceremony.watched(ceremony.draft(community))


def interrupted(community):
    poll = ceremony.running(community).poll
    poll.generation = "another"
    poll.save()
    return poll


def cancelled(community):
    poll = ceremony.running(community).poll
    irregular.cancel(console(), poll, "停电", WATCHERS)
    return poll


def unsealed(community):
    meeting = ceremony.closed(community)
    meeting.opens_the_box()
    return meeting.poll


def signed(community):
    poll = ceremony.counted(community).poll
    counting.sign(console(), poll, WATCHERS)
    return poll


def frozen(community):
    poll = drafted(community)
    rules.freeze(console(), poll)
    return poll


STATES = {
    "draft": drafted, "frozen": frozen, "sealed": lambda place: ceremony.sealed(place).poll,
    "open": lambda place: ceremony.running(place).poll, "interrupted": interrupted,
    "closed": lambda place: ceremony.closed(place).poll, "unsealed": unsealed,
    "counted": lambda place: ceremony.counted(place).poll, "signed": signed, "cancelled": cancelled,
}  # fmt: skip


def steps(app):
    """Every address that changes something and needs no more than the poll's number."""
    for route in app.url_map.iter_rules():
        if "POST" in route.methods and "/polls/" in route.rule and route.arguments == {"number"}:
            yield route.rule.replace("<int:number>", "{}")


@pytest.mark.parametrize("state", sorted(STATES))
def test_no_step_breaks_in_any_state(app, community, client, state):
    poll = STATES[state](community)
    secretary = client.as_(make.account(community, Role.SECRETARY, "书记"))
    secretary.get("/office/polls/new")
    token = {"csrf_token": secretary.page.xpath("//input[@name='csrf_token']/@value")[0]}
    broken = []
    for rule in sorted(steps(app)):
        for form in (NONSENSE, {}):
            answer = secretary.post(rule.format(poll.id), data=token | form)
            if answer.status_code >= 500 or not (answer.data or answer.location):
                broken.append((rule, answer.status_code, form != {}))
    assert broken == []
