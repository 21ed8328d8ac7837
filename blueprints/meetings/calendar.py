"""Meetings for calendars (RFC 5545, 5546): a changed time raises SEQUENCE, a meeting called off stays as CANCELLED."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from blueprints.meetings.models import Meeting
from blueprints.meetings.states import MeetingState
from core.links import community_address
from core.text import _, in_chinese

USUAL_LENGTH = timedelta(hours=2)
REFRESH = timedelta(hours=6)


@in_chinese()
def feed(meetings: Iterable[Meeting], name: str) -> bytes:
    """What a calendar follows: each meeting as it stands now, those called off too, so that they vanish everywhere."""
    whole = _calendar("PUBLISH")
    whole.add("x-wr-calname", name)
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        whole.add_component(event(meeting))
    return whole.to_ical()


@in_chinese()
def file(meeting: Meeting) -> bytes:
    """One meeting to be put into a calendar, or, called off, to be taken out of it."""
    whole = _calendar("CANCEL" if meeting.state is MeetingState.CANCELLED else "PUBLISH")
    whole.add_component(event(meeting))
    return whole.to_ical()


def _calendar(method: str) -> Calendar:
    whole = Calendar()
    whole.add("prodid", "-//Linli//linli//ZH")
    whole.add("version", "2.0")
    whole.add("method", method)
    return whole


def event(meeting: Meeting) -> Event:
    """The meeting; its UID never changes, whatever address this system has."""
    cancelled = meeting.state is MeetingState.CANCELLED
    address = community_address(meeting.place)
    made = Event()
    made.add("uid", f"{meeting.uid}@linli")
    for name, instant in (
        ("dtstamp", meeting.announced_at), ("last-modified", meeting.announced_at), ("dtstart", meeting.held_at),
        ("dtend", ends(meeting)),
    ):  # fmt: skip
        made.add(name, instant.replace(tzinfo=UTC))
    made.add("sequence", meeting.sequence)
    made.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    made.add("summary", _("【取消】%(title)s", title=meeting.title) if cancelled else meeting.title)
    made.add("location", meeting.venue)
    made.add("organizer", f"{address}/", parameters={"CN": meeting.issuing_body})
    made.add("url", f"{address}/meetings/")
    if cancelled and meeting.reason:
        made.add("description", _("取消原因：%(reason)s", reason=meeting.reason))
    return made


def ends(meeting: Meeting) -> datetime:
    """When it is over, as far as anybody knows."""
    return meeting.ended_at or meeting.held_at + USUAL_LENGTH
