"""Names carried from stage to stage without being typed again: out of a result, into the next poll, notice or letter."""

from collections.abc import Mapping, Sequence

from blueprints.ballots import queries as ballots
from blueprints.ballots import rules as polls
from blueprints.ballots.models import Kind, Poll, Source
from blueprints.elections import queries
from blueprints.elections.models import (
    ORDER,
    ElectionCandidate,
    ElectionProcess,
    ElectionStage,
    ProcessState,
    Stage,
    StageState,
)
from blueprints.elections.rules import (
    ProcessEnded,
    ReasonMissing,
    attach_notice,
    attach_poll,
    held,
    is_ready,
    names_in,
    told,
)
from blueprints.notices import rules as notices
from blueprints.notices.models import NoticeKind
from blueprints.people import queries as people
from core import clock, zh
from core.access import Actor
from core.db import writing
from core.history import unchanged
from core.records.people import Person
from core.refusal import Refused
from core.strokes import sort_key
from core.text import _, _l

PARTICULARS = ("sex", "birth", "joined", "education", "duty", "post", "profile", "position")


class NotReady(Refused):
    sentence = _l("还不能确定人选：投票要先签字，或者登记材料；公示要等公示期满。")
    status = 409


class NobodyKept(Refused):
    sentence = _l("请至少选一名。")


class NotAmongThem(Refused):
    sentence = _l("%(name)s不在上一步的人选里，不能在这里加进来。")


class StageHasNoPoll(Refused):
    sentence = _l("“%(stage)s”不是投票的步骤。")


class NobodyStands(Refused):
    sentence = _l("还没有人选，请先完成上一步。")


def make_poll(actor: Actor, row: ElectionStage, sources: Sequence[Source] = ()) -> Poll:
    """The stage's poll in draft: title, seats, voters and everybody who still stands with all their particulars."""
    process = row.process
    kind, title, usual, fields = _wanted(row)
    with writing():
        held(row)
        if kind is not Kind.RECOMMENDATION and not queries.standing(process).exists():
            raise NobodyStands()
        poll = polls.create(actor, process.place, kind, title, list(sources) or usual, **fields)
        for one in queries.standing(process) if kind is not Kind.RECOMMENDATION else ():
            values = {name: getattr(one, name) for name in PARTICULARS}
            polls.nominate(actor, poll, one.name, person=one.person, **values)
        attach_poll(actor, row, poll)
    return poll


def _wanted(row: ElectionStage) -> tuple[Kind, str, list[Source], dict[str, object]]:
    body, seats = row.process.body, row.process.seats
    both = [Source.MEMBERS, Source.REPRESENTATIVES]
    purpose = _("根据“%(title)s”工作安排", title=row.process.title)
    if row.stage is Stage.RECOMMENDATION:
        rules = {**polls.preset_rules(Kind.RECOMMENDATION), "target": -(-seats * 6 // 5), "top": seats}
        return Kind.RECOMMENDATION, f"{body}换届|候选人推荐票", both, {"lines": seats, "rules": rules, "purpose": purpose}
    if row.stage is Stage.TRUST:
        after = _("结果报上级党组织审查，审查后公示，再召开党员大会选举。")
        return Kind.TRUST, f"{body}换届|候选人信任票", [Source.REPRESENTATIVES], {"purpose": purpose, "afterwards": after}
    if row.stage is Stage.CONGRESS:
        fields = {"seats": seats, "lines": seats, "purpose": purpose, "afterwards": _("选举结果报上级党组织批准。")}
        return Kind.ELECTION, f"{body}|选举票", [Source.MEMBERS], fields
    raise StageHasNoPoll(stage=row.stage.title)


def offered(row: ElectionStage) -> tuple[list[str], set[str]]:
    """The names one may keep at the end of a stage, and those kept unless somebody decides otherwise."""
    poll = row.poll if row.poll is not None and ballots.is_decided(row.poll) else None
    if row.stage is Stage.RECOMMENDATION:
        told_of = ballots.told_by_name(poll) if poll else {}
        kept = ballots.over_the_line(poll) if poll else []
        return [*kept, *(name for name in told_of if name not in kept)], set(kept)
    names = [one.name for one in queries.standing(row.process)]
    if row.stage is Stage.CONGRESS and poll is not None:
        elected = ballots.over_the_line(poll)
        return [*names, *(name for name in elected if name not in names)], set(elected)
    return names, set(ballots.over_the_line(poll)) if poll else set(names)


def conclude(
    actor: Actor, row: ElectionStage, keep: str | Sequence[str], reasons: Mapping[str, str] | str = "", version: int | None = None
) -> None:
    """The stage is done: those kept go on, the others leave with a reason; the next stage begins, after the last all is over.

    ``keep`` are names; after a recommendation on paper they are typed. ``reasons`` by name, or one for everybody who leaves.
    """
    with writing():
        fresh = held(row, version)
        if not is_ready(fresh):
            raise NotReady()
        names = names_in(keep)
        if not names:
            raise NobodyKept()
        if fresh.stage is Stage.RECOMMENDATION:
            _enter(fresh, names)
        elif fresh.stage is Stage.CONGRESS:
            _elect(fresh, names)
        else:
            _leave(fresh, names, reasons)
        _pass_on(fresh)
        told(actor, fresh.process, _("%(stage)s：完成，%(names)s", stage=fresh.stage.title, names="、".join(names)))


def _enter(row: ElectionStage, names: Sequence[str]) -> None:
    """Recommended people, with what the register of members knows of them."""
    possible, _kept = offered(row)
    for name in names:
        if row.poll is not None and possible and name not in possible:
            raise NotAmongThem(name=name)
        ElectionCandidate.create(process=row.process, name=name, sort_key=sort_key(name), **_from_register(row.process, name))


def _from_register(process: ElectionProcess, name: str) -> dict[str, object]:
    """Only where one member bears the name; who it is among two is for the office to say."""
    found = list(people.members(process.place).where(Person.name == name).limit(2))
    if len(found) != 1:
        return {}
    member = found[0]
    duty = "".join(filter(None, (member.employer, member.post)))
    return {"person": member.person_id, "sex": member.person.sex, "birth": member.person.birth,
            "education": member.person.education, "joined": member.joined, "duty": duty[:200]}  # fmt: skip


def describe(actor: Actor, candidate: ElectionCandidate, **particulars: object) -> None:
    """What papers say of somebody; the next poll, notice or letter takes it over."""
    with writing():
        process = unchanged(candidate.process, None)
        if process.state is not ProcessState.RUNNING:
            raise ProcessEnded(title=process, state=process.state.title)
        for name, value in particulars.items():
            setattr(candidate, name, value)
        candidate.save()
        process.version += 1
        process.save()
        told(actor, process, _("修改%(name)s的情况", name=candidate.name))


def _leave(row: ElectionStage, names: Sequence[str], reasons: Mapping[str, str] | str) -> None:
    now = {one.name: one for one in queries.standing(row.process)}
    for name in names:
        if name not in now:
            raise NotAmongThem(name=name)
    for name, one in now.items():
        if name in names:
            continue
        reason = reasons if isinstance(reasons, str) else reasons.get(name, "")
        if not reason.strip():
            raise ReasonMissing()
        one.dropped, one.reason = row.stage, reason.strip()[:200]
        one.save()


def _elect(row: ElectionStage, names: Sequence[str]) -> None:
    """The elected, some of them perhaps written in by the members."""
    now = {one.name: one for one in queries.standing(row.process)}
    for name in names:
        one = now.pop(name, None)
        if one is None:
            ElectionCandidate.create(
                process=row.process, name=name, sort_key=sort_key(name), elected=True, **_from_register(row.process, name)
            )
        else:
            one.elected = True
            one.save()
    for one in now.values():
        one.dropped, one.reason = row.stage, _("未当选")
        one.save()


def _pass_on(row: ElectionStage) -> None:
    row.state, row.done_on = StageState.DONE, clock.today()
    row.save()
    later = ORDER[ORDER.index(row.stage) + 1 :]
    if later:
        ElectionStage.update(state=StageState.UNDER_WAY).where(
            (ElectionStage.process == row.process) & (ElectionStage.stage == later[0])
        ).execute()
    else:
        row.process.state = ProcessState.FINISHED
    row.process.save()


def draft_notice(actor: Actor, row: ElectionStage) -> int:
    """候选人公示 with everybody who stands in a table; its period and its approval are the notices' own."""
    process = row.process
    with writing():
        if not queries.standing(process).exists():
            raise NobodyStands()
        title = f"关于{process.body}换届|候选人预备人选的公示"
        number = notices.draft(actor, process.place, NoticeKind.CANDIDATES, title=title, body=notice_text(process)).id
        attach_notice(actor, row, number)
    return number


def notice_text(process: ElectionProcess) -> str:
    rows = [
        f"| {one.name} | {one.sex.title} | {zh.day(one.birth[:7])} | {one.education} | 中共党员 | {one.duty} | {one.post} |"
        for one in queries.standing(process)
    ]
    reply = next((row for row in queries.stages_of(process) if row.stage is Stage.REVIEW), None)
    document = reply.documents.first() if reply else None
    checked = f"上级党组织审查同意（{document.number}）" if document and document.number else "上级党组织审查同意"
    opening = f"根据换届选举工作有关规定，经党员推荐、居民代表信任投票、{checked}，现将候选人预备人选（以姓氏笔画为序）公示如下："
    head = "| 姓名 | 性别 | 出生年月 | 学历 | 政治面貌 | 现任职务 | 拟任职务 |\n|---|---|---|---|---|---|---|"
    return "\n".join([opening, head, *rows, "现予以公示，接受党员和居民监督。"])
