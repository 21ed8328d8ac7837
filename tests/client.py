"""A test client that reads every page as a person's tools would: title, ids, labels, form tokens."""

import re

from flask import g, has_app_context
from flask.testing import FlaskClient
from lxml import html


class Client(FlaskClient):
    """``as_(account)`` signs in; ``submit`` fills the page's own form, tokens included."""

    page = None

    def as_(self, account, at=""):
        """Sign in without the form; ``at`` is another community's prefix, e.g. /c/c2."""
        with self.session_transaction(path="/office", base_url=f"http://localhost{at}") as session:
            session["_user_id"] = f"{account.id}:{account.seal}"
            session["_fresh"] = True
        return self

    def open(self, *args, **kwargs):
        # The test's own application context outlives the requests in it; no request may find another's user or token.
        if has_app_context():
            vars(g._get_current_object()).clear()
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and "<html" in answer.text:
            self.page = html.fromstring(answer.text)
            check_page(self.page, answer.request.path)
        return answer

    def submit(self, path, button=None, form=None, **values):
        """GET ``path``, fill its POST form (the one whose action ends in ``form``) and send it."""
        self.get(path)
        return self.send(path, button, form, **values)

    def send(self, path, button=None, form=None, **values):
        """Fill and send a POST form of the page last opened; ``button`` is (name, value) of the pressed one."""
        forms = [f for f in self.page.forms if f.method == "POST" and (f.action or path).split("?")[0].endswith(form or "")]
        chosen = next(f for f in forms if form or "sign-out" not in (f.action or ""))
        data = [(name, value) for name, value in chosen.form_values() if name not in values]
        data += [(name, item) for name, value in values.items() for item in (value if isinstance(value, list) else [value])]
        data += [button] if button else []
        fields = {}
        for name, value in data:
            fields.setdefault(name, []).append(value)
        return self.post(chosen.action or path, data=fields)


def check_page(page, path):
    """What every page owes its reader."""
    assert (page.findtext(".//title") or "").strip(), f"{path} has no title"
    assert len(page.findall(".//h1")) == 1, f"{path} has {len(page.findall('.//h1'))} h1"
    ids = [node.get("id") for node in page.iter() if node.get("id")]
    assert len(ids) == len(set(ids)), f"{path} repeats ids {[i for i in ids if ids.count(i) > 1]}"
    labelled = {label.get("for") for label in page.iter("label")}
    for field in page.iter("input", "select", "textarea"):
        if field.get("type") in ("hidden", "submit"):
            continue
        named = field.get("id") in labelled or field.get("aria-label") or _inside_label(field)
        assert named, f"{path}: {field.get('name')} has no label"
    for form in page.forms:
        if form.method == "POST":
            tokens = [name for name in form.fields if re.fullmatch("csrf_token|form_token", name or "")]
            assert tokens, f"{path}: a form without a token ({form.action})"


def _inside_label(field):
    return any(parent.tag == "label" for parent in field.iterancestors())
