"""The command `decide`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.follow_up import carry_out, carry_out_as_json
from launch_kits.cli.options import (
    by_option,
    json_option,
    launch_argument,
    note_option,
    now_option,
)
from launch_kits.errors import NotReady

if TYPE_CHECKING:
    from launch_kits.database.store import Store
    from launch_kits.verbs import DecisionOutcome

__all__ = ["decide"]


@click.command()
@launch_argument
@click.argument("decision", type=click.Choice(["go", "no-go"]))
@click.option(
    "--task",
    metavar="TASK",
    help="The go or no-go task; the first open one by default.",
)
@by_option
@note_option
@json_option
@now_option
def decide(
    launch: str,
    decision: str,
    task: str | None,
    by: str | None,
    note: str | None,
    json: bool,
    now: datetime | None,
) -> None:
    """Decide that a launch goes, or does not.

    A go closes the go or no-go task, and is refused while a hard gate before it is open; a no-go
    leaves it open.
    """
    from launch_kits import verbs
    from launch_kits.cli import output
    from launch_kits.verbs.as_json import decision_json

    def verb(store: Store, at: datetime) -> DecisionOutcome:
        go = decision == "go"
        return verbs.decide(store, launch, go=go, task=task, by=by, note=note, now=at)

    def as_json(found: DecisionOutcome) -> dict[str, object]:
        return decision_json(found, launch, go=decision == "go")

    if not json:
        carry_out(launch, now, verb)
        return
    try:
        carry_out_as_json(launch, now, verb, as_json=as_json)
    except NotReady as error:
        refused = verbs.DecisionOutcome(
            changed=False,
            message="",
            task=error.task,
            by=error.by,
            reasons=error.reasons,
        )
        output.as_json(as_json(refused))
        raise
