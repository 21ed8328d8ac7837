import re
from contextlib import closing
from html import unescape

import pytest

from blueprints.ballots import ballot as frozen
from blueprints.ballots import box, slips
from blueprints.ballots.ballot import OPTIONS, Candidate, Kind, Unmarked
from blueprints.ballots.body import Vote
from tests.ballots import polls

USED = "此票已在票箱。若刚才断网，无须重投；若不是您投的，请找监票人。"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    instance = tmp_path_factory.mktemp("instance")
    with polls.serving(instance) as port:
        yield instance, port


@pytest.fixture
def voter(place):
    made = polls.Voter(place[1])
    yield made
    made.close()


def new_poll(place, name, **changes):
    return polls.running(place[0], poll=name, **changes)


def enter(voter, code, query=""):
    return voter.post(f"/vote{query}", {"code": code})


def test_a_ballot_goes_from_the_code_into_the_box(place, voter):
    poll = new_poll(place, "walk")
    code = poll.codes["R"][0]
    assert "输入票码" in voter.get("/v").text
    page = enter(voter, slips.in_groups(code).lower().replace("0", "o").replace("1", "l"))
    assert page.status == 200
    assert " checked" not in page.text, "nothing is ticked beforehand"
    assert all(name in page.text for name in polls.NAMES)
    review = voter.post("/vote", page.hidden() | {"m0": "1", "m1": "2", "m2": "3", "step": "review"})
    assert review.status == 200
    assert review.text.count("未选") == 6
    done = voter.post("/cast", review.hidden())
    assert done.status == 200
    assert "已投入票箱" in done.text
    box.close_voting(poll.path)
    assert poll.opened() == [Vote((1, 2, 3, 0, 0, 0, 0, 0, 0))]
    receipt = "".join(re.findall(r"<span>([0-9A-Z]{4})</span>", done.text))
    assert box.receipt_ids(poll.path) == [slips.receipt_id(slips.read_receipt(receipt))]


def test_going_back_keeps_what_was_ticked(place, voter):
    poll = new_poll(place, "back")
    page = enter(voter, poll.codes["R"][0])
    review = voter.post("/vote", page.hidden() | {"m4": "2", "step": "review"})
    again = voter.post("/vote?mode=elder", review.hidden() | {"step": "edit"})
    assert re.findall(r'name="(m\d)" value="(\d)" checked', again.text) == [("m4", "2")]
    assert 'class="elder"' in again.text
    assert again.hidden()["nonce"] == page.hidden()["nonce"]


def test_the_whole_ballot_may_abstain(place, voter):
    poll = new_poll(place, "whole", unmarked=Unmarked.REFUSED)
    page = enter(voter, poll.codes["R"][0])
    review = voter.post("/vote", page.hidden() | {"m0": "1", "step": "whole"})
    assert "整票弃权" in review.text
    assert "前面选的都不算" in review.text
    assert voter.post("/cast", review.hidden()).status == 200
    box.close_voting(poll.path)
    assert poll.opened() == [Vote((0,) * 9, whole=True)]


def test_a_used_slip_and_a_repeated_sending(place, voter):
    poll = new_poll(place, "twice")
    code, nonce = poll.codes["R"][0], slips.draw_nonce()
    first = voter.post("/cast", polls.form(poll, code, nonce, Vote((1,) * 9)))
    again = voter.post("/cast", polls.form(poll, code, nonce, Vote((2,) * 9)))
    assert (first.status, again.status) == (200, 200)
    receipts = [re.findall(r"<span>([0-9A-Z]{4})</span>", page.text) for page in (first, again)]
    assert len(receipts[0]) == 5
    assert receipts[0] == receipts[1]
    assert "以第一次投入的内容为准" in again.text
    assert "以第一次投入的内容为准" not in first.text
    for page in (voter.post("/cast", polls.form(poll, code, slips.draw_nonce(), Vote((2,) * 9))), enter(voter, code)):
        assert page.status == 409
        assert USED in page.text
    box.close_voting(poll.path)
    assert poll.opened() == [Vote((1,) * 9)]


def test_codes_that_cannot_vote_get_their_reason(place, voter):
    poll = polls.prepared(place[0], poll="states")
    codes = poll.codes["R"]
    assert "投票还没有开始" in enter(voter, codes[0]).text
    box.open_voting(poll.path)
    box.surrender(poll.path, "states", codes[1])
    box.spoil(poll.path, "states", codes[2])
    for code, status, sentence in (
        (codes[1], 409, "已换领纸质选票"),
        (codes[2], 409, "已登记作废"),
        (slips.draw_code(), 422, "没有这个票码"),
        ("1234", 422, "票码是 16 个字母和数字"),
    ):
        page = enter(voter, code)
        assert (page.status, sentence in page.text) == (status, True)
    page = enter(voter, codes[3])
    box.interrupt(poll.path)
    refused = voter.post("/cast", page.hidden() | {"m0": "1"})
    assert (refused.status, "投票已中断" in refused.text) == (409, True)
    box.close_voting(poll.path)
    assert "投票已经截止" in voter.post("/cast", page.hidden() | {"m0": "1"}).text


def test_no_page_sets_a_cookie_or_may_be_kept(place, voter):
    poll = new_poll(place, "headers")
    page = enter(voter, poll.codes["R"][0])
    review = voter.post("/vote", page.hidden() | {"step": "review"}, Cookie="session=whoever")
    pages = [voter.get("/v"), voter.get("/vote?mode=kiosk"), page, review, voter.post("/cast", review.hidden())]
    pages += [enter(voter, poll.codes["R"][0]), enter(voter, "x"), voter.send("/cast", b"", "text/plain")]
    for page in pages:
        assert "Set-Cookie" not in page.headers
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\ssrc=)| style=| on[a-z]+=", page.text)


def test_the_code_never_stands_in_an_address(place, voter):
    poll = new_poll(place, "address")
    code = poll.codes["R"][0]
    page = enter(voter, code, "?mode=elder&lang=en")
    review = voter.post("/vote?mode=elder&lang=en", page.hidden() | {"step": "review"})
    for text in (page.text, review.text):
        assert all(code not in address for address in re.findall(r'(?:href|action|formaction)="([^"]*)"', text))


def test_only_small_urlencoded_forms_are_read(place, voter):
    multipart = b'--x\r\nContent-Disposition: form-data; name="code"\r\n\r\n1\r\n--x--\r\n'
    assert voter.send("/cast", multipart, "multipart/form-data; boundary=x").status == 415
    assert voter.send("/vote", b"{}", "application/json").status == 415
    assert voter.post("/vote", {"code": "x" * 9000}).status == 413
    assert voter.post("/vote", {"code": "x" * 8000}).status == 422
    assert voter.send("/vote", b"code=1&code=2", "application/x-www-form-urlencoded").status == 422
    assert voter.send("/vote", b"code=%ff", "application/x-www-form-urlencoded").status == 422
    assert voter._ask("DELETE", "/vote").status == 405
    assert voter.get("/elsewhere").status == 404


def test_a_form_changed_by_hand_is_refused_and_uses_nothing(place, voter):
    poll = new_poll(place, "tampered")
    page = enter(voter, poll.codes["R"][0])
    for changes in ({"m0": "4"}, {"m0": "x"}, {"nonce": "12"}, {"nonce": "zz"}, {"m0": "１"}):
        assert voter.post("/cast", page.hidden() | changes).status == 422
    for name in ("../tampered", "none", "", "tampered/../tampered"):
        assert voter.post("/cast", page.hidden() | {"poll": name}).status == 422
    assert box.turnout(poll.path)["R"]["U"] == 0


def test_wrong_codes_are_counted_by_address_for_a_minute(tmp_path):
    poll = polls.running(tmp_path)
    with polls.serving(tmp_path) as port, closing(polls.Voter(port)) as voter:
        wrong = [enter(voter, slips.draw_code()).status for _ in range(61)]
        assert wrong == [422] * 60 + [429]
        page = enter(voter, poll.codes["R"][0])
        assert page.status == 429
        assert page.headers["Retry-After"] == "60"
        assert "请过一分钟再试" in page.text


def test_right_codes_are_never_counted(tmp_path):
    poll = polls.running(tmp_path)
    with polls.serving(tmp_path) as port, closing(polls.Voter(port)) as voter:
        assert {enter(voter, poll.codes["R"][0]).status for _ in range(100)} == {200}


def test_over_voting_is_refused_on_screen_where_the_rules_cap_it(place, voter):
    poll = new_poll(place, "cap", kind=Kind.ELECTION, seats=3, cap=3, lines=2)
    page = enter(voter, poll.codes["R"][0])
    over = {f"m{row}": "1" for row in range(4)}
    for address in ("/vote", "/cast"):
        refused = voter.post(address, page.hidden() | over | {"step": "review"})
        assert refused.status == 422
        assert "“赞成”最多 3 个，现在有 4 个，请改掉 1 个。" in refused.text
        assert refused.text.count(" checked") == 4, "what was ticked stays"
        assert "<title>出错：" in refused.text
    three = {f"m{row}": "1" for row in range(3)}
    assert voter.post("/cast", page.hidden() | three | {"w0": "李四", "m5": "2"}).status == 422
    assert voter.post("/cast", page.hidden() | {"m0": "1", "w0": "李四"}).status == 422, (
        "no vote against, no other name"
    )
    names = {"m0": "1", "m1": "2", "m2": "2"}
    assert "写了两次" in voter.post("/cast", page.hidden() | names | {"w0": "李四", "w1": "李 四"}).text
    assert "已在候选人中" in voter.post("/cast", page.hidden() | names | {"w0": "王秋实"}).text
    assert "太长" in voter.post("/cast", page.hidden() | names | {"w0": "名" * 32}).text
    good = page.hidden() | names | {"w0": "李 四", "w1": ""}
    assert voter.post("/cast", good).status == 200
    box.close_voting(poll.path)
    assert poll.opened() == [Vote((1, 2, 2, 0, 0, 0, 0, 0, 0), ("李四",))]


def test_a_trust_vote_has_no_cap(place, voter):
    poll = new_poll(place, "nocap")
    page = enter(voter, poll.codes["R"][0])
    assert voter.post("/cast", page.hidden() | {f"m{row}": "1" for row in range(9)}).status == 200
    assert "不是正式选举" in page.text


def test_where_every_row_needs_a_choice_an_empty_one_is_named(place, voter):
    poll = new_poll(place, "every", unmarked=Unmarked.REFUSED)
    page = enter(voter, poll.codes["R"][0])
    refused = voter.post("/vote", page.hidden() | {f"m{row}": "1" for row in range(8)} | {"step": "review"})
    assert refused.status == 422
    assert "“欧阳䶮”这一项还没有选。" in refused.text
    assert 'href="#m8"' in refused.text


def test_a_recommendation_is_written(place, voter):
    poll = new_poll(place, "names", kind=Kind.RECOMMENDATION, candidates=(), lines=3)
    page = enter(voter, poll.codes["R"][0])
    review = voter.post("/vote", page.hidden() | {"w0": "<b>李四</b>", "w2": "欧阳 䶮", "step": "review"})
    assert "<b>李四</b></b>" not in review.text
    assert unescape(review.hidden()["w0"]) == "<b>李四</b>"
    assert voter.post("/cast", review.hidden()).status == 200
    box.close_voting(poll.path)
    assert poll.opened() == [Vote((), ("<b>李四</b>", "欧阳䶮"))]


def test_an_appraisal_grades_every_item(place, voter):
    people = (Candidate("何静"), Candidate("鲁大为"))
    poll = new_poll(place, "grades", kind=Kind.APPRAISAL, candidates=people, items=("德", "能"), lines=1,
                    lines_are_names=False)  # fmt: skip
    page = enter(voter, poll.codes["R"][0])
    assert all(option.title in page.text for option in OPTIONS[Kind.APPRAISAL])
    assert "按未填计" in page.text
    assert voter.post("/cast", page.hidden() | {"m0": "1", "m3": "4", "w0": "多到楼道 走走"}).status == 200
    box.close_voting(poll.path)
    assert poll.opened() == [Vote((1, 0, 0, 4), ("多到楼道 走走",))]


def test_a_ballot_changed_after_it_was_frozen_is_not_shown(place, voter):
    poll = new_poll(place, "changed")
    file = poll.path.with_suffix(".json")
    good = file.read_bytes()
    file.write_bytes(good.replace("王秋实".encode(), "王秋石".encode()))
    assert "选票内容与封箱时不一致" in enter(voter, poll.codes["R"][0]).text
    swapped = polls.ballot(poll="changed", candidates=poll.ballot.candidates[::-1])
    frozen.write(swapped, file)
    assert enter(voter, poll.codes["R"][0]).status == 409
    frozen.write(poll.ballot, file)
    assert enter(voter, poll.codes["R"][0]).status == 200


def test_the_booth_clears_itself(place, voter):
    poll = new_poll(place, "booth")
    page = enter(voter, poll.codes["R"][0], "?mode=kiosk")
    assert "http-equiv" not in page.text, "no timer inside the ballot"
    assert "退出，不投了" in page.text
    done = voter.post("/cast?mode=kiosk", page.hidden() | {"m0": "1"})
    assert '<meta http-equiv="refresh" content="15;url=/vote?mode=kiosk">' in done.text
    used = enter(voter, poll.codes["R"][0], "?mode=kiosk")
    assert '<meta http-equiv="refresh" content="15;url=/vote?mode=kiosk">' in used.text


def test_a_community_prefix_is_carried_along(place, voter):
    poll = new_poll(place, "prefixed", prefix="/c/meiyuan", community="梅苑二社区")
    page = voter.get("/c/meiyuan/vote?mode=elder")
    assert "梅苑二社区" in page.text
    assert 'action="/c/meiyuan/vote?mode=elder"' in page.text
    page = voter.post("/c/meiyuan/vote", {"code": poll.codes["R"][0]})
    assert 'action="/c/meiyuan/vote"' in page.text
    assert voter.post("/c/meiyuan/cast", page.hidden()).status == 200


def test_english_pages_have_no_chinese_of_their_own(place, voter):
    new_poll(place, "english")
    poll = polls.running(place[0], poll="english2", kind=Kind.ELECTION, seats=3, cap=3, lines=1, closes="",
                         candidates=(Candidate("A"), Candidate("B")), title="Committee", community="Meiyuan",
                         organisation="Branch", prefix="/c/en", unmarked=Unmarked.REFUSED)  # fmt: skip
    page = voter.post("/c/en/vote?lang=en", {"code": poll.codes["R"][0]})
    faulty = voter.post("/c/en/vote?lang=en", page.hidden() | {"m0": "1", "w0": "C", "step": "review"})
    review = voter.post("/c/en/vote?lang=en", page.hidden() | {"m0": "1", "m1": "2", "w0": "C", "step": "review"})
    done = voter.post("/c/en/cast?lang=en&mode=kiosk", review.hidden())
    used = enter(voter, poll.codes["R"][0], "?lang=en")
    assert (faulty.status, done.status, used.status) == (422, 200, 409)
    for answer in (page, faulty, review, done):
        assert 'lang="en"' in answer.text
        assert re.findall(r"[\u4e00-\u9fff]+", answer.text) == []


def test_the_server_log_holds_nothing_of_the_votes(place, voter):
    poll = new_poll(place, "silent")
    codes = poll.codes["R"]
    page = enter(voter, codes[0])
    voter.post("/cast", page.hidden() | {"m0": "1"})
    voter.post("/cast", page.hidden() | {"m0": "x"})
    log = (place[0] / "server.log").read_text()
    assert "/cast" not in log
    assert "127.0.0.1 -" not in log
    assert not any(code in log for code in codes)


def test_an_error_inside_tells_neither_code_nor_choice(tmp_path):
    poll = polls.running(tmp_path)
    with polls.serving(tmp_path) as port, closing(polls.Voter(port)) as voter:
        page = enter(voter, poll.codes["R"][0])
        poll.path.with_suffix(".json").write_text("{")
        broken = enter(voter, poll.codes["R"][0])
        assert broken.status == 500
        assert "没有投入票箱" in broken.text
        log = (tmp_path / "server.log").read_text()
        assert "voting: JSONDecodeError at" in log
        assert page.hidden()["code"] not in log
        assert page.hidden()["nonce"] not in log
