"""The command `decide`."""

from __future__ import annotations

from datetime import datetime

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import by_option, launch_argument, note_option, now_option

__all__ = ["decide"]


@click.command()
@launch_argument
@click.argument("decision", type=click.Choice(["go", "no-go"]))
@by_option
@note_option
@now_option
def decide(
    launch: str, decision: str, by: str | None, note: str | None, now: datetime | None
) -> None:
    """Decide that a launch goes, or does not.

    It cannot go while a hard gate is open.
    """
    from launch_kits import verbs

    go = decision == "go"
    carry_out(
        launch,
        now,
        lambda store, at: verbs.decide(store, launch, go=go, by=by, note=note, now=at),
    )
