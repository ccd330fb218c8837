"""The command `cancel`."""

from __future__ import annotations

from datetime import datetime

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import by_option, launch_argument, note_option, now_option

__all__ = ["cancel"]


@click.command()
@launch_argument
@by_option
@note_option
@now_option
def cancel(launch: str, by: str | None, note: str | None, now: datetime | None) -> None:
    """Cancel a launch and tell everyone who takes part."""
    from launch_kits import verbs

    carry_out(
        launch,
        now,
        lambda store, at: verbs.cancel(store, launch, by=by, note=note, now=at),
    )
