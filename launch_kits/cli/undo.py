"""The command `undo`."""

from __future__ import annotations

from datetime import datetime

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import launch_argument, now_option

__all__ = ["undo"]


@click.command()
@launch_argument
@click.option(
    "--by",
    metavar="EMAIL",
    help="The person whose last change it is; that of anyone by default.",
)
@now_option
def undo(launch: str, by: str | None, now: datetime | None) -> None:
    """Undo the last change of the last ten minutes, if no one has built on it."""
    from launch_kits import verbs

    carry_out(launch, now, lambda store, at: verbs.undo(store, launch, by=by, now=at))
