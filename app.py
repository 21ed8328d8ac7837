"""create_app(): configuration, gate, blueprints, filters, commands."""

import os
import secrets
from pathlib import Path

from flask import Flask

import areas
import registers
from core import access, db, errors, instance, page, templates, text, uploads, web, zh
from core.commands import import_group, print_group
from core.registers import pages


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
    for area in areas.PAGES:
        app.register_blueprint(area.bp)
    for register in registers.ALL:
        app.register_blueprint(pages.blueprint(register))
    for commands in areas.COMMANDS:
        commands.register(app.cli)
    app.cli.add_command(print_group)
    app.cli.add_command(import_group)
    app.jinja_env.filters.update(day=zh.day, short_day=zh.short_day, moment=zh.moment, weekday=zh.weekday, local_day=zh.local_day)
    app.jinja_env.speak()
    return app
