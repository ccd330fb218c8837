"""The command `end`."""

from __future__ import annotations

from datetime import datetime

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import by_option, launch_argument, now_option

__all__ = ["end"]


@click.command()
@launch_argument
@click.option(
    "--note",
    metavar="TEXT",
    required=True,
    help="Why the open tasks no longer matter; the reason of each.",
)
@by_option
@now_option
def end(launch: str, note: str, by: str | None, now: datetime | None) -> None:
    """Close a launch whose open tasks no longer matter."""
    from launch_kits import verbs

    carry_out(
        launch,
        now,
        lambda store, at: verbs.end(store, launch, by=by, note=note, now=at),
    )
