"""The command `card`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from launch_kits.cli.options import clock, json_option, now_option, open_store, tell
from launch_kits.settings import Settings
from launch_kits.settings.visible import one_line
from launch_kits.workdays.in_words import count, day

if TYPE_CHECKING:
    from launch_kits.claims.card_front import CardFront
    from launch_kits.views.cards import SellersCard

__all__ = ["card"]

#: words of a front; the head of the card takes the rest of 200
WORDS = 170


@click.command()
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--as",
    "by",
    metavar="EMAIL",
    help="The person who asks: their own launches first, and the use of the card is counted.",
)
@json_option
@now_option
def card(
    name: tuple[str, ...], by: str | None, json: bool, now: datetime | None
) -> None:
    """Print the front of a competitor's card; NAME is its key or name.

    With words after the name, which a buyer said, print the answer with its source.
    """
    from launch_kits.cli import output
    from launch_kits.database.records import CardUseKind
    from launch_kits.verbs import count_use
    from launch_kits.views.as_json import card_json
    from launch_kits.views.cards import card_called

    store = open_store(Settings.read())
    at = clock(now)
    with store.read() as session:
        shown = card_called(session, " ".join(name), email=by, now=at, words=WORDS)
    if json:
        output.as_json(card_json(shown))
    else:
        for line in _lines(shown):
            tell(one_line(line))
    if by is not None:
        count_use(store, shown.launch, shown.counted, CardUseKind.OPENED, by=by, now=at)


def _lines(shown: SellersCard) -> Iterator[str]:
    if not shown.said:
        yield from _front(shown.front)
        return
    answer = shown.answer
    if answer is None or not answer.sourced:
        yield f'"{shown.said}": not sourced.'
        yield f"`launch-kits ask {shown.launch} … --as EMAIL` asks the answer desk"
        return
    mark = f" ({answer.mark})" if answer.mark else ""
    yield f'"{answer.asks}"' if answer.says != answer.asks else shown.front.name
    yield f"{answer.says}{mark}"
    yield f"source: {answer.source}"


def _front(front: CardFront) -> Iterator[str]:
    from launch_kits.claims.card_front import FRONT

    stale = (
        f"; its review was due on {day(front.next_review_on)}" if front.stale else ""
    )
    verified = (
        f"verified on {day(front.verified_on)}"
        if front.verified
        else "not verified: the ledger names no source"
    )
    yield f"{front.us} vs {front.them}, {verified}{stale}"
    for subject in front.conflicts:
        yield f"open: sources disagree on {subject}; claim neither side"
    section = ""
    for line in front.lines:
        if line.section != section:
            section = line.section
            yield FRONT[section]
        yield f"  {line.ref}  {line.shown}"
    if front.left_out:
        yield f"{count(front.left_out, 'more line')} in the document"
