"""The staff's sidebar: an area adds its line to one of the groups."""

from collections.abc import Set
from typing import NamedTuple

from core.access import Can
from core.text import _l


class Entry(NamedTuple):
    """One line: the page it opens, its name and icon, the key by which the page says that it is open."""

    endpoint: str
    title: object
    icon: str
    key: str
    needed: Can


# The first group has no heading and the second stands open; of the others the one that is worked in.
GROUPS: tuple[tuple[object, tuple[Entry, ...]], ...] = (
    ("", (Entry("office.today", _l("今日要办"), "calendar", "today", Can.OFFICE_ENTER),)),
    (_l("办事"), (
        Entry("notices_desk.index", _l("公示公告"), "notice", "notices", Can.NOTICES_READ),
        Entry("disclosures_desk.index", _l("三务公开"), "calendar", "disclosures", Can.NOTICES_READ),
        Entry("suggestion_queue.index", _l("意见办理"), "box", "suggestions", Can.SUGGESTIONS_READ),
        Entry("visits.index", _l("走访"), "leave", "visits", Can.VISITS_READ),
        Entry("boards.coverage", _l("承诺与公示牌"), "pledge", "boards", Can.BOARDS_READ),
        Entry("evaluation.index", _l("评诺和评议"), "medal", "evaluation", Can.BOARDS_EDIT),
        Entry("polls.index", _l("投票"), "ballot", "polls", Can.POLLS_READ),
        Entry("elections.index", _l("换届选举"), "medal", "elections", Can.POLLS_READ),
        Entry("meetings.meetings", _l("联席会议"), "minutes", "meetings", Can.MEETINGS_READ),
        Entry("resolutions.index", _l("议定事项"), "list", "resolutions", Can.MEETINGS_READ),
        Entry("workaccess.index", _l("工作准入"), "check", "workaccess", Can.MEETINGS_READ),
    )),
    (_l("共驻共建"), (
        Entry("cobuilding.units", _l("成员单位"), "works", "units", Can.UNITS_READ),
        Entry("agreements.index", _l("共建协议"), "ties", "agreements", Can.UNITS_READ),
        Entry("sharing.index", _l("资源共享"), "link", "sharing", Can.UNITS_READ),
        Entry("plans.index", _l("年度共建计划"), "calendar", "plans", Can.UNITS_READ),
        Entry("bodies.index", _l("议事协调机构"), "minutes", "bodies", Can.MEETINGS_READ),
    )),
    (_l("人和组织"), (
        Entry("people.index", _l("人员名册"), "person", "people", Can.PEOPLE_READ),
        Entry("inservice.index", _l("在职党员"), "medal", "inservice", Can.PEOPLE_READ),
        Entry("organisation.index", _l("组织与楼道"), "tree", "organisation", Can.ORGANISATION_READ),
    )),
    (_l("系统"), (
        Entry("papers_desk.index", _l("签发登记"), "archive", "papers", Can.PAPERS_READ),
        Entry("jobs.index", _l("打印间"), "print", "jobs", Can.OFFICE_ENTER),
        Entry("accounts.index", _l("账号与岗位"), "key", "accounts", Can.ACCOUNTS_EDIT),
        Entry("preferences.index", _l("设置"), "gear", "settings", Can.SETTINGS_EDIT),
        Entry("office.audit_trail", _l("留痕"), "history", "audit", Can.AUDIT_READ),
    )),
)  # fmt: skip


def navigation(allowed: Set[Can]) -> list[tuple[object, list[Entry]]]:
    """The groups with the lines these permissions open; a group without any is left out."""
    groups = [(title, [entry for entry in entries if entry.needed in allowed]) for title, entries in GROUPS]
    return [(title, entries) for title, entries in groups if entries]
