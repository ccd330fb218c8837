"""The command `load`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from launch_kits.cli.options import clock, json_option, now_option, say
from launch_kits.errors import Refused
from launch_kits.settings import Settings

__all__ = ["load"]


@click.command()
@click.argument("brief")
@json_option
@now_option
def load(brief: str, json: bool, now: datetime | None) -> None:
    """Show the days of work that a brief asks of each person, by week.

    BRIEF is a file, or a folder with one brief. The dates are those of `plan --level`, the weeks
    run from this one on, and the brief is counted alone.
    """
    from launch_kits.cli import output
    from launch_kits.lint.planned import brief_in, read_rollout
    from launch_kits.views.as_json import load_json

    path = Path(brief)
    if not (path.exists() or path.suffix in (".yaml", ".yml")):
        raise Refused(
            f'there is no brief "{brief}", and running launches are not counted yet; '
            "name a brief's file, such as brief.yaml"
        )
    instant = clock(now)
    planned = read_rollout(
        brief_in(path) if path.is_dir() else path,
        search=Settings.read().path,
        on=None,
        begin=None,
        kit=None,
        now=instant,
    )
    rollout = planned.rollout
    today = instant.astimezone(rollout.brief.zone()).date()
    loads = rollout.load.workloads(today=today, levelled=True)
    for doubt in planned.doubts:
        say(doubt.as_warning())
    say("This brief is counted alone, without running launches.")
    if json:
        output.as_json(load_json(loads))
        return
    from launch_kits.cli.load_text import levelled_lines, load_tables

    output.show(
        f"[bold]{output.plain(rollout.brief.product)}[/]  days asked / available, by week",
        *load_tables(loads),
        *levelled_lines(rollout.load),
    )
