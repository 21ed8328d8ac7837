"""Words of the interface: Chinese is the source, English is a catalogue (the only file that knows flask-babel)."""

import os
import sys
from contextlib import contextmanager
from pathlib import Path

from flask import has_request_context, request
from flask_babel import Babel, force_locale, get_locale, gettext, lazy_gettext, ngettext

LANGUAGES = {"zh": "zh_Hans_CN", "en": "en"}

_ = gettext
_l = lazy_gettext
_n = ngettext


def language() -> str:
    """The language of this answer: ``?lang=`` first, then the preference cookie, then LINLI_LOCALE, then Chinese."""
    usual = "en" if os.environ.get("LINLI_LOCALE", "").startswith("en") else "zh"
    if not has_request_context():
        return usual
    asked = request.args.get("lang") or request.cookies.get("lang")
    return asked if asked in LANGUAGES else usual


def current_language() -> str:
    """``zh`` or ``en``, as the catalogue in force has it (also outside a request)."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


@contextmanager
def in_chinese():
    """What is written down or printed is Chinese, whatever the language of the page it was ordered from."""
    with force_locale(LANGUAGES["zh"]):
        yield


def init_text(app) -> None:
    """Register the catalogue with the application."""
    # ./linli compiles into the virtual environment, so the folder of the source stays as it was cloned.
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(Path(sys.prefix) / "translations"))
    Babel(app, locale_selector=lambda: LANGUAGES[language()])
