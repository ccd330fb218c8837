"""What every command shares: its options, the clock, the settings and the database."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from launch_kits.errors import Refused
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.store import Store

__all__ = [
    "BriefPath",
    "By",
    "Json",
    "KitPath",
    "LaunchArg",
    "Note",
    "Now",
    "OnDay",
    "TaskArg",
    "clock",
    "day",
    "open_store",
    "say",
]


def _instant(written: str) -> datetime:
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f'"{written}" is no instant such as 2026-11-23T09:00:00-05:00') from None
    if instant.tzinfo is None:
        raise typer.BadParameter(f'"{written}" has no offset; write one such as {written}+00:00')
    return instant


Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Now = Annotated[datetime | None, typer.Option("--now", parser=_instant, metavar="INSTANT", hidden=True)]
By = Annotated[str | None, typer.Option("--by", metavar="EMAIL", help="Who does it.")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A remark for the history.")]
OnDay = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="Launch day: 2027-03-02, or +12w, +10d from today.")
]
KitPath = Annotated[
    Path | None, typer.Option("--kit", metavar="PATH", help="A kit's file, instead of the brief's kit.")
]
BriefPath = Annotated[Path, typer.Argument(metavar="BRIEF", help="The brief's YAML file.", show_default=False)]
LaunchArg = Annotated[str, typer.Argument(metavar="LAUNCH", help="The launch's short name.", show_default=False)]
TaskArg = Annotated[
    str, typer.Argument(metavar="TASK", help="The task's key, such as battlecard:redis.", show_default=False)
]


def clock(now: datetime | None) -> datetime:
    """The instant a command works at: the one given, or the clock's."""
    return now or datetime.now(UTC)


def day(written: str, *, now: datetime, zone: ZoneInfo) -> date:
    """A day as written: an ISO date, or weeks or days from today in a time zone; raises Refused."""
    match = re.fullmatch(r"\+(\d{1,4})([wd])", written)
    try:
        if match:
            count = int(match[1]) * (7 if match[2] == "w" else 1)
            return now.astimezone(zone).date() + timedelta(days=count)
        return date.fromisoformat(written)
    except (ValueError, OverflowError):
        raise Refused(f'"{written}" is no day; write one such as 2027-03-02, or +12w or +10d from today') from None


def open_store(settings: Settings) -> Store:
    """The database of the settings."""
    from launch_kits.store import Store

    return Store(settings.database_url)


def say(text: str) -> None:
    """Tell the user something that is not the command's result."""
    print(text, file=sys.stderr)
