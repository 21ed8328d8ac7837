"""Those who do not come to the meeting: who votes for them, and which box comes to their door."""

from flask import abort, g, request, url_for

from blueprints.ballots import moving, printing, proxies, queries
from blueprints.ballots.call_room import bp
from blueprints.ballots.count_room import box_or_404
from blueprints.ballots.forms import ProxyForm, TripForm, instant, options, wall
from blueprints.ballots.hall import entry_or_404, lined
from blueprints.ballots.kinds import BoxKind, PollStatus
from blueprints.ballots.models import Proxy, Scrutineer
from blueprints.ballots.office import poll_or_404
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page, wants_box
from core.refusal import Refused
from core.text import _
from core.web import row_number


@bp.route("/<int:number>/proxies", methods=["GET", "POST"])
@needs(Can.POLLS_PREPARE)
def proxy_list(number):
    poll, form = poll_or_404(number), ProxyForm()
    voters = [(row.id, f"{row.name} {row.stairwell}".strip()) for row in queries.roll_of(poll).where(queries.MAY_ENTRUST)]
    form.principal.choices = form.holder.choices = options(voters)
    if not form.validate_on_submit():
        return _proxies(poll, form, 422 if form.is_submitted() else 200)
    try:
        principal, holder = (entry_or_404(poll, field.data) for field in (form.principal, form.holder))
        proxies.entrust(g.actor, principal, holder, form.relation.data)
    except Refused as refusal:
        return _proxies(poll, form, refusal.status, str(refusal))
    return done(url_for("polls.proxy_list", number=number))


def _proxies(poll, form, status=200, error=""):
    return page(
        "ballots/proxies.html", poll=poll, form=form, rows=proxies.told(poll), error=error, State=PollStatus, status=status
    )


def proxy_or_404(poll, which):
    return proxies.of_poll(poll).where(Proxy.id == which).first() or abort(404)


@bp.post("/<int:number>/proxies/<int:which>/revocation")
@needs(Can.POLLS_RUN)
def revoke_proxy(number, which):
    poll = poll_or_404(number)
    try:
        proxies.revoke(g.actor, proxy_or_404(poll, which))
    except Refused as refusal:
        return _proxies(poll, ProxyForm(formdata=None), refusal.status, str(refusal))
    return done(url_for("polls.proxy_list", number=number))


@bp.post("/<int:number>/proxies/<int:which>")
@needs(Can.POLLS_RUN)
def tick_proxy(number, which):
    """The holder draws one more ballot, or hands it back; only the holder's line is drawn anew where htmx asks."""
    poll = poll_or_404(number)
    proxy = proxy_or_404(poll, which)
    name, off, _rest = request.form.get("tick", "").partition("!")
    if name not in ("slip_taken", "paper_taken"):
        abort(422)
    holder, error = entry_or_404(poll, proxy.holder_id), ""
    try:
        proxies.tick(proxy, **{name: not off})
    except Refused as refusal:
        error = str(refusal)
    if error and not wants_box():
        return _proxies(poll, ProxyForm(formdata=None), 409, error)
    return done(url_for("polls.voters", number=number) + f"#r{holder.id}", lambda: lined(poll, holder, error))


@bp.route("/<int:number>/box/<int:which>/trip", methods=["GET", "POST"])
@needs(Can.POLLS_RUN)
def trip(number, which):
    poll, form = poll_or_404(number), TripForm()
    box = box_or_404(poll, which)
    if box.kind is not BoxKind.MOVING:
        abort(404)
    people = list(poll.scrutineers.order_by(Scrutineer.id))
    form.carriers.choices = options((row.name, f"{row.name}（{row.role.title}）") for row in people)
    if not form.is_submitted():
        _fill(form, moving.trip_of(box))
    if not form.validate_on_submit():
        return _trip(poll, box, form, 422 if form.is_submitted() else 200)
    try:
        moving.plan(g.actor, box, form.route.data, instant(form.leaves_at.data), instant(form.back_at.data), form.carriers.data)
        moving.assign(box, request.form.getlist("visited", type=row_number))
    except Refused as refusal:
        return _trip(poll, box, form, refusal.status, str(refusal))
    return done(url_for("polls.trip", number=number, which=which))


def _fill(form, found):
    if found:
        form.route.data, form.carriers.data = found.route, found.carriers
        form.leaves_at.data, form.back_at.data = wall(found.leaves_at), wall(found.back_at)


def _trip(poll, box, form, status=200, error=""):
    several = [one for one in queries.boxes_of(poll, box.poll_class) if one.kind is BoxKind.MOVING]
    return page(
        "ballots/trip.html", poll=poll, counted=box, form=form, planned=moving.trip_of(box), several=len(several) > 1,
        registered=moving.registered(box), visited={row.id for row in moving.visited(box)},
        error=error, status=status,
    )  # fmt: skip


@bp.get("/<int:number>/box/<int:which>/trip.pdf")
@needs(Can.POLLS_READ)
def trip_sheet(number, which):
    poll = poll_or_404(number)
    box, form = box_or_404(poll, which), TripForm(formdata=None)
    try:
        return pdf_answer(printing.moving(box), _("流动票箱登记表-%(box)s", box=box.name))
    except Refused as refusal:
        return _trip(poll, box, form, refusal.status, str(refusal))
