"""./linli print boards, print pledges."""

from collections.abc import Generator
from pathlib import Path

import click

from blueprints.boards import issuing, pledges, printing
from blueprints.boards.posters import TEMPLATE, Posters
from blueprints.organisation.queries import branches, stairwell_called
from core import settings
from core.commands import command_community, print_group, refusals_as_errors
from core.links import base_address, is_loopback
from core.records.places import PartyOrg, Place
from core.refusal import Refused
from core.text import _, _l


class NoSuchStairwell(Refused):
    sentence = _l("没有叫“%(name)s”的楼道。")


class NoSuchBranch(Refused):
    sentence = _l("没有叫“%(name)s”的支部。现有：%(known)s。")


class NobodyToPrint(Refused):
    sentence = _l("这里还没有党员，请先导入党员名册。")


def register(cli: click.Group) -> None:
    """Add ``print boards`` and ``print pledges``."""
    print_group.add_command(boards)
    print_group.add_command(pledge_forms)


@click.command("boards")
@click.option("--stairwell", default=None, help="Only this one, e.g. 3幢2单元.")
@click.option("--size", type=click.Choice(["A4", "A3"]), default="A4")
@click.option("--ink", type=click.Choice(["colour", "black"]), default=None, help="For a printer without colour: black.")
@click.option("--community", default=None)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@refusals_as_errors
def boards(stairwell, size, ink, community, out):
    """Posters of every stairwell that has members, in building order; printing here issues nothing."""
    place = command_community(community)
    _warn_of_loopback(place)
    look = {"size": size, "ink": ink or settings.value("boards.ink", place)}
    if stairwell:
        out.write_bytes(_one(place, _stairwell(place, stairwell), look))
    else:
        out.write_bytes(_finish(printing.print_all(place, **look), printing.NothingThere))
    click.echo(_("已写入 %(file)s", file=out))


def _warn_of_loopback(place: Place) -> None:
    if is_loopback(base_address(place)):
        click.echo(_("提醒：二维码里的网址是本机地址，手机打不开。请先设好 LINLI_URL。"), err=True)


def _stairwell(community: Place, name: str) -> Place:
    found = stairwell_called(community, name)
    if found is None:
        raise NoSuchStairwell(name=name)
    return found


def _one(community: Place, stairwell: Place, look: dict[str, str]) -> bytes:
    from core.printing import paper

    posters = Posters(community, stairwell)
    sheet = issuing.best(posters, stairwell, issuing.current(community).get(stairwell.id), **look)
    printing.check([sheet])
    found = issuing.images([sheet])
    return paper.render(TEMPLATE, issuing.without_lost_photos(sheet, found), images=found)


def _finish(steps: Generator[tuple[int, int], None, bytes], nothing: type[Refused]) -> bytes:
    """Drive a long print to its end, telling on stderr how far it is."""
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            return end.value
        if not total:
            raise nothing()
        click.echo(_("第 %(done)s 份，共 %(total)s 份", done=done, total=total), err=True)


@click.command("pledges")
@click.option("--branch", default=None, help="Only this branch, e.g. 第一党支部.")
@click.option("--stairwell", default=None, help="Only this stairwell, e.g. 3幢2单元.")
@click.option("--community", default=None)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@refusals_as_errors
def pledge_forms(branch, stairwell, community, out):
    """The forms members sign, one page each, in building order."""
    place = command_community(community)
    _warn_of_loopback(place)
    org = _branch(place, branch).id if branch else 0
    steps = pledges.print_all(place, org, _stairwell(place, stairwell).id if stairwell else 0)
    out.write_bytes(_finish(steps, NobodyToPrint))
    click.echo(_("已写入 %(file)s", file=out))


def _branch(community: Place, name: str) -> PartyOrg:
    found = branches(community).where(PartyOrg.name == name).first()
    if found is None:
        raise NoSuchBranch(name=name, known="、".join(org.name for org in branches(community)))
    return found
