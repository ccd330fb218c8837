"""A list of many tasks of one person, in place of a message for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from launch_kits.database.records import TaskStatus
from launch_kits.views.launch import LaunchView
from launch_kits.views.notices.facts import rows_of
from launch_kits.views.notices.handover import given_clause
from launch_kits.views.notices.message import (
    Item,
    ItemGroup,
    NoticeMessage,
    Subject,
)
from launch_kits.views.notices.text import quoted, shorten
from launch_kits.views.reader import Reader, count, iso_day

__all__ = ["handed_out"]

#: tasks that are listed; more are counted
LISTED = 20

_Line = Mapping[str, object]


def handed_out(
    facts: Mapping[str, object], launch: LaunchView, *, reader: Reader
) -> NoticeMessage:
    """Write the tasks that are handed out to the reader at once, the longest overdue first.

    ``facts`` are those of the notice: ``tasks``, each with ``task``, ``title``, ``due`` and its
    ``status`` then, and ``back`` if a deputy had them while the reader was away.
    """
    lines = rows_of(facts, "tasks")
    lines.sort(key=lambda line: str(line.get("due")))
    items = [
        Item(
            text=(
                f"{quoted(str(line.get('title')))}: {_state(line, reader)}"
                f"{given_clause(line, reader)}"
            ),
            subject=Subject(launch.slug, str(line.get("task"))),
        )
        for line in lines
    ]
    told = _sentence(facts, lines, shorten(launch.product), reader)
    if items:
        told += f". First: {items[0].text}"
    more = max(0, len(items) - LISTED)
    title = "Ready to start" if _all_new(lines, reader) else "Yours to do"
    return NoticeMessage(
        sentence=f"{told}.",
        groups=[ItemGroup(title, items[:LISTED], more)],
        note="Each task gets a message of its own once you start it.",
    )


def _sentence(
    facts: Mapping[str, object], lines: Sequence[_Line], product: str, reader: Reader
) -> str:
    """Say how many tasks it are, and of those that are not new how many."""
    tasks = count(len(lines), "task")
    if _all_new(lines, reader) and not facts.get("back"):
        return f"{tasks} of {product} are ready for you to start"
    late = sum(_is_late(line, reader) for line in lines)
    overdue = f", {late} overdue" if late else ""
    if facts.get("back"):
        return f"You are back and have {tasks} of {product} again{overdue}"
    return f"{tasks} of {product} are yours to do{overdue}"


def _all_new(lines: Sequence[_Line], reader: Reader) -> bool:
    """Whether all tasks can be started, and none is overdue."""
    return not any(_is_late(line, reader) or _is_begun(line) for line in lines)


def _is_begun(line: _Line) -> bool:
    return line.get("status", TaskStatus.READY) != TaskStatus.READY


def _is_late(line: _Line, reader: Reader) -> bool:
    due = iso_day(line.get("due"))
    return due is not None and due < reader.today


def _state(line: _Line, reader: Reader) -> str:
    """Say by when a task is due, and whether it is begun."""
    due = iso_day(line.get("due"))
    if due is None:
        return "due ?"
    begun = "begun, " if line.get("status") == TaskStatus.DOING else ""
    if line.get("status") == TaskStatus.BLOCKED:
        begun = "blocked, "
    if due < reader.today:
        return f"{begun}was due {reader.due(due)}"
    return f"{begun}due {reader.day(due)}"
