"""The form that edits a task, and the preview of its effects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from launch_kits.slack.messages.blocks import Block, paragraph
from launch_kits.slack.messages.changes import preview_blocks
from launch_kits.slack.messages.forms import (
    View,
    choices,
    date_input,
    modal,
    number_input,
    text_input,
)
from launch_kits.slack.messages.task_forms import subject_of
from launch_kits.slack.messages.text import width
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.text import clean, shorten

__all__ = [
    "MOST_DAYS",
    "MOST_LIST",
    "MOST_TITLE",
    "confirm_modal",
    "edit_modal",
    "editable_list",
]

#: characters of a title, and of a checklist: the preview carries both
MOST_TITLE = 200
MOST_LIST = 1500
MOST_NOTE = 300
MOST_DAYS = 1000


def edit_modal(
    task_notice: TaskNotice,
    *,
    others: Sequence[tuple[str, str]],
    dated: bool,
    private: str,
) -> View:
    """Return the form that edits a task.

    ``others`` are the keys and titles of tasks that it can wait for. ``dated`` says whether the
    person may also change days and predecessors.
    """
    task = task_notice.task
    dates = [
        number_input(
            "days",
            "Working days of work",
            initial=task.days,
            most=MOST_DAYS,
            hint="0 if it is only a date to keep.",
        ),
        date_input("due", "Due", initial=task.due, hint="The last day of the work."),
        choices("after", "Waits for", others, chosen=set(task.after)),
    ]
    return modal(
        "Edit the task",
        [
            paragraph(subject_of(task_notice)),
            text_input("title", "Title", initial=task.title, most=MOST_TITLE),
            *(dates if dated else []),
            _checklist_input(task.checklist),
            text_input("note", "Why?", optional=True, lines=True, most=MOST_NOTE),
        ],
        name="task_edit",
        private=private,
        submit="Show the effect",
        close="Cancel",
    )


def editable_list(checklist: Sequence[str]) -> str | None:
    """The text of a checklist in the form, a line a point; None if the form cannot show it."""
    shown = "\n".join(checklist)
    plain = all(clean(point) == point for point in checklist)
    return shown if plain and width(shown) <= MOST_LIST else None


def _checklist_input(checklist: Sequence[str]) -> Block | None:
    shown = editable_list(checklist)
    if shown is None:
        return None
    return text_input(
        "checklist",
        "Checklist",
        optional=True,
        lines=True,
        initial=shown,
        most=MOST_LIST,
        hint="A line for each point.",
    )


def confirm_modal(
    title: str,
    about: str,
    parts: Iterable[str | Iterable[str]],
    *,
    name: str,
    private: str,
    submit: str,
) -> View:
    """Return the preview of a change; nothing is written before it is confirmed."""
    blocks: list[Block] = [paragraph(about), *preview_blocks(*parts)]
    return modal(
        title,
        [*blocks, paragraph("Nothing is changed yet.")],
        name=name,
        private=private,
        submit=shorten(submit),
        close="Back",
    )
