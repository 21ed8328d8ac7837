"""What lies ready when somebody sits down to enter a meeting: words of the last time, what was decided then."""

from blueprints.meetings import drafting, following, queries
from blueprints.meetings.forms import typed
from blueprints.meetings.models import Meeting, MeetingSeries
from blueprints.meetings.protocol import protocol_of
from core import clock
from core.access import Actor

REPEATED = (
    "venue", "chair", "recorder", "issuing_body", "printed_by", "signatory", "countersigned_by", "copies_to", "copies",
)  # fmt: skip


def blank(actor: Actor, series: MeetingSeries) -> dict[str, object]:
    """A new meeting of a series: the usual place and people, and first on the agenda what became of the last decisions."""
    last = queries.visible_to(actor, series.place).where(Meeting.series == series).first()
    usual = typed(protocol_of(last)) if last else {}
    first = following.item(series, clock.now())
    return {
        "issuing_body": series.issuing_body, "printed_by": series.printed_by, "copies_to": "、".join(series.copies_to),
        **{name: usual[name] for name in REPEATED if usual.get(name)},
        "agenda": [
            {"title": item.title, "kind": item.kind, "reported_by": item.reported_by}
            for item in filter(None, [first])
        ],
    }  # fmt: skip


def stored(meeting: Meeting) -> dict[str, object]:
    """A meeting as it was entered."""
    return {**typed(protocol_of(meeting)), "ordinal": meeting.ordinal, "version": meeting.version}


def drafted(meeting: Meeting) -> dict[str, object]:
    """The meeting with the draft of its minutes out of the raw record; nothing is stored until somebody saves it."""
    protocol, noted = drafting.draft(meeting)
    whole = {**typed(protocol), "ordinal": meeting.ordinal, "version": meeting.version}
    for item, row in zip(protocol.items, whole["agenda"], strict=True):
        if item.row in noted:
            row["decisions"] = [
                {**one, "row": str(one["row"] or ""), "supervisor": one["supervisor"] or meeting.series.supervisor,
                 "responsible": one["responsible"] or meeting.series.executor}
                for one in drafting.decisions(noted[item.row], item.decisions)
            ]  # fmt: skip
    return whole
