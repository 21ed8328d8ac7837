"""./linli import meeting, print minutes."""

from pathlib import Path

import click

from blueprints.meetings import bringing, issuing, queries
from blueprints.meetings.models import Meeting
from blueprints.meetings.states import MeetingState
from core.access import console
from core.commands import command_community, import_group, print_group, refusals_as_errors
from core.links import base_address, is_loopback
from core.refusal import Refused
from core.text import _, _l


class NoSuchMeeting(Refused):
    sentence = _l("没有编号为 %(number)s 的会议。请用 latest 或会议页面网址里的数字。")


class NoMeeting(Refused):
    sentence = _l("还没有登记过会议。请先用 import meeting 导入，或在页面上登记。")


def register(cli: click.Group) -> None:
    """Add this area's commands."""
    import_group.add_command(import_meeting)
    print_group.add_command(minutes)


@click.command("meeting")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--community", default=None, help="Name of the community (default: the first).")
@refusals_as_errors
def import_meeting(file, community):
    """Write a meeting out of a JSON file (docs/meeting-json.md) at once."""
    place = command_community(community)
    meeting, new = bringing.bring_in(console(), place, file.read_bytes())
    if not new:
        click.echo(_("%(title)s已经在系统里，内容与文件相同，没有重复写入。", title=meeting.title))
        return
    click.echo(_("已登记%(title)s（%(state)s）。打印：./linli print minutes %(number)s --out 纪要.pdf",
                 title=meeting.title, state=meeting.state.title, number=meeting.id))  # fmt: skip


@click.command("minutes")
@click.argument("number")
@click.option("--community", default=None, help="Name of the community (default: the first).")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@refusals_as_errors
def minutes(number, community, out):
    """The minutes of meeting NUMBER, or of the latest; a draft is marked as one."""
    place = command_community(community)
    if is_loopback(base_address(place)):
        click.echo(_("提醒：二维码里的网址是本机地址，手机打不开。请先设好 LINLI_URL。"), err=True)
    out.write_bytes(issuing.minutes_pdf(_meeting(place, number)))
    click.echo(_("已写入 %(file)s", file=out))


def _meeting(place, number):
    rows = queries.visible_to(console(), place)
    if number == "latest":
        found = rows.where(Meeting.state.not_in((MeetingState.PLANNED, MeetingState.CANCELLED))).first()
        if found is None:
            raise NoMeeting()
        return found
    found = rows.where(Meeting.id == int(number)).first() if number.isdecimal() and len(number) < 10 else None
    if found is None:
        raise NoSuchMeeting(number=number)
    return found
