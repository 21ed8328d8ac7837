"""The example community's change of committee: recommended on paper, the trust vote going on."""

from collections.abc import Generator
from datetime import date

from blueprints.ballots.models import Nominee, Poll
from blueprints.elections import carrying, queries, rules
from blueprints.elections.models import Stage
from core import clock
from core.access import Actor
from core.records.places import Place
from core.workdays import add_workdays


def load(staff: dict[str, Actor], place: Place, today: date) -> Generator[date, None, dict[str, str]]:
    """Begun four weeks ago; its trust vote is the one residents can try."""
    secretary, clerk = staff["书记"], staff["干事"]
    yield add_workdays(today, -20)[0]
    process = rules.begin(secretary, place, f"{today.year}年梅苑社区党委换届（示例）", "中共梅苑社区委员会委员", 7)
    rows = queries.stages_of(process)
    rules.plan(secretary, rows[2], add_workdays(today, 8)[0], "信任投票后一周内报街道")
    yield add_workdays(today, -7)[0]
    recommendation = rows[0]
    rules.file(clerk, recommendation, "党员推荐会议记录", f"梅党〔{today.year}〕9号", clock.today())
    nominees = list(Poll.select().where(Poll.place == place).get().nominees.order_by(Nominee.sort_key))
    carrying.conclude(secretary, recommendation, [row.name for row in nominees])
    _particulars(clerk, process, nominees)
    trust = next(row for row in queries.stages_of(process) if row.stage is Stage.TRUST)
    rules.attach_poll(secretary, trust, nominees[0].poll)
    return {}


def _particulars(clerk: Actor, process, nominees: list[Nominee]) -> None:
    of_name = {row.name: row for row in queries.standing(process)}
    for row in nominees:
        values = {name: getattr(row, name) for name in carrying.PARTICULARS}
        carrying.describe(clerk, of_name[row.name], **values)
