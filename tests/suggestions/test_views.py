"""The pages of the box: nothing of an anonymous asker stays behind, nothing happens twice, the code is shown once."""

import io
import re

import pytest
from PIL import Image

from blueprints.suggestions import handling, queries, receipts, rules, views
from blueprints.suggestions.forms import SuggestionForm
from blueprints.suggestions.models import Kind, Rating, State, Suggestion, SuggestionPhoto
from core import forms as core_forms
from core.access import Role
from core.audit import AuditEntry
from models import ALL
from tests import make
from tests.suggestions.working import assigned, now, registered, replied

WORDS = "三楼楼道灯不亮，晚上看不见"
ADDRESS = {"REMOTE_ADDR": "203.0.113.77"}
AGENT = {"User-Agent": "Strange-Telephone/9.9"}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """Tests type faster than people."""
    monkeypatch.setattr("blueprints.suggestions.forms.FEWEST_SECONDS", -1e9)


@pytest.fixture
def office(client, community):
    return client.as_(make.account(community, Role.SECRETARY, "沈兰英"))


def send(client, path="/suggestions/new", **values):
    return client.submit(path, form="new", **{"kind": "opinion", "text": WORDS, **values})


def code_of(answer):
    return "".join(re.findall(r"<span>(\d{4})</span>", answer.text))


def everything():
    """All that the database holds, as one text."""
    cells = []
    for record in ALL:
        cells += [str(row) for row in record.select().tuples()]
    return "\n".join(cells)


def test_an_anonymous_message_leaves_nothing_of_its_sender(client, monkeypatch):
    before = everything()
    answer = client.submit("/suggestions/new", form="new", kind="opinion", text=WORDS)
    assert answer.status_code == 200
    client.get("/suggestions/new")
    client.post("/suggestions/new", data=fields(client, kind="help", text="老人摔倒后没人管"), headers=AGENT, environ_base=ADDRESS)
    kept = everything().replace(before, "")
    assert Suggestion.select().count() == 2
    for trace in ("203.0.113", "Strange", "Telephone", code_of(answer), "10:00", "02:00"):
        assert trace not in kept, trace
    assert AuditEntry.select().where(AuditEntry.subject_kind == "suggestion").count() == 0
    for row in Suggestion.select():
        assert all(not hasattr(value, "hour") for value in row.__data__.values())
    assert all(not hasattr(value, "hour") for row in rules.SuggestionStep.select() for value in row.__data__.values())
    assert "Set-Cookie" not in answer.headers


def fields(client, **values):
    form = next(form for form in client.page.forms if form.method == "POST")
    return {**dict(form.form_values()), **values}


def test_the_receipt_shows_number_code_and_last_day_once(client):
    answer = send(client)
    code = code_of(answer)
    row = Suggestion.get()
    assert receipts.spelled(code) == code
    assert row.receipt == receipts.digest(code)
    assert row.number in answer.text
    assert "2025年10月20日" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert code not in client.submit("/suggestions/track", code=code).text.replace(f'value="{code}"', "")


def test_a_qr_code_fills_in_the_stairwell(client, community):
    make.member(community)
    page = client.get("/suggestions/new?place=3-2").text
    assert re.search(r'<option selected value="3-2">3幢2单元', page)
    send(client, "/suggestions/new?place=3-2")
    assert Suggestion.get().stairwell.name == "3幢2单元"


def test_an_unknown_stairwell_in_the_address_is_only_not_chosen(client):
    assert client.get("/suggestions/new?place=99-9").status_code == 200


def test_the_same_form_twice_is_told_and_enters_once(client):
    client.get("/suggestions/new")
    data = fields(client, kind="opinion", text=WORDS)
    first = client.post("/suggestions/new", data=data)
    second = client.post("/suggestions/new", data=data)
    assert second.status_code == 409
    assert "没有重复登记" in second.text
    assert code_of(second) == code_of(first)
    assert Suggestion.select().count() == 1


def test_after_it_was_written_down_the_code_is_never_shown_again(client):
    client.get("/suggestions/new")
    data = fields(client, kind="opinion", text=WORDS)
    code = code_of(client.post("/suggestions/new", data=data))
    taken = client.send("/suggestions/new", form="taken")
    assert (taken.status_code, taken.location) == (303, "/suggestions/track")
    again = client.post("/suggestions/new", data=data)
    assert again.status_code == 409
    assert code[:4] not in again.text


def test_errors_come_back_with_what_was_typed(client):
    answer = send(client, text="灯", spot="北门车棚")
    assert answer.status_code == 422
    assert "至少 4 个字" in answer.text
    assert "北门车棚" in answer.text
    assert "出错：" in client.page.findtext(".//title")
    answer = client.submit("/suggestions/new", form="new", text=WORDS)
    assert answer.status_code == 422
    assert "请选一项" in answer.text


def test_a_robot_s_field_and_haste_are_told_in_words(client, monkeypatch):
    answer = send(client, website="http://spam.example")
    assert answer.status_code == 422
    assert "已替您清空" in answer.text
    monkeypatch.setattr("blueprints.suggestions.forms.FEWEST_SECONDS", 3)
    answer = send(client)
    assert answer.status_code == 422
    assert "提交得太快了" in answer.text
    assert WORDS in answer.text
    assert Suggestion.select().count() == 0


def test_without_a_signed_token_nothing_enters(client):
    answer = client.post("/suggestions/new", data={"kind": "opinion", "text": WORDS, "form_token": "made up"})
    assert answer.status_code == 422
    assert Suggestion.select().count() == 0


def test_many_messages_from_one_address_are_slowed_in_memory_only(client, monkeypatch):
    monkeypatch.setattr(views.messages, "most", 2)
    assert [send(client).status_code for _ in range(3)] == [200, 200, 429]
    assert Suggestion.select().count() == 2
    assert "127.0.0.1" not in everything()


def picture(size=(40, 30)):
    out = io.BytesIO()
    image = Image.new("RGB", size, "red")
    exif = image.getexif()
    exif[0x010F] = "Strange-Telephone"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_photos_are_drawn_anew_and_shown_to_staff_alone(client, community):
    client.get("/suggestions/new")
    data = {**fields(client, kind="opinion", text=WORDS), "photos": [(io.BytesIO(picture()), "IMG_1.jpg")] * 1}
    assert client.post("/suggestions/new", data=data).status_code == 200
    kept = SuggestionPhoto.get()
    content = bytes(kept.content)
    assert b"Strange" not in content
    assert Image.open(io.BytesIO(content)).size == (40, 30)
    row = Suggestion.get()
    office = client.as_(make.account(community))
    assert office.get(f"/office/suggestions/{row.number}/photos/1").data == content
    assert office.get(f"/office/suggestions/{row.number}/photos/2").status_code == 404
    rules.withdraw(row, "n1")
    assert SuggestionPhoto.select().count() == 0


@pytest.mark.parametrize(("files", "words"), [(4, "最多 3 张"), (1, "不是可以使用的照片")])
def test_wrong_photos_are_refused_whole(client, files, words):
    client.get("/suggestions/new")
    content = picture() if files > 1 else b"not a picture at all"
    photos = [(io.BytesIO(content), f"{at}.jpg") for at in range(files)]
    answer = client.post("/suggestions/new", data={**fields(client, kind="opinion", text=WORDS), "photos": photos})
    assert answer.status_code == 422
    assert words in answer.text
    assert Suggestion.select().count() == 0


def track(client, code):
    return client.submit("/suggestions/track", code=code)


def test_the_asker_follows_adds_rates_and_withdraws(client, community, secretary):
    code = code_of(send(client))
    spaced = " ".join(code[at : at + 4] for at in range(0, 16, 4))
    assert "已收到，最晚" in track(client, spaced).text
    row = replied(secretary, Suggestion.get())
    page = track(client, code).text
    assert "感应头坏了" in page
    assert "11月24日物业已换好" in page
    assert client.send("/suggestions/track", form="ratings", rating="fairly", comment="还行").status_code == 200
    assert now(row).rating is Rating.FAIRLY
    track(client, code)
    assert "已补充" in client.send("/suggestions/track", form="additions", words="又坏了一盏").text
    assert "又坏了一盏" in track(client, code).text
    assert "已撤回" in client.send("/suggestions/track", form="withdrawals").text
    assert now(row).state is State.WITHDRAWN


def test_an_act_sent_twice_counts_once(client, secretary):
    code = code_of(send(client))
    track(client, code)
    form = next(form for form in client.page.forms if (form.action or "").endswith("additions"))
    data = {**dict(form.form_values()), "words": "再说一句"}
    assert client.post("/suggestions/track/additions", data=data).status_code == 200
    again = client.post("/suggestions/track/additions", data=data)
    assert again.status_code == 409
    assert "没有重复登记" in again.text
    assert Suggestion.get().steps.where(rules.SuggestionStep.note == "再说一句").count() == 1


def test_internal_notes_and_names_stay_inside(client, secretary, staff):
    code = code_of(send(client))
    row = assigned(secretary, Suggestion.get(), staff, note="请三天内办好")
    handling.note(staff, row, row.version, "住户脾气急")
    page = track(client, code).text
    for inside in ("请三天内办好", "住户脾气急"):
        assert inside not in page


def test_a_wrong_code_says_what_is_wrong_with_it(client):
    code = code_of(send(client))
    wrong = code[:3] + str((int(code[3]) + 1) % 10) + code[4:]
    unknown = receipts.code_for("never used")
    for typed, words in (("123", "您输入了 3 位"), (wrong, "输错了"), (unknown, "没有查到"), ("", "请输入 16 位")):
        answer = track(client, typed)
        assert answer.status_code == 422, typed
        assert words in answer.text


def test_guessing_codes_is_bounded_and_forgotten(client, monkeypatch):
    monkeypatch.setattr(views.guesses, "most", 3)
    code = code_of(send(client))
    statuses = [track(client, receipts.code_for(f"guess {at}")).status_code for at in range(4)]
    assert statuses == [422, 422, 422, 429]
    refused = track(client, code)
    assert refused.status_code == 429
    assert "试的次数太多" in refused.text
    for act in ("additions", "ratings", "withdrawals"):
        assert client.post(f"/suggestions/track/{act}", data={"code": code}).status_code in (422, 429)
    assert Suggestion.get().state is State.RECEIVED
    assert "127.0.0.1" not in everything()


def test_the_memory_of_guesses_has_an_end():
    from core.limits import KEPT, Limit

    limit = Limit(3)
    for at in range(KEPT + 50):
        limit.allow(str(at))
    assert len(limit._seen) == KEPT


def test_the_asker_is_told_when_nobody_may_see_it(client, community):
    make.account(community, Role.SECRETARY, "沈兰英")
    answer = send(client, text="反映沈兰英不公开账目")
    assert "现在没有人能看到这条意见" in answer.text
    assert "现在没有人能看到这条意见" in track(client, code_of(answer)).text


def test_form_and_paper_name_the_right_numbers(client):
    page = client.get("/suggestions/new").text
    for words in ("119、120、110", "12388", "不是信访渠道，也不是 12345"):
        assert words in page


def test_answers_are_shown_only_with_consent(client, say, secretary):
    replied(secretary, say("原话里有门牌 302", consent=True), publish=True)
    registered(secretary, say(), summary="没有公开的事")
    page = client.get("/suggestions/").text
    assert "三楼感应灯不亮" in page
    assert "11月24日物业已换好" in page
    assert "302" not in page
    assert "没有公开的事" not in page
    assert "按期答复" in page


def test_the_queue_is_sorted_counted_and_filtered(office, say, secretary, calendar):
    late = assigned(secretary, say("车棚漏雨"), secretary)
    calendar.becomes(2025, 10, 21)
    fresh = say("楼道灯不亮")
    page = office.get("/office/suggestions").text
    assert page.index(late.number) < page.index(fresh.number)
    assert "超期 1 天" in page
    assert re.search(r"超期 <b>1</b>", page)
    assert re.search(r"未交办 <b>1</b>", page)
    late_page = office.get("/office/suggestions?show=late").text
    assert late.number in late_page
    assert fresh.number not in late_page
    box = office.get("/office/suggestions?show=late", headers={"HX-Request": "true"}).text
    assert box.lstrip().startswith('<section id="queue"')


def test_bulk_assignment_with_the_ticks_kept_on_refusal(office, say, secretary, community):
    lead = make.account(community, Role.STAFF, "何静")
    one, two = registered(secretary, say()), registered(secretary, say())
    ids = [f"{row.number}.{row.version}" for row in (one, two)]
    answer = office.submit("/office/suggestions?show=unassigned", form="assignments", ids=ids)
    assert answer.status_code == 422
    assert "请选择承办人" in answer.text
    assert answer.text.count("checked") == 2
    answer = office.send("/office/suggestions", form="assignments", ids=ids, lead=str(lead.id))
    assert answer.status_code == 303
    assert {now(one).lead, now(two).lead} == {lead}
    answer = office.submit("/office/suggestions", form="assignments", ids=ids, lead=str(lead.id))
    assert answer.status_code == 409


def test_the_office_handles_a_message_on_its_page(office, say):
    row = say()
    path = f"/office/suggestions/{row.number}"
    assert office.submit(path, form="registrations", **{"register-summary": "灯坏了"}).status_code == 303
    lead = str(make.Account.get(make.Account.login == "沈兰英").id)
    assert office.submit(path, form="assignments", **{"assign-lead": lead}).status_code == 303
    answer = office.submit(path, form="replies", **{"reply-found": "灯头坏", "reply-done": ""})
    assert answer.status_code == 422
    assert "灯头坏" in answer.text
    assert office.send(path, form="replies", **{"reply-found": "灯头坏", "reply-done": "已换"}).status_code == 303
    assert office.submit(path, form="closures").status_code == 303
    assert office.submit(path, form="archivings").status_code == 303
    assert now(row).state is State.ARCHIVED
    assert "已归档" in office.get(path).text


def test_a_stale_page_is_told_and_keeps_what_was_typed(office, say, secretary):
    row = assigned(secretary, say(), secretary)
    path = f"/office/suggestions/{row.number}"
    office.get(path)
    rules.add_words(row, "今天又坏了", "n1")
    answer = office.send(path, form="replies", **{"reply-found": "我查到的情况", "reply-done": "换了"})
    assert answer.status_code == 409
    assert "提出人已经改过" in answer.text
    assert "我查到的情况" in answer.text
    assert "今天又坏了" in answer.text
    assert now(row).state is State.ASSIGNED
    assert office.send(path, form="replies").status_code == 303


def test_who_it_is_about_gets_a_404_for_every_page_of_it(client, say, community, secretary):
    account = make.account(community, Role.STAFF, "何静")
    row = replied(secretary, say("何静态度不好", photos=[picture()]))
    client.as_(account)
    for page in ("", "/slip.pdf", "/letter.pdf", "/asker.pdf", "/photos/1"):
        assert client.get(f"/office/suggestions/{row.number}{page}").status_code == 404, page
    assert row.number not in client.get("/office/suggestions?show=replied").text
    assert row.number not in client.get("/office").text
    assert row.number not in client.get("/office/search?q=态度").text


def test_name_and_phone_are_for_whoever_handles_it(client, say, community, secretary, staff):
    row = assigned(secretary, say(asker="张三丰", phone="13900000000"), staff)
    stranger = client.as_(make.account(community, Role.STAFF))
    page = stranger.get(f"/office/suggestions/{row.number}").text
    assert "张三丰" not in page
    assert "13900000000" not in page
    assert stranger.get(f"/office/suggestions/{row.number}/asker.pdf").status_code == 403
    client.as_(make.Account.get_by_id(staff.account_id))
    assert "张三丰" in client.get(f"/office/suggestions/{row.number}").text


def test_paper_slips_get_the_same_receipt(office):
    said = {"source": "paper", "kind": "suggestion", "text": "建议给一楼坡道加扶手", "received_on": "2025-09-22"}
    answer = office.submit("/office/suggestions/new", form="new", **said)
    assert answer.status_code == 200
    code = code_of(answer)
    row = Suggestion.get()
    assert (row.source.value, str(row.received_on), row.kind) == ("paper", "2025-09-22", Kind.SUGGESTION)
    assert AuditEntry.select().where(AuditEntry.act == "suggestion:recorded").count() == 1
    assert "已收到，最晚" in track(office, code).text
    later = office.submit("/office/suggestions/new", form="new", **{**said, "received_on": "2025-09-30"})
    assert later.status_code == 422
    assert "不能晚于今天" in later.text


def test_the_ledger_goes_out_without_names(office, say):
    from openpyxl import load_workbook

    row = say(asker="张三丰", phone="13900000000")
    book = load_workbook(io.BytesIO(office.get("/office/suggestions/ledger.xlsx").data))
    rows = [[cell or "" for cell in line] for line in book.active.iter_rows(values_only=True)]
    assert rows[1][0] == row.number
    assert "张三丰" not in str(rows)


def test_the_administrator_reads_no_suggestions(client, say, community):
    row = say()
    client.as_(make.account(community, Role.ADMINISTRATOR))
    assert client.get("/office/suggestions").status_code == 403
    assert client.get(f"/office/suggestions/{row.number}").status_code == 403
    assert row.number not in client.get("/office/search?q=楼道").text


def test_the_form_token_remembers_when_it_was_made(app, community, calendar):
    import datetime

    with app.test_request_context("/suggestions/new"):
        token = SuggestionForm().form_token.current_token
    calendar.now += datetime.timedelta(seconds=90)
    with app.test_request_context("/suggestions/new", method="POST", data={"form_token": token}):
        form = SuggestionForm()
        form.offer([])
        form.validate()
        assert form.age == pytest.approx(_passed(token), abs=2)


def _passed(token):
    from core import clock

    _nonce, made = core_forms._signer().loads(token, return_timestamp=True)
    return (clock.now() - made.replace(tzinfo=None)).total_seconds()


def test_no_page_of_the_box_asks_many_queries(office, say, secretary):
    from playhouse.test_utils import count_queries

    for _ in range(12):
        registered(secretary, say())
    with count_queries() as few:
        office.get("/office/suggestions")
    for _ in range(12):
        registered(secretary, say())
    with count_queries() as more:
        office.get("/office/suggestions")
    assert more.count <= few.count


def test_what_is_not_shown_is_not_found_either(client, say, secretary, community):
    shown = replied(secretary, say("原话里有门牌 302 和王老太", consent=True), publish=True)
    replied(secretary, say(), publish=False)
    assert [hit.note for hit in queries.public_search(community, "感应灯 物业")] == [shown.number]
    for words in ("302", "王老太", " "):
        assert list(queries.public_search(community, words)) == []


def test_an_objection_needs_its_notice(client):
    answer = client.submit("/suggestions/new?kind=objection&notice=999", form="new", kind="objection", text=WORDS)
    assert answer.status_code == 422
    assert Suggestion.select().count() == 0


@pytest.mark.parametrize(
    "path",
    [
        "/suggestions/?from=99999999999999999999999",
        "/suggestions/?from=-3",
        "/suggestions/?from=many",
        "/suggestions/new?kind=objection&notice=99999999999999999999999",
    ],
)
def test_nonsense_in_an_address_does_no_harm(client, path):
    assert client.get(path).status_code == 200


def test_nonsense_in_the_queue_does_no_harm(office):
    assert office.get("/office/suggestions?show=nothing&from=99999999999999999999").status_code == 200
    ids = ["9999999999999999999999.1", "x.y", "1", "1.2.3"]
    office.get("/office/suggestions/new")
    token = next(form for form in office.page.forms if "text" in form.fields).fields["csrf_token"]
    answer = office.post("/office/suggestions/assignments", data={"csrf_token": token, "ids": ids})
    assert answer.status_code == 422


def test_characters_that_no_database_keeps_are_left_out(client):
    assert send(client, text="楼道\x00灯\x07不亮\r\n很久了", spot="三\x00楼").status_code == 200
    row = Suggestion.get()
    assert (row.text, row.spot) == ("楼道灯不亮\n很久了", "三楼")


def test_a_board_leads_to_the_form_with_its_stairwell(client, community):
    make.member(community)
    assert 'href="/suggestions/new?place=3-2"' in client.get("/boards/3-2").text
