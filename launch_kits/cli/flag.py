"""The command `flag`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import launch_argument, note_option, now_option

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Outcome

__all__ = ["flag"]


@click.command()
@launch_argument
@click.argument("claim")
@click.option(
    "--as", "by", metavar="EMAIL", required=True, help="The person who found it wrong."
)
@note_option
@now_option
def flag(
    launch: str, claim: str, by: str, note: str | None, now: datetime | None
) -> None:
    """Say that a line of a card is wrong; CLAIM is one such as redis.y4.

    Its owner is told. If a second person says so, the line is marked as questioned until the owner
    has answered.
    """
    from launch_kits import verbs

    def run(store: Store, at: datetime) -> Outcome:
        return verbs.flag(store, launch, claim, by=by, note=note, now=at)

    carry_out(launch, now, run)
