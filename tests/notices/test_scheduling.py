"""Scheduled publication: on its day, once, without anybody; and what happens when it may not go out."""

from datetime import date

import pytest

from blueprints.notices import queries, rules, scheduling
from blueprints.notices.models import NoticeKind, NoticeState
from core import history, jobs, settings
from core.audit import faults
from core.records.papers import IssuedPaper
from core.records.work import AuditEntry
from tests import make
from tests.notices.office import clerk, draft, fresh, set_clock

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def secretary(community):
    return make.actor(community)


@pytest.fixture
def waiting(community, secretary, monkeypatch):
    """An approved announcement that is to go out on Tuesday, 24 November 2026."""
    set_clock(monkeypatch, 2026, 11, 19)
    notice = rules.submit(clerk(community), draft(clerk(community), community, NoticeKind.ANNOUNCEMENT))
    return scheduling.schedule(secretary, rules.approve(secretary, notice), TUESDAY)


def test_it_goes_out_by_itself_at_the_hour_of_its_day_and_only_once(community, waiting, monkeypatch):
    for day, hour in ((23, 23), (24, 7)):
        set_clock(monkeypatch, 2026, 11, day, hour)
        assert scheduling.publish_due() == 0
    set_clock(monkeypatch, 2026, 11, 24, 8)
    assert scheduling.publish_due() == 1
    out = fresh(waiting)
    assert (out.state, out.number, out.publish_on, out.scheduler) == (NoticeState.PUBLISHED, "〔2026〕1号", None, None)
    assert IssuedPaper.get().subject_id == out.id
    assert [scheduling.publish_due() for _again in range(3)] == [0, 0, 0]
    assert IssuedPaper.select().count() == 1
    assert AuditEntry.get(AuditEntry.act == "notice:published").who == "定时发布"
    assert "定于 2026年11月24日 发布" in [step.note for step in history.steps(out)]
    assert queries.public(community).count() == 1
    assert list(faults()) == []


def test_a_day_the_machine_was_off_is_made_up_for(waiting, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 27, 3)
    assert scheduling.publish_due() == 1
    assert fresh(waiting).state is NoticeState.PUBLISHED


def test_the_hour_is_a_setting(community, waiting, monkeypatch):
    settings.put("notices.publish_hour", 6, community)
    set_clock(monkeypatch, 2026, 11, 24, 6)
    assert scheduling.publish_due() == 1


@pytest.mark.parametrize("day", [None, date(2026, 11, 18), date(2026, 11, 19)])
def test_a_day_that_has_come_is_refused(community, secretary, monkeypatch, day):
    set_clock(monkeypatch, 2026, 11, 19)
    notice = rules.approve(secretary, rules.submit(clerk(community), draft(clerk(community), community)))
    with pytest.raises(scheduling.DayGone):
        scheduling.schedule(secretary, notice, day)


def test_a_text_that_is_changed_or_kept_back_waits_no_more(community, secretary, waiting, monkeypatch):
    again = scheduling.keep_back(secretary, waiting)
    assert again.publish_on is None
    again = scheduling.schedule(secretary, again, TUESDAY)
    changed = rules.revise(clerk(community), again, again.version, title="关于停气的公告")
    assert (changed.state, changed.publish_on) == (NoticeState.DRAFT, None)
    set_clock(monkeypatch, 2026, 11, 25)
    assert scheduling.publish_due() == 0


def test_what_may_not_go_out_says_why_and_is_not_tried_again(community, secretary, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    notice = rules.approve(secretary, rules.submit(clerk(community), draft(clerk(community), community)))
    scheduling.schedule(secretary, notice, TUESDAY)
    settings.put("notices.days.admission", 7, community)
    set_clock(monkeypatch, 2026, 11, 24)
    assert scheduling.publish_due() == 0
    held = fresh(notice)
    assert (held.state, "至少公示 7" in held.held_back) == (NoticeState.APPROVED, True)
    assert "没有按时发布" in " ".join(due.text for due in queries.due(secretary, community))
    steps = history.steps(held).count()
    assert scheduling.publish_due() == 0
    assert history.steps(fresh(notice)).count() == steps
    settings.put("notices.days.admission", 5, community)
    scheduling.schedule(secretary, held, date(2026, 11, 25))
    set_clock(monkeypatch, 2026, 11, 25)
    assert scheduling.publish_due() == 1


def test_somebody_who_publishes_at_the_same_moment_is_first(secretary, waiting, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 24)
    meant, publish = fresh(waiting), rules.publish

    def overtaken(actor, notice, version=None):
        monkeypatch.setattr(rules, "publish", publish)
        publish(secretary, meant)
        return publish(actor, notice, version)

    monkeypatch.setattr(rules, "publish", overtaken)
    assert scheduling.publish_due() == 0
    out = fresh(waiting)
    assert (out.state, out.held_back) == (NoticeState.PUBLISHED, "")
    assert AuditEntry.select().where(AuditEntry.act == "notice:published").count() == 1


def test_the_job_process_looks_after_it_whatever_else_fails(waiting, monkeypatch, capsys):
    set_clock(monkeypatch, 2026, 11, 24)
    monkeypatch.setattr(jobs, "EVERY_MINUTE", [("blueprints.notices.nothing_there", "run"), *jobs.EVERY_MINUTE])
    jobs.look_after()
    assert fresh(waiting).state is NoticeState.PUBLISHED
    assert "nothing_there" in capsys.readouterr().err
