"""My open tasks by due day, in the App Home and as the answer to `/launch mine`."""

from __future__ import annotations

from collections.abc import Iterable

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
from launch_kits.views.notices.questions import about_more_time, about_review
from launch_kits.views.notices.tasks import about_task
from launch_kits.views.personal_queue import PersonalQueue, QueuedTask

__all__ = ["my_home", "my_message"]

#: tasks shown in the App Home, besides launches, and in a message: two blocks each, of the 100 and
#: 50 that Slack takes
MOST_AT_HOME, MOST_IN_MESSAGE = 38, 18
#: characters of one task, so that all of them stay below the limit of a message
MOST_ENTRY = 500


def my_home(
    queue: PersonalQueue, *, note: str | None = None, launches: Iterable[Block] = ()
) -> View:
    """Return the App Home.

    ``note`` is the outcome of the last action in it, ``launches`` the reader's launches.
    """
    blocks = [
        header("Your tasks"),
        context(note) if note else None,
        *_lists(queue, most=MOST_AT_HOME),
        *launches,
    ]
    return home(told_apart(block for block in blocks if block))


def my_message(queue: PersonalQueue) -> Message:
    """The same as an answer to a command."""
    return message(
        queue.sentence,
        told_apart(_lists(queue, most=MOST_IN_MESSAGE)),
    )


def _lists(queue: PersonalQueue, *, most: int) -> list[Block]:
    blocks = [first_line(queue.sentence)]
    room = most
    for title, entries in (
        ("To answer", queue.answers),
        ("To do", queue.now),
        ("Later", queue.later),
    ):
        if entries and room:
            blocks.append(header(title))
        for entry in entries[:room]:
            blocks += _entry(entry)
        room -= min(room, len(entries))
    left = len(queue.answers) + len(queue.now) + len(queue.later) - most
    return [*blocks, context(f"And {left} more, due later.")] if left > 0 else blocks


def _entry(entry: QueuedTask) -> list[Block]:
    task_notice = entry.task_notice
    if entry.until:
        neutral = about_more_time(task_notice, entry.until)
    elif entry.answer:
        neutral = about_review(task_notice)
    else:
        neutral = about_task(task_notice)
    offered = permitted(neutral, task_notice.launch, task_notice.notice.to)
    value = button_value(task_notice.subject(until=entry.until))
    return [
        paragraph(neutral.sentence, most=MOST_ENTRY),
        *filter(None, [buttons(offered.actions, value=value)]),
    ]
