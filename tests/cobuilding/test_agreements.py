"""Agreements: on paper, their tasks, what is due of them; counts of pairings and posts."""

import io
from datetime import date, timedelta

import pdfplumber
import pytest

from blueprints.cobuilding import agreements, queries, registers, renewing, rules
from blueprints.cobuilding.models import (
    Agreement,
    JobOffer,
    MemberUnit,
    MutualReview,
    Pairing,
    PairingKind,
    RequestKind,
    UnitRequest,
)
from core import clock
from core.access import Role
from core.registers import ledger
from tests import entries, make

TODAY = clock.today()


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


@pytest.fixture
def school(community):
    return rules.add_unit(make.actor(community), community, {"name": "市第三中学", "party_org": "党总支", "joined": "2024-03"})


@pytest.fixture
def agreement(community, school):
    return entries.entry(
        registers.AGREEMENTS, community, unit=school.id, title="联手共建协议书", since=TODAY.isoformat(), ours=agreements.ours(),
        theirs=agreements.theirs(), purpose=agreements.purpose(), until=agreements.a_year_on().isoformat(),
    )  # fmt: skip


def task(community, agreement, **changed):
    values = {"agreement": agreement.id, "due_on": TODAY.isoformat(), "text": "每年开放操场", "target": 20, "counted_in": "次", "our_owner": "沈", "their_owner": "吴"}
    return entries.entry(registers.TASKS, community, **(values | changed))


def test_a_new_agreement_begins_with_the_usual_clauses(staff, school):
    staff.get(f"/office/agreements/new?unit={school.id}")
    answer = staff.send(f"/office/agreements/new?unit={school.id}")
    assert answer.status_code == 303
    text = staff.get(answer.location).text
    for words in ("制定一个联手共建规划", "建成一个社区共建基地", "市第三中学"):
        assert words in text


def test_it_is_signed_on_paper(staff, community, agreement):
    task(community, agreement)
    path = f"/office/agreements/{agreement.id}"
    with pdfplumber.open(io.BytesIO(staff.get(f"{path}/agreement.pdf").data)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")
    for words in ("甲方：中共梅苑社区委员会", "乙方：市第三中学党总支", "每年开放操场", "20次", "（盖章处）", "草稿", "到期前30日内"):
        assert words in text
    staff.submit(path, form="prints")
    with pdfplumber.open(io.BytesIO(staff.get(f"{path}/agreement.pdf").data)) as pdf:
        assert "核对码" in "".join(page.extract_text() for page in pdf.pages)


def test_tasks_stand_on_the_agreement_s_page(staff, community, agreement):
    task(community, agreement, state="done")
    task(community, agreement, text="办一件实事")
    text = staff.get(f"/office/agreements/{agreement.id}").text
    assert "每年开放操场" in text
    assert "已完成 1 / 2" in text


def test_a_task_outside_the_agreement_is_refused(community, agreement):
    with pytest.raises(agreements.OutsideTheAgreement):
        task(community, agreement, due_on=(TODAY - timedelta(days=1)).isoformat())


@pytest.mark.parametrize(("left", "shown"), [(29, True), (31, False)])
def test_an_ending_agreement_is_due_thirty_days_before(staff, community, school, left, shown):
    last = TODAY + timedelta(days=left)
    entries.entry(registers.AGREEMENTS, community, unit=school.id, since="2020-01-01", until=last.isoformat(), not_renewed="")
    assert ("商定是否续签" in staff.get("/office").text) is shown


def test_tasks_and_requests_are_due(staff, community, agreement, school):
    task(community, agreement, due_on=(TODAY + timedelta(days=3)).isoformat())
    entries.entry(registers.REQUESTS, community, unit=school.id, matter="门口路灯不亮", due_on=TODAY.isoformat())
    text = staff.get("/office").text
    assert "共建事项：每年开放操场" in text
    assert "门口路灯不亮" in text


def test_236_pairings_of_both_kinds_count_together_and_the_unpaired_are_named(staff, community):
    """The city's 236 pairs: assigned ones (挂钩, because resources are lacking) and agreed ones are told apart and summed."""
    for n in range(236):
        MemberUnit.create(place=community, name=f"机关{n}", joined="2003")
    units = [row.id for row in MemberUnit.select().order_by(MemberUnit.id)]
    kinds = [PairingKind.ASSIGNED] * 90 + [PairingKind.AGREED] * 146
    rows = [
        {"place": community, "unit": unit, "kind": kind, "since": date(2020, 1, 1), "reason": "缺乏共建资源"}
        for unit, kind in zip(units, kinds, strict=True)
    ]
    Pairing.insert_many(rows).execute()
    assert staff.get("/office/pairings").text.count("缺乏共建资源") == 20  # one page of the 236
    assert "共 236 条" in staff.get("/office/pairings?from=220").text
    assert queries.paired(community).count() == 236
    assert dict(queries.pairing_counts(community)["kinds"]) == {PairingKind.ASSIGNED: 90, PairingKind.AGREED: 146}
    assert queries.paired(community, date(2019, 12, 31)).count() == 0
    alone = rules.add_unit(make.actor(community), community, {"name": "丰禾超市", "joined": "2024-03"})
    assert queries.pairing_counts(community)["alone"] == [alone]
    assert "丰禾超市" in staff.get("/office/pairings").text


def test_posts_are_counted_never_persons(community, school):
    """About 200 posts of 20 units for older jobless people (4050, 4048 is their name, no number)."""
    for n in range(20):
        unit = rules.add_unit(make.actor(community), community, {"name": f"单位{n}", "joined": "2024"})
        entries.entry(registers.JOBS, community, unit=unit.id, posts=10, filled=n % 3, group="4050")
    assert queries.posts(community, TODAY.year) == (200, sum(n % 3 for n in range(20)))
    assert not {"name", "person"} & set(JobOffer._meta.fields)


def test_no_more_posts_are_filled_than_there_are(community, school):
    with pytest.raises(agreements.MoreFilledThanThere):
        entries.entry(registers.JOBS, community, unit=school.id, posts=2, filled=3)


def test_labels_for_all_units(staff, school):
    with pdfplumber.open(io.BytesIO(staff.get("/office/units/labels.pdf").data)) as pdf:
        assert "市第三中学" in pdf.pages[0].extract_text()


def test_an_unknown_unit_in_a_file_is_named(community):
    from blueprints.people import imports
    from core.spreadsheets.writing import write_table

    content = write_table("岗位", ["岗位", "单位", "面向人群", "岗位数", "已到岗", "发布日期"], [["保安", "没有的单位", "不限", "2", "0", "2026.1.1"]])
    plan = imports.plan_of(community, imports.roster("job-offers", community), content, "x.xlsx")[1]
    assert [refusal.value for refusal in plan.refused] == ["没有的单位"]


def test_standing_entries_count_at_a_day(community, school):
    entries.entry(registers.INSTRUCTORS, community, unit=school.id, since="2024-01-01", until="2025-01-01")
    assert [ledger.count(registers.INSTRUCTORS, community, date(year, 6, 1)) for year in (2023, 2024, 2025)] == [0, 1, 0]


def ended(community, school, days=-1, **changed):
    values = {"unit": school.id, "since": "2025-03-01", "until": (TODAY + timedelta(days=days)).isoformat(), "not_renewed": ""}
    return entries.entry(registers.AGREEMENTS, community, **(values | changed))


def test_an_agreement_that_ran_out_stays_due_until_somebody_says_what_comes_next(staff, community, school):
    row = ended(community, school)
    assert "已到期，请续签，或写明不再续签" in staff.get("/office").text
    staff.submit(f"/office/agreements/{row.id}/edit", not_renewed="单位已搬走")
    assert "已到期" not in staff.get("/office").text


def test_a_renewed_agreement_takes_clauses_and_tasks_along(staff, community, school):
    row = ended(community, school, since="2025-01-01", until="2025-12-31", purpose="共驻共建", number="梅共〔2025〕1号")
    task(community, row, due_on="2025-10-15", state="done", done=20)
    task(community, row, text="不办了", due_on="2025-10-15", state="dropped")
    answer = staff.submit(f"/office/agreements/{row.id}", form="renewals")
    new = Agreement.get(Agreement.renews == row)
    assert answer.location.endswith(f"/office/agreements/{new.id}/edit")
    assert (new.since, new.until, new.purpose, new.number, new.signed_on) == (date(2026, 1, 1), date(2026, 12, 31), "共驻共建", "", None)
    (again,) = queries.tasks(new)
    assert (again.text, again.target, again.due_on, again.state, again.done) == ("每年开放操场", 20, date(2026, 10, 15), "not_started", None)
    old = staff.get(f"/office/agreements/{row.id}").text
    assert "已续签" in old
    assert ">续签<" not in old
    assert "续签自" in staff.get(f"/office/agreements/{new.id}").text
    assert "已到期" not in staff.get("/office").text
    with pytest.raises(renewing.AlreadyRenewed):
        renewing.renew(make.actor(community), row, Agreement.get_by_id(row.id).version)


@pytest.mark.parametrize(
    ("since", "until", "period"),
    [
        (date(2024, 3, 1), date(2025, 2, 28), (date(2025, 3, 1), date(2026, 2, 28))),
        (date(2023, 5, 10), date(2026, 5, 9), (date(2026, 5, 10), date(2029, 5, 9))),
        (date(2025, 1, 1), date(2025, 6, 30), (date(2025, 7, 1), date(2025, 12, 28))),
    ],
)
def test_a_renewal_lasts_as_long_as_what_it_follows(community, school, since, until, period):
    row = ended(community, school, since=since.isoformat(), until=until.isoformat())
    new = renewing.renew(make.actor(community), row, row.version)
    assert (new.since, new.until) == period


def test_units_without_an_agreement_are_named(staff, community, school, agreement):
    rules.add_unit(make.actor(community), community, {"name": "丰禾超市", "joined": "2024-03"})
    page = staff.get("/office/agreements").text
    assert "今天没有协议的单位 1 家" in page
    assert "丰禾超市" in page


def test_what_both_sides_said_stands_on_the_agreement_s_page(staff, community, school, agreement):
    """年度双向评议: words of either side, no marks."""
    entries.entry(registers.REVIEWS, community, unit=school.id, year=TODAY.year, ours="操场开放很及时", theirs="社区帮助维持秩序", agreed="增加一次")
    text = staff.get(f"/office/agreements/{agreement.id}").text
    for words in ("操场开放很及时", "社区帮助维持秩序", "增加一次"):
        assert words in text
    assert not {"score", "rank", "points"} & set(MutualReview._meta.fields)


def test_the_list_of_telephones(staff, community, school):
    rules.change_unit(make.actor(community), school, 1, {"name": "市第三中学", "liaison": "吴文斌", "phone": "15400000001", "joined": "2024-03"})
    path = "/office/units/phones.pdf"
    with pdfplumber.open(io.BytesIO(staff.get(path).data)) as pdf:
        text = pdf.pages[0].extract_text()
    for words in ("市第三中学", "吴文斌", "15400000001", "2024年3月", "草 稿"):
        assert words in text
    staff.submit("/office/units", form="phones/prints")
    with pdfplumber.open(io.BytesIO(staff.get(path).data)) as pdf:
        assert "核对码" in pdf.pages[0].extract_text()


def test_requests_of_units_and_of_the_community_are_of_four_kinds(staff, community, school):
    """社区服务、综合治理、环境卫生、人才引进: what a unit asks for, and what is asked of it, until it is done."""
    for kind in RequestKind:
        entries.entry(registers.REQUESTS, community, unit=school.id, kind=kind.value, matter=f"{kind.title}的事", ours=kind is RequestKind.TALENT)
    page = staff.get("/office/unit-requests?kind=sanitation").text
    assert "环境卫生的事" in page
    assert "人才引进的事" not in page
    titles = [str(kind.title) for kind in RequestKind]
    assert titles[:4] == ["社区服务", "综合治理", "环境卫生", "人才引进"]
    assert not any("amount" in field or "money" in field for field in UnitRequest._meta.fields)


def test_nothing_is_renewed_years_ahead(community, school):
    row = ended(community, school, days=400)
    with pytest.raises(renewing.TooEarly):
        renewing.renew(make.actor(community), row, row.version)
