"""Short answers to a person at once after an action, only to them."""

from __future__ import annotations

from launch_kits.slack.messages.blocks import Message, message, paragraph
from launch_kits.views.answers import LONG
from launch_kits.views.notices.text import clean, cut

__all__ = ["apology", "note"]


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
