"""The chain shows every change to it."""

import pytest

from core import audit
from core.access import console
from core.audit import Act, record
from core.db import database, writing
from core.records.work import AuditDetail, AuditEntry, AuditHead
from tests import make


@pytest.fixture
def chain(community):
    with writing():
        for number in range(5):
            record(console(), Act.SETTING_CHANGED, community, community, number=number)
    return community


def test_a_whole_chain_has_no_faults(chain):
    assert list(audit.faults()) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.update(who="别人").where(AuditEntry.seq == 3).execute(),
        lambda: AuditEntry.update(act="person:changed").where(AuditEntry.seq == 2).execute(),
        lambda: AuditDetail.update(values="{}").where(AuditDetail.id == AuditDetail.select().limit(1)).execute(),
        lambda: AuditEntry.delete().where(AuditEntry.seq == 4).execute(),
        lambda: AuditHead.update(seq=1).execute(),
    ],
)
def test_each_change_to_it_is_found(chain, change):
    change()
    assert list(audit.faults())


def test_values_can_be_erased_and_the_chain_still_holds(chain):
    AuditDetail.delete().execute()
    assert list(audit.faults()) == []


def test_a_trace_outside_a_transaction_is_a_programming_error(app):
    database.close()
    database.connect()
    with app.app_context(), pytest.raises(RuntimeError):
        record(console(), Act.SETTING_CHANGED)


def test_the_page_version_rises_with_each_act(chain):
    before = make.Place.get_by_id(chain.id).version
    with writing():
        record(console(), Act.SETTING_CHANGED, chain, chain)
    assert make.Place.get_by_id(chain.id).version == before + 1
