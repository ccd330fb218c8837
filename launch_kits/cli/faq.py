"""The command `faq`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.answer import launch_of, number_argument
from launch_kits.cli.follow_up import carry_out
from launch_kits.cli.options import by_option, now_option
from launch_kits.errors import Refused

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import Outcome

__all__ = ["faq"]

AUDIENCES = ("internal", "partner", "customer")


@click.command()
@number_argument
@click.argument("step", type=click.Choice(["propose", "add", "decline"]))
@click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    help="The widest circle that may read an added entry; internal by default.",
)
@by_option
@now_option
def faq(
    number: int,
    step: str,
    audience: str | None,
    by: str | None,
    now: datetime | None,
) -> None:
    """Propose an answer of the desk for the brief's FAQ, add it, or decline it.

    Those who may answer the question propose; the lead adds or declines.
    """
    from launch_kits import verbs
    from launch_kits.inputs.audience import Audience

    if audience is not None and step != "add":
        raise Refused("--audience belongs to `faq ID add`; leave it out")

    def run(store: Store, at: datetime) -> Outcome:
        if step == "propose":
            return verbs.propose_for_faq(store, number, by=by, now=at)
        if step == "decline":
            return verbs.decline_faq(store, number, by=by, now=at)
        reader = Audience(audience or "internal")
        return verbs.add_to_faq(store, number, by=by, audience=reader, now=at)

    carry_out(launch_of(number), now, run)
