"""The command `load`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import (
    by_name,
    clock,
    json_option,
    kit_option,
    now_option,
    open_store,
    planned_brief,
    say,
    say_doubt,
)
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.plan import Workload
    from launch_kits.views.running_load import RunningLoad

__all__ = ["load"]


@click.command()
@click.argument("launch_or_brief", required=False)
@kit_option
@json_option
@now_option
def load(
    launch_or_brief: str | None, kit: Path | None, json: bool, now: datetime | None
) -> None:
    """Show the days of work that are asked of each person, by week from this one on.

    Without an argument, of everyone in all launches that run. LAUNCH_OR_BRIEF is a launch, whose
    owners are shown with all they have, or a brief's file or folder, which is counted alone on the
    dates of `plan --level`.
    """
    from launch_kits.cli import output
    from launch_kits.inputs.search import brief_or_launch
    from launch_kits.views.as_json import load_json

    instant = clock(now)
    brief = brief_or_launch(launch_or_brief) if launch_or_brief else None
    if kit and not brief:
        raise click.UsageError("--kit goes with a brief; a launch keeps its kit")
    if brief:
        title, loads, lines = _of_brief(brief, kit, instant)
    else:
        title, loads, lines = _of_launches(launch_or_brief, instant)
    if json:
        output.as_json(load_json(loads))
        return
    from launch_kits.cli.load_text import load_tables

    head = f"[bold]{output.plain(title)}[/]  days asked / available, by week"
    output.show(head, *load_tables(loads), *lines)


def _of_brief(
    path: Path, kit: Path | None, now: datetime
) -> tuple[str, list[Workload], list[str]]:
    """Read the load of a brief: its title, the people, and lines about the whole."""
    from launch_kits.cli.load_text import behind_lines, levelled_lines

    planned = planned_brief(path, kit=kit, now=now)
    rollout = planned.rollout
    today = now.astimezone(rollout.brief.zone()).date()
    for doubt in planned.doubts:
        say_doubt(doubt)
    say("This brief is counted alone, without running launches.")
    loads = rollout.load.workloads(today=today, levelled=True)
    return (
        rollout.brief.product,
        loads,
        [
            *behind_lines(loads, name=rollout.load.levelled.name),
            *levelled_lines(rollout.load.levelled),
        ],
    )


def _of_launches(
    slug: str | None, now: datetime
) -> tuple[str, list[Workload], list[str]]:
    """Read the load of everyone, or of the owners of a launch with all they have."""
    from launch_kits.cli.load_text import overload_lines
    from launch_kits.cli.output import plain
    from launch_kits.views.launch import read_launch
    from launch_kits.views.levelled import people_short, read_levelled
    from launch_kits.views.notices.text import capitalize
    from launch_kits.views.running_load import owners_of, read_running_load

    with by_name(slug or ""), open_store(Settings.read()).read() as session:
        owners = owners_of(session, slug) if slug else None
        found = read_running_load(session, now=now, of=owners)
        loads = found.workloads(like=slug)
        levelled = read_levelled(session, slug, now=now) if slug else None
        view = read_launch(session, slug, now=now, documents=Path()) if slug else None
    title = f"Owners of {slug}, in all launches" if slug else "All running launches"
    short = people_short(levelled, view) if levelled and view else None
    late = bool(view and view.plan.short_days)
    lines = [*overload_lines(loads, short=late, name=_names(found))]
    if short:
        lines.append(f"[bold yellow]{plain(capitalize(short))}.[/]")
    return title, loads, lines


def _names(found: RunningLoad) -> Callable[[str], str]:
    """Find the name of a person by email, as a launch that was read has it."""
    names = {
        person["email"].casefold(): str(person["name"])
        for launch in found.launches.values()
        for person in launch.parts["team"].values()
    }
    return lambda email: names.get(email.casefold(), email)
