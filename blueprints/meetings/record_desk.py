"""The minute-taker's page: what is typed is sent field by field every few seconds, or with one button without a script."""

from flask import Blueprint, Response, abort, flash, g, jsonify, request, url_for

from blueprints.meetings import closing, drafting, printing, recording, rules
from blueprints.meetings.models import AgendaItem
from blueprints.meetings.recording import Write
from blueprints.meetings.states import LineKind, MeetingState
from blueprints.meetings.views import working_or_404
from blueprints.meetings.writings import RecordLine
from blueprints.papers import rules as papers
from core import clock, settings
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused
from core.text import _
from core.web import row_number, shown_version

bp = Blueprint("record", __name__, url_prefix="/office/meetings/<int:number>/record")
MOST_WRITES = 200  # fields in one message
FIELDS = ("speaker", "text", "responsible", "due_on", "cited")


@bp.get("")
@needs(Can.MEETINGS_WRITE)
def show(number):
    return _show(working_or_404(number))


def _show(meeting, status=200, error="", typed=None, asked=""):
    lines: dict[int, list[RecordLine]] = {}
    for line in recording.lines(meeting):
        lines.setdefault(line.item_id, []).append(line)
    asides: dict[tuple[int, str], list] = {}
    for row in recording.asides(meeting):
        asides.setdefault((row.line_id, row.field), []).append(row)
    return page(
        "meetings/record.html", meeting=meeting, items=list(meeting.agenda.order_by(AgendaItem.position)), lines=lines,
        asides=asides, speakers=drafting.speakers(meeting), Kind=LineKind, status=status, error=error, typed=typed or {},
        added=asked, stamped=settings.value("meetings.record_times", g.place), others=list(recording.others(g.actor, meeting)),
        State=MeetingState, now=clock.local(clock.now()),
    )  # fmt: skip


@bp.post("")
@needs(Can.MEETINGS_WRITE)
def save(number):
    """Without a script: the whole page with one button, a line more or less, a choice between two texts."""
    meeting = working_or_404(number)
    asked = request.form.get("more", "")
    try:
        outcome = recording.write_down(g.actor, meeting, [*_typed(), *_asked(asked)])
        _chosen(meeting, asked)
    except Refused as refusal:
        return _show(working_or_404(number), refusal.status, str(refusal))
    if outcome.refused:
        told = "\n".join(why for _uid, _field, why in outcome.refused)
        return _show(working_or_404(number), 422, told, {(uid, name): request.form.get(f"{name}.{uid}", "") for uid, name, _why in outcome.refused})
    if outcome.conflicts:
        flash(_("有 %(count)s 处别人也改过，两份都留着，请在下面选用哪一份。", count=len(outcome.conflicts)), "warn")
    anchor = asked.partition(":")[2] if asked.startswith("add-") else ""
    return done(url_for("record.show", number=number) + (f"#item-{anchor}" if anchor.isdecimal() else ""))


def _typed():
    """Each field of the form on top of the version it was shown with; ``line.<uid>`` says which boxes the page had."""
    for key, kind in request.form.items():
        if not key.startswith("line.") or kind not in set(LineKind):
            continue
        uid = key[5:]
        item = request.form.get(f"item.{uid}", 0, type=row_number)
        for name in FIELDS:
            if f"v-{name}.{uid}" in request.form:
                version = request.form.get(f"v-{name}.{uid}", 0, type=row_number)
                yield Write(uid, item, LineKind(kind), name, request.form.get(f"{name}.{uid}", ""), version)


def _asked(asked):
    """``add-speech:<item>`` begins a line, ``drop:<uid>`` takes one away."""
    act, _colon, rest = asked.partition(":")
    kind = act.removeprefix("add-")
    if act.startswith("add-") and kind in set(LineKind) and rest.isdecimal() and len(rest) < 10:
        yield Write(recording.new_uid(), int(rest), LineKind(kind), "text", "")
    if act in ("drop", "undrop"):
        version = request.form.get(f"v-removed.{rest}", 0, type=row_number)
        yield Write(rest, 0, LineKind.SPEECH, "removed", "1" if act == "drop" else "", version)


def _chosen(meeting, asked):
    act, _colon, rest = asked.partition(":")
    if act in ("mine", "theirs") and rest.isdecimal() and len(rest) < 10:
        recording.settle(g.actor, meeting, int(rest), act == "mine")


@bp.post("/sync")
@needs(Can.MEETINGS_WRITE)
def sync(number):
    """JSON from the page's script: what was typed, where its hand is, which revision it knows; back comes the rest."""
    meeting = working_or_404(number)
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict):
        abort(400)
    try:
        writes = [_write(one) for one in asked.get("writes", [])[:MOST_WRITES]]
        since, item = int(asked.get("since", -1)), int(asked.get("item", 0))
    except (TypeError, ValueError, KeyError, AttributeError):
        abort(400)
    try:
        outcome = recording.write_down(g.actor, meeting, writes)
        for uid, name in asked.get("dropped", [])[:MOST_WRITES]:
            recording.drop_asides(g.actor, meeting, str(uid), str(name))
    except Refused as refusal:
        return _told({"error": str(refusal)}, refusal.status)
    recording.here(g.actor, meeting, item)
    return _told(_answer(meeting, outcome, since))


def _write(one):
    return Write(
        str(one["uid"]), int(one["item"]), LineKind(one["kind"]), str(one["field"]), str(one["value"]), int(one["version"]),
        str(one.get("after", "")),
    )  # fmt: skip


def _answer(meeting, outcome, since):
    fresh = list(recording.lines(meeting, since))
    return {
        "saved": outcome.saved, "conflicts": outcome.conflicts, "refused": outcome.refused,
        "lines": [_line(line) for line in fresh], "revision": max([since, *(line.revision for line in fresh)]),
        "others": [_writing(name, place) for name, place in recording.others(g.actor, meeting)],
        "time": f"{clock.local(clock.now()):%H:%M:%S}",
    }  # fmt: skip


def _writing(name, place):
    return _("%(name)s正在写第 %(n)s 项", name=name, n=place) if place else _("%(name)s也开着这一页", name=name)


def _line(line):
    return {
        **{name: getattr(line, name) for name in ("uid", "kind", "position", "speaker", "text", "responsible", "due_on")},
        "item": line.item_id, "cited": int(line.cited), "removed": int(line.removed), "versions": line.versions,
        "at": f"{clock.local(line.said_at):%H:%M}" if line.said_at else "", "who": line.account.name if line.account else "",
    }  # fmt: skip


def _told(values, status=200):
    answer: Response = jsonify(values)
    answer.status_code = status
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _acted(number, act):
    meeting = working_or_404(number)
    try:
        act(meeting)
    except Refused as refusal:
        return _show(working_or_404(number), refusal.status, str(refusal))
    return done(url_for("record.show", number=number))


@bp.post("/endings")
@needs(Can.MEETINGS_WRITE)
def end(number):
    """散会: the hour the meeting ended."""
    return _acted(number, lambda meeting: rules.ended(g.actor, meeting, shown_version(), request.form.get("ended_at", "")))


@bp.post("/closings")
@needs(Can.MEETINGS_WRITE)
def close(number):
    return _acted(number, lambda meeting: closing.close(g.actor, meeting, shown_version()))


@bp.post("/reopenings")
@needs(Can.MEETINGS_WRITE)
def reopen(number):
    reason = request.form.get("reason", "")[:200]
    return _acted(number, lambda meeting: closing.reopen(g.actor, meeting, shown_version(), reason))


@bp.post("/prints")
@needs(Can.MEETINGS_WRITE)
def issue(number):
    """The closed record for the two signatures, with its code in the register."""
    meeting = working_or_404(number)
    if meeting.record_closed_at is None:
        return _show(meeting, 409, str(closing.NotClosed()))
    try:
        title = _("会议记录：%(title)s", title=meeting.title)
        papers.issue(
            g.actor, g.place, meeting, printing.RECORD, title, lambda code: printing.signed_record(meeting, code),
            version=meeting.record_edition,
        )  # fmt: skip
    except Refused as refusal:
        return _show(meeting, refusal.status, str(refusal))
    return done(url_for("meetings.paper", number=number, kind=printing.RECORD))
