"""Words stand in compiled templates already, in both languages, and addresses are worked out once."""

import pytest
from flask import url_for
from jinja2 import DictLoader

from core import templates


@pytest.fixture
def env(app, monkeypatch):
    """A set of made-up templates per language."""
    monkeypatch.setattr(templates, "catalogue", lambda language: Words(language))
    made = app.jinja_env.overlay(loader=DictLoader(PAGES))
    made.spoken = {}
    for language in ("zh", "en"):
        made.spoken[language] = one = made.overlay()
        one.language = language
        one.globals = {**made.globals, "ngettext": templates.counted(language)}
    return made.spoken


PAGES = {
    "plain.html": "<b>{{ _('公示') }}</b>",
    "values.html": "{{ _('%(name)s 的公示', name=name) }}",
    "nested.html": "{{ _('%(name)s 的公示', name=_('公示')) }}",
    "percent.html": "{{ _('满 5%% 算') }}",
    "chosen.html": "{{ _('公示') if on else _('%(name)s 的公示', name=1) }}",
    "counted.html": "{{ ngettext('%(num)s 件', '%(num)s 件', n, name=name) }}",
    "macro.html": "{% macro m(x) %}{{ _('公示') }}{{ x }}{% endmacro %}{{ m(_('公示')) }}",
}
ENGLISH = {"公示": "Notice", "%(name)s 的公示": "%(name)s's notice", "满 5%% 算": "counts from 5%%"}


class Words:
    def __init__(self, language):
        self.known = ENGLISH if language == "en" else {}

    def gettext(self, text):
        return self.known.get(text, text)

    def ngettext(self, one, many, num):
        return "%(num)s items of %(name)s" if self.known else one


@pytest.mark.parametrize(
    ("name", "chinese", "english"),
    [
        ("plain.html", "<b>公示</b>", "<b>Notice</b>"),
        ("values.html", "&lt;i&gt; 的公示", "&lt;i&gt;'s notice"),
        ("nested.html", "公示 的公示", "Notice's notice"),
        ("percent.html", "满 5% 算", "counts from 5%"),
        ("chosen.html", "1 的公示", "1's notice"),
        ("counted.html", "2 件", "2 items of &lt;i&gt;"),
        ("macro.html", "公示公示", "NoticeNotice"),
    ],
)
def test_the_words_are_written_in(env, name, chinese, english):
    for language, expected in (("zh", chinese), ("en", english)):
        assert env[language].get_template(name).render(name="<i>", on=False, n=2) == expected


def test_a_word_is_looked_up_when_the_template_is_compiled_and_never_again(env, monkeypatch):
    monkeypatch.setattr(Words, "gettext", lambda self, text: f"[{text}]")
    page = env["zh"].get_template("plain.html")
    monkeypatch.setattr(Words, "gettext", None)
    assert page.render() == page.render() == "<b>[公示]</b>"


def test_each_language_has_its_own_components(app):
    macros = {language: one.globals["ui"].pager for language, one in app.jinja_env.spoken.items()}
    assert "上一页" in macros["zh"](1, 2, 3, "/", "/")
    assert "上一页" not in macros["en"](1, 2, 3, "/", "/")


def test_addresses_are_remembered_per_community_and_value(app):
    remembered = app.jinja_env.globals["url_for"]
    for base in ("", "/c/c2"):
        with app.test_request_context("/", base_url=f"http://linli.test{base}"):
            for _twice in range(2):
                for values in ({"number": 1}, {"number": 2}, {"number": 1, "q": "a b"}, {"number": 1, "_anchor": "x"}):
                    assert remembered("notices.show", **values) == url_for("notices.show", **values)
            assert remembered("notices.show", number=1, _external=True) == f"http://linli.test{base}/notices/1"
