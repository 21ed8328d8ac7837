"""What a person is in this community: Party member, residents' representative."""

from enum import StrEnum

from peewee import CharField, DateField, ForeignKeyField

from core.db import Choice, Record
from core.records.papers import Blob
from core.records.people import Person
from core.records.places import PartyOrg, Place
from core.text import _l


class MemberCategory(StrEnum):
    IN_SERVICE = "in_service"
    RETIRED = "retired"
    LAID_OFF = "laid_off"
    MOBILE = "mobile"
    OTHER = "other"

    @property
    def title(self):
        return {
            "in_service": _l("在职党员"),
            "retired": _l("退休党员"),
            "laid_off": _l("下岗失业党员"),
            "mobile": _l("流动党员"),
            "other": _l("其他党员"),
        }[self.value]


class PartyMember(Record):
    """A person's membership in a branch, valid in [since, until); ``joined`` is the partial date of joining the Party.

    ``photo`` is what a board shows, ``cut`` (people/photos.py) out of the whole ``portrait``, which only the office sees.
    """

    place = ForeignKeyField(Place, backref="party_members", on_delete="RESTRICT")
    person = ForeignKeyField(Person, backref="memberships", on_delete="RESTRICT")
    org = ForeignKeyField(PartyOrg, null=True, backref="members", on_delete="RESTRICT")
    stairwell = ForeignKeyField(Place, null=True, backref="members", on_delete="RESTRICT")
    category = Choice(MemberCategory, default=MemberCategory.OTHER)
    joined = CharField(max_length=10, default="")
    employer = CharField(max_length=120, default="")
    post = CharField(max_length=80, default="")
    position = CharField(max_length=20, default="")
    photo = ForeignKeyField(Blob, null=True, on_delete="RESTRICT")
    portrait = ForeignKeyField(Blob, null=True, backref="portrayed", on_delete="RESTRICT")
    cut = CharField(max_length=20, default="")
    since = DateField(null=True)
    until = DateField(null=True)

    class Meta:
        indexes = ((("place", "until"), False), (("stairwell", "until"), False), (("person",), False))

    def __str__(self) -> str:
        return self.person.name


class FormerBranch(Record):
    """The branch a member belonged to until before a day; since the last of these days it is ``PartyMember.org``."""

    member = ForeignKeyField(PartyMember, backref="former_branches", on_delete="CASCADE")
    org = ForeignKeyField(PartyOrg, null=True, on_delete="RESTRICT")
    until = DateField()

    class Meta:
        indexes = ((("member", "until"), False),)


class Representative(Record):
    """A residents' representative of a stairwell (the voters' roll), valid in [since, until)."""

    place = ForeignKeyField(Place, backref="representatives", on_delete="RESTRICT")
    person = ForeignKeyField(Person, backref="mandates", on_delete="RESTRICT")
    stairwell = ForeignKeyField(Place, null=True, on_delete="RESTRICT")
    office = CharField(max_length=80, default="")
    since = DateField(null=True)
    until = DateField(null=True)

    class Meta:
        indexes = ((("place", "until"), False), (("person",), False))
