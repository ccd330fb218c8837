"""The command `diff`."""

from __future__ import annotations

from datetime import UTC, datetime
from difflib import SequenceMatcher

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

__all__ = ["diff", "differing_lines"]

#: characters of a value in the table
SHOWN = 1000
#: said of a document whose versions are not kept yet
_NONE_KEPT = (
    "no change is known: the first version of {task} is kept once its task can be begun, "
    "and no one has edited its draft"
)


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
    from launch_kits.views.document_changes import document_changes, versions_of

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
        kept = bool(versions_of(session, launch, task))
    if json:
        output.as_json(changes_json(found))
        return
    if not found:
        say("no change" if kept else _NONE_KEPT.format(task=task))
        return
    table = output.table("At (UTC)", "Cause", "By", "What", "Before", "After")
    for each in found:
        before, after = each.before, each.after
        if each.cause == "edit":
            before, after = differing_lines(str(before or ""), str(after or ""))
        texts = (
            f"{each.at:%d %b %H:%M}",
            each.cause,
            each.by,
            each.path,
            _shown(before),
            _shown(after),
        )
        table.add_row(*(output.cell(text) for text in texts))
    output.show(table)


def differing_lines(before: str, after: str) -> tuple[str, str]:
    """The lines in which two texts differ, each in its order."""
    was = before.splitlines()
    now = after.splitlines()
    gone: list[str] = []
    new: list[str] = []
    pieces = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for kind, start, end, begin, until in pieces:
        if kind != "equal":
            gone += was[start:end]
            new += now[begin:until]
    return "\n".join(filter(None, gone)), "\n".join(filter(None, new))


def _shown(value: object) -> str | None:
    text = None if value is None else str(value)
    return f"{text[:SHOWN]}…" if text and len(text) > SHOWN else text
