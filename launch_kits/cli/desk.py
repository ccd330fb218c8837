"""The command `desk`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import clock, json_option, now_option, open_store, tell
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from launch_kits.cli.grid import TerminalTable
    from launch_kits.views.desk import DeskLine

__all__ = ["desk"]


@click.command()
@click.argument("launch", required=False)
@json_option
@now_option
def desk(launch: str | None, json: bool, now: datetime | None) -> None:
    """List the questions of sellers: open, overdue and answered, of a LAUNCH or of all."""
    from launch_kits.cli import output
    from launch_kits.views.as_json import desk_json
    from launch_kits.views.desk import read_desk

    with open_store(Settings.read()).read() as session:
        lines = read_desk(session, launch, now=clock(now))
    if json:
        output.as_json(desk_json(lines))
    elif not lines:
        tell("No question was asked.")
    else:
        output.show(_table(lines, with_launch=launch is None))


def _table(lines: Sequence[DeskLine], *, with_launch: bool) -> TerminalTable:
    from launch_kits.cli.output import cell, table

    head = ("Launch",) if with_launch else ()
    found = table(
        *("ID", *head, "Status", "Question", "Owner", "Asked by", "Due (UTC)"),
        right=("ID",),
        spare=("Asked by",),
    )
    for line in lines:
        row = line.row
        found.add_row(
            str(row.id),
            *([cell(line.launch)] if with_launch else []),
            "automatic" if line.automatic else line.status.value,
            _question(line),
            cell(row.owner),
            cell(row.asked_by),
            f"{row.due_at:%a %d %b %H:%M}",
        )
    return found


def _question(line: DeskLine) -> Text:
    """The question, and below it the answer with its source."""
    from rich.text import Text

    row = line.row
    about = f"{row.about}: " if row.about else ""
    found = Text(visible(one_line(f"{about}{row.text}")))
    if row.answer:
        answer = one_line(f"{row.answer} ({row.source or 'not sourced'})")
        found.append(f"\n{visible(answer)}", style="dim")
    return found
