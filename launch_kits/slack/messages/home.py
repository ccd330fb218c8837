"""All that I owe, the longest overdue first, in the App Home and for `/launch mine`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from launch_kits.slack.messages.blocks import (
    Block,
    Message,
    buttons,
    context,
    first_line,
    header,
    message,
    paragraph,
)
from launch_kits.slack.messages.forms import View, home
from launch_kits.slack.messages.render import button_value
from launch_kits.slack.messages.told_apart import told_apart
from launch_kits.verbs.offers import permitted
from launch_kits.views.personal_queue import PersonalQueue, QueuedAnswer, QueuedTask

__all__ = ["MOST_AT_HOME", "my_home", "my_message"]

#: tasks shown in the App Home, besides launches, and in a message: two blocks each, of the 100 and
#: 50 that Slack takes
MOST_AT_HOME = 38
MOST_IN_MESSAGE = 18
#: characters of one task, so that all of them stay below the limit of a message
MOST_ENTRY = 500


def my_home(
    queue: PersonalQueue,
    *,
    note: Message | str | None = None,
    launches: Iterable[Block] = (),
) -> View:
    """Return the App Home.

    ``note`` is the outcome of the last action in it, ``launches`` the reader's launches.
    """
    blocks = [
        header("Your tasks"),
        *_outcome(note),
        *_lists(queue, most=MOST_AT_HOME),
        *launches,
    ]
    return home(told_apart(block for block in blocks if block))


def _outcome(note: Message | str | None) -> list[Block]:
    """The outcome of an action: in small print, or with its buttons."""
    if not note:
        return []
    return [context(note)] if isinstance(note, str) else [*note.blocks]


def my_message(queue: PersonalQueue) -> Message:
    """The same as an answer to a command."""
    return message(
        queue.sentence,
        told_apart(_lists(queue, most=MOST_IN_MESSAGE)),
    )


def _lists(queue: PersonalQueue, *, most: int) -> list[Block]:
    blocks = [first_line(queue.sentence)]
    room = most
    for title, entries in (*_urgent(queue), ("Later", queue.later)):
        if entries and room:
            blocks.append(header(title))
        for entry in entries[:room]:
            blocks += _entry(entry)
        room -= min(room, len(entries))
    rest = queue.rest
    left = len(queue.answers) + len(queue.now) + len(queue.later) - most
    left = max(left, 0) + rest.answers + rest.now + rest.later
    return [*blocks, context(f"And {left} more, due later.")] if left > 0 else blocks


def _urgent(
    queue: PersonalQueue,
) -> list[tuple[str, Sequence[QueuedTask | QueuedAnswer]]]:
    """The answers and the tasks, first those with the longest overdue, then those due next."""
    answers: tuple[str, Sequence[QueuedAnswer]] = ("To answer", queue.answers)
    tasks: tuple[str, Sequence[QueuedTask]] = ("To do", queue.now)
    if not (queue.answers and queue.now):
        return [answers, tasks]
    tasks_first = queue.now[0].place[0] < queue.answers[0].place[0]
    return [tasks, answers] if tasks_first else [answers, tasks]


def _entry(entry: QueuedTask | QueuedAnswer) -> list[Block]:
    offered = permitted(entry.message, entry.launch, entry.to)
    shown = None
    if offered.subject is not None:
        shown = buttons(offered.actions, value=button_value(offered.subject))
    return [
        paragraph(offered.sentence, most=MOST_ENTRY),
        *filter(None, [shown]),
    ]
