"""Templates in both languages: their words are written in when they are compiled, so that no page looks one up."""

import hashlib
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, request
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.visitor import NodeTransformer
from jinja2_fragments import render_block
from markupsafe import Markup

from core.text import CATALOGUES, LANGUAGES, catalogue, current_language

COMPILED = Path(sys.prefix) / "templates"
ADDRESSES = 8192  # addresses a process remembers; lists name the same few thousand again and again


class WordsWritten(NodeTransformer):
    """Replaces ``_("…")`` by the sentence itself; one with values keeps only the filling in."""

    def __init__(self, language: str) -> None:
        self.language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        asked = isinstance(node.node, nodes.Name) and node.node.name == "_" and not node.dyn_kwargs
        if not asked or len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
            return node
        said = Markup(catalogue(self.language).gettext(node.args[0].value))
        if not node.kwargs:
            return nodes.Const(said % {}, lineno=node.lineno)  # as gettext does: %% is one sign
        values = [nodes.Pair(nodes.Const(one.key), one.value, lineno=node.lineno) for one in node.kwargs]
        return nodes.Mod(nodes.Const(said), nodes.Dict(values), lineno=node.lineno)


def counted(language: str) -> Callable[..., Markup]:
    """``ngettext`` for templates: which sentence depends on the number, so it is chosen while the page is made."""
    words = catalogue(language)

    def ngettext(one: str, many: str, num: int, /, **values: object) -> Markup:
        return Markup(words.ngettext(one, many, num)) % {"num": num, **values}

    return ngettext


class Compiled(FileSystemBytecodeCache):
    """Compiled templates, one set for each language, so that a start compiles nothing anew."""

    def __init__(self, language: str) -> None:
        super().__init__(str(COMPILED), f"{language}-%s.code")
        # A template says something else with another catalogue or another way of writing words in.
        catalogue_file = CATALOGUES / LANGUAGES[language] / "LC_MESSAGES/messages.mo"
        files = [file.read_bytes() for file in (Path(__file__), catalogue_file) if file.exists()]
        self.words = hashlib.blake2b(b"".join(files)).hexdigest()
        with suppress(OSError):
            COMPILED.mkdir(exist_ok=True)

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(self.words + source)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # an account that may not write beside the packages compiles for itself
            super().dump_bytecode(bucket)


class Templates(Environment):
    """All templates in one language; ``spoken`` holds the other languages' sets."""

    language = "zh"
    spoken: dict[str, "Templates"]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return WordsWritten(self.language).visit(super()._parse(source, name, filename))

    def speak(self) -> None:
        """Make a set for each language, once filters and globals are complete."""
        self.spoken = {language: self.overlay() for language in LANGUAGES}
        for language, templates in self.spoken.items():
            templates.language, templates.bytecode_cache = language, Compiled(language)
            templates.globals = {**self.globals, "ngettext": counted(language)}
            templates.globals["ui"] = templates.get_template("macros/ui.html").module


def render(template: str, block: str | None = None, **context: object) -> str:
    """The template, or one block of it, in the language of this answer."""
    app = current_app._get_current_object()
    app.update_template_context(context)
    templates = app.jinja_env.spoken[current_language()]
    if block is not None:
        return render_block(templates, template, block, **context)
    return templates.get_template(template).render(context)


def addresses(app: Flask) -> Callable[..., str]:
    """``url_for`` for templates, which remembers what it worked out."""

    @lru_cache(maxsize=ADDRESSES, typed=True)
    def remembered(_root: str, endpoint: str, /, **values: object) -> str:
        return app.url_for(endpoint, **values)

    def url_for(endpoint: str, /, **values: object) -> str:
        if "_external" in values:
            return app.url_for(endpoint, **values)
        return remembered(request.script_root, endpoint, **values)

    return url_for


def init_templates(app: Flask) -> None:
    """Give the application its templates; call ``app.jinja_env.speak()`` when all is registered."""
    app.jinja_environment = Templates
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.auto_reload = False
    app.jinja_env.globals["url_for"] = addresses(app)
