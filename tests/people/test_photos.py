"""A member's photo: drawn anew, cut to the door, another part of it by hand, gone as a whole."""

import io

import pytest
from PIL import Image

from blueprints.boards import rules as boards
from blueprints.people import photos
from blueprints.people.models import PartyMember
from core.access import Role
from core.printing import stock
from core.records.papers import Blob
from tests import make
from tests.core.test_images import picture, with_exif


@pytest.fixture
def member(community):
    return make.member(community, "陈䶮")


@pytest.fixture
def actor(community):
    return make.actor(community, Role.STAFF)


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


def halves(width=400, height=800):
    """Red above, blue below."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (0, height // 2, width, height))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


def opened(blob):
    return Image.open(io.BytesIO(bytes(blob.content)))


def fresh(member):
    return PartyMember.get_by_id(member.id)


@pytest.mark.parametrize(
    ("cut", "window"),
    [(photos.Cut(50, 0, 100), (0, 0, 400, 504)), (photos.Cut(50, 100, 100), (0, 296, 400, 800)), (photos.Cut(100, 50, 200), (200, 274, 400, 526))],
)
def test_the_part_in_the_door(cut, window):
    assert cut.window(400, 800) == window


@pytest.mark.parametrize("size", [(400, 800), (800, 400), (100, 126), (37, 31)])
@pytest.mark.parametrize("cut", [photos.Cut(0, 0, 400), photos.Cut(100, 100, 100), photos.Cut()])
def test_the_part_lies_within_the_picture_and_has_the_door_s_shape(size, cut):
    left, top, right, bottom = cut.window(*size)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert abs((right - left) * 126 - (bottom - top) * 100) <= 230


def test_a_photo_is_cut_when_it_comes_and_again_by_hand(actor, member):
    photos.set_photo(actor, member, halves())
    first = opened(fresh(member).photo)
    assert abs(first.width * 126 - first.height * 100) < 200
    assert first.height <= photos.SIDE
    assert opened(fresh(member).portrait).size == (400, 800)
    photos.cut_photo(actor, fresh(member), photos.Cut(50, 100, 200))
    second = opened(fresh(member).photo)
    red, _green, blue = second.getpixel((second.width // 2, second.height // 2))
    assert blue > 200 > red
    assert photos.cut_of(fresh(member)) == photos.Cut(50, 100, 200)
    assert Blob.select().count() == 2


def test_nothing_of_the_camera_is_left(actor, member):
    photos.set_photo(actor, member, with_exif(6))
    for blob in (fresh(member).photo, fresh(member).portrait):
        assert not opened(blob).getexif()


def test_erasing_takes_the_whole_picture_and_every_page_it_stood_on(actor, member, db):
    photos.set_photo(actor, member, halves())
    (stock.folder() / "a.pdf").write_bytes(b"page")
    photos.set_photo(actor, fresh(member), b"")
    assert not Blob.select().exists()
    assert (fresh(member).photo_id, fresh(member).portrait_id, fresh(member).cut) == (None, None, "")
    stock.clear()


def test_a_picture_two_members_share_stays_for_the_other(actor, member, community):
    other = make.member(community, "李堃")
    for one in (member, other):
        photos.set_photo(actor, one, halves())
    photos.set_photo(actor, fresh(member), b"")
    assert Blob.select().count() == 2
    assert opened(fresh(other).photo)


@pytest.mark.parametrize("typed", [("x", "0", "100"), ("0", "101", "100"), ("0", "0", "99"), ("0", "0", "401"), ("", "", "")])
def test_a_cut_that_cannot_be(typed):
    with pytest.raises(photos.NotACut):
        photos.typed_cut(*typed)


def test_without_a_photo_nothing_is_cut(actor, member):
    with pytest.raises(photos.NothingToCut, match="陈䶮"):
        photos.cut_photo(actor, member, photos.Cut())


def test_the_page_takes_a_file_or_what_the_camera_took(staff, member):
    path = f"/office/people/{member.id}/portrait"
    assert "capture=" in staff.get(path).text
    assert staff.submit(path, form="photo").status_code == 422
    assert "请先选一张照片" in staff.submit(path, form="photo").text
    staff.submit(path, form="photo", photo=(io.BytesIO(halves()), "a.jpg"))
    assert fresh(member).photo_id
    staff.submit(path, form="photo", camera=(io.BytesIO(picture(size=(300, 300))), "b.jpg"))
    assert opened(fresh(member).portrait).size == (300, 300)
    assert staff.get(f"/office/people/{member.id}/photo.jpg").mimetype == "image/jpeg"
    assert staff.get(f"/office/people/{member.id}/portrait.jpg").mimetype == "image/jpeg"


def test_what_is_no_photo_is_refused_and_the_old_one_stays_until_it_is_erased(staff, member, actor):
    photos.set_photo(actor, member, halves())
    path = f"/office/people/{member.id}"
    answer = staff.submit(f"{path}/portrait", form="photo", photo=(io.BytesIO(b"<svg xmlns='x'/>"), "a.svg"))
    assert answer.status_code == 422
    assert staff.get(f"{path}/photo.jpg").status_code == 200
    staff.submit(f"{path}/portrait", ("erase", "1"), form="photo")
    assert staff.get(f"{path}/photo.jpg").status_code == 404


def test_a_cut_by_numbers_or_by_a_preset_without_a_script(staff, member, actor):
    photos.set_photo(actor, member, halves())
    path = f"/office/people/{member.id}/portrait"
    staff.submit(path, form="cut", across="50", down="100", zoom="200")
    assert photos.cut_of(fresh(member)) == photos.Cut(50, 100, 200)
    staff.submit(path, ("preset", "near"), form="cut")
    assert photos.cut_of(fresh(member)) == photos.PRESETS["near"]
    answer = staff.submit(path, form="cut", zoom="1000")
    assert answer.status_code == 422
    assert "放大请填 100 到 400" in answer.text
    assert 'value="1000"' in answer.text


def test_a_changed_photo_makes_the_board_old(community, actor, member):
    from blueprints.boards.posters import Posters

    boards.consent(actor, member, ["photo"], "signed")
    photos.set_photo(actor, member, halves())
    secretary = make.actor(community)
    promise = boards.propose(secretary, member, "每周清扫楼道一次")
    boards.approve(secretary, [promise])
    boards.publish(secretary, [promise])
    before = Posters(community).shown(member.stairwell).members[0].photo_name
    photos.cut_photo(actor, fresh(member), photos.Cut(50, 100, 200))
    assert Posters(community).shown(member.stairwell).members[0].photo_name not in (None, before)
