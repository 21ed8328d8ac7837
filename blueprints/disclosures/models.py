"""Three-affairs disclosure: which matters are made public how often, and when each was."""

from enum import StrEnum

from peewee import BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField

from blueprints.notices.models import Affair, Notice, NoticeKind
from core.db import Choice, Record
from core.records.people import Account
from core.records.places import Place
from core.text import _l


class Frequency(StrEnum):
    """How often a matter is disclosed; ``months`` of one period, 0 where it is disclosed whenever it happens."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    ON_OCCURRENCE = "on_occurrence"

    @property
    def title(self):
        return {
            "monthly": _l("每月"), "quarterly": _l("每季度"), "half_yearly": _l("每半年"), "yearly": _l("每年"),
            "on_occurrence": _l("有事项时"),
        }[self.value]  # fmt: skip

    @property
    def months(self) -> int:
        return {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}.get(self.value, 0)


class DisclosureItem(Record):
    """公开事项: one matter of the catalogue; ``within_days`` counts from the end of a period, ``kind`` is the notice it
    is published as. Owed are the periods whose last day for publishing lies in [since, until)."""

    place = ForeignKeyField(Place, backref="disclosure_items", on_delete="RESTRICT")
    affair = Choice(Affair)
    title = CharField(max_length=120)
    basis = CharField(max_length=200, default="")
    frequency = Choice(Frequency)
    within_days = IntegerField(default=15)
    responsible = CharField(max_length=80, default="")
    kind = Choice(NoticeKind, default=NoticeKind.AFFAIRS)
    since = DateField()
    until = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "affair", "id"), False),)
        constraints = [Check("within_days >= 0"), Check("until IS NULL OR until >= since")]

    def __str__(self) -> str:
        return self.title


class Disclosure(Record):
    """One period of a matter: the notice that disclosed it, or the day it was disclosed otherwise, or that there was
    nothing to disclose (``empty``). ``covers`` names the period: 2026-11, 2026-Q3, 2026-H1, 2026."""

    item = ForeignKeyField(DisclosureItem, backref="disclosures", on_delete="CASCADE")
    covers = CharField(max_length=20)
    notice = ForeignKeyField(Notice, null=True, on_delete="RESTRICT")
    disclosed_on = DateField(null=True)
    empty = BooleanField(default=False)
    note = CharField(max_length=200, default="")
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")

    class Meta:
        indexes = ((("item", "covers"), True),)
        constraints = [
            Check("notice_id IS NOT NULL OR disclosed_on IS NOT NULL OR empty"),
            Check("NOT (empty AND (notice_id IS NOT NULL OR disclosed_on IS NOT NULL))"),
        ]
