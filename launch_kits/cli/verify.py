"""The command `verify`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import launch_argument, now_option

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Outcome

__all__ = ["verify"]


@click.command()
@launch_argument
@click.argument("card")
@click.option(
    "--as",
    "by",
    metavar="EMAIL",
    help="The person who reviewed it; by default its owner.",
)
@click.option("--change", metavar="TEXT", help="Name the change that it needs.")
@now_option
def verify(
    launch: str, card: str, by: str | None, change: str | None, now: datetime | None
) -> None:
    """Say that a card still holds as it is; CARD is the key of its competitor.

    Its ledger counts as verified today, and the next review is asked for anew. With --change it is
    not verified: the lead is told the change that it needs, and the review stays open.
    """
    from launch_kits import verbs

    def run(store: Store, at: datetime) -> Outcome:
        if change is not None:
            return verbs.name_card_change(
                store, launch, card, by=by, note=change, now=at
            )
        return verbs.verify_card(store, launch, card, by=by, now=at)

    carry_out(launch, now, run)
