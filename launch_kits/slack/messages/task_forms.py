"""The forms about one task: hand it over, leave it out, take it up again, its checklist."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence

from launch_kits.database.records import TaskStatus
from launch_kits.slack.api.transport import items
from launch_kits.slack.messages.blocks import Block, buttons_of, context, paragraph
from launch_kits.slack.messages.forms import (
    MOST_BOXES,
    View,
    checkboxes,
    member_input,
    modal,
    text_input,
)
from launch_kits.views.labels import LABELS
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.notices.text import clean, quoted, shorten

__all__ = [
    "drop_modal",
    "points_of",
    "reassign_modal",
    "reopen_modal",
    "subject_of",
    "tick_modal",
    "with_buttons",
]

#: the buttons in the details of a task, by action id
_LABELS = {
    "task_decide": LABELS["decide"],
    "task_tick": LABELS["tick"],
    "task_edit": LABELS["edit"],
    "task_reassign": LABELS["reassign"],
    "task_drop": LABELS["drop"],
    "task_reopen": LABELS["reopen"],
    "launch_gates": "Checks before launch",
}
#: characters of a remark
MOST_REMARK = 1000


def subject_of(task_notice: TaskNotice) -> str:
    """The task that a form is about, its launch and its due day."""
    task = task_notice.task
    return (
        f"{quoted(task.title)}\n{shorten(task_notice.launch.product)}, "
        f"due {task_notice.reader.due(task.due)}"
    )


def reassign_modal(task_notice: TaskNotice, *, private: str) -> View:
    """Return the form that gives a task to another person."""
    owner = shorten(task_notice.task.owner_name)
    return modal(
        "Give to someone else",
        [
            paragraph(subject_of(task_notice)),
            member_input("owner", "Who takes it?", hint=f"It is with {owner} now."),
            text_input("note", "Why?", optional=True, lines=True, most=MOST_REMARK),
            context(f"{_told_when(task_notice)} The due day stays."),
        ],
        name="task_reassign",
        private=private,
        submit="Hand over",
        close="Cancel",
    )


def _told_when(task_notice: TaskNotice) -> str:
    """Say when the person who takes a task is told of it."""
    task = task_notice.task
    if task.later:
        day = task_notice.reader.day(task.planned_start)
        return f"They get its message when its planned start, {day}, is near."
    if task.status is TaskStatus.WAITING:
        return (
            "They get its message once it can be started and its planned start is near."
        )
    return "They get its message in their working hours."


def drop_modal(
    task_notice: TaskNotice, *, effects: Sequence[str], private: str
) -> View:
    """Return the form that leaves a task out; ``effects`` are sentences."""
    return modal(
        "Leave it out",
        _effects_and_reason(task_notice, effects),
        name="task_drop",
        private=private,
        submit="Leave it out",
        close="Keep it",
    )


def reopen_modal(
    task_notice: TaskNotice, *, effects: Sequence[str], private: str
) -> View:
    """Return the form that takes a closed task up again; ``effects`` are sentences."""
    return modal(
        "Take it up again",
        _effects_and_reason(task_notice, effects),
        name="task_reopen",
        private=private,
        submit="Take it up again",
        close="Cancel",
    )


def _effects_and_reason(task_notice: TaskNotice, effects: Sequence[str]) -> list[Block]:
    """The task, the effects of an act on it, and a question for the reason."""
    return [
        paragraph(subject_of(task_notice)),
        paragraph("\n".join(effects)),
        text_input("note", "Why?", optional=True, lines=True, most=MOST_REMARK),
    ]


def tick_modal(task_notice: TaskNotice, *, private: str) -> View:
    """Return the form with the points of a task's checklist."""
    task = task_notice.task
    points = list(points_of(task.checklist).items())
    ticked = {key for key, point in points if point in task.ticked}
    boxes = [
        checkboxes(
            f"points-{at}",
            "Checklist" if at == 0 else "Continued",
            [(key, clean(point)) for key, point in points[at : at + MOST_BOXES]],
            ticked=ticked,
        )
        for at in range(0, len(points), MOST_BOXES)
    ]
    return modal(
        "Checklist",
        [paragraph(subject_of(task_notice)), *boxes],
        name="task_tick",
        private=private,
        submit="Save",
        close="Cancel",
    )


def with_buttons(
    view: View, task: TaskView, allowed: Container[str], *, value: str
) -> View:
    """Return the details of a task with the buttons that its reader may press.

    ``allowed`` holds action ids.
    """
    fitting = {
        "task_decide": task.open and bool(task.decides),
        "task_tick": task.open and bool(task.checklist),
        "task_edit": task.open,
        "task_reassign": task.open,
        "task_drop": task.open,
        "task_reopen": not task.open,
        "launch_gates": True,
    }
    named = [
        (name, _LABELS[name])
        for name, fits in fitting.items()
        if fits and name in allowed
    ]
    if not named:
        return view
    blocks = list(items(view, "blocks"))
    # below the state of the task, which comes second
    blocks.insert(2, buttons_of(named, value=value))
    return {**view, "blocks": blocks}


def points_of(checklist: Sequence[str]) -> dict[str, str]:
    """A short key for each point of a checklist → the point, in their order."""
    return {
        hashlib.sha256(point.encode()).hexdigest()[:16]: point for point in checklist
    }
