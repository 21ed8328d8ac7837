"""起草: choose a kind, answer what its model text asks, and see the notice as it will hang."""

from flask import abort, g, request, url_for
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from blueprints.disclosures import queries as disclosures
from blueprints.disclosures import rules as disclosing
from blueprints.disclosures.queries import Standing
from blueprints.notices import periods, rules
from blueprints.notices.follow_up import bp
from blueprints.notices.models import NoticeKind
from blueprints.notices.texts.asking import Blank, Start
from blueprints.notices.texts.index import LONGEST_ANSWER, TEXTS, compose
from core.access import Can, needs
from core.forms import OfficeForm
from core.page import done, page
from core.refusal import Refused
from core.text import _
from core.web import row_number

MOST_SPOTS = 2000


@bp.get("/new")
@needs(Can.NOTICES_WRITE)
def choose():
    asked = request.args.get("kind", "")
    if asked in set(NoticeKind):
        slot = _slot()
        return _ask(NoticeKind(asked), slot, _form(NoticeKind(asked), _start(slot)))
    return _choose()


def _choose(error="", status=200):
    shortest = {kind: periods.shortest(kind, g.place) for kind in NoticeKind}
    return page("notices/new.html", shortest=shortest, error=error, status=status)


def _ask(kind, slot, form, error="", status=200):
    spots = request.values.get("spots", "")[:MOST_SPOTS]
    return page("notices/ask.html", kind=kind, form=form, slot=slot, spots=spots, error=error, status=status)


@bp.post("")
@needs(Can.NOTICES_WRITE)
def begin():
    asked = request.form.get("kind", "")
    if asked not in set(NoticeKind):
        return _choose(_("请先选一种。"), 422)
    kind, slot = NoticeKind(asked), _slot()
    start = _start(slot)
    form = _form(kind, start)
    if not form.validate():
        return _ask(kind, slot, form, status=422)
    try:
        notice = _drafted(kind, start, slot, form.answers())
    except Refused as refusal:
        return _ask(kind, slot, form, str(refusal), refusal.status)
    return done(url_for("notices_desk.show", number=notice.id))


def _drafted(kind, start, slot, answers):
    words = compose(kind, start, answers)
    fields = {**words.fields, "facts": words.facts}
    if spots := request.form.get("spots", "").strip():
        fields["spots"] = spots[:MOST_SPOTS]
    if slot is not None:
        return disclosing.draft(g.actor, slot.item, slot.covers, words.title, words.body, **fields)
    return rules.draft(g.actor, g.place, kind, words.title, words.body, **fields)


def _start(slot):
    return Start(g.actor, g.place, slot.item.title if slot else "", slot.label if slot else "")


def _slot():
    """The period of a matter this notice discloses, where the calendar sent somebody here."""
    number, covers = request.values.get("item", 0, type=row_number), request.values.get("covers", "")
    if not number:
        return None
    item = disclosures.visible_item(g.actor, g.place, number) or abort(404)
    slot = disclosures.slot_of(item, covers)
    if slot is None or slot.standing not in (Standing.MISSING, Standing.DUE, Standing.AHEAD):
        abort(404)
    return slot


class AnswerForm(OfficeForm):
    """What a kind's model text asks; its fields are made from the blanks."""

    def answers(self):
        return {field.name: "" if field.data is None else str(field.data) for field in self if field.name != "csrf_token"}


def _form(kind, start):
    fields = {blank.name: _field(blank, start) for blank in TEXTS[kind].blanks}
    return type("Asked", (AnswerForm,), fields)()


def _field(blank: Blank, start: Start):
    # What another page knows already comes along in the address.
    told = {"description": blank.hint, "default": request.args.get(blank.name, "")[:LONGEST_ANSWER] or blank.preset(start)}
    if blank.kind == "choice":
        choices = [SelectChoice(value, words) for value, words in blank.choices(start).items()]
        return SelectField(blank.title, choices=choices, description=blank.hint)
    if blank.kind == "day":
        return DateField(blank.title, [Optional()], description=blank.hint)
    if blank.kind == "lines":
        return TextAreaField(blank.title, [Length(max=LONGEST_ANSWER)], render_kw={"rows": blank.rows}, **told)
    return StringField(blank.title, [Length(max=200)], **told)
