"""Several communities in one instance: those somebody works in, and founding one more beside them."""

from flask import Blueprint, flash, g, request, url_for

from blueprints.office import queries, rules
from blueprints.office.forms import CommunityForm
from core.access import Can, needs
from core.links import community_address, community_path
from core.page import done, page
from core.refusal import Refused
from core.text import _

bp = Blueprint("communities", __name__)


@bp.get("/office/communities")
@needs(Can.OFFICE_ENTER)
def index():
    return _page(CommunityForm())


def _page(form, status=200, error=""):
    root = request.script_root.removesuffix(community_path(g.place))
    return page(
        "office/communities.html", rows=queries.communities(g.actor), form=form, address=community_address,
        path=lambda place: root + community_path(place), status=status, error=error,
    )  # fmt: skip


@bp.post("/office/communities")
@needs(Can.COMMUNITIES_FOUND)
def found():
    form = CommunityForm()
    if not form.validate():
        return _page(form, 422)
    try:
        place, account = rules.found_another(g.actor, form.community.data, form.login.data, form.password.data or "", form.name.data or "")
    except Refused as refusal:
        return _page(form, refusal.status, str(refusal))
    address = f"{community_address(place)}/"
    flash(_("%(community)s已建立，网址是 %(address)s，用账号 %(login)s 登录。", community=place.name, address=address, login=account.login))
    return done(url_for("communities.index"))
