"""./linli poll …: people, roll and count desk."""

import json
import sys
from pathlib import Path

import click

from blueprints.accounts.rules import sign_in
from blueprints.ballots import desk, nominees, roll
from blueprints.ballots.lookup import account_called, box_called, class_of, poll_numbered, voter_called
from blueprints.ballots.models import BoxKind, ScrutineerRole
from blueprints.ballots.queries import voters
from core.access import actor_of, console
from core.commands import refusals_as_errors
from core.refusal import Refused
from core.text import _, _l

NUMBER = click.argument("poll", type=int)


class TallyUnreadable(Refused):
    sentence = _l("读不懂这份票箱数字：%(why)s。格式见 poll enter --help。")


def register(group: click.Group) -> None:
    """Hang these commands below ``poll``."""
    for command in (nominate, scrutineer, renew_roll, tick, exclude, box, enter, hand, spoil, surrender):
        group.add_command(command)


@click.command("nominate")
@NUMBER
@click.argument("name")
@click.option("--post", default="", help="提名职务")
@refusals_as_errors
def nominate(poll, name, post):
    """Add a candidate (or a motion) to a draft."""
    nominees.nominate(console(), poll_numbered(poll), name, post=post)
    click.echo(_("已登记候选人%(name)s。", name=name))


@click.command("scrutineer")
@NUMBER
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in ScrutineerRole]), default="scrutineer", show_default=True)
@click.option("--account", default=None, help="Login of the account that person counts with.")
@click.option("--no-kin", is_flag=True, help="Declared: no close kin of any candidate.")
@refusals_as_errors
def scrutineer(poll, name, role, account, no_kin):
    """Appoint a scrutineer, teller, caller or keeper of a key sheet."""
    who = account_called(account) if account else None
    row = nominees.appoint(console(), poll_numbered(poll), name, ScrutineerRole(role), no_kin, who)
    click.echo(_("已登记%(role)s%(name)s。", role=row.role.title, name=name))


@click.command("roll")
@NUMBER
@click.option("--renew", is_flag=True, help="Take the registers' changes over (draft only).")
@refusals_as_errors
def renew_roll(poll, renew):
    """The voters' totals by class."""
    found = poll_numbered(poll)
    if renew:
        roll.renew(console(), found)
    for row in found.classes:
        click.echo(json.dumps({"class": row.code, "title": row.title} | roll.ticks(row), ensure_ascii=False))


@click.command("tick")
@NUMBER
@click.argument("names", nargs=-1)
@click.option("--all", "everybody", is_flag=True, help="Everybody entitled.")
@click.option("--first", type=int, default=None, help="Only the first N entitled who took no ballot yet.")
@click.option("--slip", is_flag=True, help="Took a slip.")
@click.option("--paper", is_flag=True, help="Took a paper ballot.")
@click.option("--mobile", is_flag=True, help="Registered for the moving box.")
@click.option("--undo", is_flag=True)
@refusals_as_errors
def tick(poll, names, everybody, first, slip, paper, mobile, undo):
    """Tick people on the roll: signed in, and what they took."""
    found = poll_numbered(poll)
    chosen = {"slip_taken": slip, "paper_taken": paper, "mobile": mobile}
    ticks = {name: not undo for name, wanted in chosen.items() if wanted} or {"signed_in": not undo}
    rows = [voter_called(found, name) for name in names]
    if everybody or first:
        rows += [row for row in voters(found) if _waits(row)][:first]
    for row in rows:
        roll.tick(row, **ticks)
    click.echo(_("已登记 %(n)s 人。", n=len(rows)))


def _waits(row) -> bool:
    return not (row.excluded or row.slip_taken or row.paper_taken)


@click.command("exclude")
@NUMBER
@click.argument("name")
@click.option("--reason", default="", help="Empty: counts again.")
@refusals_as_errors
def exclude(poll, name, reason):
    """Leave somebody out of 应到, for a reason that is printed."""
    roll.exclude(console(), voter_called(poll_numbered(poll), name), reason)
    click.echo(_("已登记。"))


@click.command("box")
@NUMBER
@click.argument("name")
@click.option("--kind", type=click.Choice([kind.value for kind in BoxKind]), default="hall", show_default=True)
@click.option("--issued", type=int, default=None, help="Ballots a moving box takes along.")
@click.option("--class", "code", default="", help="R or D; default the first.")
@refusals_as_errors
def box(poll, name, kind, issued, code):
    """Add a box of paper ballots."""
    desk.add_box(console(), class_of(poll_numbered(poll), code), name, BoxKind(kind), issued)
    click.echo(_("已登记%(name)s。", name=name))


@click.command("enter")
@NUMBER
@click.argument("box")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--account", required=True, help="Who counted; the password comes from stdin.")
@refusals_as_errors
def enter(poll, box, file, account):
    """One person's count of a box; a second person's equal count is accepted.

    FILE is JSON: {"recovered": 30, "valid": 29, "void": 1, "rows": [[20, 5, 4], …], "written": [["name", 2]]},
    a row a candidate in the ballot's order, its options, then (optional) left empty and void.
    """
    who = sign_in(account, sys.stdin.readline().rstrip("\r\n"))
    found = poll_numbered(poll)
    accepted = desk.enter_box(actor_of(who), box_called(found, box), _tally(found, file))
    click.echo(_("两遍一致，已采纳。") if accepted else _("第一遍已录入，请另一位计票人录第二遍。"))


def _tally(poll, file: Path) -> desk.Tally:
    ballot = desk.ballot_beside(poll)
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
        width = len(ballot.options)
        rows = [tuple(map(int, row)) + (0,) * (width + 2 - len(row)) for row in given["rows"]]
        written = tuple((str(name), int(number)) for name, number in given.get("written", []))
        numbers = (int(given[name]) for name in ("recovered", "valid", "void"))
    except (ValueError, KeyError, TypeError) as failure:
        raise TallyUnreadable(why=str(failure)) from failure
    if len(rows) != len(ballot.rows) or any(len(row) != width + 2 for row in rows):
        raise TallyUnreadable(why=f"rows {len(rows)} / {len(ballot.rows)}")
    return desk.Tally(*numbers, tuple(rows), written)


@click.command("hand")
@NUMBER
@click.option("--class", "code", default="", help="R or D; default the first.")
@click.option("--slips-left", type=int, help="剩余票码条")
@click.option("--audit-drawn", type=int, help="抽查抽取的票码条")
@click.option("--used-slips", type=int, help="回收箱里用过的票码条")
@click.option("--paper-printed", type=int, help="印制纸票")
@click.option("--paper-left", type=int, help="剩余纸票")
@click.option("--paper-spoiled", type=int, help="作废纸票")
@click.option("--paper-replaced", type=int, help="换发纸票")
@refusals_as_errors
def hand(poll, code, **numbers):
    """What was counted by hand at the desk."""
    given = {name: number for name, number in numbers.items() if number is not None}
    desk.count_by_hand(console(), class_of(poll_numbered(poll), code), **given)
    click.echo(_("已登记。"))


@click.command("spoil")
@NUMBER
@click.option("--reason", required=True)
@click.option("--replaced", is_flag=True, help="A slip of the reserve was given for it.")
@refusals_as_errors
def spoil(poll, reason, replaced):
    """A slip is void; its code on stdin."""
    desk.spoil(console(), poll_numbered(poll), sys.stdin.readline(), reason, replaced)
    click.echo(_("票码条已作废。"))


@click.command("surrender")
@NUMBER
@refusals_as_errors
def surrender(poll):
    """A slip came back for a paper ballot; its code on stdin."""
    desk.surrender(console(), poll_numbered(poll), sys.stdin.readline())
    click.echo(_("已登记换领纸质选票。"))
