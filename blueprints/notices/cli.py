"""./linli print notice."""

from pathlib import Path

import click

from blueprints.notices import prints
from blueprints.notices.models import Notice
from core.commands import command_community, print_group, refusals_as_errors
from core.refusal import Refused
from core.text import _, _l


class NoSuchNotice(Refused):
    sentence = _l("没有编号为 %(number)s 的公示。网页地址里 /notices/ 后面的数字就是编号。")


def register(_cli: click.Group) -> None:
    """Add ``print notice``."""
    print_group.add_command(notice)


@click.command("notice")
@click.argument("number", type=int)
@click.option("--paper", type=click.Choice(list(prints.PAPERS)), default="notice")
@click.option("--size", type=click.Choice(list(prints.SIZES)), default="A4")
@click.option("--community", default=None)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@refusals_as_errors
def notice(number, paper, size, community, out):
    """A notice, its result or its posting certificate: the issued copy, else one marked as a draft."""
    place = command_community(community)
    found = Notice.get_or_none((Notice.id == number) & (Notice.place == place))
    if found is None:
        raise NoSuchNotice(number=number)
    out.write_bytes(prints.content(found, paper, size))
    click.echo(_("已写入 %(file)s", file=out))
