"""The command `automations`."""

from __future__ import annotations

import click

from launch_kits.cli.options import say
from launch_kits.settings import Settings

__all__ = ["automations"]


@click.command()
@click.option(
    "--to",
    "block",
    required=True,
    metavar="TYPE/NAME",
    help="Prefect's notification block for the messages, such as slack-webhook/operations.",
)
def automations(block: str) -> None:
    """Create or update the automations for operations.

    Prefect then tells if no sweep ended for 15 minutes, a sweep failed, a notice cannot be
    delivered, a task is overdue or a launch is at risk. Run it again after an upgrade.
    """
    from launch_kits.board.automations import apply_automations

    for line in apply_automations(Settings.read(), block=block):
        say(line)
