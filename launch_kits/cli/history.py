"""The command `history`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import json_option, launch_argument, open_store
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import days_in

if TYPE_CHECKING:
    from launch_kits.database.records import Event

__all__ = ["history"]

#: the doors that are named beside the person
_DOORS = {"slack": " (Slack)", "room": " (launch room)"}


@click.command()
@launch_argument
@json_option
def history(launch: str, json: bool) -> None:
    """Show the events of a launch, oldest first."""
    from launch_kits.cli import output
    from launch_kits.database.queries import events_of
    from launch_kits.views.as_json import history_json
    from launch_kits.views.event_text import event_text, read_day_changes

    with open_store(Settings.read()).read() as session:
        events = events_of(session, launch)
        days = read_day_changes(session, launch)
    if json:
        output.as_json(history_json(events))
        return
    found = output.table("At (UTC)", "By", "What", "Task", "Note")
    for event in events:
        texts = (
            f"{event.at:%d %b %H:%M}",
            _actor(event),
            event.verb,
            event.task,
            days_in(event_text(event, days)),
        )
        found.add_row(*(output.cell(text) for text in texts))
    output.show(found)


def _actor(event: Event) -> str:
    """Who acted, in whose place, and by which door if that is not the usual one."""
    place = f" for {event.in_place_of}" if event.in_place_of else ""
    return f"{event.by}{place}{_DOORS.get(event.door or '', '')}"
