"""Boards on the wall: ticked off building by building, with a photo where somebody took one, taken back when wrong."""

import io

import pdfplumber
import pytest
import zxingcpp
from PIL import Image

from blueprints.boards import hanging, issuing, ledgers, posting
from blueprints.boards.models import PostingLog
from blueprints.boards.posters import Posters
from blueprints.boards.posting import BoardState, Gap
from blueprints.organisation import rules as organisation
from core import clock, settings
from core.access import Role
from core.printing import paper
from core.records.papers import Blob
from core.records.work import AuditEntry
from tests import make
from tests.core.test_images import picture, with_exif


@pytest.fixture
def places(shown, community, secretary_actor):
    """Three issued boards in two buildings."""
    found = [shown(community, f"党员{name}", stairwell=name).stairwell for name in ("1幢1单元", "1幢2单元", "2幢1单元")]
    for place in found:
        issuing.issue(secretary_actor, Posters(community), place)
    return found


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


def hang(actor, community, place, photo=b""):
    hanging.hang(actor, community, posting.boards(community, place), clock.today(), "何静", photo)
    return PostingLog.select().order_by(PostingLog.id.desc()).first()


def state(community, place):
    return posting.boards(community, place)[0].state


def test_a_photo_is_drawn_anew_and_of_one_board_only(secretary_actor, community, places):
    row = hang(secretary_actor, community, places[0], with_exif(6))
    assert not Image.open(io.BytesIO(bytes(row.photo.content))).getexif()
    hanging.hang(secretary_actor, community, posting.boards(community)[1:], clock.today(), "何静", picture())
    assert PostingLog.select().where(PostingLog.photo.is_null(False)).count() == 1


def test_a_photo_can_be_added_later_and_another_takes_its_place(secretary_actor, community, places):
    row = hang(secretary_actor, community, places[0])
    for colour in ("red", "blue"):
        hanging.picture(secretary_actor, row, picture(color=colour))
    assert Blob.select().count() == 1
    with pytest.raises(hanging.NoPicture):
        hanging.picture(secretary_actor, row, b"")


def test_an_entry_made_by_mistake_is_taken_back_and_traced(secretary_actor, community, places):
    first = hang(secretary_actor, community, places[0])
    second = hang(secretary_actor, community, places[0], picture())
    with pytest.raises(hanging.NotTheLast):
        hanging.take_back(secretary_actor, first)
    hanging.take_back(secretary_actor, second)
    assert state(community, places[0]) is BoardState.CURRENT
    hanging.take_back(secretary_actor, first)
    assert state(community, places[0]) is BoardState.TO_HANG
    assert not Blob.select().exists()
    assert AuditEntry.select().where(AuditEntry.act == "board:unhung").count() == 2


def test_the_list_is_walked_building_by_building_and_its_code_leads_to_the_form(community, places):
    sheet = ledgers.hanging_sheet(community)
    assert [(name, [(number, row.stairwell) for number, row in rows]) for name, rows in sheet.buildings] == [
        ("1幢", [(1, "1幢1单元"), (2, "1幢2单元")]), ("2幢", [(3, "2幢1单元")]),
    ]  # fmt: skip
    with pdfplumber.open(io.BytesIO(paper.render(ledgers.HANGING, sheet))) as document:
        text = "".join(document.pages[0].extract_text().split())
        (code,) = zxingcpp.read_barcodes(document.pages[0].to_image(resolution=150).original)
    assert "1幢2块" in text
    assert "扫码登记" in text
    assert code.text == "http://linli.test/office/boards/postings"


def test_what_was_ticked_on_paper_is_ticked_on_the_page(staff, community, places):
    path = "/office/boards/postings"
    assert len(staff.get(path).text.split("data-scope")) == 3
    ticked = [str(place.id) for place in places[:2]]
    answer = staff.submit(path, form="postings", ids=ticked, hung_by="")
    assert answer.status_code == 422
    assert len(staff.page.xpath("//input[@name='ids' and @checked]")) == 2
    staff.submit(path, form="postings", ids=ticked, hung_by="何静")
    assert PostingLog.select().count() == 2
    assert [state(community, place) for place in places] == [BoardState.CURRENT, BoardState.CURRENT, BoardState.TO_HANG]


def test_one_board_is_entered_with_its_photo_and_taken_back(staff, community, places):
    path = "/office/boards/1-1"
    staff.submit(path, form="postings", hung_by="何静", photo=(io.BytesIO(picture()), "a.jpg"))
    row = PostingLog.get()
    assert staff.get(f"{path}/postings/{row.id}.jpg").mimetype == "image/jpeg"
    assert staff.submit(path, form=f"postings/{row.id}/photo").status_code == 422
    staff.submit(path, form=f"postings/{row.id}/photo", photo=(io.BytesIO(picture(color="blue")), "b.jpg"))
    assert Blob.select().count() == 1
    assert staff.get(f"/office/boards/1-2/postings/{row.id}.jpg").status_code == 404
    staff.submit(path, form=f"postings/{row.id}/withdrawal")
    assert not PostingLog.select().exists()


def test_the_plan_shows_where_members_are_few_and_nobody_leads(staff, community, places, secretary_actor):
    make.member(community, "第二名", "1幢1单元")
    organisation.leader_chosen(secretary_actor, places[0], None, "贺国安")
    found = {board.place.name: board.gaps for board in posting.boards(community)}
    assert found == {"1幢1单元": (), "1幢2单元": (Gap.LEADERLESS, Gap.THIN), "2幢1单元": (Gap.LEADERLESS, Gap.THIN)}
    assert posting.tally(posting.boards(community))[Gap.THIN] == 2
    page = staff.get("/office/boards").text
    assert "1幢2单元，待张贴，党员 1 名，没有负责人，党员少" in page
    assert "door dim" not in page
    thin = staff.get("/office/boards?state=thin").text
    assert thin.count("door dim") == 1
    table = staff.get("/office/boards?state=leaderless&view=table").text
    assert "贺国安" not in table
    assert "2幢1单元" in table
    settings.put("boards.thin", 0, community)
    assert Gap.THIN not in posting.tally(posting.boards(community))
