"""民主评议党员: a branch meeting gives each member a grade, and who is commended; nobody is ranked and nothing is counted up."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from peewee import JOIN

from blueprints.ballots.models import Poll
from blueprints.evaluation import queries
from blueprints.evaluation.models import Appraisal, BranchYear, Commendation, Grade
from blueprints.notices import rules as notices
from blueprints.notices.models import NoticeKind
from blueprints.people.models import PartyMember
from core import clock, settings, zh
from core.access import Actor
from core.audit import Act, record
from core.db import Record, writing
from core.history import unchanged
from core.records.people import Person
from core.records.places import PartyOrg, Place
from core.refusal import Refused, Stale
from core.registers import ledger
from core.registers.declaration import Values
from core.text import _, _l

settings.declare(
    "evaluation.excellent", _l("优秀不超过几分之一（只提醒，不限制）"), 3, group="evaluation",
    source=_l("民主评议党员的一般要求：优秀一般不超过三分之一"),
)  # fmt: skip


class GradedAlready(Refused):
    sentence = _l("%(name)s%(year)s年度的等次已经登记过了，请打开那一条修改。")
    status = 409


class NotYetMet(Refused):
    sentence = _l("会议日期 %(day)s 还没有到，请核对。")


class WhenMet(Refused):
    sentence = _l("请填写支部党员大会的日期，等次是会上决定的。")


class MorePresentThanEntitled(Refused):
    sentence = _l("到会 %(present)s 人多于应到 %(entitled)s 人，请核对。")


class WhyUnqualified(Refused):
    sentence = _l("%(name)s评为“%(grade)s”，请写明依据的事实。")


class DecidedByWhom(Refused):
    sentence = _l("填了决定日期，请写明由谁决定的。")


class DecidedBeforePutForward(Refused):
    sentence = _l("决定日期早于提名日期，请核对。")


class NobodyCommended(Refused):
    sentence = _l("%(year)s年度的表彰名单上还没有人。")


class NotYetDecided(Refused):
    sentence = _l("%(name)s的表彰还没有登记决定，不能印证书。请先补上决定单位、日期和文号。")
    status = 409


def members(place: Place) -> dict[str, int]:
    """Everybody who is or was a member here, by name, in stroke order; namesakes are told apart by their stairwell,
    those of one stairwell by their number."""
    rows = list(
        PartyMember.select(PartyMember, Person, Place).join(Person).switch(PartyMember)
        .join(Place, JOIN.LEFT_OUTER, on=(PartyMember.stairwell == Place.id))
        .where(PartyMember.place == place).order_by(Person.sort_key, PartyMember.id)
    )  # fmt: skip
    names = Counter(row.person.name for row in rows)
    with_place = Counter((row.person.name, row.stairwell_id) for row in rows)
    found = {}
    for row in rows:
        name, alone = row.person.name, with_place[row.person.name, row.stairwell_id] == 1
        told_by = row.stairwell if alone and row.stairwell else row.id
        found[name if names[name] == 1 else f"{name}（{told_by}）"] = row.id
    return found


def grade_fits(place: Place, row: Record | None, values: Values) -> None:
    """One grade for one member and year; a low one with the fact it rests on. For the register's ``check``."""
    same = (Appraisal.member == values["member"]) & (Appraisal.year == values["year"]) & (Appraisal.void == "")
    known = Appraisal.get_or_none(same & (Appraisal.id != (row.id if row else 0)))
    if known is not None:
        raise GradedAlready(name=known.member.person.name, year=known.year)
    if str(values["decided_on"]) > clock.today().isoformat():
        raise NotYetMet(day=zh.day(str(values["decided_on"])))
    grade = Grade(str(values["grade"]))
    if grade in (Grade.BARELY, Grade.UNQUALIFIED) and not str(values.get("note") or "").strip():
        raise WhyUnqualified(name=PartyMember.get_by_id(values["member"]).person.name, grade=grade.title)


def commendation_fits(_place: Place, _row: Record | None, values: Values) -> None:
    """Who decided stands beside when. For the register's ``check``."""
    decided = str(values.get("decided_on") or "")
    if decided and not str(values.get("decided_by") or "").strip():
        raise DecidedByWhom()
    if decided and decided < str(values["put_forward_on"]):
        raise DecidedBeforePutForward()


def meet(
    actor: Actor, org: PartyOrg, year: int, version: int, met_on: date | None, entitled: int | None, present: int | None,
    poll: Poll | None, words: str, grades: Mapping[int, tuple[Grade | None, str]],
) -> BranchYear:  # fmt: skip
    """支部党员大会: who was there, the vote held at it, and the grades decided; all or none.

    ``grades`` are by the member's number, with the fact a grade rests on; None leaves a member without one.
    ``version`` is 0 where the meeting was not entered yet. Raises Stale when it is old.
    """
    if met_on is None:
        raise WhenMet()
    if entitled is not None and present is not None and present > entitled:
        raise MorePresentThanEntitled(present=present, entitled=entitled)
    with writing():
        row = _entered(actor, org, year, version)
        row.met_on, row.entitled, row.present, row.poll, row.words = met_on, entitled, present, poll, words.strip()
        row.save()
        record(actor, Act.BRANCH_MET, row, org.place_id, year=year, met_on=met_on, present=present, entitled=entitled)
        for member, (grade, note) in grades.items():
            _grade(actor, org.place, member, year, grade, met_on, note.strip())
    return row


def _entered(actor: Actor, org: PartyOrg, year: int, version: int) -> BranchYear:
    unchanged(org, None)
    known = BranchYear.get_or_none(org=org, year=year)
    if known is None:
        return BranchYear(place=org.place_id, org=org, year=year)
    if known.version != version:
        raise Stale(who=actor.name)
    known.version += 1
    return known


def _grade(actor: Actor, place: Place, member: int, year: int, grade: Grade | None, met_on: date, note: str) -> None:
    """Through the register, so that each grade has its own history."""
    from blueprints.evaluation.registers import APPRAISALS

    known = Appraisal.get_or_none((Appraisal.member == member) & (Appraisal.year == year) & (Appraisal.void == ""))
    if grade is None:
        return
    values = {"member": member, "year": year, "grade": grade.value, "decided_on": met_on.isoformat(), "note": note}
    if known is None:
        ledger.enter(APPRAISALS, actor, place, values)
    elif ledger.values_of(APPRAISALS, known) != values:
        ledger.correct(APPRAISALS, actor, known, known.version, values)


def too_many_excellent(community: Place, graded: int, excellent: int) -> bool:
    """Whether more than the setting's part are excellent; a warning, never a refusal."""
    return excellent * int(settings.value("evaluation.excellent", community)) > graded


def decided(row: Commendation) -> Commendation:
    """The same row where the naming body has decided. Raises NotYetDecided."""
    if row.decided_on is None or row.void:
        raise NotYetDecided(name=row.name)
    return row


def draft_notice(actor: Actor, place: Place, year: int) -> int:
    """A notice with the names of the list: put forward, for objections; or, once all are decided, the announcement.

    Names leave the office only on what a meeting resolved: each row says who put it forward and when. Raises NobodyCommended.
    """
    rows = list(queries.commendations(place, year))
    if not rows:
        raise NobodyCommended(year=year)
    open_ones = [row for row in rows if row.decided_on is None]
    kind = NoticeKind.HONOUR if open_ones else NoticeKind.ANNOUNCEMENT
    title = _("关于%(year)s年度|拟表彰对象的公示", year=year) if open_ones else _("关于%(year)s年度|表彰决定的公告", year=year)
    body = _put_forward(open_ones) if open_ones else _announced(rows)
    return notices.draft(actor, place, kind, title=title, body=body).id


def _put_forward(rows: list[Commendation]) -> str:
    first = rows[0]
    opening = _("经%(body)s%(day)s研究，拟对下列同志予以表彰（同一称号内以姓氏笔画为序）：", body=first.put_forward_by, day=zh.day(first.put_forward_on))
    table = ["| 姓名 | 支部 | 推荐称号 | 简要事迹 |\n|---|---|---|---|", *(f"| {row.name} | {_branch(row)} | {row.title} | {row.deeds} |" for row in rows)]
    return "\n".join([opening, *table, "现予以公示，接受党员和居民监督。"])


def _announced(rows: list[Commendation]) -> str:
    first = rows[0]
    basis = f"（{first.document}）" if first.document else ""
    opening = _("经%(body)s%(day)s决定%(basis)s，对下列同志予以表彰（同一称号内以姓氏笔画为序）：", body=first.decided_by, day=zh.day(first.decided_on), basis=basis)
    table = ["| 姓名 | 支部 | 称号 |\n|---|---|---|", *(f"| {row.name} | {_branch(row)} | {row.title} |" for row in rows)]
    return "\n".join([opening, *table])


def _branch(row: Commendation) -> str:
    return row.member.org.name if row.member is not None and row.member.org is not None else ""
