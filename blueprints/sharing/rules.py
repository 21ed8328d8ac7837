"""Booking: half hours of a resource, each taken once; cancelled ones free theirs. Thanks for what was given."""

from datetime import datetime, timedelta

from peewee import IntegrityError

from blueprints.sharing import queries
from blueprints.sharing.models import Booking, BookingSlot, Project, SharedResource
from core import clock, zh
from core.access import Actor
from core.audit import Act, record
from core.db import database, writing
from core.history import unchanged
from core.refusal import Refused
from core.text import _l

SLOT = timedelta(minutes=30)
LONGEST = timedelta(days=3)


class EndsBeforeBeginning(Refused):
    sentence = _l("结束时间要晚于开始时间，请核对。")


class TooLong(Refused):
    sentence = _l("一次最多订 %(days)s 天，更长的请分几次登记。")


class NotOnTheHalfHour(Refused):
    sentence = _l("请按整点或半点来订，例如 9:00、14:30。")


class NoLongerOffered(Refused):
    sentence = _l("“%(name)s”已经不再提供，请换一处。")
    status = 409


class Taken(Refused):
    """Two people may ask in the same second: the database decides, the second is told who was first."""

    sentence = _l("这段时间已有人订：%(taken)s。请换个时间。")
    status = 409


def book(
    actor: Actor, resource: SharedResource, begins: datetime, ends: datetime, purpose: str, by: str, phone: str = ""
) -> Booking:
    """Take a resource from ``begins`` to ``ends``, wall-clock times on the half hour. Raises Taken when it is not free."""
    slots = _slots(begins, ends)
    with writing():
        fresh = unchanged(resource, None)
        if fresh.void or (fresh.until and fresh.until <= begins.date()):
            raise NoLongerOffered(name=fresh.name)
        try:
            with database.atomic():
                booking = Booking.create(
                    place=fresh.place_id, resource=fresh, purpose=purpose, by=by, phone=phone,
                    begins_at=clock.utc(begins), ends_at=clock.utc(ends),
                )  # fmt: skip
                BookingSlot.insert_many(
                    [{"booking": booking, "resource": fresh, "begins_at": clock.utc(slot)} for slot in slots]
                ).execute()
        except IntegrityError:
            raise Taken(taken=_in_the_way(fresh, begins, ends)) from None
        record(actor, Act.BOOKED, booking, fresh.place_id, resource=fresh.name, begins=begins, ends=ends, by=by)
    return booking


def _slots(begins: datetime, ends: datetime) -> list[datetime]:
    if ends <= begins:
        raise EndsBeforeBeginning()
    if ends - begins > LONGEST:
        raise TooLong(days=LONGEST.days)
    if any(moment.minute % 30 or moment.second for moment in (begins, ends)):
        raise NotOnTheHalfHour()
    return [begins + SLOT * number for number in range((ends - begins) // SLOT)]


def _in_the_way(resource: SharedResource, begins: datetime, ends: datetime) -> str:
    found = queries.bookings(resource, begins.date(), ends.date())
    between = found.where((Booking.begins_at < clock.utc(ends)) & (Booking.ends_at > clock.utc(begins)))
    return "；".join(f"{zh.moment(one.begins_at)}至{zh.moment(one.ends_at)} {one.by}" for one in between)


def cancel(actor: Actor, booking: Booking, version: int, reason: str) -> Booking:
    """Give the time back; the booking stays readable with its reason."""
    with writing():
        fresh = unchanged(booking, version)
        BookingSlot.delete().where(BookingSlot.booking == fresh).execute()
        fresh.cancelled, fresh.version = reason.strip() or str(_l("不再需要")), fresh.version + 1
        fresh.save()
        record(actor, Act.BOOKING_CANCELLED, fresh, fresh.place_id, reason=fresh.cancelled)
    return fresh


def thanked(actor: Actor, project: Project) -> Project:
    """The letter of thanks went out today."""
    with writing():
        fresh = unchanged(project, None)
        if fresh.thanked_on is None:
            fresh.thanked_on, fresh.version = clock.today(), fresh.version + 1
            fresh.save()
            record(actor, Act.ENTRY_CHANGED, fresh, fresh.place_id, after={"thanked_on": fresh.thanked_on})
    return fresh
