"""Party organisations through their lives: what they were on any day, who went where, what may not be."""

from datetime import date, timedelta

import pytest

from blueprints.organisation import orgs, queries, tree
from blueprints.organisation.models import OrgChange
from blueprints.people import rules as people
from blueprints.people.models import FormerBranch, PartyMember
from core import clock, settings
from core.access import console
from core.records.places import OrgKind, PartyOrg
from core.refusal import Stale
from core.spreadsheets.imports import Writer
from tests import make

LONG_AGO = date(2020, 1, 1)
DAY = timedelta(days=1)


def branch(community, name, kind=OrgKind.BRANCH, parent=None, since=LONG_AGO):
    values = {"name": name, "kind": kind, "since": since, "parent": parent and parent.id}
    return orgs.found(console(), community, values)


def fresh(org):
    return PartyOrg.get_by_id(org.id)


def names(community, on=None):
    return [node.name for node in tree.walk(tree.tree(community, on))]


def changed(org, day, **values):
    return orgs.change(console(), org, fresh(org).version, day, values, "委〔2026〕3号")


def test_sixty_organisations_add_up(community):
    """37 committees, 17 general branches, 6 branches: the tally is the sum of its kinds, groups are not counted."""
    root = queries.committee_of(community)
    for kind, count in ((OrgKind.COMMITTEE, 36), (OrgKind.GENERAL_BRANCH, 17), (OrgKind.BRANCH, 6)):
        for number in range(count):
            branch(community, f"{kind}{number}", kind, root)
    branch(community, "第一党小组", OrgKind.GROUP, root)
    tally = tree.tally(tree.tree(community))
    assert tally == [(OrgKind.COMMITTEE, 37), (OrgKind.GENERAL_BRANCH, 17), (OrgKind.BRANCH, 6)]
    assert sum(count for _kind, count in tally) == 60


@pytest.mark.parametrize(
    ("members", "kind"),
    [(0, None), (2, None), (3, "branch"), (49, "branch"), (50, "general_branch"), (99, "general_branch"), (100, "committee"), (187, "committee")],
)
def test_the_kind_follows_the_number_of_members(community, members, kind):
    assert tree.fitting(members, settings.values(community)) == kind


def test_what_does_not_fit_is_listed_with_what_is_due(community):
    small, right = branch(community, "第一党支部"), branch(community, "第二党支部")
    for org, count in ((small, 2), (right, 3)):
        for _member in range(count):
            make.member(community, branch=org.name)
    nodes = {node.name: node for node in tree.walk(tree.tree(community))}
    assert (nodes["第一党支部"].misfit, nodes["第一党支部"].fits) == (True, None)
    assert not nodes["第二党支部"].misfit
    assert nodes["梅苑社区党委"].total == 5
    settings.put("organisation.branch", 2, community)
    assert not {node.name: node for node in tree.walk(tree.tree(community))}["第一党支部"].misfit


def test_a_tree_stands_as_it_stood_on_any_day(community):
    root = queries.committee_of(community)
    org = branch(community, "第一党支部", since=date(2021, 3, 1))
    other = branch(community, "机关党支部", since=date(2022, 1, 1))
    changed(org, date(2023, 5, 1), name="东区党支部", full_name="中共梅苑社区东区党支部")
    changed(org, date(2024, 6, 1), kind=OrgKind.GENERAL_BRANCH)
    changed(other, date(2024, 7, 1), parent=org.id)
    assert names(community, date(2021, 2, 28)) == [root.name]
    assert names(community, date(2021, 3, 1)) == [root.name, "第一党支部"]
    assert names(community, date(2023, 4, 30)) == [root.name, "第一党支部", "机关党支部"]
    assert names(community, date(2023, 5, 1)) == [root.name, "东区党支部", "机关党支部"]
    then = {node.name: node for node in tree.walk(tree.tree(community, date(2024, 6, 15)))}
    assert then["东区党支部"].kind is OrgKind.GENERAL_BRANCH
    assert [part.name for part in then[root.name].parts] == ["东区党支部", "机关党支部"]
    assert [part.name for part in tree.tree(community)[0].parts] == ["东区党支部"]
    steps = [(event.change, event.before, event.after) for event in queries.events(org)][::-1]
    assert steps[1] == (OrgChange.RENAMED, "第一党支部", "东区党支部")
    assert steps[2] == (OrgChange.RETYPED, "党支部", "党总支")


def test_members_are_counted_on_any_day_where_they_belonged_then(community, monkeypatch):
    """Two branches became one in between; one member came later, one had left."""
    one, two = branch(community, "第一党支部"), branch(community, "第二党支部")
    today = clock.today()
    stayed = [make.member(community, branch="第一党支部") for _member in range(4)]
    make.member(community, branch="第二党支部")
    PartyMember.update(since=today - 3 * DAY).where(PartyMember.id == stayed[0].id).execute()
    PartyMember.update(until=today - 2 * DAY).where(PartyMember.id == stayed[1].id).execute()
    orgs.merge(console(), one, fresh(one).version, two, today - DAY, "委〔2026〕4号")

    def counted(day):
        return {node.name: node.members for node in tree.walk(tree.tree(community, day))}

    assert counted(today - 4 * DAY) == {"梅苑社区党委": 0, "第一党支部": 3, "第二党支部": 1}
    assert counted(today - 3 * DAY)["第一党支部"] == 4
    assert counted(today - 2 * DAY) == {"梅苑社区党委": 0, "第一党支部": 3, "第二党支部": 1}
    assert counted(today) == {"梅苑社区党委": 0, "第二党支部": 4}
    assert not any(node.misfit for node in tree.walk(tree.tree(community, today - DAY)))


def test_a_member_typed_into_another_branch_was_in_the_first_until_then(community, monkeypatch):
    branch(community, "第一党支部")
    branch(community, "第二党支部")
    member, today = make.member(community, branch="第一党支部"), clock.today()
    for name in ("第二党支部", "第三党支部"):  # the second word of one day changes nothing of the day before
        row = PartyMember.get_by_id(member.id)
        people.write_member(Writer(console(), community), row.id, {**people.member_values(row), "branch": name})
    assert tree.members_on(community, today - DAY) == {queries.branches(community).where(PartyOrg.name == "第一党支部").get().id: 1}
    assert FormerBranch.select().count() == 1


def test_members_go_along_when_two_become_one(community):
    one, two, below = branch(community, "第一党支部"), branch(community, "第二党支部"), branch(community, "第三党小组")
    changed(below, LONG_AGO, parent=one.id)
    members = [make.member(community, branch="第一党支部") for _member in range(4)]
    gone = orgs.merge(console(), one, fresh(one).version, two, clock.today(), "委〔2026〕4号")
    assert gone == 4
    assert {PartyMember.get_by_id(member.id).org_id for member in members} == {two.id}
    assert fresh(below).parent_id == two.id
    assert names(community) == ["梅苑社区党委", "第二党支部", "第三党小组"]
    assert "第一党支部" in names(community, clock.today() - DAY)
    event = queries.events(two).first()
    assert (event.change, event.org_id, event.members, event.document) == (OrgChange.MERGED, one.id, 4, "委〔2026〕4号")


def test_who_is_chosen_goes_along_when_one_becomes_two(community):
    org = branch(community, "第一党支部")
    members = [make.member(community, branch="第一党支部") for _member in range(5)]
    stranger = make.member(community, branch="第二党支部")
    values = {"name": "第九党支部", "kind": OrgKind.BRANCH, "since": clock.today()}
    new = orgs.split(console(), org, org.version, values, [members[0].id, members[1].id, stranger.id])
    assert new.parent_id == org.parent_id
    assert PartyMember.select().where(PartyMember.org == new).count() == 2
    assert PartyMember.get_by_id(stranger.id).org.name == "第二党支部"
    assert queries.events(new).count() == 2


def test_only_an_empty_organisation_is_ended(community):
    org = branch(community, "第一党支部")
    make.member(community, branch="第一党支部")
    with pytest.raises(orgs.StillHasMembers):
        orgs.end(console(), org, org.version, clock.today())
    empty = branch(community, "第二党支部")
    orgs.end(console(), empty, empty.version, clock.today(), "委〔2026〕5号")
    assert "第二党支部" not in names(community)
    assert "第二党支部" in names(community, clock.today() - DAY)
    assert branch(community, "第二党支部", since=clock.today()).id != empty.id


def test_what_may_not_be(community):
    root = queries.committee_of(community)
    org, part = branch(community, "第一党支部"), branch(community, "第二党支部")
    changed(part, date(2021, 1, 1), parent=org.id)
    for refusal, act in (
        (orgs.OrgNameTaken, lambda: branch(community, "第一党支部")),
        (orgs.OrgNameTaken, lambda: changed(part, clock.today(), name="第一党支部")),
        (orgs.BelowItself, lambda: changed(org, clock.today(), parent=part.id)),
        (orgs.NotYet, lambda: changed(org, clock.today() + DAY, name="新名")),
        (orgs.BeforeItsChange, lambda: changed(part, date(2020, 12, 31), name="新名")),
        (orgs.BeforeItsChange, lambda: changed(org, date(2019, 1, 1), name="新名")),
        (orgs.IntoItself, lambda: orgs.merge(console(), org, fresh(org).version, org, clock.today())),
        (orgs.RootStays, lambda: orgs.end(console(), root, root.version, clock.today())),
        (orgs.RootStays, lambda: orgs.merge(console(), root, root.version, org, clock.today())),
        (Stale, lambda: orgs.change(console(), org, 99, clock.today(), {"name": "新名"})),
    ):
        with pytest.raises(refusal):
            act()
    assert names(community) == [root.name, "第一党支部", "第二党支部"]


def test_a_change_that_changes_nothing_leaves_no_trace(community):
    org = branch(community, "第一党支部")
    changed(org, clock.today(), name="第一党支部")
    assert fresh(org).version == 1
    assert queries.events(org).count() == 1
