"""The command `diff`."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from launch_kits.cli.options import (
    clock,
    json_option,
    launch_argument,
    now_option,
    open_store,
    say,
)
from launch_kits.settings import Settings

__all__ = ["diff"]

#: characters of a value in the table
SHOWN = 200


@click.command()
@launch_argument
@click.argument("task")
@click.option(
    "--since",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only changes from this day on, in UTC.",
)
@json_option
@now_option
def diff(
    launch: str, task: str, since: datetime | None, json: bool, now: datetime | None
) -> None:
    """Show how the content of a document changed, with the cause of each change."""
    from launch_kits.cli import output
    from launch_kits.views.as_json.documents import changes_json
    from launch_kits.views.documents import document_changes

    settings = Settings.read()
    with open_store(settings).read() as session:
        found = document_changes(
            session,
            launch,
            task,
            since=since.replace(tzinfo=UTC) if since else None,
            now=clock(now),
            documents=settings.documents,
            folders=settings.templates,
        )
    if json:
        output.as_json(changes_json(found))
        return
    if not found:
        say("no change")
        return
    table = output.table("At (UTC)", "Cause", "By", "What", "Before", "After")
    for each in found:
        texts = (
            f"{each.at:%d %b %H:%M}",
            each.cause,
            each.by,
            each.path,
            _shown(each.before),
            _shown(each.after),
        )
        table.add_row(*(output.cell(text) for text in texts))
    output.show(table)


def _shown(value: object) -> str | None:
    text = None if value is None else str(value)
    return f"{text[:SHOWN]}…" if text and len(text) > SHOWN else text
