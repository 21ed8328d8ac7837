"""What commands share: the community they mean, and refusals printed as one sentence (exit 1, never a traceback)."""

import functools
import sys
from collections.abc import Callable

import click

from core.backup import upgrade
from core.db import Record, database
from core.records.places import Place, PlaceKind
from core.refusal import Refused
from core.text import _l


class NoCommunity(Refused):
    sentence = _l("还没有社区，请先运行 ./linli init 或 ./linli run 建立社区。")


class UnknownCommunity(Refused):
    sentence = _l("没有叫“%(name)s”的社区。现有：%(known)s。")


class FileUnusable(Refused):
    sentence = _l("不能读写“%(path)s”（%(why)s）。请核对文件夹在不在、有没有权限、磁盘满没满。")


def command_community(name: str | None) -> Place:
    """The community called ``name``, or the first one."""
    communities = list(Place.select().where(Place.kind == PlaceKind.COMMUNITY).order_by(Place.id))
    if not communities:
        raise NoCommunity()
    if name is None:
        return communities[0]
    found = next((place for place in communities if name in (place.name, place.slug)), None)
    if found is None:
        raise UnknownCommunity(name=name, known="、".join(place.name for place in communities))
    return found


def refusals_as_errors(command: Callable | None = None, *, up_to_date: bool = True) -> Callable:
    """Wrap a command: the database is connected and migrated, a refusal is a sentence on stderr and exit 1."""
    if command is None:
        return functools.partial(refusals_as_errors, up_to_date=up_to_date)

    @functools.wraps(command)
    def run(*args, **kwargs):
        database.connect(reuse_if_open=True)
        try:
            if up_to_date:
                upgrade(Record.__subclasses__())
            return command(*args, **kwargs)
        except Refused as refusal:
            click.echo(str(refusal), err=True)
            sys.exit(1)
        except OSError as failure:
            if failure.filename is None:
                raise
            click.echo(str(FileUnusable(path=failure.filename, why=failure.strerror)), err=True)
            sys.exit(1)
        finally:
            database.close()

    return run


@click.group("print")
def print_group():
    """Write a paper as PDF; areas add their own below this."""


@click.group("import")
def import_group():
    """Take in a roster or a meeting; areas add their own below this."""
