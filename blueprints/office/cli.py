"""./linli run, init, demo, bench, screenshots, community, account, access, check, backup, restore, verify, migration."""

import secrets
import subprocess
import sys
from pathlib import Path

import click
from flask import current_app

from blueprints.accounts.rules import UnknownRole, add_account, reset_password
from blueprints.ballots import rules as polls
from blueprints.office import checks, code, demo, queries, rules
from core.access import ROLES, Can, Role, console
from core.backup import restore as load_backup
from core.backup import write_backup
from core.commands import command_community, refusals_as_errors
from core.db import MIGRATIONS, database
from core.links import community_address
from core.records.people import Account
from core.refusal import Refused
from core.schema import write_migration
from core.text import _
from models import ALL


def register(cli: click.Group) -> None:
    """Add this area's commands; ``run`` replaces Flask's own server by the production one."""
    commands = (run, init, example, bench, screenshots, community, account, access, check, backup, restore, verify, migration)
    for command in commands:
        cli.add_command(command)


@click.command("run")
@click.option("--host", envvar="HOST", default="0.0.0.0")
@click.option("--port", envvar="PORT", default=8000, type=click.IntRange(1, 65535))
@refusals_as_errors
def run(host, port):
    """Serve with the production server."""
    import serve

    notes = [_("首次设置。从别的电脑打开时，要填安装码：%(code)s", code=code.code())] if rules.is_empty() else []
    serve.serve(current_app._get_current_object(), host, port, *notes)


@click.command("init")
@click.option("--community", required=True, help="Name of the community.")
@click.option("--account", required=True, help="Login of the first account.")
@refusals_as_errors
def init(community, account):
    """Database, community and first account without a browser."""
    password, made = _password()
    rules.set_up(community, account, password, console())
    click.echo(_("%(community)s已建立，账号 %(login)s 可以登录。", community=community, login=account))
    if made:
        click.echo(_("密码（只显示这一次）：%(password)s", password=password))


@click.command("demo")
@refusals_as_errors
def example():
    """Load the example community 梅苑社区 into an empty system."""
    community, shown = demo.load(console())
    click.echo(_("示例社区“%(community)s”已装入，都是虚构的人和事。以下只显示这一次，前 %(n)s 行是账号和密码：", community=community.name,
                 n=len(demo.STAFF) + 1))  # fmt: skip
    for name, value in shown.items():
        click.echo(f"{name}\t{value}")


@click.command("bench")
@click.argument("name", required=False, type=click.Choice(["pages", "meetings", "forms", "ballots", "rosters", "papers", "posters", "box"]))
@click.option("--quick", is_flag=True, help="Few rounds: shows that it works, measures little.")
@click.option("--out", default=None, type=click.Path(dir_okay=False, path_type=Path), help="Write the table there, too.")
def bench(name, quick, out):
    """Ratios of this system to bare Flask views, to Chromium and to typst, measured in one run."""
    from bench.run import run as measure

    try:
        table = measure(name, quick, told=lambda line: click.echo(line, err=True))
    except Refused as refusal:
        sys.exit(str(refusal))
    if out:
        out.write_text(table, encoding="utf-8")
    click.echo(table, nl=False)


@click.command("screenshots")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def screenshots(folder):
    """The example community's main pages as PNG, for the manual."""
    from screenshots import take

    try:
        for file in take(folder):
            click.echo(file)
    except Refused as refusal:
        sys.exit(str(refusal))


def _password() -> tuple[str, bool]:
    """One line from stdin where that is no terminal, asked for at a terminal; empty: made up."""
    if sys.stdin.isatty():
        given = click.prompt(_("密码（留空则自动生成）"), default="", hide_input=True, show_default=False)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    return (given, False) if given else (secrets.token_urlsafe(12), True)


@click.group("community")
def community():
    """Communities of this instance."""


@community.command("add")
@click.argument("name")
@click.option("--account", "login", required=True, help="Login of its secretary; an account there is keeps its password.")
@refusals_as_errors
def found(name, login):
    """One more community, with its own administrator and secretary; a new password from stdin, or made up and shown once."""
    known = Account.select().where(Account.login == login.strip()).exists()
    password, made = ("", False) if known else _password()
    place, _account = rules.found_another(console(), name, login, password)
    click.echo(_("%(community)s已建立，账号 %(login)s 可以登录。", community=place.name, login=login))
    click.echo(community_address(place) + "/")
    if made:
        click.echo(_("密码（只显示这一次）：%(password)s", password=password))


@community.command("list")
@refusals_as_errors
def communities():
    """All communities with their addresses."""
    for place in queries.communities(console()):
        click.echo(f"{place.name}\t{community_address(place)}/")


@click.group("account")
def account():
    """Accounts."""


@account.command("add")
@click.argument("name")
@click.option("--role", required=True, help="、".join(Role))
@click.option("--community", default=None)
@refusals_as_errors
def add(name, role, community):
    """A new account with a role; its password from stdin, or made up and shown once."""
    if role not in set(Role):
        raise UnknownRole(role=role, known="、".join(Role))
    password, made = _password()
    add_account(console(), command_community(community), name, password, Role(role))
    click.echo(_("账号 %(login)s 已建立。", login=name))
    if made:
        click.echo(_("密码（只显示这一次）：%(password)s", password=password))


@account.command("reset")
@click.argument("name")
@refusals_as_errors
def reset(name):
    """A new password; older sessions end."""
    password, made = _password()
    reset_password(console(), name, password)
    click.echo(_("账号 %(login)s 的密码已重设。", login=name))
    if made:
        click.echo(_("密码（只显示这一次）：%(password)s", password=password))


@account.command("list")
@refusals_as_errors
def accounts():
    """All accounts with their roles."""
    for row in Account.select().order_by(Account.login):
        roles = "、".join(str(Role(grant.role).title) for grant in row.grants)
        click.echo(f"{row.login}\t{row.name}\t{roles}")


@click.command("access")
def access():
    """The table of roles and permissions."""
    width = max(len(can) for can in Can)
    click.echo(" " * width + "  " + "  ".join(Role))
    for can in Can:
        marks = (("✓" if can in ROLES[role] else "·").center(len(role)) for role in Role)
        click.echo(f"{can:<{width}}  " + "  ".join(marks))


@click.command("check")
@refusals_as_errors
def check():
    """Integrity of database, audit chain and files."""
    faults = list(checks.faults())
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(1)
    click.echo(_("数据库、留痕链和文件都完好。"))


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@refusals_as_errors
def backup(file):
    """A consistent copy while serving; ballot boxes are never in it."""
    counts = write_backup(file, ALL)
    click.echo(_("已备份 %(rows)s 条记录到 %(file)s。票箱不在备份里。", rows=sum(counts.values()), file=file))


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@refusals_as_errors(up_to_date=False)
def restore(file):
    """Load a backup into an empty instance."""
    counts = load_backup(file, ALL)
    for poll in polls.interrupt_restored():
        click.echo(_("“%(title)s”已中断：票箱不在备份里。要两名监票人核对后才能继续或取消。", title=poll), err=True)
    click.echo(_("已恢复 %(rows)s 条记录。请再运行一次 ./linli check。", rows=sum(counts.values())))


@click.command("verify", context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def verify(arguments):
    """Check a published result: the same as python3 verify.py, which imports nothing of the application."""
    program = Path(__file__).parents[2] / "verify.py"
    sys.exit(subprocess.run([sys.executable, str(program), *arguments], check=False).returncode)


@click.command("migration")
@click.argument("name")
@refusals_as_errors
def migration(name):
    """Write the next migration from the difference between records and database (for developers)."""
    click.echo(write_migration(database.obj, ALL, MIGRATIONS, name))
