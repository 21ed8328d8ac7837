"""Hanging boards and taking down what was entered by mistake; what is to be hung or replaced today."""

from collections.abc import Iterator, Sequence
from datetime import date

from peewee import fn

from blueprints.boards import posting, queries
from blueprints.boards.models import PostingLog
from blueprints.boards.posting import Board, BoardState
from core import clock, files, images, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.due import Card, Due
from core.records.papers import PaperState
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l

SHOWN = 12  # stairwells of each state on 今日要办


class NotIssued(Refused):
    sentence = _l("%(stairwell)s还没有打印正式的公示牌，请先打印，再登记张贴。")


class NothingHung(Refused):
    sentence = _l("还没有选中楼道，请先打勾。")


class WhichDay(Refused):
    sentence = _l("请填写张贴日期，例如 2026-11-23。")


class WhoHung(Refused):
    sentence = _l("请填写张贴人。")


class NotYet(Refused):
    sentence = _l("张贴日期 %(day)s 还没有到，请核对。")


class NoPicture(Refused):
    sentence = _l("请先选一张公示牌的照片，或者用手机拍一张。")


class NotTheLast(Refused):
    sentence = _l("只能撤销这个楼道最后一次登记。")


def hang(
    actor: Actor, community: Place, hung: Sequence[Board], day: date, by: str, photo: bytes = b""
) -> int:
    """登记已张贴: the newest issue hangs in each of these stairwells since that day; a photo is of one board."""
    by = " ".join(by.split())
    if not hung:
        raise NothingHung()
    if not by:
        raise WhoHung()
    if day > clock.today():
        raise NotYet(day=zh.day(day))
    picture = images.photo(photo) if photo and len(hung) == 1 else None
    with writing():
        for board in hung:
            issue = board.issue
            if issue is None or issue.state is not PaperState.CURRENT:
                raise NotIssued(stairwell=board.place.name)
            row = PostingLog.create(
                place=community, stairwell=board.place, paper=issue, hung_on=day, hung_by=by, account=actor.account_id,
                photo=files.store(picture.data, picture.media_type) if picture else None,
            )  # fmt: skip
            record(actor, Act.BOARD_HUNG, row, community, stairwell=board.place.name, version=issue.version, by=by)
    return len(hung)


def picture(actor: Actor, row: PostingLog, data: bytes) -> None:
    """The photo of a board in its place, afterwards; another one takes the place of the first. Raises NoPicture."""
    if not data:
        raise NoPicture()
    photo = images.photo(data)
    with writing():
        old = row.photo_id
        row.photo = files.store(photo.data, photo.media_type)
        row.save()
        if old and old != row.photo_id:
            files.drop(old)
        record(actor, Act.BOARD_HUNG, row, row.place_id, stairwell=row.stairwell.name, photo=True)


def take_back(actor: Actor, row: PostingLog) -> None:
    """An entry made by mistake goes, and what was entered before is what hangs. Raises NotTheLast."""
    with writing():
        if queries.postings(row.stairwell).first() != row:
            raise NotTheLast()
        photo = row.photo_id
        record(actor, Act.BOARD_UNHUNG, row, row.place_id, stairwell=row.stairwell.name, day=row.hung_on, by=row.hung_by)
        row.delete_instance()
        if photo:
            files.drop(photo)


def day_typed(text: str) -> date:
    """The day a form says; the browser's own date field writes ISO."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise WhichDay() from None


def due(community: Place) -> Iterator[Due]:
    """What is to be replaced, printed anew, hung."""
    all_boards = posting.boards(community)
    numbers = posting.tally(all_boards)
    area = _("公示牌")
    if numbers[BoardState.OUTDATED]:
        places = [board.place.name for board in all_boards if board.state is BoardState.OUTDATED]
        text = _("%(n)s 块公示牌需要更换：%(places)s", n=len(places), places=_named(places))
        yield Due(text, "/office/boards?state=outdated", _("去更换"), area, clock.today(), paper=True)
    ending = [board for board in all_boards if board.state is BoardState.ENDING]
    if ending:
        text = _("%(n)s 块公示牌即将到期：%(places)s", n=len(ending), places=_named([b.place.name for b in ending]))
        yield Due(text, "/office/boards?state=ending", _("去更换"), area, min(board.until for board in ending), paper=True)
    unhung = [board for board in all_boards if board.unhung_issue]
    if unhung:
        yield Due(_("%(n)s 块公示牌已打印，等张贴登记", n=len(unhung)), "/office/boards/postings", _("去登记"), area, paper=True)


def card(community: Place) -> Card:
    """Which stairwells' boards are out of date or soon will be; a calm line where none is."""
    all_boards = posting.boards(community)
    found = {state: [board.place for board in all_boards if board.state is state] for state in (BoardState.OUTDATED, BoardState.ENDING)}
    words = {
        BoardState.OUTDATED: _("需更换 %(n)s 块", n=len(found[BoardState.OUTDATED])),
        BoardState.ENDING: _("即将到期 %(n)s 块", n=len(found[BoardState.ENDING])),
    }
    groups = [
        (words[state], state.light, [(place.name, f"/office/boards/{place.slug}") for place in places[:SHOWN]])
        for state, places in found.items() if places
    ]  # fmt: skip
    hung = sum(board.hung is not None for board in all_boards)
    if not hung:
        groups = [(_("还没有登记张贴的公示牌"), "off", [])]
    return Card(_("公示牌"), "/office/boards", _("楼道图"), groups, "" if groups else _("张贴的 %(n)s 块都在期", n=hung))


def _named(places: list[str]) -> str:
    shown = "、".join(places[:3])
    return _("%(places)s等", places=shown) if len(places) > 3 else shown


def hangers(community: Place) -> list[str]:
    """Who hung boards here, the last ones first: offered, so that a name is written once."""
    rows = PostingLog.select(PostingLog.hung_by, fn.MAX(PostingLog.id)).where(PostingLog.place == community)
    return [name for name, _last in rows.group_by(PostingLog.hung_by).order_by(fn.MAX(PostingLog.id).desc()).limit(12).tuples()]
