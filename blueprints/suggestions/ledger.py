"""The ledger of messages as a spreadsheet; who asked is never in it."""

from blueprints.suggestions import listing, queries
from blueprints.suggestions.listing import Listing
from blueprints.suggestions.models import Suggestion
from core import zh
from core.access import Actor
from core.records.places import Place
from core.spreadsheets.writing import write_table
from core.text import _


def ledger_file(actor: Actor, community: Place, asked: Listing | None = None) -> bytes:
    """The messages of a list as .xlsx, in its order; without one all that the actor may see, by number."""
    headers = [
        _("编号"), _("收到日期"), _("来源"), _("类别"), _("楼道"), _("具体位置"), _("事项"), _("承办人"), _("状态"),
        _("答复期限"), _("答复日期"), _("评价"), _("办结日期"),
    ]  # fmt: skip
    everything = queries.visible_to(actor, community).order_by(Suggestion.number)
    rows = listing.chosen(actor, community, asked) if asked else everything
    return write_table(_("意见台账"), headers, [_line(row) for row in rows])


def _line(row: Suggestion) -> list[str]:
    return [
        row.number, zh.day(row.received_on), str(row.source.title), str(row.kind.title),
        row.stairwell.name if row.stairwell else "", row.spot, queries.headline(row), row.lead.name if row.lead else "",
        str(row.state.title), zh.day(row.due_on), zh.day(row.answered_on),
        str(row.rating.title) if row.rating else "", zh.day(row.closed_on),
    ]  # fmt: skip
