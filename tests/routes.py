"""Every route of the application with the record it is opened on: a route missing here fails tests/test_access.py.

``{endpoint: values}``: ``values(place)`` makes a record in a community and answers the address's values.
"""

from blueprints.boards import rules as boards
from blueprints.cobuilding import rules as cobuilding
from core import clock, jobs
from core.access import console
from core.records.work import ImportBatch, ImportState
from tests import make


def nothing(_place):
    return {}


def commitment(place):
    return {"number": boards.propose(console(), make.member(place), "每周清扫楼道一次").id}


def stairwell(place):
    make.member(place, stairwell="3幢2单元" if place.slug == "c1" else "77幢7单元")
    return {"slug": "3-2" if place.slug == "c1" else "77-7"}


def batch(place):
    row = ImportBatch.create(
        place=place, kind="members", file_name="x.xlsx", state=ImportState.APPLIED, created_at=clock.now(),
        report={"added": 0, "changed": 0, "unchanged": 0, "refused": []},
    )  # fmt: skip
    return {"number": row.id}


def job(place):
    return {"number": jobs.order(console(), place, "boards.posters", "公示牌", "公示牌.pdf", size="A4").id}


def account(place):
    return {"number": make.account(place).id}


def unit(place):
    return {"number": cobuilding.add_unit(console(), place, {"name": f"第{next(make.counter)}中学"}).id}


def members(_place):
    return {"kind": "members"}


ROUTES = {
    "static": lambda _place: {"filename": "mark.svg"},
    "home.index": nothing,
    "home.health": nothing,
    "home.privacy": nothing,
    "home.accessibility": nothing,
    "office.set_up": nothing,
    "office.today": nothing,
    "office.preferences": nothing,
    "office.audit_trail": nothing,
    "office.search": nothing,
    "accounts.sign_in": nothing,
    "accounts.sign_out": nothing,
    "accounts.own": nothing,
    "accounts.index": nothing,
    "accounts.add": nothing,
    "accounts.edit": account,
    "accounts.suspend": account,
    "organisation.index": nothing,
    "people.index": nothing,
    "people.representatives": nothing,
    "people.batches": nothing,
    "people.choose": members,
    "people.preview": members,
    "people.remap": members,
    "people.confirm": members,
    "people.refused": members,
    "people.export": members,
    "people.batch": batch,
    "people.undo": batch,
    "boards.index": nothing,
    "boards.show": stairwell,
    "boards.coverage": nothing,
    "boards.commitments": nothing,
    "boards.review": nothing,
    "boards.publish": nothing,
    "boards.edit": commitment,
    "boards.poster": stairwell,
    "boards.print_posters": nothing,
    "cobuilding.units": nothing,
    "cobuilding.add": nothing,
    "cobuilding.edit": unit,
    "jobs.index": nothing,
    "jobs.show": job,
    "jobs.file": job,
    "jobs.cancel": job,
    "papers.enter": nothing,
    "papers.check": lambda _place: {"code": "AAAAA-AAAAA"},
}
# Kinds of sheet are no records: the same address means the own community's sheet everywhere.
NOT_RECORDS = {"people.choose", "people.preview", "people.remap", "people.confirm", "people.refused", "people.export"}
