"""What members agree to show: with day and form, the whole history, and the boards that come down when it is withdrawn."""

import io
from datetime import timedelta

import pdfplumber
import pytest
import zxingcpp

from blueprints.boards import consents, hanging, issuing, posting, queries, rules
from blueprints.boards.models import Consent
from blueprints.boards.posters import Posters
from blueprints.people.models import PartyMember
from core import clock
from core.access import Role
from core.printing import paper, stock
from core.records.people import Person
from core.records.work import AuditEntry, Job
from tests import make

DAY = timedelta(days=1)


@pytest.fixture
def member(shown, community):
    found = shown(community, "陈䶮").member
    found.post, found.employer = "楼道长", "丰禾超市"
    found.save()
    Person.update(phone="15400000001").where(Person.id == found.person_id).execute()
    return PartyMember.get_by_id(found.id)


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


def hang(actor, community, member):
    issuing.issue(actor, Posters(community), member.stairwell)
    hanging.hang(actor, community, posting.boards(community, member.stairwell), clock.today(), "何静")


def test_the_history_keeps_day_and_form_of_each(member, secretary_actor):
    began = clock.today() - 9 * DAY
    assert rules.consent(secretary_actor, member, ["post", "photo"], "signed", began) == set()
    assert rules.consent(secretary_actor, member, ["post"], "spoken", began + 4 * DAY) == {"photo"}
    assert rules.consent(secretary_actor, member, [], "message") == {"post"}
    found = [(one.fields, one.form, one.since, one.until) for one in queries.consent_history(member)]
    assert found == [
        ([], "message", clock.today(), None), (["post"], "spoken", began + 4 * DAY, clock.today()),
        (["photo", "post"], "signed", began, began + 4 * DAY),
    ]  # fmt: skip
    assert AuditEntry.select().where(AuditEntry.act == "consent:changed").count() == 3


def test_a_consent_begins_on_a_day_that_has_come_and_after_the_last(member, secretary_actor):
    with pytest.raises(rules.ConsentNotYet):
        rules.consent(secretary_actor, member, ["post"], "signed", clock.today() + DAY)
    rules.consent(secretary_actor, member, ["post"], "signed", clock.today() - DAY)
    with pytest.raises(rules.ConsentBefore):
        rules.consent(secretary_actor, member, [], "signed", clock.today() - 2 * DAY)
    assert Consent.select().count() == 1


def test_the_same_consent_twice_is_one(member, secretary_actor):
    for _time in range(2):
        rules.consent(secretary_actor, member, ["post"], "signed")
    assert Consent.select().count() == 1


def test_withdrawing_lists_the_boards_to_replace_and_empties_the_stock(staff, member, community, secretary_actor):
    rules.consent(secretary_actor, member, ["post", "phone"], "signed")
    hang(secretary_actor, community, member)
    path = f"/office/boards/members/{member.id}/consents"
    assert "这些公示牌要更换" not in staff.get(path).text
    staff.submit(path, form="consents", fields=["post"], since=clock.today().isoformat())
    page = staff.get(path).text
    assert "写着陈䶮的这些公示牌要更换" in page
    assert "3幢2单元" in page
    assert "何静" in page
    assert "岗位、电话" in page  # in the history
    assert "15400000001" not in staff.get("/boards/3-2").text


def test_what_was_printed_before_is_forgotten_with_the_consent(member, secretary_actor):
    rules.consent(secretary_actor, member, ["post"], "signed")
    (stock.folder() / "a.pdf").write_bytes(b"page")
    rules.consent(secretary_actor, member, ["post", "photo"], "signed")
    assert list(stock.folder().iterdir())
    rules.consent(secretary_actor, member, [], "signed")
    assert not list(stock.folder().iterdir())


def test_the_page_takes_form_and_day(staff, member):
    path = f"/office/boards/members/{member.id}/consents"
    day = (clock.today() - DAY).isoformat()
    staff.submit(path, form="consents", fields=["phone", "birthday"][:1], since=day)
    (consent,) = Consent.select()
    assert (consent.fields, consent.form, consent.since.isoformat()) == (["phone"], "signed", day)
    answer = staff.submit(path, form="consents", fields=["phone", "post"], since="昨天")
    assert answer.status_code == 422
    assert staff.page.xpath("//input[@value='post']/@checked")
    answer = staff.submit(path, form="consents", fields=[], since=(clock.today() + DAY).isoformat())
    assert "还没有到" in answer.text


def test_only_what_may_be_agreed_to_counts(staff, member):
    path = f"/office/boards/members/{member.id}/consents"
    staff.get(path)
    token = staff.page.xpath("//input[@name='csrf_token']/@value")[0]
    data = {"fields": ["post", "birthday"], "form": "telepathy", "since": clock.today().isoformat(), "csrf_token": token}
    assert staff.post(path, data=data).status_code == 303
    (consent,) = Consent.select()
    assert (consent.fields, consent.form) == (["post"], "signed")


def test_the_form_to_sign_says_what_where_until_when_and_how_to_withdraw(community, member, secretary_actor):
    rules.consent(secretary_actor, member, ["post"], "signed")
    pdf = paper.render(consents.TEMPLATE, consents.sheets(community, [member, make.member(community, "李堃")]))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        first, second = ("".join(page.extract_text().split()) for page in document.pages)
        (code,) = zxingcpp.read_barcodes(document.pages[0].to_image(resolution=150).original)
    for words in (
        "个人信息公示同意书", "陈䶮", "楼道长", "丰禾超市", "15400000001", "3幢2单元的公示牌", f"{clock.today().year}年12月31日为止",
        "5个工作日内更换", "撤回", "本人签名", "第十五条",
    ):  # fmt: skip
        assert words in first, words
    assert code.text == f"http://linli.test/office/boards/members/{member.id}/consents"
    assert "李堃" in second
    sheet = consents.sheets(community, [member])[0]
    assert [(line.title, line.agreed) for line in sheet.lines] == [("照片", False), ("岗位", True), ("单位", False), ("电话", False)]


def test_forms_are_printed_one_by_one_and_in_one_file(staff, member, community):
    assert staff.get(f"/office/boards/members/{member.id}/consent.pdf").mimetype == "application/pdf"
    assert staff.submit("/office/boards/printing", form="consents").status_code == 303
    job = Job.get()
    assert (job.kind, job.title) == ("boards.consents", "个人信息公示同意书（全部党员）")
    steps = consents.print_all(community, **job.arguments)
    assert next(steps) == (0, 1)
    steps.close()
