"""./linli poll …: the ceremony step by step; key sheets, codes and passwords come from stdin, never from arguments."""

import json
import sys
from pathlib import Path

import click
from flask import current_app

from blueprints.ballots import (
    auditing,
    chain,
    cli_after,
    cli_desk,
    cli_papers,
    counting,
    irregular,
    nominees,
    printing,
    queries,
    rules,
)
from blueprints.ballots.ballot import Kind
from blueprints.ballots.desk import ballot_beside
from blueprints.ballots.lookup import class_of, poll_numbered
from blueprints.ballots.models import ScrutineerRole, Source
from blueprints.ballots.result import short_digest
from blueprints.ballots.steps import look
from core.access import console
from core.commands import command_community, refusals_as_errors
from core.refusal import Refused
from core.text import _, _l

NUMBER = click.argument("poll", type=int)
BY = click.option("--by", multiple=True, help="A scrutineer who stands by; twice for two.")


class NothingOnStdin(Refused):
    sentence = _l("请从标准输入给出密钥单，一行一张（33 个词）。")


def register(cli: click.Group) -> None:
    """Add ``poll`` and the papers of a poll; the candidates' roster goes below ``import``."""
    cli.add_command(poll)
    cli_desk.register(poll)
    cli_after.register(poll)
    cli_papers.register(cli)


@click.group("poll")
def poll():
    """Secret votes, step by step: draft, frozen, sealed, open, closed, unsealed, counted, signed, published, archived."""


@poll.command("create")
@click.option("--title", required=True)
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), default="trust", show_default=True)
@click.option("--voters", multiple=True, type=click.Choice([source.value for source in Source]), help="Default: representatives.")
@click.option("--seats", type=int, default=0, help="How many are to be elected.")
@click.option("--lines", type=int, default=None, help="Blank lines: for other names, or for a recommendation.")
@click.option("--item", "items", multiple=True, help="A question asked about everybody (appraisal).")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), default=None)
@click.option("--purpose", default="")
@click.option("--afterwards", default="", help="What comes next, printed on the notice.")
@click.option("--candidate", "candidates", multiple=True)
@click.option("--community", default=None)
@click.option("--json", "as_json", is_flag=True)
@refusals_as_errors
def create(title, kind, voters, seats, lines, items, day, purpose, afterwards, candidates, community, as_json):
    """A poll in draft, its roll taken from the registers."""
    fields = {"seats": seats, "items": list(items), "purpose": purpose, "afterwards": afterwards}
    fields |= {"held_on": day.date()} if day else {}
    fields |= {"lines": lines} if lines is not None else {}
    made = rules.create(
        console(), command_community(community), Kind(kind), title, [Source(one) for one in voters], **fields
    )
    for name in candidates:
        nominees.nominate(console(), made, name)
    said = _("第 %(number)s 号投票已建立：%(title)s", number=made.id, title=made)
    click.echo(json.dumps(_facts(made), ensure_ascii=False, indent=1) if as_json else said)


def _facts(made) -> dict:
    turnout = queries.turnout(made)
    return {
        "id": made.id, "title": str(made), "kind": made.kind.value, "status": made.status.value, "config": made.config,
        "digest": made.digest, "entitled": turnout.entitled, "cast": turnout.cast,
        "slips": {row.code: row.slips for row in made.classes}, "candidates": [row.name for row in nominees.in_order(made)],
    }  # fmt: skip


@poll.command("list")
@click.option("--community", default=None)
@refusals_as_errors
def list_polls(community):
    """Every poll with its state."""
    for row in queries.visible_to(console(), command_community(community)):
        click.echo(f"{row.id}\t{look(row).status.title}\t{row}")


@poll.command("show")
@NUMBER
@refusals_as_errors
def show(poll):
    """One poll as JSON: state, digests, turnout."""
    click.echo(json.dumps(_facts(poll_numbered(poll)), ensure_ascii=False, indent=1))


@poll.command("freeze")
@NUMBER
@refusals_as_errors
def freeze(poll):
    """Fix ballot and rules; prints the digest that stands on every sheet."""
    ballot = rules.freeze(console(), poll_numbered(poll))
    click.echo(_("已定稿。选票摘要：%(digest)s", digest=ballot.config().hex()))
    click.echo(short_digest(ballot.config().hex()))


@poll.command("redraft")
@NUMBER
@refusals_as_errors
def redraft(poll):
    """Back to draft before sealing; slips printed so far are void."""
    rules.redraft(console(), poll_numbered(poll))
    click.echo(_("已退回起草。原来印的票码条全部作废。"))


@poll.command("seal")
@NUMBER
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the PDFs, one a sheet; without it the words go to stdout.")
@click.option("--holder", "holders", multiple=True, help="Who takes a sheet, in order.")
@refusals_as_errors
def seal(poll, out, holders):
    """Make the key and its sheets; a test ballot is sealed and opened with every pair of them."""
    found = poll_numbered(poll)
    shares = rules.seal(console(), found, holders)
    if out is None:
        click.echo("\n".join(shares))
        return
    for path in printing.key_sheets(found, shares, out):
        click.echo(_("已写入 %(file)s", file=path))
    click.echo(_("请每位保管人各取一张，取走后删除文件。任何人拿到两张就能开箱。"), err=True)


@poll.command("open")
@NUMBER
@refusals_as_errors
def open_voting(poll):
    """Begin the voting."""
    found = look(poll_numbered(poll))
    rules.open_voting(console(), found, debug=current_app.debug)
    _tell_head(found, _("投票开始。记录校验码 %(head)s，请抄在封箱记录上。"))


def _tell_head(found, sentence):
    click.echo(sentence % {"head": chain.head(found), "opened": chain.head(found, "opened")})


@poll.command("close")
@NUMBER
@refusals_as_errors
def close(poll):
    """End the voting."""
    found = look(poll_numbered(poll))
    rules.close_voting(console(), found)
    turnout = queries.turnout(found)
    click.echo(_("投票截止：应到 %(entitled)s，票码投票 %(cast)s，领纸票 %(paper)s。", **turnout.__dict__))
    _tell_head(found, _("开始投票时的记录校验码是 %(opened)s，应与封箱记录上抄的一致；现在是 %(head)s，请抄在开箱记录上。"))


@poll.command("reopen")
@NUMBER
@click.option("--reason", required=True)
@BY
@refusals_as_errors
def reopen(poll, reason, by):
    """Open again, only before the key sheets are entered."""
    irregular.reopen(console(), poll_numbered(poll), reason, by)
    click.echo(_("已重新开放投票。"))


@poll.command("audit")
@NUMBER
@refusals_as_errors
def audit(poll):
    """Declare audit slips, one a line on stdin: CODE;RECEIPT;MARKS[;NAME…], a digit a row, 1 the first column, 0 none."""
    found = poll_numbered(poll)
    ballot = ballot_beside(found)
    for number, line in enumerate(filter(None, (line.strip() for line in sys.stdin)), 1):
        code, receipt, marks = (*line.split(";", 2), "", "")[:3]
        auditing.declare(console(), found, code, receipt, auditing.in_digits(ballot, marks))
        click.echo(_("已登记 %(n)s 张抽查票。", n=number))


@poll.command("unseal")
@NUMBER
@refusals_as_errors
def unseal(poll):
    """Open the box; two key sheets on stdin, one a line."""
    shares = [line.strip() for line in sys.stdin if line.strip()]
    if not shares:
        raise NothingOnStdin()
    counts = counting.unseal(console(), poll_numbered(poll), shares)
    click.echo(_("已开箱，票码选票 %(count)s 张。", count=sum(counts.values())))


@poll.command("count")
@NUMBER
@refusals_as_errors
def count(poll):
    """Count everything; every line that does not balance is named."""
    found = poll_numbered(poll)
    open_lines = 0
    for code, one in counting.count(console(), found).items():
        for line in (*one.mismatches, *one.invalid, *one.notes):
            click.echo(f"{class_of(found, code).title} {counting.in_words(line)}", err=True)
        open_lines += len(one.mismatches)
    click.echo(_("已计票，%(n)s 处对不上。", n=open_lines) if open_lines else _("已计票，各项数字平衡。"))
    click.echo(short_digest(found.digest))


@poll.command("sign")
@NUMBER
@BY
@click.option("--remark", default="", help="Printed on the result sheet.")
@click.option("--invalid", is_flag=True, help="Sign as 无效: too few present, or more ballots back than given out.")
@refusals_as_errors
def sign(poll, by, remark, invalid):
    """Sign the sheets; without --by everybody appointed signs."""
    found = poll_numbered(poll)
    signing = [row.name for row in found.scrutineers if row.role in (*rules.WATCHING, ScrutineerRole.TELLER, ScrutineerRole.CALLER)]
    counting.sign(console(), found, by or signing, remark, invalid)
    click.echo(_("已签字：%(outcome)s。", outcome=_("无效") if found.invalid else _("有效")))


@poll.command("cancel")
@NUMBER
@click.option("--reason", required=True)
@BY
@refusals_as_errors
def cancel(poll, reason, by):
    """Cancel; once voting began, two scrutineers agree."""
    irregular.cancel(console(), poll_numbered(poll), reason, by)
    click.echo(_("已取消。"))


@poll.command("resume")
@NUMBER
@BY
@click.option("--used-slips", type=int, default=None, help="Used slips counted by hand.")
@refusals_as_errors
def resume(poll, by, used_slips):
    """Go on after an interruption, when two scrutineers compared the used slips with the box."""
    found = look(poll_numbered(poll))
    irregular.resume(console(), found, by, used_slips)
    click.echo(_("已恢复：%(status)s。", status=found.status.title))
