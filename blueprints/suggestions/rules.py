"""What residents do with the box: say something, add to it, rate the answer, take it back."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count

from blueprints.papers import rules as papers
from blueprints.suggestions import concern, deadlines, receipts
from blueprints.suggestions.kinds import OPEN, Kind, Pace, Rating, Source, State, StepKind
from blueprints.suggestions.models import Concern, Extension, Suggestion, SuggestionPhoto, SuggestionStep
from blueprints.suggestions.queries import taken_back
from blueprints.suggestions.refusals import (
    AlreadyRated,
    ClassifiedText,
    NotOpenAnyMore,
    NotYetReceived,
    TextMissing,
    TextTooLong,
    TooManyPhotos,
    WhomMissing,
    WordsMissing,
)
from blueprints.suggestions.words import index
from core import clock, zh
from core.access import VISITOR, Actor
from core.audit import Act, record
from core.db import Record, writing
from core.forms import spend
from core.history import unchanged
from core.records.places import Place
from core.spreadsheets.cells import clean
from core.text import _

SHORTEST, LONGEST = 4, 2000
PHOTOS = 3
SYMBOLS = dict.fromkeys(range(0xF020, 0xF100), "·")  # bullets of Word's own fonts, which no other program draws
SECRECY = ("绝密", "机密", "秘密")


@dataclass(frozen=True)
class Message:
    """What somebody says: only what they chose to say, nothing about where it came from."""

    kind: Kind
    text: str
    stairwell: Place | None = None
    spot: str = ""
    about: str = ""
    asker: str = ""
    phone: str = ""
    consent: bool = False
    photos: Sequence[bytes] = ()


def submit(
    community: Place, message: Message, nonce: str, *, actor: Actor = VISITOR, source: Source = Source.ONLINE,
    received_on: date | None = None, subject: Record | None = None,
) -> tuple[Suggestion, str]:  # fmt: skip
    """A message enters the box; answers it and its receipt code, which is shown and never stored.

    What residents send themselves leaves no entry in the audit trail: that knows the second.
    """
    text = checked(message)
    day = received_on or clock.today()
    if day > clock.today():
        raise NotYetReceived()
    code = receipts.code_for(nonce)
    digest = receipts.digest(code)  # slow on purpose, so before the write lock is taken
    with writing():
        spend(nonce)
        suggestion = _enter(community, message, text, digest, source, day, subject)
        step(suggestion, StepKind.RECEIVED, actor)
        if actor.account_id:
            record(actor, Act.SUGGESTION_RECORDED, suggestion, trail_place(suggestion), source=source)
    return suggestion, code


def checked(message: Message) -> str:
    """The words as they are kept; raises what is wrong with them."""
    text = clean(message.text).translate(SYMBOLS)
    if len(text) < SHORTEST:
        raise TextMissing(least=SHORTEST)
    if len(text) > LONGEST:
        raise TextTooLong(most=LONGEST, n=len(text))
    for word in SECRECY:
        if text.removeprefix("【").startswith(word):
            raise ClassifiedText(word=word)
    if message.kind is Kind.SUPERVISION and not message.about.strip():
        raise WhomMissing()
    if len(message.photos) > PHOTOS:
        raise TooManyPhotos(most=PHOTOS)
    return text


def holds_marks(typed: str) -> bool:
    """Whether something was typed that nobody sees: marks that turn the direction of writing, control characters."""
    seen = typed.replace("\r", "").replace("\t", " ")
    return len(clean(f"|{seen}|")) < len(f"|{seen}|")


def _enter(
    community: Place, message: Message, text: str, digest: str, source: Source, day: date, subject: Record | None
) -> Suggestion:
    whom = concern.whom(community, f"{text}，{message.spot}", message.about)
    suggestion = Suggestion.create(
        place=community, number=_number(community, day), receipt=digest, kind=message.kind, source=source,
        text=text, stairwell=message.stairwell, spot=message.spot.strip(), about=message.about.strip(),
        asker=message.asker.strip(), phone=message.phone.strip(), consent=message.consent, received_on=day,
        ack_due_on=deadlines.register_by(day), due_on=deadlines.answer_by(day, Pace.ORDINARY, community)[0],
        subject_kind=subject._meta.table_name if subject else "", subject_id=subject.id if subject else None,
    )  # fmt: skip
    for account, person in whom:
        Concern.create(suggestion=suggestion, account=account, person=person)
    for photo in message.photos:
        SuggestionPhoto.create(suggestion=suggestion, content=photo)
    index(suggestion)
    return suggestion


def _number(community: Place, day: date) -> str:
    """The day and three digits drawn by chance: no order within the day, and no gap where a message is hidden."""
    for tries in count():
        drawn = secrets.randbelow(10 ** (3 + tries // 10))  # a day of a thousand messages gets a fourth digit
        number = f"{day:%Y%m%d}-{drawn:03d}"
        if not Suggestion.select().where((Suggestion.place == community) & (Suggestion.number == number)).exists():
            return number


def speaks_of(community: Place, words: str) -> bool:
    """Whether words name somebody of the office, who must then not read them anywhere."""
    return bool(concern.whom(community, words, ""))


def trail_place(suggestion: Suggestion) -> Place:
    """Where the trail files a message: about a community's own head, with the level above."""
    about_somebody = Concern.select().where(Concern.suggestion == suggestion).exists()
    return (suggestion.place.parent if about_somebody else None) or suggestion.place


def taken(suggestion: Suggestion) -> None:
    """「我已抄下」: from now on nothing shows the receipt code again."""
    with writing():
        Suggestion.update(receipt_taken=True).where(Suggestion.id == suggestion.id).execute()


def add_words(suggestion: Suggestion, words: str, nonce: str) -> None:
    """The asker says more while the matter is open."""
    words = clean(words)
    if not words:
        raise WordsMissing()
    if len(words) > LONGEST:
        raise TextTooLong(most=LONGEST, n=len(words))
    with _asker_acts(suggestion, nonce, *OPEN, State.REPLIED) as (row, matter):
        concern.keep_from(row, concern.whom(row.place, words, ""))
        _changed(row, StepKind.ADDED, words)
        if matter is not row:
            # Whoever is about to answer all of them must read this first.
            Suggestion.update(version=Suggestion.version + 1).where(Suggestion.id == matter.id).execute()


@contextmanager
def _asker_acts(suggestion: Suggestion, nonce: str, *states: State) -> Iterator[tuple[Suggestion, Suggestion]]:
    """The row and the message it is handled with, as they stand now, in a state that allows what the asker wants."""
    with writing():
        spend(nonce)
        row = unchanged(suggestion, None)
        matter = row.duplicate_of or row
        if taken_back(row):
            raise NotOpenAnyMore(state=State.WITHDRAWN.title)
        if matter.state not in states:
            raise NotOpenAnyMore(state=matter.state.title)
        yield row, matter


def rate(suggestion: Suggestion, rating: Rating, words: str, nonce: str) -> None:
    """The asker says whether the answer was good."""
    with _asker_acts(suggestion, nonce, State.REPLIED, State.CLOSED) as (row, _matter):
        if row.rating is not None:
            raise AlreadyRated()
        row.rating, words = rating, clean(words)[:LONGEST]
        concern.keep_from(row, concern.whom(row.place, words, ""))
        row.published = row.published and not row.concerns.exists()
        _changed(row, StepKind.RATED, "：".join(filter(None, [str(rating.title), words])))


def withdraw(suggestion: Suggestion, nonce: str) -> None:
    """The asker takes it back: name, phone and pictures go at once, the words too unless they were registered.

    What others asked for as well is handled on for them.
    """
    with _asker_acts(suggestion, nonce, *OPEN, State.REPLIED) as (row, _matter):
        forget_asker(row)
        row.published = row.consent = False
        if not row.duplicates.exists():
            row.state, row.duplicate_of, row.closed_on = State.WITHDRAWN, None, clock.today()
            if row.registered_on is None:
                row.text = row.spot = row.about = ""
            index(row)
        _changed(row, StepKind.WITHDRAWN)


def forget_asker(row: Suggestion) -> None:
    """Who asked, and the pictures, are no longer kept."""
    row.asker = row.phone = ""
    SuggestionPhoto.delete().where(SuggestionPhoto.suggestion == row).execute()
    papers.forget(row, "suggestion-reply", "suggestion-door")


def follow_calendar(actor: Actor) -> None:
    """The office changed its calendar: days still to come are reckoned anew where no extension set them."""
    extended = Extension.select(Extension.suggestion).where(Extension.granted)
    rows = Suggestion.select(Suggestion, Place).join(Place, on=Suggestion.place).where(
        Suggestion.state.in_(OPEN) & (Suggestion.due_on >= clock.today()) & Suggestion.id.not_in(extended)
    )
    with writing():
        for row in rows:
            due, _estimated = deadlines.answer_by(row.received_on, row.pace, row.place, row.registered_on or row.received_on)
            if row.state is State.RECEIVED and row.ack_due_on >= clock.today():
                row.ack_due_on = deadlines.register_by(row.received_on)
            if due != row.due_on:
                row.due_on = due
                step(row, StepKind.RECKONED, actor, _("工作日历有变动，最晚答复改为%(day)s。", day=zh.day(due)))
            if row.dirty_fields:
                row.version += 1
                row.save()


def _changed(row: Suggestion, kind: StepKind, note: str = "") -> None:
    row.version += 1
    row.save()
    step(row, kind, VISITOR, note)


def step(suggestion: Suggestion, kind: StepKind, actor: Actor, note: str = "", public: bool = True) -> None:
    """One line of the timeline, with its day only; ``public`` ones are for the asker too."""
    SuggestionStep.create(
        suggestion=suggestion, position=suggestion.steps.count() + 1, kind=kind, day=clock.today(),
        account=actor.account_id, note=note, public=public,
    )  # fmt: skip

