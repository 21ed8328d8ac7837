"""The residents' side of the box: the form, the receipt, tracking by code, answers shown to all."""

from flask import Blueprint, g, request, url_for

from blueprints.boards import queries as boards
from blueprints.notices import queries as notices
from blueprints.organisation import queries as organisation
from blueprints.suggestions import deadlines, figures, monthly, queries, receipts, rules, sheets
from blueprints.suggestions.concern import waits_unseen
from blueprints.suggestions.forms import AdditionForm, CodeForm, RatingForm, SuggestionForm
from blueprints.suggestions.kinds import OPEN, Kind, Rating, State
from blueprints.suggestions.refusals import TooManyGuesses, TooManyMessages, TooManyPhotos
from core import clock, images
from core.access import public
from core.answers import pdf_answer
from core.limits import Limit
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import AlreadyDone, Refused
from core.text import _
from core.web import row_number

bp = Blueprint("suggestions", __name__)
messages = Limit(30)  # a whole building may share one address
guesses = Limit(30)
SHOWN = 20


@bp.get("/suggestions/")
@public
def index():
    first = request.args.get("from", 0, type=row_number)
    rows = list(queries.published(g.place).offset(first).limit(SHOWN + 1))
    return page(
        "suggestions/index.html", rows=rows[:SHOWN], figures=figures.of_year(g.place, clock.today().year), months=monthly.issued(g.place).limit(12),
        year=clock.today().year, first=first, more=first + SHOWN if len(rows) > SHOWN else None, Rating=Rating,
    )  # fmt: skip


@bp.route("/suggestions/new", methods=["GET", "POST"])
@public
def new():
    request.keep_files(images.MOST_BYTES, rules.PHOTOS)
    stairwells = list(organisation.stairwells(g.place))
    form = SuggestionForm()
    place = next((place for place in stairwells if place.slug == request.args.get("place")), None)
    form.offer(stairwells, place)
    form.begin_with(request.args.get("kind", ""))
    notice = notices.open_to_objections(g.place, request.args.get("notice", 0, type=row_number))
    if notice is not None:
        form.object_only()
    if not form.validate_on_submit():
        return _form(form, 422 if form.is_submitted() else 200, notice=notice, place=place)
    try:
        if not messages.allow(request.remote_addr or ""):
            raise TooManyMessages()
        entered = rules.submit(g.place, form.message(stairwells, uploaded(form)), form.nonce, subject=notice)
        marks = _("您粘贴的内容里有看不见的控制符号，已经去掉，文字没有变。") if rules.holds_marks(form.text.data) else ""
        return received(*entered, marks)
    except AlreadyDone as told:
        return again(form.nonce, told)
    except Refused as refusal:
        return _form(form, refusal.status, str(refusal), notice, place)


def chosen(form):
    """The pictures somebody chose; a form that comes back cannot choose them again."""
    return [file for file in form.photos.data or [] if getattr(file, "filename", "")]


def uploaded(form):
    """The chosen pictures, drawn anew."""
    files = chosen(form)
    if len(files) > rules.PHOTOS:
        raise TooManyPhotos(most=rules.PHOTOS)
    return [images.photo(file.read()).data for file in files]


def _form(form, status, error="", notice=None, place=None):
    names = boards.names_shown(g.place, place) if place else []
    answer = page(
        "suggestions/new.html", form=form, error=error, status=status, notice=notice, names=names, at=place,
        supervises=form.kind.data == Kind.SUPERVISION, lost=chosen(form),
    )  # fmt: skip
    return unkept(answer)


def unkept(answer):
    """Words and codes stay out of every cache and out of a shared computer's history."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def received(suggestion, code, told="", status=200, staff=False):
    """The receipt: the only page that ever shows the code, so it answers the form itself."""
    answer = page(
        "suggestions/received.html", suggestion=suggestion, code=code, told=told, staff=staff, form=CodeForm(None),
        taken_form=CodeForm(None), unseen=waits_unseen(suggestion), last_day=deadlines.Lights(g.place).last_day(suggestion), status=status,
    )  # fmt: skip
    return unkept(answer)


def again(nonce, told, staff=False):
    """The same form a second time: nothing is entered, but who never saw the receipt sees it now."""
    code = receipts.code_for(nonce)
    suggestion = queries.tracked(g.place, code)
    if suggestion.receipt_taken:
        raise told
    return received(suggestion, code, str(told), told.status, staff)


@bp.post("/suggestions/taken")
@public
def taken():
    form = CodeForm()
    suggestion = _found(form)
    rules.taken(suggestion)
    return done(url_for("suggestion_queue.index" if request.form.get("desk") else "suggestions.track"))


@bp.post("/suggestions/receipt.pdf")
@public
def receipt():
    suggestion = _found(form := CodeForm())
    sheet = sheets.receipt(suggestion, receipts.spelled(form.code.data))
    return pdf_answer(pdf("suggestions/print/receipt.html", sheet), _("受理回执-%(number)s", number=suggestion.number))


def _found(form):
    """The message behind the code of a form; guessing is slow and counted in memory only."""
    if not form.validate():
        raise receipts.CodeTooShort(n=len(form.code.data or ""))
    if not guesses.allow(request.remote_addr or ""):
        raise TooManyGuesses()
    return queries.tracked(g.place, receipts.spelled(form.code.data))


@bp.route("/suggestions/track", methods=["GET", "POST"])
@public
def track():
    form = CodeForm()
    if not form.validate_on_submit():
        return _ask(form, 422 if form.is_submitted() else 200)
    try:
        return _tracked(_found(form), form.code.data)
    except Refused as refusal:
        return _ask(form, refusal.status, refusal)


def _ask(form, status, refusal=None):
    if refusal is not None:
        form.code.errors = [str(refusal)]
    return unkept(page("suggestions/track.html", form=form, status=status))


def _tracked(suggestion, code, said="", error="", forms=None, status=200):
    """The timeline, with what the asker may do next."""
    forms = {"add": AdditionForm(None), "rate": RatingForm(None), "withdraw": CodeForm(None), **(forms or {})}
    for form in forms.values():
        form.code.data = code
    lights, matter, back = deadlines.Lights(g.place), queries.matter(suggestion), queries.taken_back(suggestion)
    answer = page(
        "suggestions/timeline.html", suggestion=suggestion, matter=matter, steps=queries.told_to_asker(suggestion),
        light=lights.of(matter), last_day=lights.last_day(matter), forms=forms, said=said, error=error, status=status,
        is_open=matter.state in OPEN and not back, may_rate=queries.may_rate(suggestion), back=back,
        may_add=matter.state in (*OPEN, State.REPLIED) and not back, unseen=waits_unseen(suggestion),
        photos=suggestion.photos.count(),
    )  # fmt: skip
    return unkept(answer)


@bp.post("/suggestions/track/additions")
@public
def add():
    form = AdditionForm()
    return _acted("add", form, lambda row: rules.add_words(row, form.words.data, form.nonce), _("已补充。"))


@bp.post("/suggestions/track/ratings")
@public
def rate():
    form = RatingForm()
    return _acted(
        "rate", form, lambda row: rules.rate(row, Rating(form.rating.data), form.comment.data or "", form.nonce),
        _("谢谢您的评价。"),
    )  # fmt: skip


@bp.post("/suggestions/track/withdrawals")
@public
def withdraw():
    form = CodeForm()
    return _acted("withdraw", form, lambda row: rules.withdraw(row, form.nonce), _("已撤回。"))


def _acted(name, form, act, said):
    """One of the asker's acts; the page answers with the timeline because the code must not stand in an address."""
    sound = form.validate()
    try:
        if not guesses.allow(request.remote_addr or ""):
            raise TooManyGuesses()
        suggestion = queries.tracked(g.place, receipts.spelled(form.code.data or ""))
    except Refused as refusal:
        return _ask(CodeForm(None), refusal.status, refusal)
    if not sound:
        return _tracked(suggestion, form.code.data, forms={name: form}, status=422)
    try:
        act(suggestion)
    except Refused as refusal:
        fresh = queries.tracked(g.place, receipts.spelled(form.code.data))
        return _tracked(fresh, form.code.data, error=str(refusal), forms={name: form}, status=refusal.status)
    return _tracked(queries.tracked(g.place, receipts.spelled(form.code.data)), form.code.data, said)
