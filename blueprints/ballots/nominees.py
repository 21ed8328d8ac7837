"""Who is voted on, and who watches over the vote; nobody may do both."""

from collections.abc import Callable, Mapping, Sequence

from peewee import ModelSelect

from blueprints.ballots import chain
from blueprints.ballots.models import Nominee, Poll, PollStatus, Scrutineer, ScrutineerRole
from blueprints.ballots.rosters import CANDIDATES
from blueprints.ballots.steps import step
from core import clock, images
from core.access import Actor, Can, Role
from core.records.papers import Blob
from core.records.people import Account, Person, RoleGrant, Sex
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.imports import Roster, Writer
from core.strokes import sort_key
from core.text import _l

PARTICULARS = ("sex", "birth", "joined", "education", "post", "duty", "recommended")
UNTIL_OPEN = (PollStatus.DRAFT, PollStatus.FROZEN, PollStatus.SEALED)
UNTIL_COUNT = (*UNTIL_OPEN, PollStatus.OPEN, PollStatus.INTERRUPTED, PollStatus.CLOSED, PollStatus.UNSEALED)


class NameMissing(Refused):
    sentence = _l("请写姓名。")


class SameName(Refused):
    sentence = _l("有两位候选人都叫“%(name)s”，选票上分不清。请在姓名后加注，例如“%(name)s（女）”。")


class NomineeWatches(Refused):
    sentence = _l("%(name)s是候选人，不能担任%(role)s，也不能保管密钥单。")


class ScrutineerNominated(Refused):
    sentence = _l("%(name)s是本次投票的%(role)s，不能同时是候选人。请先换人。")


class KinNotDenied(Refused):
    sentence = _l("%(role)s要本人声明与候选人没有近亲属关系，请先确认再登记。")


class AlreadyListed(Refused):
    sentence = _l("%(name)s已经登记过了。")


class HoldersMissing(Refused):
    sentence = _l("要有 %(count)s 位密钥单保管人，每人一张，现在有 %(now)s 位。请先登记监票人或保管人。")


class AdministratorHolds(Refused):
    sentence = _l("%(name)s是系统管理员，能拿到票箱文件，不能再保管密钥单。请换一位保管人。")


def in_order(poll: Poll) -> ModelSelect:
    """姓氏笔画 order, unless the office gave an order of its own (书记、副书记 by the superior's)."""
    return poll.nominees.order_by(Nominee.position, Nominee.sort_key, Nominee.id)


def nominate(actor: Actor, poll: Poll, name: str, **particulars: object) -> Nominee:
    """Add somebody, a body or a motion to a draft."""
    with step(poll, PollStatus.DRAFT) as fresh:
        nominee = Nominee(poll=fresh)
        _fill(nominee, name, particulars)
        nominee.save()
        chain.record(actor, fresh, "nominated", name=nominee.name)
    return nominee


def change(actor: Actor, nominee: Nominee, name: str, **particulars: object) -> None:
    """Correct a name or particulars before the ballot is frozen."""
    with step(nominee.poll, PollStatus.DRAFT) as fresh:
        _fill(nominee, name, particulars)
        nominee.save()
        chain.record(actor, fresh, "nominee changed", name=nominee.name)


def describe(actor: Actor, nominee: Nominee, profile: str, photo: bytes = b"") -> None:
    """The lines and the photo of 候选人简介; they are not on the ballot, so they may change until voting begins."""
    with step(nominee.poll, *UNTIL_OPEN) as fresh:
        nominee.profile = profile.strip()
        if photo:
            nominee.photo = _kept(images.photo(photo, longest=800).data)
        nominee.save()
        chain.record(actor, fresh, "described", name=nominee.name)


def _kept(content: bytes) -> Blob:
    from blueprints.papers.rules import store

    return store(content, "image/jpeg")


def withdraw(actor: Actor, nominee: Nominee) -> None:
    """Take a nominee off a draft."""
    with step(nominee.poll, PollStatus.DRAFT) as fresh:
        nominee.delete_instance()
        chain.record(actor, fresh, "withdrawn", name=nominee.name)


def _fill(nominee: Nominee, name: str, particulars: Mapping[str, object]) -> None:
    nominee.name = name.strip()
    if not nominee.name:
        raise NameMissing()
    watching = Scrutineer.get_or_none((Scrutineer.poll == nominee.poll_id) & (Scrutineer.name == nominee.name))
    if watching:
        raise ScrutineerNominated(name=nominee.name, role=watching.role.title)
    nominee.sort_key = sort_key(nominee.name)
    for key, value in particulars.items():
        setattr(nominee, key, value)
    if nominee.person_id is None:
        nominee.person = _person_of(nominee)


def _person_of(nominee: Nominee) -> Person | None:
    """The person on file, only where name and birth month leave no doubt."""
    if len(nominee.birth) < 7:
        return None
    same = (Person.place == nominee.poll.place_id) & (Person.name == nominee.name)
    found = list(Person.select().where(same & Person.birth.startswith(nominee.birth[:7])).limit(2))
    return found[0] if len(found) == 1 else None


def refuse_namesakes(poll: Poll) -> None:
    """Results are told by name, so a name stands once on a ballot."""
    names = [row.name for row in poll.nominees]
    for name in names:
        if names.count(name) > 1:
            raise SameName(name=name)


def candidates_roster(poll: Poll) -> Roster:
    """How the candidates' sheet is read into this poll."""
    return Roster(
        CANDIDATES, lambda _place: _on_file(poll), _writer_of(poll),
        lambda writer, number: writer.remove(Nominee.get_by_id(number)), Can.POLLS_PREPARE,
    )  # fmt: skip


def _on_file(poll: Poll) -> list[dict[str, object]]:
    return [{"id": row.id, "name": row.name} | {key: getattr(row, key) for key in PARTICULARS} for row in in_order(poll)]


def _writer_of(poll: Poll) -> Callable[[Writer, int | None, dict[str, object]], None]:
    def write(writer: Writer, number: int | None, values: dict[str, object]) -> None:
        given = {key: values[key] or "" for key in PARTICULARS if key in values}
        given["sex"] = Sex(given.get("sex", ""))
        nominee = Nominee(poll=poll) if number is None else Nominee.get_by_id(number)
        _fill(nominee, str(values["name"]), given)
        columns = {key: value for key, value in nominee.__data__.items() if key != "id"}
        if number is None:
            writer.add(Nominee, **columns)
        else:
            writer.change(Nominee.get_by_id(number), **columns)

    return write


def appoint(
    actor: Actor, poll: Poll, name: str, role: ScrutineerRole, no_kin: bool, account: Account | None = None
) -> Scrutineer:
    """监票人、计票人、唱票人 or a keeper of a key sheet: never a candidate, never close kin of one."""
    name = name.strip()
    if not name:
        raise NameMissing()
    with step(poll, *UNTIL_COUNT) as fresh:
        _refuse_candidate(fresh, name, role, account)
        if not no_kin:
            raise KinNotDenied(role=role.title)
        if fresh.scrutineers.where(Scrutineer.name == name).exists():
            raise AlreadyListed(name=name)
        row = Scrutineer.create(poll=fresh, name=name, role=role, no_kin=True, account=account)
        chain.record(actor, fresh, "appointed", name=name, role=role.value)
    return row


def _refuse_candidate(poll: Poll, name: str, role: ScrutineerRole, account: Account | None) -> None:
    same = Nominee.name == name
    if account is not None and account.person_id:
        same |= Nominee.person == account.person_id
    if poll.nominees.where(same).exists():
        raise NomineeWatches(name=name, role=role.title)


def dismiss(actor: Actor, scrutineer: Scrutineer) -> None:
    """Replace a scrutineer; one who took a key sheet stays on the list."""
    with step(scrutineer.poll, *UNTIL_OPEN) as fresh:
        if not scrutineer.sheet:
            scrutineer.delete_instance()
            chain.record(actor, fresh, "dismissed", name=scrutineer.name)


def key_holders(poll: Poll, names: Sequence[str] = ()) -> list[Scrutineer]:
    """Who takes which sheet: those named, else keepers and then scrutineers, never an administrator's account."""
    rows = list(poll.scrutineers.order_by(Scrutineer.id))
    if names:
        rows = [row for row in rows if row.name in names]
        for row in rows:
            if _is_administrator(row, poll.place_id):
                raise AdministratorHolds(name=row.name)
    rows = [row for row in rows if not _is_administrator(row, poll.place_id)]
    rows.sort(key=lambda row: row.role is not ScrutineerRole.KEEPER)
    if len(rows) < poll.sheets:
        raise HoldersMissing(count=poll.sheets, now=len(rows))
    return rows[: poll.sheets]


def _is_administrator(row: Scrutineer, place: Place | int) -> bool:
    """By the account, or by the name where no account was given."""
    who = (Account.id == row.account_id) if row.account_id else (Account.name == row.name)
    grants = RoleGrant.select().join(Account).where(who & (RoleGrant.role == Role.ADMINISTRATOR))
    return grants.where(RoleGrant.until.is_null(True) | (RoleGrant.until > clock.today())).exists()


