"""What may be done to a message now, and the form of each act, all on one page."""

from wtforms.fields.choices import SelectChoice

from blueprints.suggestions import forms, handling, queries
from blueprints.suggestions.kinds import OPEN, Kind, Pace, State
from blueprints.suggestions.models import Suggestion
from core.access import Actor, Can

HANDLE, ASSIGN, EXTEND = Can.SUGGESTIONS_HANDLE, Can.SUGGESTIONS_ASSIGN, Can.SUGGESTIONS_EXTEND
WORKING = handling.WORKING
# Each act with its form, who may do it and in which states; the rules hold the same states.
ACTS = {
    "register": (forms.RegisterForm, HANDLE, (State.RECEIVED,)),
    "assign": (forms.AssignForm, ASSIGN, OPEN[1:]),
    "start": (forms.WordsForm, HANDLE, (State.ASSIGNED, State.WAITING, State.REPLIED)),
    "note": (forms.WordsForm, HANDLE, (*OPEN[1:], State.REPLIED)),
    "wait": (forms.WordsForm, HANDLE, (State.ASSIGNED, State.IN_PROGRESS)),
    "reply": (forms.ReplyForm, HANDLE, (*WORKING, State.REPLIED)),
    "extend": (forms.ExtensionForm, HANDLE, (State.REGISTERED, *WORKING)),
    "decide": (forms.WordsForm, EXTEND, (State.REGISTERED, *WORKING)),
    "close": (forms.WordsForm, HANDLE, (State.REPLIED,)),
    "archive": (forms.VersionForm, HANDLE, (State.CLOSED,)),
    "reject": (forms.PassOnForm, HANDLE, OPEN),
    "transfer": (forms.PassOnForm, HANDLE, OPEN),
    "seal": (forms.PassOnForm, ASSIGN, handling.LEAVING),
    "merge": (forms.MergeForm, HANDLE, OPEN),
    "clear": (forms.WordsForm, ASSIGN, handling.LEAVING),
}


def open_acts(actor: Actor, suggestion: Suggestion) -> set[str]:
    """The acts this actor may do to this message now."""
    found = {
        name
        for name, (_form, permission, states) in ACTS.items()
        if suggestion.state in states and actor.can(permission, suggestion.place_id)
    }
    if queries.waiting_extension(suggestion) is None:
        found.discard("decide")
    else:
        found.discard("extend")
    if suggestion.kind is not Kind.SUPERVISION:
        found.discard("seal")
    if not suggestion.concerns.exists():
        found.discard("clear")
    return found


class Forms:
    """The forms of one message's page; ``given`` is the one that was sent and refused."""

    def __init__(self, suggestion: Suggestion, given: forms.VersionForm | None = None) -> None:
        self.suggestion = suggestion
        self.given = given

    def bound(self, name: str) -> forms.VersionForm:
        """The form that was sent."""
        form = ACTS[name][0](prefix=name)
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
        form = ACTS[name][0](None, prefix=name, **self._present(name))
        self._offer(form)
        return form

    def _present(self, name: str) -> dict[str, object]:
        row = self.suggestion
        values = {"version": row.version}
        if name == "register":
            values |= {"summary": "", "kind": row.kind.value, "pace": Pace.ORDINARY.value}
        elif name == "assign":
            values |= {"lead": str(row.lead_id or ""), "assisting": [str(one.account_id) for one in row.assists]}
        elif name == "reply":
            values |= {"publish": handling.may_publish(row)}
        return values

    def _offer(self, form: forms.VersionForm) -> None:
        if isinstance(form, forms.AssignForm):
            people = [SelectChoice(str(one.id), one.name) for one in queries.handlers(self.suggestion.place, self.suggestion)]
            form.lead.choices = [SelectChoice("", forms.NOT_CHOSEN), *people]
            form.assisting.choices = people
