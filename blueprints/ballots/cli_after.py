"""./linli poll …: what follows the signature: publication, archive, a second count, the envelope, destruction."""

import sys
from pathlib import Path

import click

from blueprints.ballots import archiving, irregular, publishing, recounting
from blueprints.ballots.kinds import RecountSource
from blueprints.ballots.lookup import poll_numbered
from core.access import console
from core.commands import refusals_as_errors
from core.text import _

NUMBER = click.argument("poll", type=int)
BY = click.option("--by", multiple=True, help="A scrutineer who stands by; twice for two.")


def register(group: click.Group) -> None:
    """Hang these commands below ``poll``."""
    for command in (announce, publish, archive, fewer, recount, export, destroy):
        group.add_command(command)


@click.command("announce")
@NUMBER
@refusals_as_errors
def announce(poll):
    """Draft the notice of the vote where notices are kept."""
    click.echo(_("公告草稿 %(number)s 号，请审核后发布。", number=publishing.announce(console(), poll_numbered(poll))))


@click.command("publish")
@NUMBER
@refusals_as_errors
def publish(poll):
    """Publish the result; the notice is drafted where notices are kept."""
    found = poll_numbered(poll)
    number = publishing.publish(console(), found)
    click.echo(_("结果已公布。") + (_("公告草稿 %(number)s 号，请审核后发布。", number=number) if number else ""))


@click.command("archive")
@NUMBER
@refusals_as_errors
def archive(poll):
    """Put it away after the period for objections."""
    archiving.archive(console(), poll_numbered(poll))
    click.echo(_("已归档。"))


@click.command("fewer")
@NUMBER
@click.option("--agreeing", type=int, required=True, help="How many at the meeting agreed.")
@click.option("--present", type=int, required=True, help="How many entitled to vote were there.")
@refusals_as_errors
def fewer(poll, agreeing, present):
    """Record that the meeting agreed to fewer seats after a shortage."""
    irregular.agree_to_fewer(console(), poll_numbered(poll), agreeing, present)
    click.echo(_("已登记。"))


@click.command("recount")
@NUMBER
@click.option("--from", "source", type=click.Choice([one.value for one in RecountSource]), default="ballots", show_default=True)
@click.option("--reason", required=True)
@BY
@refusals_as_errors
def recount(poll, source, reason, by):
    """Count again beside the first result; from the box two key sheets are read on stdin, one a line."""
    found = RecountSource(source)
    shares = [line.strip() for line in sys.stdin if line.strip()] if found is RecountSource.BOX else []
    row = recounting.recount(console(), poll_numbered(poll), found, reason, by, shares)
    for what, before, after in row.differences:
        click.echo(_("%(what)s：原 %(before)s，复核 %(after)s", what=what, before=before, after=after))
    click.echo(_("复核与原结果一致。") if not row.differences else _("复核与原结果有 %(n)s 处不同。", n=len(row.differences)))


@click.command("export")
@NUMBER
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@refusals_as_errors
def export(poll, out):
    """Result, ballots and record as files for the envelope."""
    out.mkdir(parents=True, exist_ok=True)
    for name, content in archiving.export(poll_numbered(poll)).items():
        (out / name).write_bytes(content)
        click.echo(_("已写入 %(file)s", file=out / name))


@click.command("destroy")
@NUMBER
@BY
@click.option("--note", required=True, help="When and where they were burnt.")
@click.option("--burnt", multiple=True, type=int, help="Number of a burnt key sheet; at least twice for three sheets.")
@refusals_as_errors
def destroy(poll, by, note, burnt):
    """Record the burning of the key sheets and delete box and ballots."""
    archiving.destroy(console(), poll_numbered(poll), by, note, burnt)
    click.echo(_("票箱和选票文件已删除，记录保留。"))
