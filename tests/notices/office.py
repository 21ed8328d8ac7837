"""People and shortcuts of the notices' tests: a clerk who writes, a secretary who approves, a clock that can be set."""

import io
from datetime import datetime

import openpyxl
from PIL import Image

from blueprints.notices import rules
from blueprints.notices.models import Notice, NoticeKind
from core import clock
from core.access import Role
from tests import make

BODY = "根据有关规定，经支部研究，拟接收下列同志为中共预备党员。\n现予以公示，接受党员和居民监督。"


def clerk(place):
    return make.actor(place, Role.STAFF)


def set_clock(monkeypatch, year, month, day, hour=9):
    """From here on it is this hour of this day at the office."""
    moment = clock.utc(datetime(year, month, day, hour))
    monkeypatch.setattr(clock, "now", lambda: moment)


def draft(actor, place, kind=NoticeKind.ADMISSION, title="关于拟接收同志的公示", body=BODY, **fields):
    return rules.draft(actor, place, kind, title, body, **({"phone": "5550-0186"} | fields))


def published(place, kind=NoticeKind.ADMISSION, **fields):
    """Through both hands and out."""
    notice = rules.submit(clerk(place), draft(clerk(place), place, kind, **fields))
    return publish(place, notice)


def publish(place, notice):
    secretary = make.actor(place)
    return rules.publish(secretary, rules.approve(secretary, notice))


def fresh(notice):
    return Notice.get_by_id(notice.id)


def picture():
    """A photograph as a telephone sends it."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "#8a7").save(file, "JPEG")
    return file.getvalue()


def workbook(cell):
    book = openpyxl.Workbook()
    book.active.append([cell])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
