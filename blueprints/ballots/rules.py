"""The ceremony of a poll up to its closing: created, frozen, sealed, slips printed, opened, closed."""

import logging
import secrets
from collections.abc import Sequence

from blueprints.ballots import ballot as paper
from blueprints.ballots import box as ballot_box
from blueprints.ballots import chain, roll, sealing, steps
from blueprints.ballots.ballot import Ballot, BallotClass, Candidate, Kind, Unmarked
from blueprints.ballots.layout import OPEN
from blueprints.ballots.models import Poll, PollClass, PollStatus, Scrutineer, Source
from blueprints.ballots.nominees import candidates_roster, in_order, key_holders, nominate, refuse_namesakes
from blueprints.ballots.outcome import RULES, least_candidates, rules_of
from blueprints.ballots.steps import WATCHING, file_of, is_sealed, meta_of, step, there
from blueprints.ballots.words import GRADING, options_of
from blueprints.organisation.queries import committee_of
from core import backup, clock, settings, zh
from core.access import Actor
from core.audit import Act
from core.db import writing
from core.records.places import Place
from core.refusal import Refused, Stale
from core.text import _l

__all__ = ["candidates_roster", "nominate"]

MOST_RESERVE = 500
settings.declare("polls.reserve", _l("票码条备用张数（污损换发用）"), 10, group="ballots")
settings.declare("polls.sheets", _l("密钥单张数（3 张中任 2 张开箱；1 张只用于一般事项）"), 3, group="ballots")
settings.declare("polls.unmarked", _l("没有画的按弃权计"), True, _l("否则漏选的选票不能投出"), group="ballots")
settings.declare("polls.show_counts", _l("结果公告公布票数"), False, _l("默认只公布过半情况，票数报会议和上级党组织"), group="ballots")
settings.declare("polls.body", _l("选票落款"), "换届工作领导小组", group="ballots")

CHOOSING = (Kind.ELECTION, Kind.PRESELECTION)
WRITING = (*CHOOSING, Kind.RECOMMENDATION)
BEFORE_OPENING = (PollStatus.FROZEN, PollStatus.SEALED)


class TitleMissing(Refused):
    sentence = _l("请写投票名称，例如“社区党组织换届委员候选人信任票”。")


class NobodyToVoteOn(Refused):
    sentence = _l("还没有候选人（或表决事项），不能定稿。")


class SeatsMissing(Refused):
    sentence = _l("请填写应选名额。")


class LinesMissing(Refused):
    sentence = _l("推荐票至少要有一行供填写姓名。")


class TooFewCandidates(Refused):
    sentence = _l("应选 %(seats)s 名，差额选举的候选人应不少于 %(least)s 名，现在是 %(count)s 名。")


class NobodyEntitled(Refused):
    sentence = _l("“%(title)s”的名册是空的。请先导入名册，再更新投票人名册。")


class SlipsPrinted(Refused):
    sentence = _l("票码条已经印过（%(count)s 张），票码不留底，不能重印同样的。原票码条全部作废重印的，请选“作废重印”。")
    status = 409


class TooManyInReserve(Refused):
    """Every slip beyond the voters could be cast for somebody who stayed away; more than this is a slip of the pen."""

    sentence = _l("备用票码条最多 %(most)s 张，请改小。")


class NothingToVoteWith(Refused):
    sentence = _l("还没有印票码条，也没有登记纸质选票张数，不能开始投票。")


class ScrutineersMissing(Refused):
    sentence = _l("至少要有两名监票人（含总监票人）才能开始投票，请先登记。")


class DebugMode(Refused):
    sentence = _l("系统正在调试模式下运行，日志会记下选票内容，不能开始投票。请关闭调试后重新启动。")
    status = 409


def create(actor: Actor, place: Place, kind: Kind, title: str, sources: Sequence[Source] = (), **fields) -> Poll:
    """A new poll in draft, its rules preset by its kind, its roll drawn from the community's registers."""
    if not title.strip():
        raise TitleMissing()
    abstains = settings.value("polls.unmarked", place)
    preset = {
        "rules": preset_rules(kind), "unmarked": Unmarked.ABSTAINS if abstains else Unmarked.REFUSED,
        "sheets": 1 if settings.value("polls.sheets", place) == 1 else 3, "lines": 1 if kind is Kind.RECOMMENDATION else 0,
        "show_counts": settings.value("polls.show_counts", place),
    }  # fmt: skip
    with writing():
        poll = Poll.create(place=place, key=secrets.token_hex(10), kind=kind, title=title.strip(), **{**preset, **fields})
        for source in sources or (Source.REPRESENTATIVES,):
            PollClass.create(poll=poll, code=source.code, title=str(source.ballot_title), source=source)
        roll.draw_up(poll)
        chain.record(actor, poll, "created", title=poll.title)
    return poll


def preset_rules(kind: Kind) -> dict[str, object]:
    """The regulation's own figures for this kind, as the poll freezes them."""
    rules = RULES[kind]
    return {
        "basis": rules.basis.value, "threshold": list(rules.threshold), "merge": rules.merge.value,
        "quorum": list(rules.quorum) if rules.quorum else None, "quorum_strictly": rules.quorum_strictly,
        "with_margin": rules.with_margin, "top": rules.top, "target": rules.target,
        "best_grade_cap": list(rules.best_grade_cap) if rules.best_grade_cap else None,
    }  # fmt: skip


def amend(actor: Actor, poll: Poll, version: int, **fields: object) -> Poll:
    """Change a draft; what is printed from it does not exist yet."""
    if not str(fields.get("title", poll.title)).strip():
        raise TitleMissing()
    with step(poll, PollStatus.DRAFT) as fresh:
        if version != fresh.version - 1:
            raise Stale(who=str(_l("别人")))
        for code, part in fields.pop("weights", {}).items():
            PollClass.update(weight_part=part).where((PollClass.poll == fresh) & (PollClass.code == code)).execute()
        for name, value in fields.items():
            setattr(fresh, name, value)
        chain.record(actor, fresh, "amended", fields=sorted(fields))
    return poll


def freeze(actor: Actor, poll: Poll) -> Ballot:
    """定稿: the ballot is written beside an empty box; from here on its digest stands on every sheet."""
    with step(poll, PollStatus.DRAFT) as fresh:
        if fresh.kind in CHOOSING:
            fresh.cap = fresh.seats
        _check(fresh)
        ballot = ballot_of(fresh)
        fresh.status, fresh.config = PollStatus.FROZEN, ballot.config().hex()
        chain.record(actor, fresh, "frozen", Act.POLL_FROZEN, config=fresh.config)
        ballot_box.create(file_of(fresh), fresh.key, {}, ballot.body_size, ballot.config())
        paper.write(ballot, file_of(fresh).with_suffix(".json"))
    return ballot


def _check(poll: Poll) -> None:
    """Whatever would only be noticed in front of the voters is refused here."""
    count = poll.nominees.count()
    if poll.kind is not Kind.RECOMMENDATION and not count:
        raise NobodyToVoteOn()
    if poll.kind is Kind.RECOMMENDATION and not poll.lines:
        raise LinesMissing()
    if poll.kind in CHOOSING and not poll.seats:
        raise SeatsMissing()
    if rules_of(poll.kind, poll.rules).with_margin and count < least_candidates(poll.seats):
        raise TooFewCandidates(seats=poll.seats, least=least_candidates(poll.seats), count=count)
    refuse_namesakes(poll)
    for poll_class in poll.classes:
        if not roll.entitled(poll_class):
            raise NobodyEntitled(title=poll_class.title)


def ballot_of(poll: Poll) -> Ballot:
    """The poll as plain values: all that the voting pages, the box and the result ever know of it."""
    place, committee = poll.place, committee_of(poll.place)
    return Ballot(
        poll=poll.key, kind=poll.kind, title=poll.title, community=place.name,
        organisation=committee.full_name if committee else place.name,
        classes=tuple(
            BallotClass(row.code, row.title, (row.weight_part, row.weight_whole))
            for row in poll.classes.order_by(PollClass.id)
        ),
        candidates=tuple(Candidate(row.name, row.post) for row in in_order(poll)),
        options=options_of(poll), items=tuple(poll.items), seats=poll.seats, cap=poll.cap, lines=lines_of(poll),
        lines_are_names=poll.kind in WRITING, unmarked=poll.unmarked, prefix=prefix(place),
        closes=closing_words(poll), afterwards=poll.afterwards, telephone=settings.value("office.phone", place),
        rules=poll.rules,
    )  # fmt: skip


def lines_of(poll: Poll) -> int:
    """Lines to write on: names where they may be written in, one line of words on an appraisal that asks for it."""
    return poll.lines if poll.kind in WRITING else int(poll.with_words and poll.kind in GRADING)


def closing_words(poll: Poll) -> str:
    """11月23日18:00, as the voting page says it."""
    wall = clock.local(poll.closes_at) if poll.closes_at else None
    return f"{zh.short_day(wall.date())}{wall:%H:%M}" if wall else ""


def prefix(place: Place) -> str:
    """What stands before every address of a community other than the first."""
    first = Place.select(Place.id).where(Place.kind == place.kind).order_by(Place.id).limit(1).scalar()
    return "" if first == place.id else f"/c/{place.slug}"


def redraft(actor: Actor, poll: Poll) -> None:
    """Back to the desk before the voting: slips and key sheets made so far become waste paper."""
    with step(poll, *BEFORE_OPENING) as fresh:
        fresh.status, fresh.public_key = PollStatus.DRAFT, ""
        Scrutineer.update(sheet=0).where(Scrutineer.poll == fresh).execute()
        waste = sum(row.slips for row in fresh.classes)
        PollClass.update(slips=0).where(PollClass.poll == fresh).execute()
        chain.record(actor, fresh, "redrafted", void_slips=waste)


def seal(actor: Actor, poll: Poll, holders: Sequence[str] = ()) -> tuple[str, ...]:
    """封箱: answers the words of every key sheet; they are kept nowhere, so whoever gets this answer prints them."""
    keepers = key_holders(poll, holders)
    with steps.plainly():
        made = sealing.seal(poll.sheets)
    with roll.door(poll, PollStatus.FROZEN) as fresh:
        fresh.status, fresh.public_key = PollStatus.SEALED, made.public_key.hex()
        for number, row in enumerate(keepers, 1):
            row.sheet = number
            row.save()
        names = [row.name for row in keepers]
        chain.record(actor, fresh, "sealed", Act.POLL_SEALED, key=fresh.public_key, sheets=poll.sheets, holders=names)
        ballot_box.seal_to(there(fresh), made.public_key)
    return made.sheets


def draw_slips(actor: Actor, poll: Poll, reserve: int = 0, again: bool = False) -> dict[str, list[str]]:
    """The codes of all slips, once: the box keeps only hashes. ``again`` makes a new box; the earlier slips are void."""
    if reserve > MOST_RESERVE:
        raise TooManyInReserve(most=MOST_RESERVE)
    with step(poll, *BEFORE_OPENING) as fresh:
        classes = list(fresh.classes.order_by(PollClass.id))
        before = sum(row.slips for row in classes)
        if before and not again:
            raise SlipsPrinted(count=before)
        counts = {row.code: roll.entitled(row) + max(0, reserve) for row in classes}
        for row in classes:
            row.slips = counts[row.code]
            row.save()
        chain.record(actor, fresh, "slips", counts=counts, void=before)
        if again:
            return _new_box(fresh, counts)
        return ballot_box.add_slips(there(fresh), fresh.key, counts)


def _new_box(poll: Poll, counts: dict[str, int]) -> dict[str, list[str]]:
    sealed = is_sealed(poll)
    ballot = paper.read(file_of(poll).with_suffix(".json"))
    codes = ballot_box.create(there(poll), poll.key, counts, ballot.body_size, ballot.config())
    if sealed:
        ballot_box.seal_to(file_of(poll), bytes.fromhex(poll.public_key))
    return codes


def forget_slips(actor: Actor, poll: Poll) -> None:
    """The sheet of slips could not be printed: nobody knows these codes, so the box is made anew without any."""
    with step(poll, *BEFORE_OPENING) as fresh:
        PollClass.update(slips=0).where(PollClass.poll == fresh).execute()
        chain.record(actor, fresh, "slips forgotten")
        _new_box(fresh, {})


def open_voting(actor: Actor, poll: Poll, debug: bool = False, names: Sequence[str] = ()) -> None:
    """开始投票; refused while anything could write a ballot into a log. ``names`` are those who compared the papers."""
    if debug or logging.getLogger("peewee").isEnabledFor(logging.DEBUG):
        raise DebugMode()
    with roll.door(poll, PollStatus.SEALED) as fresh:
        if fresh.scrutineers.where(Scrutineer.role.in_(WATCHING)).count() < 2:
            raise ScrutineersMissing()
        classes = list(fresh.classes)
        if not any(row.slips or row.paper_printed for row in classes):
            raise NothingToVoteWith()
        fresh.status, fresh.generation = PollStatus.OPEN, backup.generation()
        counts = {row.code: {"entitled": roll.entitled(row), "slips": row.slips} for row in classes}
        chain.record(actor, fresh, "opened", Act.POLL_OPENED, config=fresh.config, classes=counts, witnesses=sorted(names))
        ballot_box.open_voting(there(fresh))


def interrupt_restored() -> list[Poll]:
    """After a backup was loaded: every poll whose box lived on is interrupted before anybody can vote in it."""
    running = Poll.select().where(Poll.status.in_((PollStatus.SEALED, PollStatus.OPEN)))
    return [poll for poll in running if steps.look(poll).status is PollStatus.INTERRUPTED]


def close_voting(actor: Actor, poll: Poll) -> None:
    """截止: the ticks of the roll enter the record as one total, which is all that is ever written about them."""
    with roll.door(poll, PollStatus.OPEN) as fresh:
        fresh.status = PollStatus.CLOSED
        path = there(fresh)
        if meta_of(fresh).state == OPEN:
            ballot_box.close_voting(path)
        ticks = {row.code: roll.ticks(row) for row in fresh.classes}
        chain.record(actor, fresh, "closed", Act.POLL_CLOSED, slips=ballot_box.turnout(path), ticks=ticks)
