"""How long it is kept what was said at which door: as long as the messages of the box."""

from peewee import ModelSelect

from blueprints.suggestions.queries import kept_since
from blueprints.visits.models import HomeVisit
from blueprints.visits.queries import scope as visible
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.places import Place
from core.text import _l

TITLE = _l("走访记录的门牌、称呼、电话、诉求和回访情况")
TABLES = (HomeVisit,)


def old(actor: Actor, community: Place) -> ModelSelect:
    """Visits whose words and doors are to be forgotten; that there was a visit stays for the coverage."""
    told = (HomeVisit.wish != "") | (HomeVisit.door != "") | (HomeVisit.name != "") | (HomeVisit.phone != "") | (HomeVisit.again != "")
    return HomeVisit.select().where(visible(actor, community) & (HomeVisit.visited_on < kept_since(community)) & told)


def purge(actor: Actor, community: Place) -> int:
    """Forget them; answers how many."""
    with writing():
        gone = [visit.id for visit in old(actor, community)]
        HomeVisit.update(wish="", door="", name="", phone="", again="").where(HomeVisit.id.in_(gone)).execute()
        if gone:
            record(actor, Act.VISITS_PURGED, None, community, count=len(gone), before=kept_since(community))
    return len(gone)
