"""What a command names by number or word, found or refused in a sentence."""

from blueprints.ballots.models import PaperBox, Poll, PollClass, RollEntry
from core.records.people import Account
from core.refusal import Refused
from core.text import _l


class UnknownPoll(Refused):
    sentence = _l("没有第 %(number)s 号投票。用 poll list 查看。")


class UnknownBox(Refused):
    sentence = _l("这次投票没有叫“%(name)s”的票箱。")


class UnknownVoter(Refused):
    sentence = _l("名册里没有叫“%(name)s”的人，或不止一位，请加上楼道，例如“%(name)s@3幢2单元”。")


class UnknownAccountName(Refused):
    sentence = _l("没有叫“%(name)s”的账号。")


def poll_numbered(number: int) -> Poll:
    poll = Poll.get_or_none(Poll.id == number)
    if poll is None:
        raise UnknownPoll(number=number)
    return poll


def class_of(poll: Poll, code: str) -> PollClass:
    """The class of ballots with this letter; the first where no letter is given."""
    query = poll.classes.order_by(PollClass.id)
    return (query.where(PollClass.code == code) if code else query).get()


def box_called(poll: Poll, name: str) -> PaperBox:
    found = PaperBox.select(PaperBox, PollClass).join(PollClass).where((PollClass.poll == poll) & (PaperBox.name == name)).first()
    if found is None:
        raise UnknownBox(name=name)
    return found


def voter_called(poll: Poll, text: str) -> RollEntry:
    """Somebody on the roll by name, with @stairwell where two share it."""
    name, _at, stairwell = text.partition("@")
    query = RollEntry.select(RollEntry, PollClass).join(PollClass).where((PollClass.poll == poll) & (RollEntry.name == name))
    rows = list(query.where(RollEntry.stairwell == stairwell) if stairwell else query)
    if len(rows) != 1:
        raise UnknownVoter(name=name)
    return rows[0]


def account_called(login: str) -> Account:
    account = Account.get_or_none(Account.login == login)
    if account is None:
        raise UnknownAccountName(name=login)
    return account
