"""The forms about a whole launch: move it, add a task, cancel it, invite its team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from launch_kits.slack.messages.blocks import context, paragraph
from launch_kits.slack.messages.edit_form import MOST_DAYS, MOST_NOTE, MOST_TITLE
from launch_kits.slack.messages.forms import (
    View,
    choice,
    choices,
    date_input,
    modal,
    number_input,
    text_input,
)
from launch_kits.views.notices.text import shorten
from launch_kits.views.reader import listed

__all__ = ["add_modal", "cancel_modal", "invite_modal", "move_modal", "undo_modal"]

#: names that are told; more are counted
MOST_NAMES = 20


def move_modal(product: str, *, launch_on: date, day: str, private: str) -> View:
    """Return the form for another launch day; ``day`` is the present one in words."""
    return modal(
        "Move the launch",
        [
            paragraph(f"{shorten(product)}\nThe launch day is {day}."),
            date_input("launch_on", "New launch day", initial=launch_on),
            text_input("note", "Why?", optional=True, lines=True, most=MOST_NOTE),
            context(
                "The effect is shown first. Nothing is changed before you confirm."
            ),
        ],
        name="launch_move",
        private=private,
        submit="Show the effect",
        close="Cancel",
    )


def add_modal(
    product: str,
    *,
    roles: Sequence[tuple[str, str]],
    tasks: Sequence[tuple[str, str]],
    private: str,
) -> View:
    """Return the form for a new task.

    ``roles`` are keys with the names of the people, ``tasks`` keys with titles.
    """
    return modal(
        "Add a task",
        [
            paragraph(shorten(product)),
            text_input("title", "Title", most=MOST_TITLE),
            choice("role", "Who does it?", roles),
            number_input(
                "days",
                "Working days of work",
                initial=1,
                most=MOST_DAYS,
                hint="0 if it is only a date to keep.",
            ),
            choices("after", "Waits for", tasks),
            choices("before", "These wait for it", tasks),
            date_input(
                "due",
                "Due",
                optional=True,
                hint="Left empty: as late as the launch allows.",
            ),
            text_input("note", "Why?", optional=True, lines=True, most=MOST_NOTE),
        ],
        name="launch_add",
        private=private,
        submit="Show the effect",
        close="Cancel",
    )


def cancel_modal(product: str, *, told: str, private: str) -> View:
    """Return the form that ends a launch; ``told`` names those who hear of it."""
    return modal(
        "Cancel the launch",
        [
            paragraph(f"{shorten(product)} ends, and its open tasks with it. {told}"),
            text_input("note", "Why?", lines=True, most=MOST_NOTE, hint="All read it."),
        ],
        name="launch_cancel",
        private=private,
        submit="Cancel the launch",
        close="Keep it",
    )


def invite_modal(product: str, *, names: Sequence[str], private: str) -> View:
    """Return the form that invites the team of a launch to its channel."""
    people = ", ".join(listed(map(shorten, names), most=MOST_NAMES))
    return modal(
        "Invite the team",
        [
            paragraph(f"{shorten(product)}\nInvite to its channel: {people}."),
            context("Those who are there already stay as they are."),
        ],
        name="launch_invite",
        private=private,
        submit="Invite",
        close="Cancel",
    )


def undo_modal(product: str, *, did: str, private: str) -> View:
    """Return the form that takes a change back; ``did`` says which, as a sentence."""
    return modal(
        "Take a change back",
        [
            paragraph(f"{shorten(product)}\n{did}"),
            context(
                "All is as it was before, and those who were told of it are told so."
            ),
        ],
        name="launch_undo",
        private=private,
        submit="Take it back",
        close="Keep it",
    )
