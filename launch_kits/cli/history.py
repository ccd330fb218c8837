"""The command `history`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import json_option, open_store
from launch_kits.settings import Settings
from launch_kits.settings.visible import visible
from launch_kits.workdays.in_words import days_in

if TYPE_CHECKING:
    from sqlmodel import Session

    from launch_kits.database.records import Event

__all__ = ["history"]

#: the doors that are named beside the person
_DOORS = {"slack": " (Slack)", "room": " (launch room)"}


def _since(
    _ctx: click.Context, _param: click.Parameter, written: str | None
) -> datetime | None:
    """Read a day, which begins at midnight UTC, or an instant with its offset."""
    if written is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(written), time(), UTC)
    except ValueError:
        pass
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise click.BadParameter(
            f'"{written}" is not a day or an instant; use one like 2027-01-12 or '
            "2027-01-12T09:00:00-05:00"
        )
    return instant


@click.command()
@click.argument("launch", required=False)
@click.option("--all", "everything", is_flag=True, help="Show all launches.")
@click.option(
    "--since",
    metavar="WHEN",
    callback=_since,
    help="Show events from a day or an instant on.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="Print a table (default), JSON or CSV.",
)
@json_option
def history(
    *,
    launch: str | None,
    everything: bool,
    since: datetime | None,
    format_: str,
    json: bool,
) -> None:
    """Show the events of a launch, or of all launches, oldest first."""
    from launch_kits.database.queries import all_events, events_of

    if everything == (launch is not None):
        raise click.UsageError("name a LAUNCH, or give --all")
    with open_store(Settings.read()).read() as session:
        if launch is None:
            events = all_events(session, since=since)
        else:
            found = events_of(session, launch)
            events = [each for each in found if since is None or each.at >= since]
        if format_ == "text" and not json:
            _show(session, events, with_launch=everything)
    if json or format_ == "json":
        _print_json(events, with_launch=everything)
    elif format_ == "csv":
        from launch_kits.views.exports import as_history_table

        table = as_history_table(events, with_launch=everything)
        # a program takes the bytes as they are; a terminal would obey some of them
        click.echo(visible(table) if sys.stdout.isatty() else table, nl=False)


def _print_json(events: Sequence[Event], *, with_launch: bool) -> None:
    from launch_kits.cli import output
    from launch_kits.views.as_json import audit_json, history_json

    output.as_json(audit_json(events) if with_launch else history_json(events))


def _show(session: Session, events: Sequence[Event], *, with_launch: bool) -> None:
    from launch_kits.cli import output
    from launch_kits.views.event_text import event_text, read_day_changes

    slugs = dict.fromkeys(event.launch for event in events)
    days = {slug: read_day_changes(session, slug) for slug in slugs}
    head = ["Launch"] if with_launch else []
    found = output.table(*head, "At (UTC)", "By", "What", "Task", "Note")
    for event in events:
        texts = [
            *([event.launch] if with_launch else []),
            f"{event.at:%d %b %Y %H:%M}" if with_launch else f"{event.at:%d %b %H:%M}",
            _actor(event),
            event.verb,
            event.task,
            days_in(event_text(event, days[event.launch])),
        ]
        found.add_row(*(output.cell(text) for text in texts))
    output.show(found)


def _actor(event: Event) -> str:
    """Who acted, in whose place, and by which door if that is not the usual one."""
    place = f" for {event.in_place_of}" if event.in_place_of else ""
    return f"{event.by}{place}{_DOORS.get(event.door or '', '')}"
