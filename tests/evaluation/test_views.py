"""Pages of 评诺: what staff type, what members say at their link, what residents see before and after."""

from datetime import date

import pytest

from blueprints.boards import letters
from blueprints.boards import queries as boards
from blueprints.boards.models import Commitment, Outcome, Way
from blueprints.evaluation import queries, rules, slips
from blueprints.evaluation.models import EvaluationRound, OwnWord, SlipCount, Verdict
from blueprints.evaluation.rules import Found
from core.access import Role
from tests import make
from tests.evaluation.conftest import at


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community))


def test_a_round_is_begun_and_its_days_moved(staff, promise, monkeypatch):
    at(monkeypatch, 12, 5)
    promise()
    path = "/office/evaluations"
    assert "结束日期早于开始日期" in staff.submit(path, form=path, first="2026-12-20", last="2026-12-01").text
    assert staff.submit(path, form=path, first="2026-12-01", last="2026-12-20").status_code == 303
    assert "正在听取居民评议" in staff.get(path).text
    assert staff.submit(f"{path}/2026", form="days", last="2026-12-10").status_code == 303
    assert EvaluationRound.get().last == date(2026, 12, 10)
    assert staff.get(f"{path}/2025").status_code == 404


def test_staff_may_type_but_only_the_secretary_finds(client, community, begun, monkeypatch):
    client.as_(make.account(community, Role.STAFF))
    _row, first, _second = begun
    path = f"/office/evaluations/2026/branches/{first.member.org_id}"
    assert "登记支部评定" not in client.get(path).text
    assert client.get(path + "/findings").status_code == 405
    answer = client.submit(f"/office/evaluations/2026/members/{first.member_id}", **{f"outcome-{first.id}": "not_honoured"})
    assert (answer.status_code, "请写一下原因" in answer.text) == (422, True)
    client.submit(
        f"/office/evaluations/2026/members/{first.member_id}", way="paper",
        **{f"outcome-{first.id}": "not_honoured", f"reason-{first.id}": "住院"},
    )  # fmt: skip
    assert (OwnWord.get().words, OwnWord.get().way) == ("住院", Way.PAPER)
    assert "住院" in client.get(path).text
    client.as_(make.account(community, Role.MEMBER))
    assert client.get(path).status_code == 403


def test_the_branch_finds_row_by_row_or_as_the_members_say(staff, begun, secretary_actor, monkeypatch):
    _row, first, second = begun
    rules.own_word(secretary_actor, first, Outcome.NOT_HONOURED, "住院")
    rules.own_word(secretary_actor, second, Outcome.HONOURED)
    at(monkeypatch, 12, 21)
    path = f"/office/evaluations/2026/branches/{first.member.org_id}"
    answer = staff.submit(path, form="findings", **{f"outcome-{first.id}": "not_honoured"})
    assert (answer.status_code, "要先核实" in answer.text, 'value="住院"' in answer.text) == (422, True, True)
    assert staff.submit(path, form="findings", button=("willing", "1")).status_code == 303
    assert [Commitment.get_by_id(one.id).outcome for one in (first, second)] == [Outcome.OPEN, Outcome.HONOURED]
    staff.submit(path, form="findings", checked_by="沈国庆", **{f"outcome-{first.id}": "not_honoured"})
    assert Commitment.get_by_id(first.id).outcome is Outcome.NOT_HONOURED
    assert "沈国庆12月21日核实" in staff.get(path).text


def test_slips_are_typed_in_and_corrected(staff, begun):
    row, first, second = begun
    path = f"/office/evaluations/2026/slips/{first.stairwell.slug}"
    given = {"slips": "10", "counted_by": "何静", "checked_by": "阎新", f"good-{first.id}": "9", f"poor-{second.id}": "1"}
    wrong = staff.submit(path, **given | {f"fair-{first.id}": "zwei"})
    assert (wrong.status_code, "请填 0 或正整数" in wrong.text, 'value="zwei"' in wrong.text) == (422, True, True)
    assert staff.submit(path, **given).status_code == 303
    assert "10 张" in staff.get("/office/evaluations/2026/slips").text
    assert staff.submit(path, slips="11").status_code == 303
    assert (SlipCount.get().slips, queries.voices(row, [first.id])[first.id].good) == (11, 9)
    assert staff.submit(path, version="1").status_code == 409


def test_a_member_says_the_own_word_at_the_personal_link(client, begun, community, secretary_actor):
    _row, first, _second = begun
    tokens = letters.tokens_for([first.member])
    letters.give(secretary_actor, community, tokens)
    path = f"/l/{tokens[first.member_id]}/"
    answer = client.submit(path, form=f"promises/{first.id}/word")
    assert (answer.status_code, "请选一项" in answer.text) == (422, True)
    answer = client.submit(path, form=f"promises/{first.id}/word", outcome="not_honoured")
    assert (answer.status_code, "请写一下原因" in answer.text) == (422, True)
    answer = client.submit(path, form=f"promises/{first.id}/word", outcome="partly", words="做了八次")
    assert "自评已登记" in client.get(answer.location).text
    assert (OwnWord.get().outcome, OwnWord.get().way) == (Outcome.PARTLY, Way.LINK)
    assert "年终自评：基本兑现" in client.page.text_content()


def test_residents_are_asked_at_the_poster_and_told_once_the_branch_has_found(client, community, begun, secretary_actor, monkeypatch):
    row, first, second = begun
    board = f"/boards/3-2?k={boards.doorway(community).token('3-2')}"
    assert "评一评" in client.get(board).text
    assert "扫楼道公示牌上的码" in client.get("/boards/3-2").text
    rules.own_word(secretary_actor, first, Outcome.NOT_HONOURED, "因病住院")
    slips.count(secretary_actor, row, first.stairwell, 0, 9, {first.id: {Verdict.GOOD: 2, Verdict.POOR: 7}}, "何静", "阎新")
    at(monkeypatch, 12, 21)
    assert "年终评诺结果" not in client.get(board).text
    rules.find(secretary_actor, row, [Found(first, Outcome.NOT_HONOURED, "因病住院"), Found(second, Outcome.HONOURED)], "沈国庆", date(2026, 12, 21))
    text = client.get(board).text
    assert "满意 2，基本满意 0，不满意 7" in text
    assert ("已说明原因" in text, "因病住院" in text) == (True, False)
    assert "没有人评" in text


def test_the_figures_of_five_rounds_are_lists_of_one_query(staff, begun, promise):
    """The page of a branch asks as often for many promises as for few."""
    from tests.counting import selects, statements

    _row, first, _second = begun
    path = f"/office/evaluations/2026/branches/{first.member.org_id}"
    with statements() as few:
        staff.get(path)
    for place in range(6):
        promise(f"张{place}", stairwell=f"{place + 4}幢1单元")
    with statements() as many:
        staff.get(path)
    assert len(selects(many)) == len(selects(few))


def test_all_slips_are_ordered_as_a_job(staff, begun, monkeypatch):
    answer = staff.submit("/office/evaluations/2026/slips", form="prints", each="12")
    assert (answer.status_code, "/office/jobs/" in answer.location) == (303, True)
