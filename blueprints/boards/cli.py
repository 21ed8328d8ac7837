"""./linli print boards."""

from pathlib import Path

import click

from blueprints.boards import posters
from blueprints.organisation.queries import stairwell_called
from core.commands import command_community, print_group, refusals_as_errors
from core.links import base_address, is_loopback
from core.refusal import Refused
from core.text import _, _l


class NoSuchStairwell(Refused):
    sentence = _l("没有叫“%(name)s”的楼道。")


class NothingToPrint(Refused):
    sentence = _l("还没有承诺可以印，请先导入党员名册。")


def register(cli: click.Group) -> None:
    """Add ``print boards``."""
    print_group.add_command(boards)


@click.command("boards")
@click.option("--stairwell", default=None, help="Only this one, e.g. 3幢2单元.")
@click.option("--size", type=click.Choice(["A4", "A3"]), default="A4")
@click.option("--community", default=None)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@refusals_as_errors
def boards(stairwell, size, community, out):
    """Posters of every stairwell that has members, in building order."""
    place = command_community(community)
    if is_loopback(base_address(place)):
        click.echo(_("提醒：二维码里的网址是本机地址，手机打不开。请先设好 LINLI_URL。"), err=True)
    out.write_bytes(_one(place, stairwell, size) if stairwell else _all(place, size))
    click.echo(_("已写入 %(file)s", file=out))


def _one(place, name, size):
    from core import paper

    found = stairwell_called(place, name)
    if found is None:
        raise NoSuchStairwell(name=name)
    return paper.render("boards/print/poster.html", posters.poster(place, found, size))


def _all(place, size):
    steps = posters.print_all(place, size)
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            return end.value
        if not total:
            raise NothingToPrint()
        click.echo(_("第 %(done)s 份，共 %(total)s 份", done=done, total=total), err=True)
