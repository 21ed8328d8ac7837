"""Places and Party organisations: the two trees everything hangs on."""

from enum import StrEnum

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField

from core.db import Choice, Record
from core.text import _l


class PlaceKind(StrEnum):
    SUB_DISTRICT = "sub_district"
    COMMUNITY = "community"
    BUILDING = "building"
    STAIRWELL = "stairwell"
    ZONE = "zone"
    GROUP = "group"

    @property
    def title(self):
        return {
            "sub_district": _l("街道"),
            "community": _l("社区"),
            "building": _l("楼栋"),
            "stairwell": _l("楼道"),
            "zone": _l("片"),
            "group": _l("组"),
        }[self.value]


class Place(Record):
    """A sub-district, community, building or stairwell, valid in [since, until).

    Zones (片) and groups (组) lie across the houses: their parent is the community, what belongs to them says AreaPart.
    ``community`` is set on buildings and stairwells; ``version`` of a community rises with every
    recorded act, so pages cached for it know when they are old.
    """

    kind = Choice(PlaceKind)
    parent = ForeignKeyField("self", null=True, backref="parts", on_delete="RESTRICT")
    community = ForeignKeyField("self", null=True, backref="inside", on_delete="RESTRICT")
    name = CharField(max_length=80)
    slug = CharField(max_length=40)
    position = IntegerField(default=0)
    since = DateField(null=True)
    until = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("parent", "slug"), True),
            (("community", "kind", "position"), False),
            (("kind", "slug"), False),
        )
        constraints = [
            Check("until IS NULL OR since IS NULL OR until >= since"),
            Check("(kind IN ('building', 'stairwell')) = (community_id IS NOT NULL)"),
        ]

    def __str__(self) -> str:
        return self.name


class OrgKind(StrEnum):
    COMMITTEE = "committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    GROUP = "group"

    @property
    def title(self):
        return {
            "committee": _l("党委"),
            "general_branch": _l("党总支"),
            "branch": _l("党支部"),
            "group": _l("党小组"),
        }[self.value]


class PartyOrg(Record):
    """A Party organisation of a community, valid in [since, until)."""

    place = ForeignKeyField(Place, backref="orgs", on_delete="RESTRICT")
    parent = ForeignKeyField("self", null=True, backref="parts", on_delete="RESTRICT")
    kind = Choice(OrgKind)
    name = CharField(max_length=80)
    full_name = CharField(max_length=120, default="")
    position = IntegerField(default=0)
    since = DateField(null=True)
    until = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "kind", "position"), False),)
        constraints = [Check("until IS NULL OR since IS NULL OR until >= since")]

    def __str__(self) -> str:
        return self.name
