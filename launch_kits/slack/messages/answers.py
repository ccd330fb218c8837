"""Short answers to a person at once after an action, only to them."""

from __future__ import annotations

from dataclasses import replace

from launch_kits.slack.api.payloads import ActionPlace
from launch_kits.slack.messages.blocks import (
    Message,
    buttons_of,
    message,
    paragraph,
)
from launch_kits.views.answers import LONG
from launch_kits.views.notices.text import clean, cut

__all__ = ["UNDO", "apology", "note", "with_undo"]

#: the button that opens the form of the same name
UNDO = "launch_undo"


def note(text: str) -> Message:
    """A short answer in plain words."""
    said = cut(clean(text), LONG)
    return message(said, [paragraph(said)])


def apology() -> Message:
    """Return an apology for a fault of ours."""
    return note(
        "Sorry, that went wrong on our side. Please try again; "
        "if it happens again, tell your administrator."
    )


def with_undo(said: str, launch: str, event: int) -> Message:
    """A short answer about an act, with the button that undoes it; ``event`` names the act."""
    told = note(said)
    place = ActionPlace(launch=launch, check=str(event))
    row = buttons_of([(UNDO, "Undo")], value=place.pack())
    return replace(told, blocks=(*told.blocks, row))
