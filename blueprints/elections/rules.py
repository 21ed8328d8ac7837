"""两推一选, stage by stage: begun, a poll or a document for each, names carried on, finished; and what it refuses."""

from collections.abc import Sequence
from datetime import date

from blueprints.ballots import queries as ballots
from blueprints.ballots.models import Poll
from blueprints.elections import queries
from blueprints.elections.models import (
    ORDER,
    ElectionDocument,
    ElectionProcess,
    ElectionStage,
    ProcessState,
    Stage,
    StageState,
)
from blueprints.papers.rules import store
from core import clock, filetypes
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import step, unchanged
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l


class TitleMissing(Refused):
    sentence = _l("请写名称，例如“2026年社区党委换届”。")


class SeatsMissing(Refused):
    sentence = _l("请填写应选名额。")


class NotItsTurn(Refused):
    sentence = _l("“%(stage)s”%(state)s，现在不能办这一步。")
    status = 409


class ProcessEnded(Refused):
    sentence = _l("“%(title)s”%(state)s，不能再改。")
    status = 409


class NothingOfADocument(Refused):
    sentence = _l("请上传文件，或者填写文号、日期中的一项。")


class DocumentUntitled(Refused):
    sentence = _l("请写材料名称，例如“街道党工委批复”。")


class PollTaken(Refused):
    sentence = _l("这一步已经有投票了。原来的投票取消以后才能换。")
    status = 409


class ReasonMissing(Refused):
    sentence = _l("请写明原因。")


def begin(actor: Actor, place: Place, title: str, body: str, seats: int) -> ElectionProcess:
    """A new election with its five stages; the first is under way."""
    if not title.strip():
        raise TitleMissing()
    if seats < 1:
        raise SeatsMissing()
    with writing():
        made = ElectionProcess.create(place=place, title=title.strip(), body=body.strip(), seats=seats, began_on=clock.today())
        for stage in ORDER:
            state = StageState.UNDER_WAY if stage is ORDER[0] else StageState.WAITING
            ElectionStage.create(process=made, stage=stage, state=state)
        told(actor, made, _("建立"))
    return made


def told(actor: Actor, process: ElectionProcess, note: str, **values: object) -> None:
    """One step of the process and its entry in the trail."""
    step(actor, process, note[:500])
    record(actor, Act.ELECTION_CHANGED, process, process.place_id, note=note, **values)


def held(row: ElectionStage, version: int | None = None, *wanted: StageState) -> ElectionStage:
    """The stage as it stands now inside a running process, which is locked until the transaction ends."""
    process = unchanged(row.process, version)
    if process.state is not ProcessState.RUNNING:
        raise ProcessEnded(title=process, state=process.state.title)
    fresh = ElectionStage.get_by_id(row.id)
    if fresh.state not in (wanted or (StageState.UNDER_WAY,)):
        raise NotItsTurn(stage=fresh.stage.title, state=fresh.state.title)
    fresh.process = process
    process.version += 1
    return fresh


def plan(actor: Actor, row: ElectionStage, due_on: date | None, note: str, version: int | None = None) -> None:
    """By when a stage has to be done, and a remark."""
    with writing():
        fresh = held(row, version, StageState.WAITING, StageState.UNDER_WAY)
        fresh.due_on, fresh.note = due_on, note.strip()[:300]
        fresh.save()
        fresh.process.save()
        told(actor, fresh.process, _("%(stage)s：期限 %(day)s", stage=fresh.stage.title, day=due_on or _("不定")))


def file(
    actor: Actor, row: ElectionStage, title: str, number: str = "", dated: date | None = None, data: bytes = b"", name: str = ""
) -> ElectionDocument:
    """A document of a stage: its file, or the number and date of the paper in the archive; also after the stage is done."""
    if not title.strip():
        raise DocumentUntitled()
    kept = filetypes.attachment(data, name) if data else None
    if kept is None and not number.strip() and dated is None:
        raise NothingOfADocument()
    with writing():
        fresh = held(row, None, StageState.UNDER_WAY, StageState.DONE)
        made = ElectionDocument.create(
            stage=fresh, title=title.strip(), number=number.strip(), dated=dated,
            file=store(kept.data, kept.media_type) if kept else None, file_name=kept.name if kept else "",
        )  # fmt: skip
        fresh.process.save()
        told(actor, fresh.process, _("%(stage)s：登记材料“%(title)s”", stage=fresh.stage.title, title=made.title))
    return made


def take_off(actor: Actor, document: ElectionDocument) -> None:
    """A document filed by mistake, as long as its stage is under way."""
    with writing():
        fresh = held(document.stage, None)
        document.delete_instance()
        fresh.process.save()
        told(actor, fresh.process, _("%(stage)s：撤下材料“%(title)s”", stage=fresh.stage.title, title=document.title))


def attach_poll(actor: Actor, row: ElectionStage, poll: Poll) -> None:
    """The poll of this stage; a cancelled one may be replaced."""
    with writing():
        fresh = held(row)
        if fresh.poll is not None and fresh.poll.status.value != "cancelled":
            raise PollTaken()
        fresh.poll = poll
        fresh.save()
        fresh.process.save()
        told(actor, fresh.process, _("%(stage)s：投票“%(title)s”", stage=fresh.stage.title, title=poll))


def attach_notice(actor: Actor, row: ElectionStage, notice: int) -> None:
    with writing():
        fresh = held(row)
        fresh.notice = notice
        fresh.save()
        fresh.process.save()
        told(actor, fresh.process, _("%(stage)s：起草公示", stage=fresh.stage.title))


def stop(actor: Actor, process: ElectionProcess, reason: str, version: int | None = None) -> None:
    """终止; nothing is lost, and nothing goes on."""
    if not reason.strip():
        raise ReasonMissing()
    with writing():
        fresh = unchanged(process, version)
        if fresh.state is not ProcessState.RUNNING:
            raise ProcessEnded(title=fresh, state=fresh.state.title)
        fresh.state, fresh.reason, fresh.version = ProcessState.STOPPED, reason.strip(), fresh.version + 1
        fresh.save()
        told(actor, fresh, _("终止：%(reason)s", reason=reason.strip()))


def is_ready(row: ElectionStage) -> bool:
    """Whether the names for the next stage may be decided: the vote is signed, the reply filed, the notice hung out."""
    if row.stage is Stage.NOTICE:
        return queries.period_is_over(queries.notice_of(row))
    if row.poll is not None and row.poll.status.value != "cancelled":
        return ballots.is_decided(row.poll)
    return row.documents.exists()


def names_in(text: str | Sequence[str]) -> list[str]:
    """Names typed one a line, or parted by commas, each once."""
    parts = text.replace("，", "\n").replace("、", "\n").replace(",", "\n").splitlines() if isinstance(text, str) else text
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
