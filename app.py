"""create_app(): configuration, gate, blueprints, filters, commands."""

import os
import secrets
from pathlib import Path

from flask import Flask

import registers
from blueprints.accounts import views as accounts
from blueprints.ballots import cli as ballots_cli
from blueprints.ballots import prints as polls
from blueprints.ballots import views as ballots
from blueprints.boards import cli as boards_cli
from blueprints.boards import prints as board_prints
from blueprints.boards import public as boards_public
from blueprints.boards import reviewing as commitments
from blueprints.boards import views as boards
from blueprints.bodies import prints as body_prints
from blueprints.cobuilding import prints as cobuilding_prints
from blueprints.cobuilding import views as cobuilding
from blueprints.disclosures import desk as disclosures_desk
from blueprints.disclosures import views as disclosures
from blueprints.elections import views as elections
from blueprints.home import views as home
from blueprints.inservice import inquiries
from blueprints.inservice import views as inservice
from blueprints.jobs import views as jobs_pages
from blueprints.meetings import (
    after_desk,
    attendance_desk,
    chair_pages,
    invitations,
    record_desk,
    reminders,
    resolutions,
    series_desk,
    unit_pages,
)
from blueprints.meetings import cli as meetings_cli
from blueprints.meetings import residents as meetings_public
from blueprints.meetings import uploads as meeting_files
from blueprints.meetings import views as meetings
from blueprints.notices import cli as notices_cli
from blueprints.notices import drafting as notices_desk
from blueprints.notices import paper_desk as notice_prints
from blueprints.notices import views as notices
from blueprints.office import calendar, preferences
from blueprints.office import cli as office_cli
from blueprints.office import retention_page as keeping
from blueprints.office import views as office
from blueprints.organisation import responsible
from blueprints.organisation import views as organisation
from blueprints.papers import register as papers_desk
from blueprints.papers import views as papers
from blueprints.people import cli as people_cli
from blueprints.people import portraits
from blueprints.people import views as people
from blueprints.plans import views as plans
from blueprints.sharing import views as sharing
from blueprints.sixones import views as sixones
from blueprints.suggestions import box_prints as suggestion_boxes
from blueprints.suggestions import cli as suggestions_cli
from blueprints.suggestions import desk as suggestion_desk
from blueprints.suggestions import months as suggestion_months
from blueprints.suggestions import prints as suggestion_prints
from blueprints.suggestions import queue as suggestion_queue
from blueprints.suggestions import views as suggestions
from blueprints.visits import views as visits
from blueprints.workaccess import views as workaccess
from core import access, db, errors, instance, page, templates, text, uploads, web, zh
from core.commands import import_group, print_group
from core.registers import pages

AREAS = (
    home, office, accounts, organisation, responsible, people, portraits, boards, boards_public, commitments,
    board_prints, papers, papers_desk, jobs_pages, cobuilding, cobuilding_prints, sharing, plans, sixones, body_prints,
    workaccess, inservice, inquiries, notices, notices_desk, notice_prints,
    disclosures, disclosures_desk, suggestions, suggestion_desk, suggestion_prints,
    meetings, resolutions, meetings_public, ballots, polls, calendar, suggestion_queue, suggestion_boxes,
    suggestion_months, preferences, series_desk, meeting_files, invitations, attendance_desk, record_desk,
    after_desk, reminders, unit_pages, chair_pages, keeping, visits, elections,
)  # fmt: skip
COMMANDS = (
    office_cli, people_cli, boards_cli, meetings_cli, notices_cli, ballots_cli, suggestions_cli,
)  # fmt: skip


def secret_key(folder: Path) -> str:
    """SECRET_KEY, or one made once into the instance folder, readable by its owner alone."""
    if os.environ.get("SECRET_KEY"):
        return os.environ["SECRET_KEY"]
    path = folder / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass  # made by an earlier start, or by a sibling a moment ago
    return path.read_text()


def create_app(config: dict | None = None) -> Flask:
    """The application, bound to the instance folder's database; ``config`` overrides (tests)."""
    folder = instance.folder()
    app = Flask(__name__, instance_path=str(folder))
    app.config.from_mapping(
        SECRET_KEY=secret_key(folder),
        SESSION_COOKIE_NAME="linli",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=os.environ.get("LINLI_URL", "").startswith("https://"),
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=16 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
    )
    app.config.from_mapping(config or {})
    templates.init_templates(app)
    app.request_class = uploads.FormRequest
    app.session_interface = web.OfficeSession()
    db.configure(os.environ.get("DATABASE_URL", ""), folder)
    text.init_text(app)
    page.htmx.init_app(app)
    web.init_web(app)
    access.init_access(app)
    web.check_forms(app)
    errors.init_errors(app)
    for area in AREAS:
        app.register_blueprint(area.bp)
    for register in registers.ALL:
        app.register_blueprint(pages.blueprint(register))
    for commands in COMMANDS:
        commands.register(app.cli)
    app.cli.add_command(print_group)
    app.cli.add_command(import_group)
    app.jinja_env.filters.update(day=zh.day, short_day=zh.short_day, moment=zh.moment, weekday=zh.weekday, local_day=zh.local_day)
    app.jinja_env.speak()
    return app
