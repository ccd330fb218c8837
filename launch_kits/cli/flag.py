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
    "--as",
    "by",
    metavar="EMAIL",
    help="The person who found it wrong, or who says whether it holds.",
)
@click.option("--holds", metavar="TEXT", help="Say why a doubted line holds.")
@click.option("--wrong", metavar="TEXT", help="Say why a doubted line is wrong indeed.")
@note_option
@now_option
def flag(
    launch: str,
    claim: str,
    by: str | None,
    holds: str | None,
    wrong: str | None,
    note: str | None,
    now: datetime | None,
) -> None:
    """Say that a line of a card is wrong, or that it holds; CLAIM is one such as redis.y4.

    An entry of the FAQ is named by the reference that `cards` shows. Its owner is told. If a
    second person says so, the line is marked as questioned until the owner
    has answered. With --holds the owner answers the doubt of one person, who is told; with --wrong
    they agree, and the line is marked until it is corrected.
    """
    if holds is not None and wrong is not None:
        raise click.UsageError("give --holds or --wrong, not both")
    if holds is None and wrong is None and by is None:
        raise click.UsageError("give --as EMAIL, the person who found it wrong")
    from launch_kits import verbs

    def run(store: Store, at: datetime) -> Outcome:
        if holds is not None:
            return verbs.uphold(store, launch, claim, by=by, note=holds, now=at)
        if wrong is not None:
            return verbs.concede(store, launch, claim, by=by, note=wrong, now=at)
        return verbs.flag(store, launch, claim, by=str(by), note=note, now=at)

    carry_out(launch, now, run)
