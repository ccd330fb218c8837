"""The page of a launch for its channel: state, plan, timeline and documents, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from types import MappingProxyType

from launch_kits.database.records import TASK_STATUSES, TaskStatus
from launch_kits.documents.escaping import escape
from launch_kits.views.landing import in_words
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.text import capitalize, shorten
from launch_kits.views.reader import Reader
from launch_kits.views.room_pages import RoomPages

__all__ = ["launch_page"]


def launch_page(
    launch: LaunchView,
    *,
    reader: Reader,
    room: RoomPages | None = None,
    links: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Write the page; it has no words that the next day makes wrong, such as "today".

    With the pages of a launch room it links to that of the launch, and to those of documents.
    ``links`` are addresses that go before them, by the keys of tasks.
    """
    tasks = [task for task in launch.tasks if task.status is not TaskStatus.DROPPED]
    stages = [
        (title, list(found)) for title, found in groupby(tasks, lambda t: t.stage_title)
    ]
    parts = [
        "\n".join([*_state(launch, reader), *_room(launch, room)]),
        "## Plan",
        *(_stage(title, found, reader) for title, found in stages),
        "## Timeline",
        "\n".join(_span(title, found, reader) for title, found in stages),
        "## Documents",
        "\n".join(_documents(launch, tasks, room, links)) or "None is written yet.",
    ]
    return "\n\n".join(parts) + "\n"


def _state(launch: LaunchView, reader: Reader) -> Iterator[str]:
    words = in_words(launch, day=reader.day)
    yield f"# {escape(shorten(launch.product))}"
    yield ""
    yield f"- State: {capitalize(words.state)}, {words.progress}"
    yield f"- Launch day: {reader.day(launch.launch_on)}"
    if words.past and words.said != words.state:
        yield f"- {capitalize(words.said)}"
    if launch.release_on != launch.launch_on:
        yield f"- Release: {reader.day(launch.release_on)}"
    yield f"- Lead: {escape(shorten(reader.name(launch.lead)))}"


def _room(launch: LaunchView, room: RoomPages | None) -> Iterator[str]:
    if room is not None:
        address = room.launch(launch.slug)
        yield f"- [This launch in the launch room]({address})"


def _stage(title: str, tasks: Sequence[TaskView], reader: Reader) -> str:
    lines = [f"- {_task(task, reader)}" for task in tasks]
    return "\n".join([f"### {escape(shorten(title))}", "", *lines])


def _task(task: TaskView, reader: Reader) -> str:
    owner = escape(shorten(task.owner_name))
    return (
        f"**{escape(shorten(task.title))}**: {owner}, "
        f"due {reader.day(task.due)}, {TASK_STATUSES[task.status].word}"
    )


def _span(title: str, tasks: Sequence[TaskView], reader: Reader) -> str:
    first = min(_first_day(task) for task in tasks)
    last = max(task.due for task in tasks)
    done = sum(task.status is TaskStatus.DONE for task in tasks)
    days = reader.span(first, last)
    return f"- {escape(shorten(title))}: {days}, {done} of {len(tasks)} done"


def _first_day(task: TaskView) -> date:
    """Return the day on which work began, or is planned to begin."""
    return task.listed_days[0]


def _documents(
    launch: LaunchView,
    tasks: Sequence[TaskView],
    room: RoomPages | None,
    links: Mapping[str, str],
) -> Iterator[str]:
    """A line for each document: its link, or who has it, in messages that others cannot read."""
    for task in tasks:
        if task.document is None:
            continue
        title = escape(shorten(task.title))
        link = links.get(task.key)
        if link is None and room is not None:
            link = room.document(launch.slug, task.key)
        if link is not None:
            yield f"- [{title}]({link})"
        else:
            owner = escape(shorten(task.owner_name))
            yield f"- {title}: {owner} has it, in the thread of the task's message"
