"""The desk of a notice: scheduled publication and pictures of the wall, as forms."""

import io

import pytest

from blueprints.notices import postings, rules
from blueprints.notices.models import NoticeKind, NoticeState
from core import clock
from core.access import Role
from tests import make
from tests.notices.office import clerk, draft, fresh, picture, published, set_clock


@pytest.fixture
def secretary(app, community):
    return app.test_client().as_(make.account(community))


@pytest.fixture
def approved(community):
    return rules.approve(make.actor(community), rules.submit(clerk(community), draft(clerk(community), community)))


def test_a_day_is_set_and_taken_back(secretary, approved, community, monkeypatch):
    path = f"/office/notices/{approved.id}"
    day = clock.today().replace(year=clock.today().year + 1)
    answer = secretary.submit(path, form="schedules", **{"schedule-day": clock.today().isoformat()})
    assert (answer.status_code, "今天以后的一天" in answer.text) == (422, True)
    assert secretary.submit(path, form="schedules", **{"schedule-day": ""}).status_code == 422
    assert secretary.submit(path, form="schedules", **{"schedule-day": day.isoformat()}).status_code == 303
    assert fresh(approved).publish_on == day
    assert "点自动发布" in secretary.get(path).text
    assert "待发布" not in secretary.get("/office").text
    secretary.submit(path, form="removal")
    assert fresh(approved).publish_on is None


def test_an_old_form_sets_no_day(secretary, approved):
    path = f"/office/notices/{approved.id}"
    day = clock.today().replace(year=clock.today().year + 1).isoformat()
    answer = secretary.submit(path, form="schedules", version="1", **{"schedule-day": day})
    assert (answer.status_code, fresh(approved).publish_on) == (409, None)
    assert day in answer.text


def test_a_picture_of_the_wall_goes_up_and_away(app, secretary, community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    notice = published(community)
    postings.post(clerk(community), notice, ["社区公告栏"], clock.today(), "王莉")
    wall, path = notice.postings.get(), f"/office/notices/{notice.id}"
    secretary.as_(make.account(community, Role.STAFF))
    answer = secretary.submit(path, form="photo", photo=(io.BytesIO(picture()), "墙.jpg"))
    assert answer.status_code == 303
    shown = secretary.get(f"{path}/postings/{wall.id}/photo.jpg")
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    answer = secretary.submit(path, form="photo", photo=(io.BytesIO(b"<svg xmlns='x'></svg>"), "墙.svg"))
    assert (answer.status_code, "SVG" in answer.text) == (422, True)
    secretary.submit(path, ("removal", "1"), form="photo")
    assert secretary.get(f"{path}/postings/{wall.id}/photo.jpg").status_code == 404
    assert fresh(notice).state is NoticeState.PUBLISHED


def test_a_year_s_finished_notices_are_archived_together(secretary, community, monkeypatch):
    set_clock(monkeypatch, 2025, 11, 19)
    told = published(community, NoticeKind.ANNOUNCEMENT)
    waiting = published(community)
    set_clock(monkeypatch, 2026, 1, 5)
    secretary.as_(make.account(community))
    this_year = published(community, NoticeKind.ANNOUNCEMENT)
    assert "archivings" not in secretary.get("/office/notices").text
    secretary.submit("/office/notices?year=2025", form="archivings")
    assert "归档了 1 份" in secretary.get("/office/notices?year=2025").text
    states = [fresh(one).state for one in (told, waiting, this_year)]
    assert states == [NoticeState.ARCHIVED, NoticeState.PUBLISHED, NoticeState.PUBLISHED]
    assert rules.archive_year(make.actor(community), community, 2026) == 0
