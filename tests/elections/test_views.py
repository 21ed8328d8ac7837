"""The pages of an election in stages: walked by somebody who has never seen them."""

import io

import pytest
from PIL import Image

from blueprints.elections.models import (
    ElectionCandidate,
    ElectionDocument,
    ElectionProcess,
    ProcessState,
    Stage,
    StageState,
)
from blueprints.notices.models import Notice
from core.access import Role
from tests import make
from tests.elections.test_rules import NAMES, hangs, stage


@pytest.fixture
def secretary(client, community):
    for name in NAMES:
        make.member(community, name)
    return client.as_(make.account(community, Role.SECRETARY, "书记"))


@pytest.fixture
def at(secretary):
    made = secretary.submit(
        "/office/elections/new", form="", title="2026年社区党委换届", body="中共梅苑社区委员会委员", seats="2"
    )
    return made.location


def picture():
    file = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(file, "PNG")
    file.seek(0)
    return file


def test_a_process_from_the_first_paper_to_the_elected(secretary, at, community):
    assert "现在要做：党员推荐" in secretary.get(at).text
    files(secretary, at, "recommendation", "推荐会议记录", number="梅社〔2026〕3号")
    wrong = secretary.submit(f"{at}/recommendation/names", form="", names="")
    assert (wrong.status_code, "至少选一名" in wrong.text) == (422, True)
    assert secretary.submit(f"{at}/recommendation/names", form="", names="王秋实、方可\n任远").status_code == 303
    assert "现在要做：居民代表信任投票" in secretary.get(at).text
    files(secretary, at, "trust", "信任投票结果", dated="2026-11-20")
    page = secretary.get(f"{at}/trust/names")
    assert all(f'value="{name}" checked' in page.text for name in NAMES)
    refused = secretary.send(f"{at}/trust/names", form="", keep=["王秋实", "方可"])
    assert (refused.status_code, "请写明原因" in refused.text) == (422, True)
    assert secretary.submit(f"{at}/trust/names", form="", keep=["王秋实", "方可"], **{"why-任远": "信任票未过半"}).status_code == 303
    assert "信任票未过半" in secretary.get(at).text
    files(secretary, at, "review", "街道党工委批复", number="街委〔2026〕8号", file=(picture(), "批复.png"))
    assert secretary.submit(f"{at}/review/names", form="", keep=["王秋实", "方可"]).status_code == 303
    drafted = secretary.submit(f"{at}/notice", form="/notice/notice")
    assert drafted.location.startswith("/office/notices/")
    assert "公示草稿" in secretary.get(at).text
    hangs(Notice.get(), ended=True)
    assert secretary.submit(f"{at}/notice/names", form="", keep=["王秋实", "方可"]).status_code == 303
    files(secretary, at, "congress", "党员大会选举结果", number="梅社〔2026〕9号")
    assert secretary.submit(f"{at}/congress/names", form="", keep=["王秋实", "方可"]).status_code == 303
    assert ElectionProcess.get().state is ProcessState.FINISHED
    assert "当选" in secretary.get(at).text


def files(secretary, at, which, title, **values):
    answer = secretary.submit(f"{at}/{which}", form="/documents", title=title, **values)
    assert answer.status_code == 303, answer.text


def test_a_reply_is_read_again_as_it_was_uploaded(secretary, at):
    files(secretary, at, "recommendation", "会议记录", file=(picture(), "记录.png"))
    kept = ElectionDocument.get()
    answer = secretary.get(f"{at}/recommendation/documents/{kept.id}")
    assert answer.mimetype == "image/jpeg"
    assert secretary.submit(f"{at}/recommendation", form=f"/{kept.id}/removal").status_code == 303
    assert secretary.get(f"{at}/recommendation/documents/{kept.id}").status_code == 404


def test_a_document_is_a_file_or_a_number_or_a_day(secretary, at):
    answer = secretary.submit(f"{at}/recommendation", form="/documents", title="会议记录")
    assert (answer.status_code, "文号、日期中的一项" in answer.text, "会议记录" in answer.text) == (422, True, True)


def test_the_stages_poll_is_made_from_its_page(secretary, at):
    made = secretary.submit(f"{at}/recommendation", form="/poll", voters=["members"])
    assert made.location.endswith("/edit")
    page = secretary.get(at).text
    assert "候选人推荐票" in page
    assert "起草中" in page
    assert secretary.get(f"{at}/trust").status_code == 200


def test_a_due_day_is_kept_and_two_hands_do_not_overwrite_each_other(secretary, at, community):
    assert secretary.submit(f"{at}/review", form="/plan", due_on="2026-12-10", note="先电话请示").status_code == 303
    assert "2026年12月10日前" in secretary.get(at).text.replace(" ", "")
    process = ElectionProcess.get()
    row = stage(process, Stage.REVIEW)
    assert (row.note, row.state) == ("先电话请示", StageState.WAITING)
    secretary.get(f"{at}/review")
    ElectionProcess.update(version=99).execute()
    stale = secretary.send(f"{at}/review", form="/plan", due_on="2026-12-11", note="先电话请示")
    assert (stale.status_code, "已经改过" in stale.text) == (409, True)


def test_a_candidates_particulars_are_typed_once(secretary, at):
    files(secretary, at, "recommendation", "会议记录", number="1号")
    secretary.submit(f"{at}/recommendation/names", form="", names="王秋实")
    row = ElectionCandidate.get()
    assert secretary.submit(f"{at}/candidates/{row.id}", form="", post="委员", birth="1978-02").status_code == 303
    assert ElectionCandidate.get().post == "委员"
    assert secretary.get(f"{at}/names.pdf").mimetype == "application/pdf"
    assert secretary.get(f"{at}/request.pdf").mimetype == "application/pdf"


def test_a_stopped_process_says_why(secretary, at):
    assert secretary.submit(at, form="/stop", reason="").status_code == 422
    assert secretary.submit(at, form="/stop", reason="上级要求推迟").status_code == 303
    assert "已终止，原因：上级要求推迟" in secretary.get(at).text
    assert "终止这次换届" not in secretary.get(at).text


def test_the_upper_level_reads_and_changes_nothing(app, secretary, at, community):
    reader = app.test_client().as_(make.account(community, Role.READER, "上级"))
    assert reader.get(at).status_code == 200
    assert reader.get(f"{at}/recommendation").status_code == 200
    assert "<form method=\"post\" action=\"/office/elections" not in reader.get(f"{at}/recommendation").text
    assert app.test_client().as_(make.account(community, Role.SCRUTINEER, "监票")).get(at).status_code == 404
