"""The command `tick`."""

from __future__ import annotations

from datetime import datetime

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import (
    by_option,
    launch_argument,
    now_option,
    task_argument,
)

__all__ = ["tick"]


@click.command()
@launch_argument
@task_argument
@click.argument("points", metavar="N|TEXT...", nargs=-1, required=True)
@click.option("--undo", is_flag=True, help="Take the ticks back.")
@by_option
@now_option
def tick(
    launch: str,
    task: str,
    points: tuple[str, ...],
    undo: bool,
    by: str | None,
    now: datetime | None,
) -> None:
    """Tick points of a task's checklist, by number or text."""
    from launch_kits import verbs

    named = {"undo": points} if undo else {"points": points}
    carry_out(
        launch,
        now,
        lambda store, at: verbs.tick(store, launch, task, by=by, now=at, **named),
    )
