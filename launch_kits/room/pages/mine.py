"""My page: the answers and the work that wait for the visitor, as Slack lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from launch_kits.room.asked import RoomRequest, Shown
from launch_kits.room.page import page
from launch_kits.room.task_verbs import TASK_VERBS, TaskVerb
from launch_kits.verbs.offers import permitted
from launch_kits.views.launch import TaskView
from launch_kits.views.notices.message import Action
from launch_kits.views.notices.questions import about_more_time, about_review
from launch_kits.views.notices.tasks import about_task
from launch_kits.views.personal_queue import QueuedTask, read_queue

__all__ = ["MINE"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A task of the visitor, with the sentence that asks for it and its buttons."""

    sentence: str
    task: TaskView
    product: str
    #: label and verb of each button
    buttons: Sequence[tuple[str, TaskVerb]]
    #: the day asked for, as a form sends it
    until: str
    #: whether a go or no-go is wanted, which is given on the page of the gates
    decides: bool


def _mine(asked: RoomRequest) -> Shown:
    version = asked.room.launches.version()
    queue = read_queue(
        asked.room.store, asked.room.launches, asked.email, now=asked.now
    )
    lists = (
        ("To answer", queue.answers),
        ("To do", queue.now),
        ("Later", queue.later),
    )
    values = {
        "sentence": queue.sentence,
        "lists": [(title, [*map(_entry, found)]) for title, found in lists if found],
        "live": ("*", version),
    }
    return Shown("mine.html", values)


def _entry(queued: QueuedTask) -> Entry:
    notice = queued.task_notice
    if queued.until:
        neutral = about_more_time(notice, queued.until)
    elif queued.answer:
        neutral = about_review(notice)
    else:
        neutral = about_task(notice)
    offered = permitted(neutral, notice.launch, notice.notice.to).actions
    return Entry(
        neutral.sentence,
        notice.task,
        notice.launch.product,
        [(each.label, verb) for each in offered if (verb := _verb(each, queued))],
        queued.until.isoformat() if queued.until else "",
        any(each.name == "decide" for each in offered),
    )


def _verb(action: Action, queued: QueuedTask) -> TaskVerb | None:
    """The verb of an action; an answer about a day has verbs of its own."""
    name = action.name
    if queued.until:
        name = {"approve": "grant", "reject": "refuse"}.get(name, name)
    return TASK_VERBS.get(name)


MINE = page("/me")(_mine)
