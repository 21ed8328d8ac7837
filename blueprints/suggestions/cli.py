"""./linli suggestions purge."""

import click

from blueprints.suggestions import retention
from core import tidy
from core.access import console
from core.commands import command_community, refusals_as_errors
from core.text import _


def register(cli: click.Group) -> None:
    """Add ``suggestions``."""
    cli.add_command(suggestions)


@click.group("suggestions")
def suggestions():
    """Care for the suggestion box."""


@suggestions.command("purge")
@click.option("--community", default=None)
@refusals_as_errors
def purge(community):
    """Forget the words of messages finished longer ago than the set years; counts stay."""
    count = retention.purge(console(), command_community(community))
    tidy.forget(retention.TABLES)
    click.echo(_("已清除 %(n)s 条意见的内容。", n=count))
