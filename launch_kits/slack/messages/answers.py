"""Short answers to a person at once after an action, only to them."""

from __future__ import annotations

from dataclasses import replace

from launch_kits.slack.messages.blocks import (
    Message,
    buttons_of,
    message,
    paragraph,
)
from launch_kits.views.answers import LONG
from launch_kits.views.notices.text import clean, cut

__all__ = ["UNDO", "apology", "note", "read_undo", "with_undo"]

#: the button that undoes the act of which an answer tells
UNDO = "launch_undo"
#: digits of an event's number
MOST_DIGITS = 12


def note(text: str) -> Message:
    """A short answer in plain words."""
    said = cut(clean(text), LONG)
    return message(said, [paragraph(said)])


def apology() -> Message:
    """Return an apology for a fault of ours."""
    return note(
        "Sorry, that went wrong on our side. Please try again; "
        "if it stays so, tell whoever runs this."
    )


def with_undo(said: str, launch: str, event: int) -> Message:
    """A short answer about an act, with a button that undoes it; ``event`` names the act."""
    told = note(said)
    row = buttons_of([(UNDO, "Undo")], value=f"{launch}|{event}")
    return replace(told, blocks=(*told.blocks, row))


def read_undo(value: str) -> tuple[str, int]:
    """The launch and the event of a button's value; the event is 0 if the value names none."""
    launch, _, event = value.partition("|")
    known = event.isascii() and event.isdecimal() and len(event) <= MOST_DIGITS
    return launch, int(event) if known else 0
