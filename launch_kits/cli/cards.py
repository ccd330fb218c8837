"""The command `cards`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import json_option, launch_argument, open_store, tell
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.views.card_usage import CardInUse

__all__ = ["cards"]


@click.command()
@launch_argument
@json_option
def cards(launch: str, json: bool) -> None:
    """Show the use of cards and of the FAQ, and lines in doubt."""
    from launch_kits.claims.doubtable import is_faq
    from launch_kits.cli import output
    from launch_kits.views.as_json import cards_json
    from launch_kits.views.card_usage import read_card_uses

    with open_store(Settings.read()).read() as session:
        found = read_card_uses(session, launch)
    if json:
        output.as_json(cards_json(found))
        return
    if not found:
        tell("The launch has no card: no alternative of its brief has claims.")
        return
    rows = output.table(
        *("Card", "Owner", "Opened", "Copied", "Flagged", "Readers"),
        *("Flagged lines", "Questioned lines"),
        right=("Opened", "Copied", "Flagged", "Readers"),
    )
    for card in found:
        rows.add_row(
            output.cell(f"{card.name} ({card.key})" if is_faq(card.key) else card.name),
            output.cell(card.owner),
            *(str(number) for number in card.counts.values()),
            str(card.readers),
            output.cell(", ".join(card.flagged)),
            output.cell(", ".join(_doubted(card))),
        )
    output.show(rows)


def _doubted(card: CardInUse) -> list[str]:
    """The lines in doubt; those that their owner called wrong say so."""
    return [f"{ref} (wrong)" if ref in card.wrong else ref for ref in card.questioned]
