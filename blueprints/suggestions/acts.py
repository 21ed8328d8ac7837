"""What may be done to a message: each act with its address, its form, who may do it in which states, and the rule."""

from collections.abc import Callable
from dataclasses import dataclass

from wtforms.fields.choices import SelectChoice

from blueprints.suggestions import extensions, forms, handling, leaving, printing, queries
from blueprints.suggestions.kinds import OPEN, WORKING, Kind, Pace, State, Way
from blueprints.suggestions.models import ReplyTemplate, Suggestion
from core.access import Actor, Can

HANDLE, ASSIGN, EXTEND = Can.SUGGESTIONS_HANDLE, Can.SUGGESTIONS_ASSIGN, Can.SUGGESTIONS_EXTEND
Do = Callable[[Actor, Suggestion, int, forms.VersionForm], object]


@dataclass(frozen=True)
class Deed:
    """One act; ``noun`` ends its address, ``do`` gets the row, the version that was shown and the form."""

    noun: str
    form: type[forms.VersionForm]
    permission: Can
    states: tuple[State, ...]
    do: Do


def _register(actor: Actor, row: Suggestion, version: int, form: forms.RegisterForm) -> None:
    handling.register(actor, row, version, form.summary.data, Kind(form.kind.data), Pace(form.pace.data))


def _reclassify(actor: Actor, row: Suggestion, version: int, form: forms.KindForm) -> None:
    handling.reclassify(actor, row, version, form.summary.data, Kind(form.kind.data))


def _assign(actor: Actor, row: Suggestion, version: int, form: forms.AssignForm) -> None:
    lead, *helpers = (queries.handler(row.place, one) for one in (form.lead.data, *(form.assisting.data or [])))
    handling.assign(actor, row, version, lead, helpers, form.words.data or "")


def _reply(actor: Actor, row: Suggestion, version: int, form: forms.ReplyForm) -> None:
    handling.reply(
        actor, row, version, form.found.data, form.done.data or "", form.undone.data or "", form.next_on.data,
        form.publish.data, Way(form.way.data),
    )  # fmt: skip


def _extend(actor: Actor, row: Suggestion, version: int, form: forms.ExtensionForm) -> None:
    extensions.ask(actor, row, version, form.until.data, form.reason.data)


def _decide(actor: Actor, row: Suggestion, version: int, form: forms.DecisionForm) -> None:
    extensions.decide(actor, row, version, form.verdict.data == "grant", form.words.data or "")


def _merge(actor: Actor, row: Suggestion, version: int, form: forms.MergeForm) -> None:
    typed = form.number.data.strip()
    other = queries.visible_to(actor, row.place).where(Suggestion.number == typed).first()
    leaving.merge(actor, row, version, other, typed)


def _seal(actor: Actor, row: Suggestion, version: int, form: forms.PassOnForm) -> None:
    pages = printing.sealed_pages(row) if row.text else 0
    leaving.seal(actor, row, version, form.where.data or "", pages)


def _concern(actor: Actor, row: Suggestion, version: int, form: forms.ConcernForm) -> None:
    handling.note_concern(actor, row, version, queries.handler(row.place, form.account.data), form.words.data or "")


def _with_words(rule: Callable) -> Do:
    """A rule that takes one text."""
    return lambda actor, row, version, form: rule(actor, row, version, form.words.data or "")


def _elsewhere(rule: Callable, *order: str) -> Do:
    """A rule that takes where the matter goes and why, in its own order."""
    return lambda actor, row, version, form: rule(actor, row, version, *(form[name].data or "" for name in order))


DEEDS: dict[str, Deed] = {
    "register": Deed("registrations", forms.RegisterForm, HANDLE, (State.RECEIVED,), _register),
    "reclassify": Deed("classifications", forms.KindForm, HANDLE, (*OPEN[1:], State.REPLIED), _reclassify),
    "assign": Deed("assignments", forms.AssignForm, ASSIGN, OPEN[1:], _assign),
    "start": Deed(
        "starts", forms.WordsForm, HANDLE, (State.ASSIGNED, State.WAITING, State.REPLIED), _with_words(handling.start)
    ),
    "note": Deed("notes", forms.WordsForm, HANDLE, (*OPEN[1:], State.REPLIED), _with_words(handling.note)),
    "wait": Deed("waits", forms.WordsForm, HANDLE, (State.ASSIGNED, State.IN_PROGRESS), _with_words(handling.wait)),
    "reply": Deed("replies", forms.ReplyForm, HANDLE, (*WORKING, State.REPLIED), _reply),
    "extend": Deed("extensions", forms.ExtensionForm, HANDLE, (State.REGISTERED, *WORKING), _extend),
    "decide": Deed("extension-decisions", forms.DecisionForm, EXTEND, (State.REGISTERED, *WORKING), _decide),
    "close": Deed("closures", forms.WordsForm, HANDLE, (State.REPLIED,), _with_words(handling.close)),
    "archive": Deed("archivings", forms.VersionForm, HANDLE, (State.CLOSED,), lambda *given: handling.archive(*given[:3])),
    "reject": Deed("rejections", forms.PassOnForm, HANDLE, OPEN, _elsewhere(leaving.reject, "reason", "where")),
    "transfer": Deed("transfers", forms.PassOnForm, HANDLE, OPEN, _elsewhere(leaving.transfer, "where", "reason")),
    "seal": Deed("seals", forms.PassOnForm, ASSIGN, handling.LEAVING, _seal),
    "merge": Deed("merges", forms.MergeForm, HANDLE, OPEN, _merge),
    "concern": Deed("concerns", forms.ConcernForm, HANDLE, handling.LEAVING, _concern),
    "clear": Deed("clearings", forms.WordsForm, ASSIGN, handling.LEAVING, _with_words(handling.clear_concern)),
}


def open_acts(actor: Actor, suggestion: Suggestion) -> set[str]:
    """The acts this actor may do to this message now."""
    found = {
        name
        for name, deed in DEEDS.items()
        if suggestion.state in deed.states and actor.can(deed.permission, suggestion.place_id)
    }
    found.discard("decide" if queries.waiting_extension(suggestion) is None else "extend")
    found -= {"reject", "transfer", "merge"} if suggestion.kind is Kind.SUPERVISION else {"seal"}
    if not suggestion.concerns.exists():
        found.discard("clear")
    return found


class Forms:
    """The forms of one message's page; ``given`` is the one that was sent and refused, ``template`` fills the reply."""

    def __init__(
        self, suggestion: Suggestion, given: forms.VersionForm | None = None, template: ReplyTemplate | None = None
    ) -> None:
        self.suggestion = suggestion
        self.given = given
        self.template = template

    def bound(self, name: str) -> forms.VersionForm:
        """The form that was sent."""
        form = DEEDS[name].form(prefix=name)
        self._offer(form)
        return form

    def refused(self, name: str) -> bool:
        """Whether this form was sent and came back."""
        return self.given is not None and self.given._prefix == f"{name}-"

    def __getitem__(self, name: str) -> forms.VersionForm:
        if self.refused(name):
            # What was typed stays; the version is the one now on the page, so that a second press is a decision.
            self.given.version.data = self.suggestion.version
            return self.given
        form = DEEDS[name].form(None, prefix=name, **self._present(name))
        self._offer(form)
        return form

    def _present(self, name: str) -> dict[str, object]:
        row = self.suggestion
        values = {"version": row.version}
        if name == "register":
            values |= {"summary": "", "kind": row.kind.value, "pace": Pace.ORDINARY.value}
        elif name == "reclassify":
            values |= {"summary": row.summary, "kind": row.kind.value}
        elif name == "assign":
            values |= {"lead": str(row.lead_id or ""), "assisting": [str(one.account_id) for one in row.assists]}
        elif name == "reply":
            values |= {"publish": handling.may_publish(row), "way": Way.ONLINE.value}
            if self.template is not None:
                values |= {key: getattr(self.template, key) for key in ("found", "done", "undone")}
        return values

    def _offer(self, form: forms.VersionForm) -> None:
        if isinstance(form, forms.AssignForm):
            people = [SelectChoice(str(one.id), one.name) for one in queries.handlers(self.suggestion.place, self.suggestion)]
            form.lead.choices = [SelectChoice("", forms.NOT_CHOSEN), *people]
            form.assisting.choices = people
        if isinstance(form, forms.ConcernForm):
            people = [SelectChoice(str(one.id), one.name) for one in queries.handlers(self.suggestion.place)]
            form.account.choices = [SelectChoice("", forms.NOT_CHOSEN), *people]
