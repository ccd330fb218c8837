"""The command `export`."""

from __future__ import annotations

import json
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    PATH,
    clock,
    launch_argument,
    listed,
    now_option,
    open_store,
    owner_option,
    say,
    tell,
)
from launch_kits.cli.out_file import write_out
from launch_kits.errors import Refused
from launch_kits.settings import Settings
from launch_kits.settings.visible import visible

if TYPE_CHECKING:
    from launch_kits.database.records import Event
    from launch_kits.plan.levelled_plan import LevelledPlan
    from launch_kits.views.launch import LaunchView

__all__ = ["export"]

#: the value of `--out` for stdout
STDOUT = Path("-")
#: format → the beginning of its file; without it spreadsheets take UTF-8 for an older encoding
MARKS = {"csv": BOM_UTF8}


@click.command()
@launch_argument
@click.option(
    "--format",
    "formats",
    metavar="LIST",
    default="ics,csv,json",
    help="Of ics, csv and json, with commas; all by default.",
)
@click.option(
    "--out",
    metavar="DIR",
    type=PATH,
    default=".",
    help="The folder; the current one by default, - for stdout.",
)
@owner_option
@now_option
def export(
    launch: str, formats: str, out: Path, owner: str | None, now: datetime | None
) -> None:
    """Write a launch for other programs.

    As a calendar of due days, a table of tasks, and everything as JSON: one file for each format,
    LAUNCH.ics, LAUNCH.csv and LAUNCH.json.
    """
    from launch_kits.views.as_json import export_json
    from launch_kits.views.exports import as_calendar, as_table

    instant = clock(now)
    writers: Mapping[str, Callable[[], bytes]] = {
        "ics": lambda: as_calendar(view, tasks, now=instant),
        "csv": lambda: as_table(tasks).encode(),
        "json": lambda: _as_text(
            export_json(view, tasks, events, levelled=levelled)
        ).encode(),
    }
    names = listed(formats, list(writers), "format")
    if out == STDOUT and len(names) > 1:
        raise Refused(
            "stdout takes one format; name it with --format, such as --format ics"
        )
    view, events, levelled = _read(launch, instant)
    tasks = [
        task
        for task in view.tasks
        if owner is None or owner.lower() == task.owner.lower()
    ]
    if owner is not None and not tasks:
        say(f"note: no task of {launch} is {owner}'s")
    for name in names:
        written = writers[name]()
        if out == STDOUT:
            # a program takes the bytes as they are; a terminal would obey some of them
            at_terminal = sys.stdout.isatty()
            shown = visible(written.decode()) if at_terminal else written
            click.echo(shown, nl=False)
        else:
            mark = MARKS.get(name, b"")
            path = out / f"{view.slug}.{name}"
            remedy = "name another folder with --out"
            tell(write_out(path, mark + written, remedy=remedy))


def _read(
    slug: str, now: datetime
) -> tuple[LaunchView, Sequence[Event], LevelledPlan | None]:
    from launch_kits.database.queries import events_of
    from launch_kits.views.facts import read_view
    from launch_kits.views.levelled import read_levelled

    settings = Settings.read()
    with open_store(settings).read() as session:
        view = read_view(
            session,
            slug,
            now=now,
            documents=settings.documents,
            folders=settings.templates,
        )
        return view, events_of(session, slug), read_levelled(session, slug, now=now)


def _as_text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
