"""What the office page shows."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module

from peewee import JOIN, ModelSelect

from blueprints.people import queries as people
from core import clock, settings
from core.access import Actor, Can
from core.due import Due
from core.links import base_address, is_loopback
from core.records.people import Account
from core.records.places import Place
from core.records.work import AuditDetail, AuditEntry
from core.registers import ledger
from core.search import Hit
from core.text import _
from core.workdays import office_calendar

# Areas with something due; each has queries.due(actor, community) -> Iterable[Due].
DUE_AREAS = ("notices", "boards", "suggestions", "meetings", "ballots", "plans", "workaccess", "inservice", "disclosures")
# Areas that can be searched; each has queries.search(actor, community, words) -> Iterable[Hit], at most 50.
SEARCH_AREAS = ("people", "notices", "boards", "suggestions", "meetings", "cobuilding", "ballots", "inservice", "papers")


def today(actor: Actor, community: Place) -> list[Due]:
    """Everything due in all areas, overdue first, undated last."""
    rows = [due for area in DUE_AREAS for due in import_module(f"blueprints.{area}.queries").due(actor, community)]
    rows += _next_year(actor, community, clock.today())
    rows += [due for register in import_module("registers").ALL for due in ledger.due(register, actor, community)]
    return [*_first_steps(actor, community), *sorted(rows, key=lambda due: due.day or date.max)]


def _first_steps(actor: Actor, community: Place) -> Iterator[Due]:
    """What a newly founded community lacks, in the order it is wanted."""
    if actor.can(Can.PEOPLE_IMPORT, community) and not people.has_members(community):
        yield Due(_("还没有党员名册，先导入现有的 Excel 名册"), "/office/imports/members", _("去导入"), _("人员名册"))
    if actor.can(Can.ACCOUNTS_EDIT, community) and Account.select().where(Account.active).count() == 1:
        text = _("只有一个账号：公示、纪要要另一人审核，录票要两个人，请再建一个")
        yield Due(text, "/office/accounts/new", _("建账号"), _("账号与岗位"))
    if actor.can(Can.SETTINGS_EDIT, community) and is_loopback(base_address(community)):
        text = _("还没有填本系统的网址，二维码手机打不开")
        yield Due(text, "/office/settings", _("去填写"), _("设置"))


NOTICE_MONTH = 11  # the State Council announces the next year's holidays in November


def _next_year(actor: Actor, community: Place, today: date) -> Iterator[Due]:
    """The holidays of the year to come, as soon as they are announced and while nobody entered them."""
    year = today.year + 1
    if today.month >= NOTICE_MONTH and actor.can(Can.SETTINGS_EDIT, community) and not office_calendar().knows(year):
        text = _("%(year)s年的放假安排还没有录入，跨年的期限只能估算", year=year)
        yield Due(text, f"/office/calendar?year={year}", _("去录入"), _("工作日历"), date(today.year, 12, 31))


def settings_by_group() -> list[tuple[str, list[settings.Declared]]]:
    """The settings a person may change, area by area."""
    groups: dict[str, list[settings.Declared]] = {}
    for declared in settings.DECLARED.values():
        if declared.group != "hidden":
            groups.setdefault(declared.group, []).append(declared)
    return list(groups.items())


AUDIT_PAGE = 100


def audit_entries(actor: Actor, community: Place, first: int = 0) -> ModelSelect:
    """A page of the trail here, newest first, with what changed.

    Paged by places in this list: a number of the whole chain would tell how much is filed elsewhere, at the level above
    for one, about the very person who reads.
    """
    scope = AuditEntry.place.in_(actor.communities(Can.AUDIT_READ)) & (AuditEntry.place == community)
    return (
        AuditEntry.select(AuditEntry, AuditDetail).join(AuditDetail, JOIN.LEFT_OUTER).where(scope)
        .order_by(AuditEntry.seq.desc()).offset(first).limit(AUDIT_PAGE)
    )  # fmt: skip


def search(actor: Actor, community: Place, words: str) -> list[Hit]:
    """What the words are found in, over all areas the account may see."""
    hits = [hit for area in SEARCH_AREAS for hit in import_module(f"blueprints.{area}.queries").search(actor, community, words)]
    return hits + [hit for one in import_module("registers").ALL for hit in ledger.search(one, actor, community, words)]


def navigation(actor: Actor, community: Place | None) -> list[tuple[str, str, str, str, Can]]:
    """The entries of the staff's sidebar this account may open: endpoint, title, icon, key, permission."""
    entries = [
        ("office.today", _("今日要办"), "calendar", "today", Can.OFFICE_ENTER),
        ("notices_desk.index", _("公示公告"), "notice", "notices", Can.NOTICES_READ),
        ("suggestion_queue.index", _("意见办理"), "box", "suggestions", Can.SUGGESTIONS_READ),
        ("boards.coverage", _("承诺与公示牌"), "pledge", "boards", Can.BOARDS_READ),
        ("polls.index", _("投票"), "ballot", "polls", Can.POLLS_READ),
        ("people.index", _("人员名册"), "person", "people", Can.PEOPLE_READ),
        ("inservice.index", _("在职党员"), "person", "inservice", Can.PEOPLE_READ),
        ("organisation.index", _("组织与楼道"), "minutes", "organisation", Can.ORGANISATION_READ),
        ("meetings.meetings", _("联席会议"), "minutes", "meetings", Can.MEETINGS_READ),
        ("resolutions.index", _("议定事项"), "list", "resolutions", Can.MEETINGS_READ),
        ("cobuilding.units", _("成员单位"), "works", "units", Can.UNITS_READ),
        ("agreements.index", _("共建协议"), "works", "agreements", Can.UNITS_READ),
        ("bodies.index", _("议事协调机构"), "minutes", "bodies", Can.MEETINGS_READ),
        ("workaccess.index", _("工作准入"), "check", "workaccess", Can.MEETINGS_READ),
        ("sharing.index", _("资源共享"), "works", "sharing", Can.UNITS_READ),
        ("plans.index", _("年度共建计划"), "calendar", "plans", Can.UNITS_READ),
        ("papers_desk.index", _("签发登记"), "archive", "papers", Can.PAPERS_READ),
        ("jobs.index", _("打印间"), "print", "jobs", Can.OFFICE_ENTER),
        ("accounts.index", _("账号与岗位"), "key", "accounts", Can.ACCOUNTS_EDIT),
        ("office.preferences", _("设置"), "list", "settings", Can.SETTINGS_EDIT),
        ("office.audit_trail", _("留痕"), "lock", "audit", Can.AUDIT_READ),
    ]
    return [entry for entry in entries if actor.can(entry[4], community)]
