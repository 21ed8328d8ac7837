"""./linli import, export, undo-import."""

import json
from pathlib import Path

import click

from blueprints.people import imports
from core.access import console
from core.commands import command_community, import_group, refusals_as_errors
from core.refusal import Refused
from core.text import _, _l


class UnknownRoster(Refused):
    sentence = _l("不认识“%(kind)s”，可选：%(known)s。")


def register(cli: click.Group) -> None:
    """Add this area's commands."""
    cli.add_command(export_command)
    cli.add_command(undo_command)
    for kind in imports.names():
        import_group.add_command(_roster_command(kind))


def _roster_command(kind: str) -> click.Command:
    @click.command(kind)
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--apply", is_flag=True, help="Write it; without this only a preview is shown.")
    @click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
    @click.option("--community", default=None, help="Name of the community (default: the first).")
    @click.option("--remove-missing", is_flag=True, help="End those on file who are not in the sheet.")
    @click.option("--fill-down", is_flag=True, help="Blank cells repeat the row above.")
    @refusals_as_errors
    def command(file, apply, as_json, community, remove_missing, fill_down):
        take_in(kind, file, apply, as_json, community, remove_missing, fill_down)

    command.help = f"Preview or import {kind} from .xlsx, .xls or .csv."
    return command


def take_in(kind, file, apply, as_json, community, remove_missing, fill_down):
    """Preview, or with ``apply`` import; the report goes to stdout, warnings to stderr."""
    place, content = command_community(community), file.read_bytes()
    roster = imports.roster(kind, place)
    if apply:
        plan, batch = imports.bring_in(
            console(), place, roster, content, file.name, fill_down=fill_down, remove_missing=remove_missing
        )
        report = plan.report(applied=True, batch=batch.id)
    else:
        plan = imports.plan_of(place, roster, content, file.name, fill_down=fill_down)[1]
        report = plan.report()
    for number, name, words in imports.remarks(roster, plan):
        click.echo(_("第 %(row)s 行 %(name)s：%(words)s", row=number, name=name, words=words), err=True)
    for row in report["unclear"]:
        click.echo(_("第 %(row)s 行：%(reason)s已按新人员处理。", row=row["row"], reason=row["reason"]), err=True)
    click.echo(json.dumps(report, ensure_ascii=False, indent=1) if as_json else _in_words(report))


def _in_words(report: dict) -> str:
    lines = [
        _(
            "工作表“%(sheet)s”：新增 %(added)s，变更 %(changed)s，未变 %(unchanged)s，表中没有 %(missing)s，未导入 %(refused)s。",
            **{**report, "refused": len(report["refused"])},
        )
    ]
    lines += [
        _("第 %(row)s 行 %(column)s“%(value)s”：%(reason)s", **refusal) for refusal in report["refused"]
    ]
    lines.append(
        _("已导入，批号 %(batch)s。撤销：./linli undo-import %(batch)s", batch=report["batch"])
        if report["applied"]
        else _("这是预览，没有写入。确认请加 --apply。")
    )
    return "\n".join(lines)


@click.command("export")
@click.argument("kind")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--community", default=None, help="Name of the community (default: the first).")
@refusals_as_errors
def export_command(kind, file, community):
    """Write a roster as .xlsx that imports again without loss."""
    place = command_community(community)
    roster = imports.roster(kind, place)
    if roster is None:
        raise UnknownRoster(kind=kind, known="、".join(imports.names()))
    content, _name = imports.export(place, roster)
    file.write_bytes(content)
    click.echo(_("已写入 %(file)s", file=file))


@click.command("undo-import")
@click.argument("batch", type=int)
@refusals_as_errors
def undo_command(batch):
    """Take one import back as a whole."""
    from core.spreadsheets.imports import batch_numbered

    imports.undo(console(), batch_numbered(batch))
    click.echo(_("第 %(batch)s 批导入已整批撤销。", batch=batch))
