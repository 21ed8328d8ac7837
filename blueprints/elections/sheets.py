"""Papers of an election in stages as plain values: the letter that asks the superior organisation, its list of names."""

from dataclasses import dataclass

from blueprints.ballots import queries as ballots
from blueprints.elections import queries
from blueprints.elections.models import ElectionProcess, Stage
from blueprints.organisation.queries import body_of, superior_of
from core import clock, zh
from core.text import in_chinese


@dataclass(frozen=True)
class Letter:
    """请示 in the official form."""

    title: str
    head: str
    issuing_body: str
    number: str
    addressee: str
    text: str
    attached: tuple[str, ...]
    signed_by: str
    signed_on: str
    printed_by: str
    small_print: str


@dataclass(frozen=True)
class NamesSheet:
    """候选人预备人选名册: particulars, and what was counted for each in the stages so far."""

    title: str
    community: str
    process: str
    day: str
    rows: tuple[tuple[str, ...], ...]


@in_chinese()
def request(process: ElectionProcess) -> Letter:
    """Who stands, how they came to stand, what is asked."""
    people = list(queries.standing(process))
    said = [_sentence(row) for row in queries.stages_of(process)[:2] if row.done_on]
    names = "、".join(one.name for one in people)
    text = [
        f"根据换届选举工作有关规定，我社区开展了{process.title}工作。",
        *said,
        f"经研究，拟提名{names}等{len(people)}名同志为{process.body}候选人预备人选（以姓氏笔画为序），应选{process.seats}名。",
        "现将有关材料报上，请予审查。妥否，请批示。",
    ]
    attached = ["候选人预备人选名册", *(f"{row.poll}报告单" for row in voted(process))]
    body = body_of(process.place)
    return Letter(
        title=f"关于{process.body}|候选人预备人选的请示", head="plain", issuing_body=body, number="", addressee=superior_of(process.place),
        text="\n".join(text), attached=tuple(attached), signed_by=body, signed_on=zh.day(clock.today()), printed_by="", small_print="",
    )  # fmt: skip


def _sentence(row) -> str:
    what = "党员和居民代表推荐" if row.stage is Stage.RECOMMENDATION else "居民代表信任投票"
    return f"{what}已于{zh.day(row.done_on)}完成，情况见附件。"


def voted(process: ElectionProcess) -> list:
    """The stages before the review whose polls were signed."""
    rows = queries.stages_of(process)[:2]
    return [row for row in rows if row.poll is not None and ballots.is_decided(row.poll)]


@in_chinese()
def names(process: ElectionProcess) -> NamesSheet:
    """In the order of papers; only who still stands."""
    told = [ballots.told_by_name(row.poll) for row in voted(process)]
    rows = tuple(
        (
            one.name, str(one.sex.title), zh.day(one.birth[:7]), one.education, zh.day(one.joined[:7]), one.duty, one.post,
            "；".join(found[one.name] for found in told if one.name in found),
        )
        for one in queries.standing(process)
    )  # fmt: skip
    return NamesSheet(
        title="候选人预备人选名册", community=body_of(process.place), process=process.title, day=zh.day(clock.today()), rows=rows
    )
