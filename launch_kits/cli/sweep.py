"""The command `sweep`."""

from __future__ import annotations

from datetime import datetime

import click

from launch_kits.cli.follow_up import refuse_now, say_follow_up, to_stderr
from launch_kits.cli.options import clock, now_option, open_store, say
from launch_kits.settings import Settings

__all__ = ["sweep"]


@click.command()
@now_option
def sweep(now: datetime | None) -> None:
    """Do one sweep now.

    Opens tasks that are due, writes documents, delivers notices, wakes launches.
    """
    from launch_kits.board.follow_up import sweep_once

    settings = Settings.read()
    refuse_now(settings, now)
    said, found = sweep_once(
        open_store(settings), settings=settings, now=clock(now), write=to_stderr
    )
    say_follow_up(found)
    say(said)
