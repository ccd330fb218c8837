"""The command `waive`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import by_option, launch_argument, now_option

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Outcome

__all__ = ["waive"]


@click.command()
@launch_argument
@click.argument("stage")
@click.argument("check", metavar="KEY|N")
@click.option(
    "--until",
    metavar="DATE",
    required=True,
    help="Last day of the waiver: 2027-02-05, or +3d.",
)
@click.option("--note", metavar="TEXT", required=True, help="The reason.")
@by_option
@now_option
def waive(
    launch: str,
    stage: str,
    check: str,
    until: str,
    note: str,
    by: str | None,
    now: datetime | None,
) -> None:
    """Let an open check pass until a day.

    The lead or the sponsor answers for it.
    """
    from launch_kits import verbs
    from launch_kits.views.written_day import read_day

    def verb(store: Store, at: datetime) -> Outcome:
        day = read_day(store, launch, until, now=at)
        return verbs.waive(
            store, launch, stage, check, until=day, note=note, by=by, now=at
        )

    carry_out(launch, now, verb)
