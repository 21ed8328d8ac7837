"""What residents say to their community, and every step until it is answered."""

from peewee import (
    BlobField,
    BooleanField,
    CharField,
    Check,
    CompositeKey,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from blueprints.suggestions.kinds import OPEN, Kind, Pace, Rating, Source, State, StepKind, Way
from core.db import Choice, RandomKey, Record
from core.records.people import Account, Person
from core.records.places import Place


class Suggestion(Record):
    """One message of a resident; it knows days, never the hour, address or device it came from.

    ``receipt`` is the slow hash of the receipt code, found by itself; ``ack_due_on`` is the last day to register,
    ``due_on`` the last day to answer, ``deadline_on`` the one that counts now and None once nothing is waited for;
    ``answered_on`` is the day of the reply, rejection or transfer.
    ``subject_kind`` and ``subject_id`` name the record an objection is about.
    """

    id = RandomKey()
    place = ForeignKeyField(Place, backref="suggestions", on_delete="RESTRICT")
    number = CharField(max_length=20)
    receipt = CharField(max_length=64, unique=True)
    receipt_taken = BooleanField(default=False)
    kind = Choice(Kind)
    source = Choice(Source, default=Source.ONLINE)
    text = TextField()
    summary = CharField(max_length=80, default="")
    stairwell = ForeignKeyField(Place, null=True, on_delete="RESTRICT")
    spot = CharField(max_length=120, default="")
    about = CharField(max_length=80, default="")
    asker = CharField(max_length=40, default="")
    phone = CharField(max_length=40, default="")
    consent = BooleanField(default=False)
    published = BooleanField(default=False)
    state = Choice(State, default=State.RECEIVED)
    pace = Choice(Pace, default=Pace.ORDINARY)
    received_on = DateField()
    ack_due_on = DateField()
    due_on = DateField()
    deadline_on = DateField(null=True)
    registered_on = DateField(null=True)
    answered_on = DateField(null=True)
    closed_on = DateField(null=True)
    lead = ForeignKeyField(Account, null=True, backref="suggestions", on_delete="RESTRICT")
    rating = Choice(Rating, null=True)
    duplicate_of = ForeignKeyField("self", null=True, backref="duplicates", on_delete="RESTRICT")
    sent_to = CharField(max_length=200, default="")
    subject_kind = CharField(max_length=32, default="")
    subject_id = IntegerField(null=True)
    bigrams = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("place", "number"), True),
            (("place", "deadline_on"), False),
            (("place", "lead", "deadline_on"), False),
            (("place", "state", "answered_on"), False),
            (("place", "state", "rating"), False),
            (("place", "closed_on"), False),
            (("place", "received_on"), False),
            (("subject_kind", "subject_id"), False),
        )
        constraints = [
            Check("(state = 'duplicate') = (duplicate_of_id IS NOT NULL)"),
            Check("state NOT IN ('assigned', 'in_progress', 'waiting') OR lead_id IS NOT NULL"),
            Check("state NOT IN ('replied', 'rejected', 'transferred') OR answered_on IS NOT NULL"),
        ]

    def save(self, *args, **kwargs) -> int:
        """The deadline that counts follows from the state, whoever changes it."""
        waits = {State.RECEIVED: self.ack_due_on, **dict.fromkeys(OPEN[1:], self.due_on)}
        self.deadline_on = waits.get(self.state)
        return super().save(*args, **kwargs)


class SuggestionWord(Record):
    """Where a pair of characters, or a word, is said: what the search looks up, in the order it shows.

    The key is the whole row, so nothing about the order of arrival is kept (on SQLite the table is its own index).
    """

    place = ForeignKeyField(Place, on_delete="CASCADE", index=False)
    word = CharField(max_length=20)
    received_on = DateField()
    suggestion = ForeignKeyField(Suggestion, on_delete="CASCADE")

    class Meta:
        primary_key = CompositeKey("place", "word", "received_on", "suggestion")


class SavedFilter(Record):
    """A filter of the queue somebody keeps for themselves; ``query`` is the list's address."""

    account = ForeignKeyField(Account, backref="saved_filters", on_delete="CASCADE")
    place = ForeignKeyField(Place, on_delete="CASCADE")
    title = CharField(max_length=40)
    query = CharField(max_length=400)

    class Meta:
        indexes = ((("account", "place", "title"), True),)


class SuggestionStep(Record):
    """One step: which day, who (nobody: the asker), why; ``public`` ones are what the asker reads.

    ``position`` counts within one message, so it tells nothing about the steps of others.
    """

    id = RandomKey()
    suggestion = ForeignKeyField(Suggestion, backref="steps", on_delete="CASCADE")
    position = IntegerField(default=1)
    kind = Choice(StepKind)
    day = DateField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    note = TextField(default="")
    public = BooleanField(default=True)


class Concern(Record):
    """Whom a message is about: neither they nor those below them ever see it."""

    id = RandomKey()
    suggestion = ForeignKeyField(Suggestion, backref="concerns", on_delete="CASCADE")
    account = ForeignKeyField(Account, null=True, on_delete="RESTRICT")
    person = ForeignKeyField(Person, null=True, on_delete="RESTRICT")

    class Meta:
        constraints = [Check("(account_id IS NULL) <> (person_id IS NULL)")]


class Assist(Record):
    """协办: an account that helps the lead."""

    suggestion = ForeignKeyField(Suggestion, backref="assists", on_delete="CASCADE")
    account = ForeignKeyField(Account, on_delete="RESTRICT")

    class Meta:
        indexes = ((("suggestion", "account"), True),)


class Extension(Record):
    """A later day asked for before the old one passed, decided by somebody else."""

    suggestion = ForeignKeyField(Suggestion, backref="extensions", on_delete="CASCADE")
    until = DateField()
    reason = CharField(max_length=300)
    was_due_on = DateField(null=True)
    asked_by = ForeignKeyField(Account, on_delete="RESTRICT")
    asked_on = DateField()
    decided_by = ForeignKeyField(Account, null=True, on_delete="RESTRICT")
    decided_on = DateField(null=True)
    granted = BooleanField(null=True)

    class Meta:
        constraints = [
            Check("(granted IS NULL) = (decided_by_id IS NULL)"),
            Check("decided_by_id IS NULL OR decided_by_id <> asked_by_id"),
        ]


class Reply(Record):
    """An answer in the order a letter needs: what was found, what was done, what not and why, when next."""

    suggestion = ForeignKeyField(Suggestion, backref="replies", on_delete="CASCADE")
    day = DateField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    found = TextField()
    done = TextField(default="")
    undone = TextField(default="")
    next_on = DateField(null=True)
    way = Choice(Way, default=Way.ONLINE)


class ReplyTemplate(Record):
    """An answer that is given again and again; ____ in it is left to be filled in."""

    place = ForeignKeyField(Place, on_delete="CASCADE")
    title = CharField(max_length=60)
    kind = Choice(Kind, null=True)
    found = TextField(default="")
    done = TextField(default="")
    undone = TextField(default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)


class SuggestionPhoto(Record):
    """A picture, drawn anew so that nothing but the picture is kept; not among the office's files, which know instants."""

    id = RandomKey()
    suggestion = ForeignKeyField(Suggestion, backref="photos", on_delete="CASCADE")
    content = BlobField()


class ReceiptSalt(Record):
    """The one salt of all receipt codes, so that a code's hash is its own key."""

    one = IntegerField(default=1, unique=True)
    salt = CharField(max_length=32)

    class Meta:
        constraints = [Check("one = 1")]
