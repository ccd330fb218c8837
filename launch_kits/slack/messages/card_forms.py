"""The forms about a card in Slack: a line that is wrong or holds, and a change that is needed."""

from __future__ import annotations

from collections.abc import Sequence

from launch_kits.claims.doubtable import DoubtableLine
from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.blocks import Block, paragraph
from launch_kits.slack.messages.forms import View, modal, text_input
from launch_kits.verbs.desk_rows import MOST
from launch_kits.views.notices.text import clean, cut, shorten

__all__ = ["WRONG", "card_change_form", "concede_form", "flag_form", "uphold_form"]

#: characters of a line in a form
LONG = 300
#: the button at a line, and the title of its form
WRONG = "That was wrong"


def flag_form(place: ActionPlace, *, line: DoubtableLine) -> View:
    """Return the form that says that a line is wrong."""
    why = _remark(
        "What is wrong with it?",
        "The person who answers for it reads it. A link to a source helps.",
        optional=True,
    )
    return _of_line(WRONG, [_says(line), why], place, name="card_wrong")


def uphold_form(place: ActionPlace, *, line: DoubtableLine) -> View:
    """Return the form that says why a doubted line holds."""
    why = _remark(
        "Why does it hold?",
        "The person who doubts it reads this. A link to a source helps.",
    )
    return _of_line("It holds", [_says(line), why], place, name="card_uphold")


def concede_form(place: ActionPlace, *, line: DoubtableLine) -> View:
    """Return the form that calls a doubted line wrong indeed."""
    why = _remark(
        "Why is it wrong?",
        "The people who doubt it read this, and the lead, who updates the launch.",
    )
    return _of_line("It is wrong", [_says(line), why], place, name="card_concede")


def card_change_form(place: ActionPlace, *, name: str) -> View:
    """Return the form that names the change a card needs; ``name`` is the competitor's."""
    needed = _remark(
        "The change that it needs",
        "The lead reads it, who updates the launch. A link to a source helps.",
    )
    return _of_line(
        "Needs a change",
        [paragraph(f"The card on {shorten(name)}"), needed],
        place,
        name="card_change",
    )


def _remark(label: str, hint: str, *, optional: bool = False) -> Block:
    """The field for the remark of a form."""
    return text_input(
        "note", label, optional=optional, lines=True, most=MOST, hint=hint
    )


def _says(line: DoubtableLine) -> Block:
    place = f"The card on {shorten(line.name)}" if line.name else "The FAQ"
    return paragraph(f'{place} says:\n"{cut(clean(line.text), LONG)}"')


def _of_line(
    title: str, blocks: Sequence[Block], place: ActionPlace, *, name: str
) -> View:
    """Return a form about a line."""
    return modal(
        title,
        blocks,
        name=name,
        private=place.pack(),
        submit="Say so",
        close="Cancel",
    )
