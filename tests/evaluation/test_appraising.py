"""民主评议 and 表彰: decided by a meeting, never ranked; names leave only on a recorded decision."""

import io
from datetime import date

import openpyxl
import pytest

from blueprints.ballots import rules as polls
from blueprints.ballots.models import Kind, Poll, Source
from blueprints.boards.models import Outcome
from blueprints.evaluation import appraising, certificates, queries, rules
from blueprints.evaluation.models import Appraisal, BranchYear, Commendation, Grade
from blueprints.evaluation.registers import APPRAISALS, COMMENDATIONS
from blueprints.evaluation.rules import Found
from blueprints.notices.models import Notice, NoticeKind, NoticeState
from blueprints.people import imports
from core.access import ROLES, Can, Role
from core.printing import paper
from core.records.papers import IssuedPaper
from core.records.work import AuditEntry
from core.refusal import Stale
from core.registers import ledger, sheet
from tests import make
from tests.evaluation.conftest import at

MET = date(2026, 11, 20)


@pytest.fixture
def branch(community, monkeypatch):
    """Four members of one branch."""
    at(monkeypatch, 11, 27)
    members = [make.member(community, name) for name in ("王喆", "李堃", "陈䶮", "张㛃")]
    return members[0].org, members


def meet(actor, org, grades, version=0, **more):
    given = {"met_on": MET, "entitled": 4, "present": 4, "poll": None, "words": ""} | more
    return appraising.meet(actor, org, 2026, version, grades=grades, **given)


def test_a_meeting_gives_grades_and_each_has_its_own_history(branch, secretary_actor):
    org, members = branch
    meet(secretary_actor, org, {one.id: (Grade.QUALIFIED, "") for one in members})
    assert Appraisal.select().count() == 4
    row = meet(secretary_actor, org, {members[0].id: (Grade.EXCELLENT, ""), members[1].id: (None, "")}, 1)
    grade = Appraisal.get(Appraisal.member == members[0])
    assert (grade.grade, grade.version, row.version) == (Grade.EXCELLENT, 2, 2)
    acts = [one.act for one in AuditEntry.select().where(AuditEntry.subject_kind == "appraisal").order_by(AuditEntry.seq)]
    assert acts == ["entry:added"] * 4 + ["entry:changed"]
    with pytest.raises(Stale):
        meet(secretary_actor, org, {}, 1)


def test_what_a_meeting_may_not_leave_out(branch, secretary_actor):
    org, members = branch
    with pytest.raises(appraising.WhenMet):
        meet(secretary_actor, org, {}, met_on=None)
    with pytest.raises(appraising.MorePresentThanEntitled):
        meet(secretary_actor, org, {}, present=5)
    with pytest.raises(appraising.NotYetMet):
        meet(secretary_actor, org, {members[0].id: (Grade.QUALIFIED, "")}, met_on=date(2026, 11, 28))
    with pytest.raises(appraising.WhyUnqualified):
        meet(secretary_actor, org, {members[0].id: (Grade.QUALIFIED, ""), members[1].id: (Grade.UNQUALIFIED, " ")})
    assert not Appraisal.select().exists(), "all or none"
    meet(secretary_actor, org, {members[1].id: (Grade.UNQUALIFIED, "连续六个月没有参加组织生活。")})
    values = {"member": members[1].id, "year": 2026, "grade": "qualified", "decided_on": MET.isoformat(), "note": ""}
    with pytest.raises(appraising.GradedAlready):
        ledger.enter(APPRAISALS, secretary_actor, org.place, values)


def test_more_than_a_third_excellent_is_a_warning_and_no_more(client, community, branch, secretary_actor):
    org, members = branch
    client.as_(make.account(community))
    path = f"/office/appraisals/2026/branches/{org.id}"
    grades = {f"grade-{one.id}": "excellent" if place < 2 else "qualified" for place, one in enumerate(members)}
    assert client.submit(path, form=path, met_on=MET.isoformat(), **grades).status_code == 303
    text = client.get(path).text
    assert "其中优秀 2 人，超过了 1/3" in text
    assert client.submit(path, form=path, **{f"grade-{members[0].id}": "qualified"}).status_code == 303
    assert "超过了" not in client.get(path).text
    names = [cell.text_content() for cell in client.page.xpath("//td[@class='main nw']")]
    assert names == [one.person.name for one in sorted(members, key=lambda one: one.person.sort_key)], "never by grade"


def test_what_was_typed_is_not_lost(client, community, branch):
    org, members = branch
    client.as_(make.account(community))
    path = f"/office/appraisals/2026/branches/{org.id}"
    answer = client.submit(path, form=path, words="会议在二楼", **{f"grade-{members[0].id}": "barely"})
    assert (answer.status_code, "请填写支部党员大会的日期" in answer.text, 'value="会议在二楼"' in answer.text) == (422, True, True)
    assert client.page.xpath(f"//select[@name='grade-{members[0].id}']/option[@selected]/@value") == ["barely"]


def test_the_outcome_of_promises_and_the_vote_stand_beside(client, community, begun, secretary_actor, monkeypatch):
    row, first, _second = begun
    at(monkeypatch, 12, 21)
    rules.find(secretary_actor, row, [Found(first, Outcome.HONOURED)])
    poll = polls.create(secretary_actor, community, Kind.REVIEW, "民主评议党员", [Source.MEMBERS])
    other = polls.create(secretary_actor, community, Kind.TRUST, "信任投票", [Source.MEMBERS])
    client.as_(make.account(community))
    path = f"/office/appraisals/2026/branches/{first.member.org_id}"
    assert "已兑现1条" in client.get(path).text
    offered = client.page.xpath("//select[@name='poll']/option/@value")
    assert (str(poll.id) in offered, str(other.id) in offered) == (True, False)
    client.submit(path, form=path, met_on="2026-12-21", poll=str(poll.id))
    assert BranchYear.get().poll == Poll.get_by_id(poll.id)
    assert f"/office/polls/{poll.id}" in client.get(path).text


def test_grades_are_seen_by_who_keeps_them_alone(client, community, branch, secretary_actor):
    org, members = branch
    meet(secretary_actor, org, {members[0].id: (Grade.EXCELLENT, "")})
    seeing = {role for role in Role if Can.APPRAISALS_READ in ROLES[role]}
    assert seeing == {Role.SECRETARY, Role.STAFF}
    for role in set(Role) - seeing:
        client.as_(make.account(community, role))
        for path in (f"/office/appraisals/2026/branches/{org.id}", "/office/grades", "/office/grades.xlsx", "/office/commendations"):
            assert client.get(path).status_code == 403, (role, path)
        assert "优秀" not in client.get("/office/search?q=王喆").text


def test_grades_go_out_and_come_in_again(community, branch, secretary_actor):
    org, members = branch
    meet(secretary_actor, org, {one.id: (Grade.QUALIFIED, "") for one in members})
    rows = list(Appraisal.select())
    content = sheet.table(APPRAISALS, rows)
    head, *lines = openpyxl.load_workbook(io.BytesIO(content)).active.values
    assert ("党员" in head, len(lines)) == (True, 4)
    roster = imports.roster("grades", community)
    plan, _batch = imports.bring_in(secretary_actor, community, roster, content, "等次.xlsx")
    assert Appraisal.select().where(Appraisal.version > 1).count() == 0
    assert not plan.refused


def test_namesakes_are_all_offered(community):
    same = [make.member(community, "侯建国"), make.member(community, "侯建国"), make.member(community, "侯建国", "4幢2单元")]
    offered = appraising.members(community)
    assert offered == {f"侯建国（{same[0].id}）": same[0].id, f"侯建国（{same[1].id}）": same[1].id, "侯建国（4幢2单元）": same[2].id}


def commended(actor, place, name="王喆", **more):
    values = {
        "name": name, "member": "", "year": 2026, "title": "公开承诺示范党员", "deeds": "带头清理楼道。", "put_forward_by": "第一党支部党员大会",
        "put_forward_on": MET.isoformat(), "decided_by": "", "decided_on": "", "document": "",
    } | more  # fmt: skip
    return Commendation.get_by_id(ledger.enter(COMMENDATIONS, actor, place, values).id)


DECIDED = {"decided_by": "中共梅苑社区委员会", "decided_on": "2026-11-25", "document": "梅社党〔2026〕8号"}


def test_no_certificate_without_a_decision(client, community, branch, secretary_actor):
    row = commended(secretary_actor, community)
    with pytest.raises(appraising.NotYetDecided):
        certificates.issue(secretary_actor, row, paper.render)
    client.as_(make.account(community))
    assert "草稿" in "".join(client.get(f"/office/commendations/{row.id}").text) or "还没有登记决定" in client.page.text_content()
    with pytest.raises(appraising.DecidedByWhom):
        commended(secretary_actor, community, decided_on="2026-11-25")
    with pytest.raises(appraising.DecidedBeforePutForward):
        commended(secretary_actor, community, decided_by="x", decided_on="2026-11-19")


def test_certificates_are_numbered_without_gaps_and_keep_their_number(community, branch, secretary_actor):
    first, second = (commended(secretary_actor, community, name, **DECIDED) for name in ("王喆", "李堃"))
    papers = [certificates.issue(secretary_actor, row, paper.render) for row in (first, second, first)]
    assert [one.number for one in papers] == ["2026年第1号", "2026年第2号", "2026年第1号"]
    values = ledger.values_of(COMMENDATIONS, first) | {"title": "楼道环境带头人"}
    ledger.correct(COMMENDATIONS, secretary_actor, first, 1, values)
    again = certificates.issue(secretary_actor, Commendation.get_by_id(first.id), paper.render)
    assert (again.number, again.version) == ("2026年第1号", 2)
    assert IssuedPaper.get_by_id(papers[0].id).replaced_by_id == again.id


def test_a_notice_is_drafted_of_what_was_put_forward_and_then_of_what_was_decided(client, community, branch, secretary_actor):
    org, members = branch
    with pytest.raises(appraising.NobodyCommended):
        appraising.draft_notice(secretary_actor, community, 2026)
    row = commended(secretary_actor, community, member=members[0].id)
    notice = Notice.get_by_id(appraising.draft_notice(secretary_actor, community, 2026))
    assert (notice.kind, notice.state) == (NoticeKind.HONOUR, NoticeState.DRAFT)
    assert "第一党支部党员大会2026年11月20日研究，拟对" in notice.body
    assert f"| 王喆 | {org.name} | 公开承诺示范党员 | 带头清理楼道。 |" in notice.body
    ledger.correct(COMMENDATIONS, secretary_actor, row, 1, ledger.values_of(COMMENDATIONS, row) | DECIDED)
    client.as_(make.account(community))
    answer = client.submit("/office/commendations", form="notice")
    assert answer.status_code == 303
    notice = Notice.select().order_by(Notice.id.desc()).get()
    assert notice.kind == NoticeKind.ANNOUNCEMENT
    assert "中共梅苑社区委员会2026年11月25日决定（梅社党〔2026〕8号）" in notice.body
    assert "带头清理楼道" not in notice.body
    assert queries.commendations(community, 2026).count() == 1
