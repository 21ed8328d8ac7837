"""The look keeps its promises: contrast, elder sizes, one vendored script, no inline code, words in the catalogue."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
import tinycss2

HOME = Path(__file__).resolve().parents[1]
CSS = (HOME / "static/css/linli.css").read_text()
TEMPLATES = sorted((HOME / "templates").rglob("*.html"))
# Papers are rendered to PDF, never served: their styles stand in the file and their words are the office's own.
PAGES = [path for path in TEMPLATES if "print" not in path.parts]
SCRIPTS = sorted(path for path in (HOME / "static/js").glob("*.js") if path.name != "htmx.min.js")
HAN = re.compile(r"[㐀-鿿]+")

TEXT_PAIRS = [
    ("ink", "paper"), ("ink", "mist"), ("ink", "mist-2"), ("ink", "dai-50"), ("ink", "warn-50"), ("ink", "bad-50"),
    ("ink", "ok-50"), ("ink", "gold-50"), ("ink-2", "paper"), ("ink-2", "mist"), ("ink-2", "mist-2"),
    ("ink-3", "paper"), ("ink-3", "mist"), ("ink-3", "mist-2"), ("ink-3", "dai-50"), ("dai", "paper"), ("dai", "mist"),
    ("dai", "dai-50"), ("dai-d", "mist-2"), ("paper", "dai"), ("paper", "dai-d"), ("paper", "red"), ("paper", "red-d"),
    ("paper", "ink"), ("paper", "ink-2"), ("paper", "bad"), ("red", "paper"), ("red", "red-50"), ("gold", "gold-50"),
    ("ok", "ok-50"), ("ok", "paper"), ("warn", "warn-50"), ("warn", "paper"), ("bad", "bad-50"), ("bad", "paper"),
]  # fmt: skip
SHAPE_PAIRS = [("line-2", "paper"), ("line-2", "mist"), ("amber", "paper"), ("halo", "ink"), ("dai", "mist-2")]


def tokens(mode: str) -> dict[str, str]:
    """The colours and sizes in force in a mode: the root's, overridden by the mode's own block."""
    found: dict[str, str] = {}
    for selector in (":root", mode):
        for block in re.findall(rf"^{re.escape(selector)} {{(.*?)}}", CSS, re.S | re.M):
            found.update(re.findall(r"--([\w-]+): ([^;]+);", block))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def name(path: Path) -> str:
    return str(path.relative_to(HOME))


def without_catalogue(text: str) -> str:
    """A template's text without its comments and without the strings handed to the catalogue."""
    text = re.sub(r"{#.*?#}|<!--.*?-->|'中文'|>中文<", "", text, flags=re.S)  # a language names itself
    string = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
    return re.sub(rf"\b(?:_|gettext|_n|ngettext)\(\s*{string}(?:\s*,\s*{string})?", "", text)


@pytest.mark.parametrize("mode", [":root", ".elder", ".staff", ".kiosk"])
def test_every_text_pair_can_be_read(mode):
    colours = tokens(mode)
    weak = [(a, b) for a, b in TEXT_PAIRS if contrast(colours[a], colours[b]) < 4.5]
    assert not weak


@pytest.mark.parametrize("mode", [":root", ".elder"])
def test_every_border_and_mark_can_be_seen(mode):
    colours = tokens(mode)
    weak = [(a, b) for a, b in SHAPE_PAIRS if contrast(colours[a], colours[b]) < 3]
    assert not weak


def test_elder_mode_has_no_small_text_and_no_small_target():
    sizes = tokens(".elder")
    assert all(float(sizes[f"t{i}"].removesuffix("rem")) * 16 >= 24 for i in range(1, 8))
    assert float(sizes["tap"].removesuffix("rem")) * 16 >= 60
    assert float(sizes["lh"]) >= 1.4
    assert contrast(sizes["ink-3"], sizes["mist-2"]) > contrast(tokens(":root")["ink-3"], sizes["mist-2"])


def test_staff_targets_are_as_tall_as_everybody_s():
    assert float(tokens(".staff")["tap"].removesuffix("rem")) * 16 >= 44


def test_every_token_used_is_declared():
    declared = set(re.findall(r"--([\w-]+):", CSS))
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= declared


def declarations(rules):
    """Every declaration of a sheet, inside its media and container rules too; parse errors come out as they are."""
    for rule in rules:
        nested = rule.type == "at-rule" and rule.at_keyword in ("media", "container")
        if nested:
            yield from declarations(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        elif rule.type == "qualified-rule":
            yield from tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
        elif rule.type == "error":
            yield rule


def test_the_stylesheet_has_no_broken_declaration():
    found = list(declarations(tinycss2.parse_stylesheet(CSS, skip_comments=True, skip_whitespace=True)))
    assert len(found) > 500
    assert [str(d) for d in found if d.type == "error" or d.name.endswith("-") or not d.value] == []


def test_the_stylesheet_is_small_and_asks_nobody_else():
    assert len(CSS.encode()) < 42_000
    assert len(gzip.compress(CSS.encode(), 9)) < 12_000
    assert "url(" not in CSS
    assert "@import" not in CSS


def test_htmx_is_the_file_it_claims_to_be():
    folder = HOME / "static/js"
    digest, listed = (folder / "SHA256SUMS").read_text().split()
    assert hashlib.sha256((folder / listed).read_bytes()).hexdigest() == digest
    assert "Zero-Clause BSD" in (folder / "HTMX-LICENSE").read_text()


def test_scripts_build_no_code_and_ask_nobody_else():
    for script in SCRIPTS:
        text = script.read_text()
        assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|https?://", text), name(script)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_style_and_no_script_inside_a_page(path):
    text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.S)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    assert not re.search(r"<style\b|\sstyle\s*=|\shx-on|javascript:", text)
    assert not re.search(r"<[^>{]*\son[a-z]+\s*=", text)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_word_on_a_page_goes_through_the_catalogue(path):
    assert HAN.findall(without_catalogue(path.read_text())) == []


def test_a_word_outside_the_catalogue_would_be_found():
    wrapped = "{# 说明 #}<p>{{ _('已收到') }}{{ ngettext('%(num)s 件', '%(num)s 件', n) }}</p>"
    assert HAN.findall(without_catalogue(wrapped)) == []
    assert HAN.findall(without_catalogue(wrapped + "谢谢")) == ["谢谢"]


def test_every_component_has_its_line_of_explanation():
    index = (HOME / "templates/macros/ui.html").read_text()
    offered = set(re.findall(r"\b(?:icons|basics|forms|lists|paper|ballot|figures)\.(\w+)", index)) - {"html"}
    macros = "\n".join(path.read_text() for path in sorted((HOME / "templates/macros").glob("*.html")))
    explained = set(re.findall(r"{#-? (\w+)\(.*?\).*?#}\s*{%-? macro \1\(", macros, re.S))
    assert offered - explained == set()
