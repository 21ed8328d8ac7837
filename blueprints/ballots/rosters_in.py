"""The candidates' sheet as the office keeps it, read into one poll in draft."""

from dataclasses import replace

from blueprints.ballots.lookup import poll_numbered
from blueprints.ballots.models import Poll, PollStatus
from blueprints.ballots.nominees import candidates_roster
from blueprints.ballots.rosters import CANDIDATES
from blueprints.ballots.steps import WrongStep, step
from core.access import Actor
from core.commands import command_community
from core.records.places import Place
from core.records.work import ImportBatch
from core.refusal import Refused
from core.spreadsheets import imports
from core.spreadsheets.imports import Roster
from core.spreadsheets.preview import PERSON, Plan, preview
from core.spreadsheets.reading import read
from core.text import _, _l


class NoDraft(Refused):
    sentence = _l("没有起草中的投票。请先用 poll create 新建一个。")


def draft_poll(number: int | None, community: str | None) -> Poll:
    """The poll named, else the newest in draft."""
    if number is not None:
        return poll_numbered(number)
    place = command_community(community)
    drafts = Poll.select().where((Poll.place == place) & (Poll.status == PollStatus.DRAFT))
    found = drafts.order_by(Poll.id.desc()).first()
    if found is None:
        raise NoDraft()
    return found


def plan_of(poll: Poll, content: bytes, name: str) -> Plan:
    """What importing would do."""
    sheet = read(content, name, CANDIDATES)
    return preview(sheet, candidates_roster(poll).existing(poll.place), PERSON)


def bring_in(actor: Actor, poll: Poll, plan: Plan, name: str, remove_missing: bool = False) -> ImportBatch:
    """Write the plan, as one import that can be taken back as a whole."""
    with step(poll, PollStatus.DRAFT) as fresh:
        return imports.apply(actor, fresh.place, candidates_roster(fresh), plan, name, remove_missing)


def roster(place: Place, number: int | None) -> Roster | None:
    """How the one importer takes the candidates of a poll in draft; None for any other poll."""
    poll = Poll.get_or_none((Poll.id == number) & (Poll.place == place)) if number else None
    if poll is None or poll.status is not PollStatus.DRAFT:
        return None
    mine = candidates_roster(poll)

    def existing(place: Place) -> list[dict[str, object]]:
        fresh = Poll.get_by_id(poll.id)
        if fresh.status is not PollStatus.DRAFT:
            raise WrongStep(title=fresh, status=fresh.status.title, wanted=f"“{PollStatus.DRAFT.title}”")
        return mine.existing(place)

    return replace(mine, existing=existing, onward=(f"/office/polls/{poll.id}/nominees", _l("看候选人")))


ROSTERS = {"candidates": roster}


def in_words(poll: Poll, report: dict) -> str:
    """The report as a few lines."""
    counts = {**report, "refused": len(report["refused"]), "title": poll}
    lines = [_("%(title)s：新增 %(added)s，变更 %(changed)s，未变 %(unchanged)s，未导入 %(refused)s。", **counts)]
    lines += [_("第 %(row)s 行 %(column)s“%(value)s”：%(reason)s", **refusal) for refusal in report["refused"]]
    applied = _("已导入，批号 %(batch)s。撤销：./linli undo-import %(batch)s", batch=report["batch"])
    return "\n".join([*lines, applied if report["applied"] else _("这是预览，没有写入。确认请加 --apply。")])


