"""People once: everything else (member, representative, account, liaison) is a link to a Person."""

from enum import StrEnum

from peewee import BooleanField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField

from core.db import Choice, Record
from core.records.places import Place
from core.text import _l


class Sex(StrEnum):
    UNKNOWN = ""
    FEMALE = "f"
    MALE = "m"

    @property
    def title(self):
        return {"": "", "f": _l("女"), "m": _l("男")}[self.value]


class Person(Record):
    """Somebody of this community; ``birth`` is 4, 7 or 10 ISO characters, never padded.

    ``sort_key`` is the stroke order of the name (姓氏笔画), so that every list sorts alike on both databases.
    """

    place = ForeignKeyField(Place, backref="people", on_delete="RESTRICT")
    name = CharField(max_length=80)
    sort_key = CharField(max_length=200, default="")
    sex = Choice(Sex, default=Sex.UNKNOWN)
    birth = CharField(max_length=10, default="")
    phone = CharField(max_length=40, default="")
    education = CharField(max_length=40, default="")
    stairwell = ForeignKeyField(Place, null=True, backref="residents", on_delete="SET NULL")
    bigrams = CharField(max_length=400, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "name"), False), (("place", "sort_key"), False))

    def __str__(self) -> str:
        return self.name


class Account(Record):
    """A way to sign in; ``seal`` changes with the password, which ends every older session."""

    person = ForeignKeyField(Person, null=True, backref="accounts", on_delete="SET NULL")
    login = CharField(max_length=80, unique=True)
    name = CharField(max_length=80)
    password = CharField(max_length=200)
    seal = CharField(max_length=32)
    active = BooleanField(default=True)
    created_at = DateTimeField()
    signed_in_at = DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class RoleGrant(Record):
    """An account holds a role at a place and everything below it, from ``since`` until before ``until``."""

    account = ForeignKeyField(Account, backref="grants", on_delete="CASCADE")
    role = CharField(max_length=32)
    place = ForeignKeyField(Place, backref="grants", on_delete="CASCADE")
    since = DateField()
    until = DateField(null=True)

    class Meta:
        indexes = ((("account", "role", "place", "since"), True),)
