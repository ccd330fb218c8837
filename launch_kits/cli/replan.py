"""The command `replan`."""

from __future__ import annotations

from datetime import datetime

import click

from launch_kits.cli.options import (
    by_option,
    dry_run_option,
    launch_argument,
    note_option,
    now_option,
)

__all__ = ["replan"]


@click.command()
@launch_argument
@dry_run_option
@by_option
@note_option
@now_option
def replan(
    launch: str, dry_run: bool, by: str | None, note: str | None, now: datetime | None
) -> None:
    """Give the work that is not begun new planned days, from today.

    The launch day and the due days stay.
    """
    from launch_kits import verbs
    from launch_kits.cli.follow_up import carry_out_or_try

    carry_out_or_try(
        launch,
        now,
        lambda store, at: verbs.replan(store, launch, by=by, note=note, now=at),
        dry_run=dry_run,
    )
