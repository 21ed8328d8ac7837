"""The pages of a register: list, entry, form, files, paper, spreadsheet; made once for each declaration."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, request, url_for
from peewee import ModelSelect

from core import audit, evidence, zh
from core.access import needs
from core.act_titles import TITLES
from core.answers import file_answer, pdf_answer
from core.db import Record
from core.issued import papers
from core.issued.kinds import kind
from core.page import done, page
from core.printing import printer
from core.records.ledgers import Evidence
from core.records.work import AuditEntry
from core.refusal import Refused
from core.registers import forms, ledger, sheet
from core.registers.declaration import Register
from core.text import _
from core.web import row_number, shown_version, words_asked

ROWS = 20  # entries on one page of a list
MANY = 60  # records to choose from


def blueprint(register: Register) -> Blueprint:
    """``/office/<key>`` and below; app.py registers it among the area's own views."""
    bp = Blueprint(register.key, __name__)
    kind(_paper(register), register.title, register.read, desk=lambda _paper: f"/office/{register.key}", dated=True)
    for rule, view, permission, methods in (
        ("", index, register.read, ["GET"]),
        (".xlsx", table, register.read, ["GET"]),
        (".pdf", paper, register.read, ["GET"]),
        ("/prints", issue, register.edit, ["POST"]),
        ("/new", add, register.edit, ["GET", "POST"]),
        ("/<int:number>", show, register.read, ["GET"]),
        ("/<int:number>/edit", edit, register.edit, ["GET", "POST"]),
        ("/<int:number>/void", void, register.edit, ["POST"]),
        ("/<int:number>/files", attach, register.edit, ["POST"]),
        ("/<int:number>/files/<int:position>", file, register.read, ["GET"]),
        ("/<int:number>/files/<int:position>/removal", detach, register.edit, ["POST"]),
    ):
        bp.add_url_rule(f"/office/{register.key}{rule}", view.__name__, needs(permission)(partial(view, register)), methods=methods)
    return bp


class Asked:
    """What a list is narrowed to: words, choices, a day, or the void entries instead."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.words = words_asked()
        self.void = request.args.get("show") == "void"
        self.on = _day(request.args.get("on", "")) if register.span else None
        self.options = {key: options(register, key) for key in register.filters}
        wanted = {key: request.args.get(key, "") for key in register.filters}
        self.chosen = {key: value for key, value in wanted.items() if value in dict(self.options[key])}

    def __bool__(self) -> bool:
        return bool(self.words or self.void or self.chosen)

    def of(self, query: ModelSelect) -> ModelSelect:
        """The query's entries that are asked for."""
        model = self.register.model
        query = query.where(model.void != "" if self.void else ledger.standing(self.register, self.on))
        if self.words:
            query = query.where(ledger.saying(self.register, g.place, self.words))
        for key, value in self.chosen.items():
            query = query.where(getattr(model, key) == value)
        return query

    def said(self) -> str:
        """The narrowing in words, for the paper's head."""
        told = [str(dict(self.options[key])[value]) for key, value in self.chosen.items()]
        return "，".join([*told, *([_("含“%(words)s”", words=self.words)] if self.words else [])])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def options(register: Register, key: str) -> list[tuple[str, object]]:
    """(value, words) of a line people filter by."""
    choices = register[key].choices
    if isinstance(choices, type):
        return [(one.value, one.title) for one in choices if one.value]
    return [(str(value), words) for words, value in choices(g.place).items()]


def entry_or_404(register: Register, number: int) -> Record:
    return ledger.visible_to(register, g.actor, g.place).where(register.model.id == number).first() or abort(404)


def _rows(register: Register, asked: Asked) -> list[Record]:
    """The entries asked for."""
    return list(asked.of(ledger.visible_to(register, g.actor, g.place)))


def index(register: Register) -> Response:
    asked, first = Asked(register), request.args.get("from", 0, type=row_number)
    found = asked.of(ledger.visible_to(register, g.actor, g.place))
    asks = {key: value for key, value in request.args.items() if key != "from"}
    filters = list(_filters(register, asked))
    return page(
        register.list_template, "entries", register=register, rows=list(found.offset(first).limit(ROWS)), found=found.count(),
        asked=asked, filters=filters, shown=ledger.shown, totals=sheet.totals(register, found), first=first, most=ROWS,
        query=urlencode(asks), asks=asks,
        **(register.beside(g.place) if register.beside else {}),
    )  # fmt: skip


def _filters(register: Register, asked: Asked) -> Iterator[tuple[str, object, list, str]]:
    """What people choose from; a list too long to choose from is asked for by words, or by an address that names one."""
    for key in register.filters:
        chosen, listed = asked.chosen.get(key, ""), asked.options[key]
        if len(listed) > MANY:
            listed = [(value, words) for value, words in listed if value == chosen]
        if listed:
            yield key, register[key].title, listed, chosen


def table(register: Register) -> Response:
    return file_answer(sheet.table(register, _rows(register, Asked(register))), f"{g.place.name}{register.title}.xlsx")


def paper(register: Register) -> Response:
    return pdf_answer(papers.shown(g.place, _paper(register), _drawing(register), None), f"{g.place.name}{register.title}")


def issue(register: Register) -> Response:
    """The ledger leaves the office: entered among the issued papers, with a code."""
    papers.issue(g.actor, g.place, g.place, _paper(register), register.title, _drawing(register), None)
    return done(url_for(f"{register.key}.paper", **request.args))


def _paper(register: Register) -> str:
    """Its kind in the register of issued papers."""
    return f"{register.key}-ledger"


def _drawing(register: Register) -> partial:
    asked = Asked(register)
    drawn = sheet.sheet(register, g.place, _rows(register, asked), asked.on, asked.said())
    return partial(printer.pdf, sheet.TEMPLATE, drawn)


def show(register: Register, number: int, error: str = "", status: int = 200) -> Response:
    row = entry_or_404(register, number)
    facts = [(line.title, ledger.shown(register, row, line.key)) for line in register.lines]
    return page(
        register.template, register=register, row=row, called=ledger.called(register, row), error=error, status=status,
        facts=[(title, words) for title, words in facts if words], files=evidence.beside(row)[row.id],
        story=[_told(register, entry) for entry in audit.history(row)], reason=request.form.get("reason", ""),
        **(register.more(row) if register.more else {}),
    )  # fmt: skip


def _told(register: Register, entry: AuditEntry) -> tuple[str, object, str, str]:
    """One entry of the trail for the timeline: what was done, when and by whom, which lines it touched."""
    touched = audit.values(entry)
    names = [str(register[key].title) for key in touched.get("after", ()) if key in register.columns]
    words = "、".join(names) or touched.get("reason") or touched.get("attached") or touched.get("detached") or ""
    return "past", TITLES[entry.act], f"{zh.moment(entry.at)} · {entry.who}", str(words)


def add(register: Register) -> Response:
    form = forms.form(register, g.place, given=request.args)
    if not form.validate_on_submit():
        return _edit(register, None, form, 422 if form.is_submitted() else 200)
    try:
        row = ledger.enter(register, g.actor, g.place, forms.entered(register, form))
    except Refused as refusal:
        return _edit(register, None, form, refusal.status, str(refusal))
    return done(url_for(f"{register.key}.show", number=row.id))


def edit(register: Register, number: int) -> Response:
    row = entry_or_404(register, number)
    form = forms.form(register, g.place, {**ledger.values_of(register, row), "version": row.version})
    if not form.validate_on_submit():
        return _edit(register, row, form, 422 if form.is_submitted() else 200)
    try:
        ledger.correct(register, g.actor, row, shown_version(), forms.entered(register, form))
    except Refused as refusal:
        form.version.data = entry_or_404(register, number).version
        return _edit(register, row, form, refusal.status, str(refusal))
    return done(url_for(f"{register.key}.show", number=number))


def _edit(register: Register, row: Record | None, form: forms.EntryForm, status: int, error: str = "") -> Response:
    called = ledger.called(register, row) if row else ""
    return page("registers/edit.html", register=register, row=row, called=called, form=form, error=error, status=status)


def void(register: Register, number: int) -> Response:
    row = entry_or_404(register, number)
    try:
        ledger.void(register, g.actor, row, shown_version(), request.form.get("reason", "")[:200])
    except Refused as refusal:
        return show(register, number, str(refusal), refusal.status)
    return done(url_for(f"{register.key}.show", number=number))


def attach(register: Register, number: int) -> Response:
    row, sent = entry_or_404(register, number), request.files.get("file")
    try:
        ledger.attach(register, g.actor, row, sent.read() if sent else b"", (sent and sent.filename) or "")
    except Refused as refusal:
        return show(register, number, str(refusal), refusal.status)
    return done(url_for(f"{register.key}.show", number=number))


def file_or_404(row: Record, position: int) -> Evidence:
    return evidence.file_of(row, position) or abort(404)


def file(register: Register, number: int, position: int) -> Response:
    found = file_or_404(entry_or_404(register, number), position)
    return file_answer(bytes(found.blob.content), found.name)


def detach(register: Register, number: int, position: int) -> Response:
    row = entry_or_404(register, number)
    ledger.detach(register, g.actor, row, file_or_404(row, position))
    return done(url_for(f"{register.key}.show", number=number))
