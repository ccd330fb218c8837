"""The command `history`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from launch_kits.cli.options import json_option, launch_argument, open_store
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.database.records import Event

__all__ = ["history"]


@click.command()
@launch_argument
@json_option
def history(launch: str, json: bool) -> None:
    """Show the events of a launch, oldest first."""
    from launch_kits.cli import output
    from launch_kits.database.queries import events_of
    from launch_kits.views.as_json import history_json

    with open_store(Settings.read()).read() as session:
        events = events_of(session, launch)
    if json:
        output.as_json(history_json(events))
        return
    found = output.table("At (UTC)", "By", "What", "Task", "Note")
    for event in events:
        texts = (
            f"{event.at:%d %b %H:%M}",
            event.by,
            event.verb,
            event.task,
            _told(event),
        )
        found.add_row(*(output.cell(text) for text in texts))
    output.show(found)


def _told(event: Event) -> str:
    """The change of an event, and its note."""
    data = event.data
    changes = {
        "until": _until(data),
        "owner": f"{data.get('owner_before')} → {data.get('owner')}",
        "launch_before": f"{data.get('launch_before')} → {data.get('launch_on')}",
        "link": str(data.get("link")),
    }
    told = [text for key, text in changes.items() if data.get(key)]
    return "; ".join([*told, *([event.note] if event.note else [])])


def _until(data: Mapping[str, Any]) -> str:
    """More time: granted up to the due day, asked for, or with a new due day."""
    if data.get("due"):
        return f"has until {data.get('until')}, due {data['due']}"
    asked = "asked for " if data.get("asked") else ""
    return f"{asked}{data.get('due_before', 'due')} → {data.get('until')}"
