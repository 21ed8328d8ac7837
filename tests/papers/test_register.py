"""The register of issued papers: what is entered, who sees it, what anybody learns from a code."""

import io

import openpyxl
import pdfplumber
import pytest

from blueprints.boards import issuing
from blueprints.notices import prints
from blueprints.notices import rules as notice_rules
from blueprints.notices.models import NoticeKind
from blueprints.papers import queries, rules, views
from blueprints.papers.queries import Asked
from core import clock
from core.access import Role, console
from core.audit import faults
from core.issued import papers
from core.issued.kinds import KINDS
from core.records.papers import IssuedPaper, PaperState, PrintRun
from tests import make
from tests.notices import office as notices
from tests.suggestions.working import Kind, replied

PDF = b"%PDF-1.7 a paper"


@pytest.fixture
def secretary(community):
    return make.actor(community)


@pytest.fixture
def issued(community, monkeypatch):
    """A notice out on paper since 19 November 2026."""
    notices.set_clock(monkeypatch, 2026, 11, 19)
    notice = notices.published(community, title="关于拟接收|李明同志的公示")
    return prints.issue(make.actor(community), notice, "notice")


def text_of(data):
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "".join(page.extract_text() for page in document.pages).replace("\n", "").replace(" ", "")


def test_a_kind_nobody_declared_is_not_entered(community, secretary):
    with pytest.raises(KeyError):
        rules.enter(secretary, community, community, "pamphlet", "传单", rules.new_code(), PDF)
    with pytest.raises(ValueError, match="counted"):
        rules.enter(secretary, community, community, "slips", "票码条", rules.new_code(), PDF)
    with pytest.raises(ValueError, match="entered"):
        rules.count(secretary, community, community, "notice", "公示", 3)
    assert IssuedPaper.select().count() == PrintRun.select().count() == 0


def test_a_paper_of_its_own_day_is_issued_anew_only_when_it_reads_otherwise(community, secretary):
    words = ["甲"]

    def draw(code="", draft=False):
        return PDF + f"{words} {code} {draft}".encode()

    def issue():
        return rules.issue(secretary, community, community, queries.LEDGER, "登记簿", draw, None)

    assert rules.shown(community, queries.LEDGER, draw, None) == draw(draft=True)
    first = issue()
    assert issue().id == first.id
    assert rules.shown(community, queries.LEDGER, draw, None) == bytes(first.content.content)
    words[0] = "乙"
    assert rules.shown(community, queries.LEDGER, draw, None) == draw(draft=True)
    second = issue()
    assert (second.version, IssuedPaper.get_by_id(first.id).state) == (2, PaperState.CURRENT)
    assert IssuedPaper.get_by_id(first.id).replaced_by is None


def test_a_new_version_takes_the_place_of_the_old(community, secretary):
    old, new = (
        rules.enter(secretary, community, community, "poster", "公示牌", rules.new_code(), PDF, version, sheet={})
        for version in (1, 2)
    )
    old = IssuedPaper.get_by_id(old.id)
    assert (old.state, old.replaced_by, new.state) == (PaperState.REPLACED, new, PaperState.CURRENT)


def test_of_ballots_and_slips_only_the_number_is_kept(community, secretary):
    rules.count(secretary, community, community, "slips", "信任票", 60)
    rules.count(secretary, community, community, "slips", "信任票", 63)
    run = PrintRun.get()
    assert (run.sheets, run.printed_on, PrintRun.select().count()) == (63, clock.today(), 1)
    assert set(PrintRun._meta.fields) == {
        "id", "place", "kind", "title", "subject_kind", "subject_id", "sheets", "printed_on", "printed_by"
    }  # fmt: skip
    rules.count(secretary, community, community, "slips", "信任票", 0)
    assert PrintRun.select().count() == 0
    assert list(faults()) == []


def test_the_number_of_pages_is_the_paper_s_own(issued):
    with pdfplumber.open(io.BytesIO(bytes(issued.content.content))) as document:
        assert issued.pages == len(document.pages)
    assert papers.pages(b"no paper") == 1


def test_the_list_narrows_by_year_kind_state_number_and_code(community, secretary, issued, monkeypatch):
    notices.set_clock(monkeypatch, 2027, 1, 5)
    later = prints.issue(secretary, notices.published(community, NoticeKind.ANNOUNCEMENT, title="关于停水的公告"), "notice")
    rules.withdraw(secretary, later, "notice", community)  # another record of the same number changes nothing here

    def found(**asked):
        return [row.id for row in queries.narrowed(queries.visible_to(secretary, community), Asked(**asked))]

    assert found() == [later.id, issued.id]
    assert found(year=2026) == found(words="李明") == found(words=issued.code.lower()) == found(words="〔2026〕") == [issued.id]
    assert found(year=2026, kind="poster") == found(state="withdrawn") == found(words="李明 停水") == []
    assert queries.years(community) == [2027, 2026]


def test_papers_of_another_community_are_not_there(community, issued, client):
    other = make.community("兰苑社区")
    assert queries.visible_to(make.actor(other), community).count() == 0
    client.as_(make.account(other), at="/c/c2")
    assert client.get(f"/c/c2/office/papers/{issued.id}").status_code == 404


@pytest.mark.parametrize(("role", "seen"), [
    (Role.SECRETARY, {"notice", "suggestion-reply"}), (Role.STAFF, {"notice", "suggestion-reply"}), (Role.READER, {"notice"}),
])  # fmt: skip
def test_each_role_sees_the_kinds_of_its_areas(community, issued, secretary, client, role, seen):
    letter(community, secretary)
    client.as_(make.account(community, role))
    text = client.get("/office/papers").text
    assert {kind for kind in KINDS if f"<td data-label=\"种类\" class=\"nw\">{KINDS[kind].title}</td>" in text} == seen


def letter(community, secretary, **message):
    """An answer to a message, on paper."""
    from blueprints.suggestions import rules as suggestions

    row, _code = suggestions.submit(
        community, suggestions.Message(kind=Kind.COMPLAINT, text="电话里说话难听", **message), f"n{next(make.counter)}"
    )
    answer = replied(secretary, row).replies.get()
    return rules.issue(
        secretary, community, row, "suggestion-reply", "答复函", lambda code: PDF + code.encode(), answer.id, row.number
    )


def test_of_a_message_about_somebody_that_person_finds_no_paper(community, secretary, client):
    concerned = make.account(community, Role.STAFF, "何静")
    paper = letter(community, secretary, about="何静")
    client.as_(concerned)
    assert paper.code not in client.get("/office/papers").text
    assert "没有找到" in client.get(f"/office/papers?q={paper.code}").text
    assert f"/office/papers/{paper.id}" not in client.get(f"/office/search?q={paper.code}").text
    assert len(rows_of(client.get("/office/papers/ledger.xlsx").data)) == 1
    for path in (f"/office/papers/{paper.id}", f"/office/papers/{paper.id}/copy.pdf"):
        assert client.get(path).status_code == 404


def rows_of(workbook):
    return list(openpyxl.load_workbook(io.BytesIO(workbook)).active.values)


def test_a_letter_is_opened_only_by_those_who_know_the_asker(community, secretary, client):
    paper = letter(community, secretary, asker="李四")
    client.as_(make.account(community, Role.STAFF, "干事"))
    assert "打开原件" not in client.get(f"/office/papers/{paper.id}").text
    assert client.get(f"/office/papers/{paper.id}/copy.pdf").status_code == 404
    client.as_(make.account(community, Role.SECRETARY))
    assert client.get(f"/office/papers/{paper.id}/copy.pdf").data.startswith(b"%PDF")


def test_the_register_goes_out_as_a_table_and_on_paper(community, client, issued, secretary):
    rules.count(secretary, community, community, "slips", "信任票", 63)
    client.as_(make.account(community))
    head, row = rows_of(client.get("/office/papers/ledger.xlsx?year=2026").data)
    assert dict(zip(head, row, strict=True))["核对码"] == issued.code
    assert "草稿" in text_of(client.get("/office/papers/ledger.pdf?year=2026").data)
    answer = client.submit("/office/papers?year=2026", form="prints")
    paper = client.get(answer.location)
    text = text_of(paper.data)
    for words in ("签发文件登记簿", "2026年共1份", issued.code, "2026年11月19日", issued.digest[:8], "票码条", "63"):
        assert words in text, words
    assert "草稿" not in text
    assert IssuedPaper.select().where(IssuedPaper.kind == queries.LEDGER).count() == 1
    client.submit("/office/papers?year=2026", form="prints")
    assert IssuedPaper.select().where(IssuedPaper.kind == queries.LEDGER).count() == 1


def test_a_code_tells_what_it_should_and_names_nobody(community, client, issued):
    text = client.get(f"/check/{issued.code}").text
    for words in ("这份文件是真的", "现行有效", "关于拟接收", "〔2026〕1号", "2026年11月19日", f"/notices/{issued.subject_id}"):
        assert words in text, words
    assert issued.issued_by.name not in text
    lower = issued.code.replace("-", "").lower()
    assert client.get(f"/check?code={lower}").status_code == 200


def test_a_code_of_an_old_paper_leads_to_the_new_one(community, client, issued, secretary):
    old = notices.Notice.get_by_id(issued.subject_id)
    new = notice_rules.revise(secretary, notice_rules.correct(secretary, old), 1, correction="错一个字。")
    new = notices.publish(community, notice_rules.submit(notices.clerk(community), new))
    newer = prints.issue(secretary, new, "notice")
    text = client.get(f"/check/{issued.code}").text
    for words in ("已更正", "请以新的为准", newer.code, f"/notices/{new.id}", f"/notices/{old.id}"):
        assert words in text, words
    notice_rules.withdraw(secretary, new, "名单有误。")
    assert "已撤回" in client.get(f"/check/{newer.code}").text


def test_a_relief_notice_taken_down_is_genuine_but_no_longer_shown(community, client, monkeypatch, secretary):
    notices.set_clock(monkeypatch, 2026, 11, 16)
    helped = notices.published(community, NoticeKind.RELIEF, title="关于拟给予张某某家庭低保的公示")
    paper = prints.issue(secretary, helped, "notice")
    assert f"/notices/{paper.subject_id}" in client.get(f"/check/{paper.code}").text
    notices.set_clock(monkeypatch, 2026, 11, 23)
    text = client.get(f"/check/{paper.code}").text
    assert "现行有效" in text
    assert "张某某" not in text
    assert f"/notices/{paper.subject_id}" not in text


def test_a_poster_leads_to_its_board(community, client):
    place = make.member(community).stairwell
    paper = rules.enter(console(), community, place, issuing.KIND, f"{place.name}公示牌", rules.new_code(), b"{}", sheet={})
    assert f"/boards/{place.slug}" in client.get(f"/check/{paper.code}").text


def test_what_is_not_on_file_says_what_to_do(client, issued):
    plain = issued.code.replace("-", "")
    wrong = ("1" if plain[0] == "0" else "0") + plain[1:]
    assert "抄错了" in client.get(f"/check/{wrong}").text
    assert "没有签发过" in client.get(f"/check/{rules.new_code()}").text
    assert "您输入了 3 个" in client.get("/check?code=7K3").text
    assert "‮" not in client.get("/check?code=%E2%80%AE7K3").get_data(as_text=True).split("</form>")[0].split("<main")[1]


def test_guessing_is_bounded_and_a_genuine_paper_costs_nothing(client, issued):
    for _ in range(100):
        assert client.get(f"/check/{issued.code}").status_code == 200
    answers = [client.get(f"/check/{rules.new_code()}").status_code for _ in range(views.misses.most + 5)]
    assert answers == [404] * views.misses.most + [429] * 5
    assert client.get(f"/check/{issued.code}").status_code == 429
