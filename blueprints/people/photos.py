"""Photos of members: drawn anew, cut by hand to the door of a board, gone when they are erased."""

from dataclasses import dataclass

from blueprints.people.models import PartyMember
from core import files, images
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.printing import stock
from core.records.people import Person
from core.refusal import Refused
from core.text import _l

WHOLE, SIDE = 1600, 720  # the longest side of the picture kept for cutting again, and of what is printed in a door
DOOR = 100 / 126  # the door of a board: its width by its height
LARGEST = 400


class NoPhoto(Refused):
    sentence = _l("请先选一张照片（JPG 或 PNG），或者用手机拍一张。")


class NothingToCut(Refused):
    sentence = _l("%(name)s还没有照片，请先上传。")


class NotACut(Refused):
    sentence = _l("左右、上下请填 0 到 100，放大请填 100 到 400。")


@dataclass(frozen=True)
class Cut:
    """Which part of a picture stands in the door, in per cent: from left to right, from top to bottom, how much enlarged."""

    across: int = 50
    down: int = 25
    zoom: int = 100

    def __str__(self) -> str:
        return f"{self.across} {self.down} {self.zoom}"

    def window(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of that part of a picture of so many pixels."""
        wide = min(width, height * DOOR) * 100 / self.zoom
        high = wide / DOOR
        left, top = (width - wide) * self.across / 100, (height - high) * self.down / 100
        return round(left), round(top), round(left + wide), round(top + high)


PRESETS = {"face": Cut(50, 25, 100), "near": Cut(50, 30, 150), "middle": Cut(50, 50, 100)}


def cut_of(member: PartyMember) -> Cut:
    """How a member's photo is cut today."""
    return Cut(*map(int, member.cut.split())) if member.cut else Cut()


def typed_cut(across: str, down: str, zoom: str) -> Cut:
    """What a form says. Raises NotACut."""
    try:
        cut = Cut(*(round(float(text)) for text in (across, down, zoom)))
    except ValueError:
        raise NotACut() from None
    if not (0 <= cut.across <= 100 and 0 <= cut.down <= 100 and 100 <= cut.zoom <= LARGEST):
        raise NotACut()
    return cut


def set_photo(actor: Actor, member: PartyMember, data: bytes) -> None:
    """The photo a member gave, cut to the door; nothing appears without consent. Empty ``data`` erases it."""
    whole = images.photo(data, WHOLE) if data else None
    _keep(actor, member, whole.data if whole else b"", Cut())


def cut_photo(actor: Actor, member: PartyMember, cut: Cut) -> None:
    """The same picture, another part of it in the door. Raises NothingToCut."""
    whole = member.portrait or member.photo
    if whole is None:
        raise NothingToCut(name=member.person.name)
    _keep(actor, member, bytes(whole.content), cut)


def _keep(actor: Actor, member: PartyMember, whole: bytes, cut: Cut) -> None:
    small = images.part(whole, cut.window, SIDE) if whole else None
    with writing():
        old = PartyMember.get_by_id(member.id)
        before = {old.photo_id, old.portrait_id} - {None}
        portrait = files.store(whole, "image/jpeg") if whole else None
        photo = files.store(small.data, small.media_type) if small else None
        PartyMember.update(photo=photo, portrait=portrait, cut=str(cut) if whole else "").where(
            PartyMember.id == member.id
        ).execute()
        Person.update(version=Person.version + 1).where(Person.id == member.person_id).execute()
        for digest in before - {photo and photo.sha256, portrait and portrait.sha256}:
            files.drop(digest)
        record(actor, Act.PERSON_CHANGED, member.person, member.place, photo=bool(whole))
    if before and not whole:
        stock.clear()
