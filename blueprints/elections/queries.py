"""Reads of elections in stages: the list, what stands where, what is next, what is due."""

from collections.abc import Iterator
from dataclasses import dataclass

from peewee import ModelSelect

from blueprints.ballots import queries as ballots
from blueprints.ballots.models import Poll
from blueprints.elections.models import (
    ORDER,
    ElectionCandidate,
    ElectionProcess,
    ElectionStage,
    ProcessState,
    Stage,
    StageState,
)
from blueprints.notices import queries as notices
from blueprints.notices.models import OPEN_STATES, Notice, NoticeState
from core import clock, zh
from core.access import Actor, Can
from core.due import Due
from core.records.places import Place
from core.search import MOST, Hit
from core.text import _

HANGING = (NoticeState.PUBLISHED, NoticeState.CONCLUDED, NoticeState.ARCHIVED)
VOTED = (Stage.RECOMMENDATION, Stage.TRUST, Stage.CONGRESS)


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Elections of this community, the newest first."""
    mine = (ElectionProcess.place == community) & ElectionProcess.place.in_(actor.communities(Can.POLLS_READ))
    allowed = mine if actor.can(Can.PEOPLE_READ, community) else mine & (ElectionProcess.id < 0)
    return ElectionProcess.select().where(allowed).order_by(ElectionProcess.id.desc())


def stages_of(process: ElectionProcess) -> list[ElectionStage]:
    """All five in their order."""
    rows = {row.stage: row for row in process.stages}
    return [rows[stage] for stage in ORDER]


def under_way(process: ElectionProcess) -> ElectionStage | None:
    """The stage that is being gone through; None when all are done or the process was stopped."""
    if process.state is not ProcessState.RUNNING:
        return None
    return next((row for row in stages_of(process) if row.state is StageState.UNDER_WAY), None)


def under_way_of(processes: list[ElectionProcess]) -> dict[int, ElectionStage]:
    """The stage each running election is in, in one query however many there are."""
    now = ElectionStage.process.in_(processes) & (ElectionStage.state == StageState.UNDER_WAY)
    return {row.process_id: row for row in ElectionStage.select().where(now)} if processes else {}


def standing(process: ElectionProcess) -> ModelSelect:
    """Who has not dropped out, in the order of papers."""
    return in_order(process).where(ElectionCandidate.dropped.is_null(True))


def in_order(process: ElectionProcess) -> ModelSelect:
    """Everybody who ever stood, 姓氏笔画 unless an order was given."""
    return process.candidates.order_by(ElectionCandidate.position, ElectionCandidate.sort_key, ElectionCandidate.id)


def notice_of(row: ElectionStage) -> Notice | None:
    """The notice of candidates as it hangs now: a corrected one was replaced by its newest edition."""
    found = Notice.get_or_none(Notice.id == row.notice) if row.notice else None
    while found is not None and found.state is NoticeState.CORRECTED:
        found = notices.correction_of(found)
    return found


def period_is_over(notice: Notice | None) -> bool:
    return notice is not None and notice.state in HANGING and notice.ends_on is not None and notice.ends_on < clock.today()


@dataclass(frozen=True)
class Next:
    """What has to be done now: in words, the word on its button, the page it is done on."""

    text: str
    verb: str
    path: str


def next_act(row: ElectionStage) -> Next:
    """The one thing that carries this stage on."""
    here = f"/office/elections/{row.process_id}"
    if row.stage in VOTED:
        return _vote(row, here)
    if row.stage is Stage.REVIEW:
        if not row.documents.exists():
            return Next(_("印请示，报上级审查；收到批复后登记文号和日期"), _("去登记"), f"{here}/{row.stage}")
        return Next(_("批复已登记，逐名填写审查意见"), _("去填写"), f"{here}/{row.stage}/names")
    return _hanging(row, here)


def _vote(row: ElectionStage, here: str) -> Next:
    if row.poll is None:
        if row.documents.exists():
            return Next(_("材料已登记，确定下一步的人选"), _("去确定"), f"{here}/{row.stage}/names")
        return Next(_("建立投票；在纸上办的，登记材料"), _("去办"), f"{here}/{row.stage}")
    if ballots.is_decided(row.poll):
        return Next(_("投票已签字，确定下一步的人选"), _("去确定"), f"{here}/{row.stage}/names")
    text, verb = ballots.next_step(row.poll)
    return Next(text, verb, f"/office/polls/{row.poll_id}")


def _hanging(row: ElectionStage, here: str) -> Next:
    notice = notice_of(row)
    if notice is None or notice.state in (NoticeState.WITHDRAWN, NoticeState.DISCARDED):
        return Next(_("起草候选人公示"), _("去起草"), f"{here}/{row.stage}")
    if notice.state in OPEN_STATES:
        return Next(_("公示%(state)s", state=notice.state.title), _("去看"), f"/office/notices/{notice.id}")
    if not period_is_over(notice):
        return Next(_("正在公示，到 %(day)s 为止", day=zh.short_day(notice.ends_on)), _("去看"), f"/office/notices/{notice.id}")
    return Next(_("公示期已满，确定正式候选人"), _("去确定"), f"{here}/{row.stage}/names")


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """The next act of the newest running election, and which stage any other is in."""
    if not actor.can(Can.POLLS_PREPARE, community):
        return
    rows = list(visible_to(actor, community).where(ElectionProcess.state == ProcessState.RUNNING))
    stages, area = under_way_of(rows), _("换届选举")
    for process in rows:
        row = stages.get(process.id)
        if row is None:
            continue
        act = next_act(row) if process == rows[0] else Next("", _("去看"), f"/office/elections/{process.id}")
        text = _("%(title)s，%(stage)s：%(text)s", title=process, stage=row.stage.title, text=act.text or row.state.title)
        yield Due(text, act.path, act.verb, area, row.due_on)


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Elections by title or by a candidate's name."""
    named = ElectionCandidate.select(ElectionCandidate.process).where(ElectionCandidate.name == words)
    found = ElectionProcess.title.contains(words) | ElectionProcess.id.in_(named)
    for row in visible_to(actor, community).where(found).limit(MOST):
        yield Hit(str(row), f"/office/elections/{row.id}", str(_("换届选举")), str(row.state.title))


def free_polls(row: ElectionStage) -> list[Poll]:
    """Polls of the stage's kind that no stage has yet, for an office that prepared its poll first."""
    taken = ElectionStage.select(ElectionStage.poll).where(ElectionStage.poll.is_null(False))
    kinds = {Stage.RECOMMENDATION: "recommendation", Stage.TRUST: "trust", Stage.CONGRESS: "election"}
    query = Poll.select().where((Poll.place == row.process.place_id) & (Poll.kind == kinds[row.stage]) & Poll.id.not_in(taken))
    return [poll for poll in query.order_by(Poll.id.desc()) if poll.status.value != "cancelled"]
