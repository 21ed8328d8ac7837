"""Words of the interface: Chinese is the source, English is a catalogue (the only file that knows flask-babel)."""

import os
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from flask_babel.speaklater import LazyString

LANGUAGES = {"zh": "zh_Hans_CN", "en": "en"}
# ./linli compiles into the virtual environment, so the folder of the source stays as it was cloned.
CATALOGUES = Path(sys.prefix) / "translations"


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


@cache
def catalogue(spoken: str) -> NullTranslations:
    """The words of a language, read once; Chinese needs none."""
    return NullTranslations() if spoken == "zh" else Translations.load(CATALOGUES, [LANGUAGES[spoken]])


def _(text: str, /, **values: object) -> str:
    """The sentence in the language of this answer, with its values filled in."""
    said = catalogue(current_language()).gettext(text)
    return said % values if values else said


def _n(one: str, many: str, num: int, /, **values: object) -> str:
    """The sentence for this number, which it may name as ``%(num)s``."""
    return catalogue(current_language()).ngettext(one, many, num) % {"num": num, **values}


class Later(LazyString):
    """A sentence said when it is shown; nobody finds special methods of its words on it."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return super().__getattr__(name)


def _l(text: str, /, **values: object) -> Later:
    """``_`` for what is written before anybody asks: titles, refusals, labels."""
    return Later(_, text, **values)


@contextmanager
def in_chinese():
    """What is written down or printed is Chinese, whatever the language of the page it was ordered from."""
    with force_locale(LANGUAGES["zh"]):
        yield


def init_text(app: Flask) -> None:
    """Let every answer choose its language."""
    Babel(app, locale_selector=lambda: LANGUAGES[language()], configure_jinja=False)
