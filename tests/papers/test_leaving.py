"""No paper leaves the office but through the register: every route that prints is walked."""

import hashlib
import inspect
import io

import pdfplumber
import pytest
from flask import url_for

from blueprints.ballots import prints as poll_prints
from blueprints.ballots.models import Nominee
from blueprints.meetings import printing as meeting_prints
from blueprints.notices import prints as notice_prints
from blueprints.suggestions import printing as suggestion_prints
from core import jobs
from core.issued.kinds import KINDS
from core.records.papers import IssuedPaper
from core.records.people import Account, Person
from tests import make
from tests.papers.leaving import COUNTED, LEAVING, SHOWING, STAYING

# Routes that print one of several papers, by the value of their address that chooses.
SEVERAL = {
    "polls.paper": ("paper", poll_prints.TITLES), "meetings.paper": ("kind", meeting_prints.KINDS),
    "suggestion_prints.show": ("paper", suggestion_prints.PAPERS),
    "notice_prints.paper": ("name", notice_prints.PAPERS), "plans.paper": ("kind", ("plan", "report")),
}  # fmt: skip
KNOWN = {*LEAVING, *SHOWING, *COUNTED, *STAYING}


def papers_of(app):
    """Every paper there is: routes that end in .pdf or answer one, and jobs that make one."""
    for rule in app.url_map.iter_rules():
        view = inspect.unwrap(app.view_functions[rule.endpoint])
        view = getattr(view, "func", view)  # a register's pages are made for each declaration
        if not (rule.rule.endswith(".pdf") or "pdf_answer(" in inspect.getsource(view)):
            continue
        if rule.endpoint in SEVERAL:
            yield from (f"{rule.endpoint}:{name}" for name in SEVERAL[rule.endpoint][1])
        else:
            yield rule.endpoint
    yield from (f"job:{name}" for name in jobs.KINDS)


def test_every_paper_is_entered_or_stays_for_a_reason(app):
    assert set(papers_of(app)) == KNOWN
    assert len(KNOWN) == sum(map(len, (LEAVING, SHOWING, COUNTED, STAYING)))
    assert {one.kind for one in LEAVING.values()} | set(SHOWING.values()) | set(COUNTED.values()) == set(KINDS)
    assert {name for name, kind in KINDS.items() if kind.unmarked} == set(COUNTED.values())


def text_of(data):
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "".join(page.extract_text() for page in document.pages).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", LEAVING)
def test_a_paper_is_a_draft_until_it_is_issued(app, client, community, monkeypatch, name):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    monkeypatch.setitem(app.config, "WTF_CSRF_METHODS", set())
    paper, endpoint, account = LEAVING[name], name.split(":")[0], make.account(community)
    client.as_(account)
    chosen = {SEVERAL[endpoint][0]: name.split(":")[1]} if endpoint in SEVERAL else {}
    made = paper.made(community, account)
    with app.test_request_context():
        shown = url_for(endpoint, **made, **chosen)
        issuing = url_for(paper.issued, **made, **{k: v for k, v in chosen.items() if takes(app, paper.issued, k)})
    version = {"version": "3"} if name == "meetings.minutes" else {}
    assert "草稿" in text_of(client.get(shown).data)
    assert not IssuedPaper.select().exists()
    for _twice in range(2):
        answer = client.post(issuing + paper.asks, data={**paper.form, **version})
        assert answer.status_code == 303, answer.text
    entry = IssuedPaper.get(IssuedPaper.kind == paper.kind)
    data = client.get(shown).data
    text = text_of(data)
    assert entry.code in text
    assert "草稿" not in text
    assert entry.content_id is None or entry.digest == hashlib.sha256(data).hexdigest()
    assert names_in(client.get(f"/check/{entry.code}")) == []


def names_in(answer):
    """Anybody's name or telephone on the page everybody sees who has the code."""
    assert answer.status_code == 200
    names = {row.name for model in (Person, Account, Nominee) for row in model.select() if row.name}
    phones = {row.phone for row in Person.select() if row.phone}
    return [word for word in names | phones if word in answer.text]


def takes(app, endpoint, name):
    return any(name in rule.arguments for rule in app.url_map.iter_rules(endpoint))
