"""Printing many boards: what is on paper is what is in the database, every code leads there, only what changed is set."""

import io

import pdfplumber
import pytest
import zxingcpp

from blueprints.boards import doorway, hanging, issuing, ledgers, posting, printing, queries, rules
from blueprints.boards.models import Commitment
from blueprints.boards.posters import Posters
from blueprints.organisation import queries as organisation
from blueprints.organisation import rules as organisation_rules
from core import clock, jobs
from core.printing import stock
from core.printing.gongwen import full_width
from core.records.papers import IssuedPaper, PaperState
from core.records.people import Person
from core.records.work import Job, JobState
from tests import make

NAMES = ["王喆", "李堃", "陈䶮", "张㛃", "欧阳芳", "阿卜杜热西提·买买提艾力·艾合买提", "赵国庆", "周秀英"]
TEXTS = ["每周清扫楼道一次", "为本楼道65岁以上的独居老人每月量血压一次并建立记录卡,发现异常及时联系家属和社区卫生服务站", "每季度组织邻里议事(不少于4次)"]


@pytest.fixture(autouse=True)
def empty_stock(app):
    stock.clear()


def drive(steps):
    seen = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as end:
            return end.value, seen


def publish(actor, community, member, text, **values):
    promise = rules.propose(actor, member, text, **values)
    rules.approve(actor, [promise])
    rules.publish(actor, [promise])
    return promise


@pytest.fixture
def boards(community, secretary_actor):
    """Stairwells of one to eight members, with everything that may stand on a board."""
    for building, count in enumerate((1, 3, 8), 1):
        for at in range(count):
            name = NAMES[(building + at) % len(NAMES)]
            member = make.member(community, name, f"{building}幢{building}单元", f"第{building}党支部")
            member.post, member.employer = "楼道长", "丰禾超市"
            member.save()
            Person.update(phone=f"1540000{building}00{at}").where(Person.id == member.person_id).execute()
            rules.consent(secretary_actor, member, [["post"], ["unit", "phone"], []][at % 3], "signed")
            for number in range(1 + at % 2):
                publish(secretary_actor, community, member, TEXTS[(at + number) % 3], target=["", "全年52次"][number])
        organisation_rules.appoint_leader(secretary_actor, member.stairwell, member.person)
    return list(organisation.stairwells(community))


def test_every_word_on_paper_is_the_database_s_and_every_code_leads_to_its_board(community, boards):
    pdf, seen = drive(printing.print_all(community))
    assert seen[-1] == (3, 3)
    posters, door = Posters(community), doorway.of(community)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        pages = [("".join("".join(char["text"] for char in page.chars).split()), page) for page in document.pages]
        at = 0
        for place in boards:
            own = pages[at : at + len(posters.sheet(place).pages)]
            at += len(own)
            compare("".join(text for text, _page in own), community, place)
            for _text, page in own:
                (code,) = zxingcpp.read_barcodes(page.to_image(resolution=110).original)
                assert code.text == door.leads_to(place.slug)
    assert at == len(pages)


def compare(text, community, place):
    """Of one stairwell: everything published, everything agreed to, and nothing of anybody who did not agree."""
    agreed = queries.agreed(community)
    rows = list(queries.on_boards(community, rules.current_year(community), stairwell=place))
    assert rows
    for row in rows:
        member = row.member
        for words in (row.text, row.target, member.person.name, member.org.name, str(row.category.title)):
            assert "".join(full_width(words).split()) in text, words
        fields = agreed.get(member.id, set())
        assert (member.person.phone in text) == ("phone" in fields)
        assert (member.employer in text) == any("unit" in agreed.get(other.member_id, ()) for other in rows)
    leader = organisation.leaders(community)[place.id]
    assert f"楼道负责人{leader.person.name}" in text
    assert place.name in text
    others = Commitment.select(Commitment.member).where(Commitment.stairwell != place)
    absent = {one.member.person.name for one in others} - {row.member.person.name for row in rows}
    assert not [name for name in absent if name in text]


def test_the_job_issues_what_is_published_and_marks_the_rest(community, shown, secretary_actor):
    shown(community, "陈䶮", stairwell="1幢1单元")
    rules.propose(secretary_actor, make.member(community, "李堃", "2幢1单元"), "每月巡查一次")
    pdf, seen = drive(printing.print_job(community, account=secretary_actor.account_id))
    assert seen[-1] == (2, 2)
    (entered,) = IssuedPaper.select()
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        cover, first, second = ("".join(page.extract_text().split()) for page in document.pages)
    assert "张贴清单" in cover
    assert "首次张贴" in cover
    assert ("样稿" in first, entered.code in first) == (False, True)
    assert ("样稿" in second, "核对码" in second) == (True, False)


def test_a_cancelled_print_leaves_nothing_to_hang(community, shown, secretary_actor):
    hung = shown(community, "陈䶮", stairwell="1幢1单元").stairwell
    shown(community, "李堃", stairwell="2幢1单元")
    first = issuing.issue(secretary_actor, Posters(community), hung)
    job = printing.order(secretary_actor, community)
    steps = printing.print_job(community, **job.arguments)
    next(steps)
    assert IssuedPaper.select().count() == 2
    steps.close()
    states = {paper.subject_id: paper.state for paper in IssuedPaper.select()}
    assert states == {hung.id: PaperState.CURRENT, **{key: PaperState.WITHDRAWN for key in states if key != hung.id}}
    assert [board.place.name for board in posting.boards(community) if board.unhung_issue] == ["1幢1单元"]
    assert [place.name for place in printing.chosen(Posters(community), printing.Which.CHANGED)] == ["2幢1单元"]
    drive(printing.print_job(community, **job.arguments))
    current = issuing.current(community)
    assert (current[hung.id], sorted(paper.version for paper in current.values())) == (first, [1, 2])


def test_a_print_cancelled_at_the_office_stops_and_keeps_no_file(community, shown, secretary_actor, monkeypatch, tmp_path):
    monkeypatch.setattr(jobs, "folder", lambda: tmp_path)
    for number in range(1, 4):
        shown(community, f"党员{number}", stairwell=f"{number}幢1单元")
    job = printing.order(secretary_actor, community)
    told = printing.print_job

    def interrupted(*given, **more):
        steps = told(*given, **more)
        yield next(steps)
        jobs.cancel(Job.get_by_id(job.id))
        yield from steps

    monkeypatch.setattr(printing, "print_job", interrupted)
    jobs.run(job.id)
    assert (Job.get_by_id(job.id).state, list(tmp_path.iterdir())) == (JobState.CANCELLED, [])
    assert not issuing.current(community)


def test_a_finished_print_has_its_file_and_how_far_it_was(community, shown, secretary_actor, monkeypatch, tmp_path):
    monkeypatch.setattr(jobs, "folder", lambda: tmp_path)
    shown(community, "陈䶮")
    job = printing.order(secretary_actor, community)
    jobs.run(job.id)
    fresh = Job.get_by_id(job.id)
    assert (fresh.state, fresh.done, fresh.total) == (JobState.DONE, 1, 1)
    assert jobs.result_path(fresh).read_bytes().startswith(b"%PDF")


def test_only_what_changed_since_is_set_anew(community, shown, secretary_actor):
    promises = [shown(community, f"党员{number}", stairwell=f"{number}幢1单元") for number in range(1, 7)]
    _pdf, seen = drive(printing.print_job(community, account=secretary_actor.account_id))
    assert seen[0] == (0, 6)
    rules.consent(secretary_actor, promises[2].member, ["phone"], "signed")
    _pdf, seen = drive(printing.print_job(community, account=secretary_actor.account_id))
    assert seen == [(5, 6), (6, 6)]


def test_a_replacement_round_prints_those_to_replace_and_their_list(community, shown, secretary_actor):
    kept, changed = (shown(community, "陈䶮", stairwell=f"{n}幢1单元").stairwell for n in (1, 2))
    for place in (kept, changed):
        issuing.issue(secretary_actor, Posters(community, place), place)
        hanging.hang(secretary_actor, community, posting.boards(community, place), clock.today(), "何静")
    with pytest.raises(printing.NothingToReplace):
        printing.order(secretary_actor, community, printing.Which.CHANGED)
    rules.consent(secretary_actor, Commitment.get(Commitment.stairwell == changed).member, ["phone"], "signed")
    assert [due.text for due in hanging.due(community)] == ["1 块公示牌需要更换：2幢1单元"]
    job = printing.order(secretary_actor, community, printing.Which.CHANGED, size="A3", ink="black")
    assert job.title == "公示牌：要贴要换的（A3 黑白）"
    pdf, seen = drive(printing.print_job(community, **job.arguments))
    assert seen[-1] == (1, 1)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        cover, poster = ("".join(page.extract_text().split()) for page in document.pages)
        assert round(document.pages[1].width) == 842
    assert "2幢1单元" in cover
    assert "1幢1单元" not in cover
    assert "第2版" in poster
    (row,) = ledgers.hanging_sheet(community).rows
    assert (row.stairwell, row.version) == ("2幢1单元", "第2版")
    with pytest.raises(printing.NothingToReplace):  # printed already, it only has to be hung
        printing.order(secretary_actor, community, printing.Which.CHANGED)


def test_one_building_is_printed_by_its_number(community, shown, secretary_actor):
    for name in ("1幢1单元", "1幢2单元", "2幢1单元"):
        shown(community, f"党员{name}", stairwell=name)
    posters = Posters(community)
    assert [place.name for place in printing.chosen(posters, "1")] == ["1幢1单元", "1幢2单元"]
    assert printing.order(secretary_actor, community, "1").title == "公示牌：1幢（A4 彩色）"


def test_nothing_to_print_is_said(community, secretary_actor):
    with pytest.raises(printing.NothingThere):
        printing.order(secretary_actor, community)


def test_a_character_no_font_draws_is_named_with_its_owner_before_anything_is_issued(community, shown, secretary_actor):
    shown(community, "陈䶮", "每月巡查\U000e0100一次", "3幢2单元")
    shown(community, "李\U000e0101堃", stairwell="3幢1单元")
    with pytest.raises(printing.Unprintable, match=r"（3幢1单元 李.堃）.*（3幢2单元 陈䶮）"):
        drive(printing.print_job(community, account=secretary_actor.account_id))
    assert not IssuedPaper.select().exists()


@pytest.mark.parametrize(
    ("day", "period", "until"),
    [("2026-01-01", "2026年第一季度", "2026年3月31日"), ("2026-06-30", "2026年第二季度", "2026年6月30日"),
     ("2026-12-31", "2026年第四季度", "2026年12月31日"), ("2027-02-01", "2026年度", "2026年12月31日")],
)  # fmt: skip
def test_a_quarter_has_its_own_posters_with_how_far_promises_are(community, shown, secretary_actor, monkeypatch, day, period, until):
    from datetime import date

    monkeypatch.setattr(clock, "today", lambda: date(2026, 1, 1))
    promise = shown(community, "陈䶮")
    rules.settings.put("boards.progress", True, community)
    rules.settings.put("boards.year", 2026, community)
    monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(day))
    sheet = Posters(community).shown(promise.stairwell)
    assert (sheet.period, sheet.replace_on, sheet.members[0].commitments[0].progress) == (period, until, "未开始")


def test_a_member_of_two_kinds_of_promises_shows_both(community, shown, secretary_actor):
    member = shown(community, "陈䶮", "每周清扫楼道一次").member
    publish(secretary_actor, community, member, "每季度组织读书会一次")
    assert Posters(community).shown(member.stairwell).members[0].category == "楼道环境、学习示范"
