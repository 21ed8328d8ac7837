"""./linli print slips|ballots|sheets …, ./linli import candidates."""

import json
from functools import partial
from pathlib import Path

import click

from blueprints.ballots import printing, prints, rosters_in
from blueprints.ballots.lookup import poll_numbered
from blueprints.ballots.models import PollStatus
from blueprints.ballots.reports import is_final
from core.access import console
from core.commands import import_group, print_group, refusals_as_errors
from core.links import base_address, is_loopback
from core.text import _

NUMBER = click.argument("poll", type=int)
OUT = click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))


def register(cli: click.Group) -> None:
    """Papers below ``print``, the candidates' roster below ``import``."""
    for command in (print_slips, print_ballots, print_sheets, print_poll):
        print_group.add_command(command)
    import_group.add_command(import_candidates)


@click.command("slips")
@NUMBER
@click.option("--reserve", type=int, default=0, show_default=True, help="Slips beyond the number of voters.")
@click.option("--again", is_flag=True, help="Print anew: every slip printed before is void.")
@OUT
@refusals_as_errors
def print_slips(poll, reserve, again, out):
    """Slips with one-time codes, once: only hashes are kept."""
    found = poll_numbered(poll)
    if is_loopback(base_address(found.place)):
        click.echo(_("提醒：二维码里的网址是本机地址，手机打不开。请先设好 LINLI_URL。"), err=True)
    _write(out, printing.slips(console(), found, reserve, again))
    click.echo(_("票码条只印这一次。剪开、投入抽取箱后，请删除这个文件。"), err=True)


@click.command("ballots")
@NUMBER
@OUT
@refusals_as_errors
def print_ballots(poll, out):
    """The paper ballot, one page a class, for the copier."""
    found = poll_numbered(poll)
    _write(out, printing.ballots(found, draft=found.status is PollStatus.DRAFT))


@click.command("sheets")
@NUMBER
@OUT
@refusals_as_errors
def print_sheets(poll, out):
    """The four report sheets; drafts until they are signed."""
    found = poll_numbered(poll)
    _write(out, printing.four_reports(found))
    if not is_final(found):
        click.echo(_("还没有签字，印出来的是草稿。"), err=True)


PAPERS = {
    **{paper: partial(prints.kept, paper=paper) for paper in prints.ISSUED if paper != "reports"}, "roll": printing.roll,
    "record": printing.record, "tally": printing.tallies, "board": printing.rule_board, "returns": printing.returns,
    "destruction": printing.destruction,
}  # fmt: skip


@click.command("poll")
@NUMBER
@click.argument("paper", type=click.Choice(list(PAPERS)))
@OUT
@refusals_as_errors
def print_poll(poll, paper, out):
    """Any other paper of a poll: profiles, roll, record, tally sheet, notices, rule board, registers, report upward."""
    _write(out, PAPERS[paper](poll_numbered(poll)))


def _write(out: Path, content: bytes) -> None:
    out.touch(mode=0o600)
    out.write_bytes(content)
    click.echo(_("已写入 %(file)s", file=out))


@click.command("candidates")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--poll", type=int, default=None, help="Default: the newest poll in draft.")
@click.option("--apply", is_flag=True, help="Write it; without this only a preview is shown.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.option("--community", default=None, help="Name of the community (default: the first).")
@click.option("--remove-missing", is_flag=True, help="Take those off who are not in the sheet.")
@refusals_as_errors
def import_candidates(file, poll, apply, as_json, community, remove_missing):
    """Preview or import candidates from .xlsx, .xls or .csv."""
    found = rosters_in.draft_poll(poll, community)
    plan = rosters_in.plan_of(found, file.read_bytes(), file.name)
    report = plan.report()
    if apply:
        batch = rosters_in.bring_in(console(), found, plan, file.name, remove_missing)
        report = plan.report(applied=True, batch=batch.id)
    click.echo(json.dumps(report, ensure_ascii=False, indent=1) if as_json else rosters_in.in_words(found, report))


