"""The example community's promises: most hang in the stairwells, some wait, some were sent back."""

from collections.abc import Iterator
from datetime import date

from blueprints.boards import hanging, issuing, posting, rules
from blueprints.boards.models import Commitment, CommitmentState, ConsentForm
from blueprints.boards.posters import Posters
from blueprints.people.models import PartyMember
from core import clock
from core.access import Actor
from core.records.places import Place
from core.workdays import add_workdays

TOO_VAGUE = "请写明多久一次、全年几次，例如“每月一次，全年12次”。"
CLEARED = "堆物已全部清走，楼组长现场看过。"
WAITING, SENT_BACK, NOT_YET_SHOWN, FULFILLED = 5, 4, 6, 7
HUNG, CHANGED_THEIR_MIND = 52, 3  # boards on the wall; members who no longer want their post shown


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """Review, publish, fulfil; the last few of the list came late."""
    secretary, clerk = staff["书记"], staff["干事"]
    yield add_workdays(today, -34)[0]
    members = PartyMember.select().where((PartyMember.place == place) & (PartyMember.post != "")).order_by(PartyMember.id)
    for member in members:
        rules.consent(clerk, member, {"post"}, ConsentForm.SIGNED.value)
    reviewed = _in_state(place, CommitmentState.PROPOSED)[:-WAITING]
    vague = [row for row in reviewed if "担任楼道联络员" in row.text][:SENT_BACK]
    rules.send_back(secretary, vague, TOO_VAGUE)
    rules.approve(secretary, [row for row in reviewed if row not in vague])
    yield add_workdays(today, -30)[0]
    rules.publish(secretary, _in_state(place, CommitmentState.APPROVED)[:-NOT_YET_SHOWN])
    yield add_workdays(today, -27)[0]
    _hang(clerk, place)
    yield add_workdays(today, -8)[0]
    cleared = [row for row in _in_state(place, CommitmentState.PUBLISHED) if "楼道堆物" in row.text]
    for commitment in cleared[:FULFILLED]:
        rules.fulfil(clerk, commitment, CLEARED)
    for member in members.limit(CHANGED_THEIR_MIND):
        rules.consent(clerk, member, set(), ConsentForm.SPOKEN.value)


def _hang(clerk: Actor, place: Place) -> None:
    """Every complete board was printed, most of them hang."""
    posters = Posters(place)
    for stairwell in posters.places():
        if not posters.unpublished(stairwell):
            issuing.issue(clerk, posters, stairwell)
    printed = [board for board in posting.boards(place) if board.issue]
    hanging.hang(clerk, place, printed[:HUNG], clock.today(), "何静")


def _in_state(place: Place, state: CommitmentState) -> list[Commitment]:
    return list(
        Commitment.select().where((Commitment.place == place) & (Commitment.state == state)).order_by(Commitment.id)
    )
