"""The command `ask`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import launch_argument, now_option

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Outcome

__all__ = ["ask"]


@click.command()
@launch_argument
@click.argument("text")
@click.option("--as", "by", metavar="EMAIL", required=True, help="The person who asks.")
@click.option(
    "--anyway",
    is_flag=True,
    help="Ask a person, even if the answer to a similar question is known.",
)
@now_option
def ask(launch: str, text: str, by: str, anyway: bool, now: datetime | None) -> None:
    """Ask the answer desk of a launch.

    A question like one whose sourced answer is known is answered at once.
    """
    from launch_kits import verbs

    def run(store: Store, at: datetime) -> Outcome:
        found = verbs.ask(store, launch, text, by=by, anyway=anyway, now=at)
        if found.known is None:
            return found
        known = found.known
        mark = f" ({known.mark})" if known.mark else ""
        again = f"`launch-kits ask {launch} … --as {by} --anyway` asks a person"
        hints = (
            f"source: {known.source}{mark}",
            f"this is an automatic match; {again}",
        )
        return verbs.Outcome(changed=True, message=found.message, hints=hints)

    carry_out(launch, now, run)
