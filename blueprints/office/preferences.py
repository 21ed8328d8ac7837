"""Settings: an index by area with search, and each area's page with source, default, value in force and what was before."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.office import queries, rules
from core import settings
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused
from core.web import words_asked

bp = Blueprint("preferences", __name__)


@bp.get("/office/settings")
@needs(Can.SETTINGS_EDIT)
def index():
    words = words_asked()
    found = queries.chosen(g.place, words=words)
    areas = [(key, title, [one for one in found if one.declared.group == key]) for key, title in queries.SETTING_AREAS.items()]
    return page("office/settings.html", words=words, shown=queries.shown, areas=[one for one in areas if one[2]])


@bp.route("/office/settings/<area>", methods=["GET", "POST"])
@needs(Can.SETTINGS_EDIT)
def area(area):
    title = queries.SETTING_AREAS.get(area) or abort(404)
    if request.method == "GET":
        return _area(area, title)
    typed = {key: request.form[key] for key, one in settings.DECLARED.items() if one.group == area and key in request.form}
    if request.form.get("reset") in typed:
        rules.change_setting(g.actor, g.place, request.form["reset"], settings.DECLARED[request.form["reset"]].default)
        return done(url_for("preferences.area", area=area))
    errors = dict(_errors(typed))
    if errors:
        return _area(area, title, typed, errors, 422)
    rules.change_settings(g.actor, g.place, typed)
    return done(url_for("preferences.area", area=area))


def _errors(typed):
    """Every field that can't be taken, with the sentence that says why."""
    for key, text in typed.items():
        try:
            rules.setting_from_text(key, text)
        except Refused as refusal:
            yield key, str(refusal)


def _area(area, title, typed=None, errors=None, status=200):
    return page(
        "office/settings_area.html", area=area, title=title, rows=queries.chosen(g.place, area), typed=typed or {},
        errors=errors or {}, shown=queries.shown, status=status,
    )  # fmt: skip
