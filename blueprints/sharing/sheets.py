"""The letter that thanks a unit for what it gave."""


from blueprints.organisation.queries import body_of
from blueprints.sharing import queries
from blueprints.sharing.models import Project
from core import clock
from core.printing import gongwen
from core.printing.gongwen import OfficialLetter


class ThanksSheet(OfficialLetter):
    """感谢信: to whom, for what, with what effect."""


def thanks(project: Project) -> ThanksSheet:
    """What the office would write by hand; facts only."""
    giver, body = queries.giver(project), body_of(project.place)
    given = f"提供“{project.resource.name}”，" if project.resource else ""
    people = f"受益{project.people}人次。" if project.people else ""
    text = f"在“{project.name}”中，贵单位{given}给予了支持和帮助。{people}{project.result}"
    return ThanksSheet(
        "plain", body, "", "感谢信", giver.name if giver else "", f"{text}\n谨向贵单位表示衷心感谢。", (), body,
        gongwen.day(project.thanked_on or clock.today()),
    )  # fmt: skip
