"""Digests: a person's morning across launches, and the sponsor's week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from launch_kits.database.records import TaskStatus
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.headline import bar
from launch_kits.views.notices.message import NoticeMessage, Row
from launch_kits.views.notices.text import capitalize, clean, cut, shorten
from launch_kits.views.reader import Reader, count, iso_day, listed

__all__ = ["morning", "week"]

#: tasks named under a heading
NAMED = 12
#: names in one of the week's lines
FEW = 3
#: working days within which a task is due soon
SOON = 3

Line = Mapping[str, object]


def morning(facts: Mapping[str, object], *, reader: Reader) -> NoticeMessage:
    """Write a person's tasks, the most pressing first, who needs help, and tasks for later.

    ``facts`` are those of the notice.
    """
    work, help_wanted = _lines(facts, "tasks"), _lines(facts, "help")
    tasks = [line for line in work if line.get("later") is not True]
    later = [line for line in work if line.get("later") is True]
    several = len({line.get("launch") for line in (*work, *help_wanted)}) > 1
    groups = {
        "Overdue": [line for line in tasks if _days(line, reader) < 0],
        "Due soon": [line for line in tasks if 0 <= _days(line, reader) <= SOON],
        "Due later": [line for line in tasks if _days(line, reader) > SOON],
        "Others need help": help_wanted,
        "Later": later,
    }
    told = {
        title: [_told(line, reader, title, several=several) for line in found]
        for title, found in groups.items()
    }
    counted = [count(len(tasks), "task") + " for you"] if tasks else []
    counted += [f"{len(groups['Overdue'])} overdue"] if groups["Overdue"] else []
    counted += (
        [f"{count(len(help_wanted), 'task')} of others overdue"] if help_wanted else []
    )
    counted += [f"{count(len(later), 'task')} for later"] if later else []
    first = next((found[0] for found in told.values() if found), "nothing waits")
    summary = ", ".join(counted) or "nothing waits"
    return NoticeMessage(
        sentence=f"{capitalize(summary)}. First: {first}",
        headline=f"{reader.day(reader.today)}: {summary}",
        rows=[Row(title, listed(found, most=NAMED)) for title, found in told.items()],
        note="Answer in each task's own message, or in the Home tab.",
    )


def week(launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write a launch's week: readiness, done, due, risks and decisions, a line each."""
    lines = [
        _readiness(launch, reader),
        _done(launch),
        _coming(launch),
        _risks(launch),
        _asks(launch, reader),
    ]
    product = shorten(launch.product)
    return NoticeMessage(
        sentence=f"{product} this week: {lines[0]}. {lines[3]}. {lines[4]}.",
        headline=f"{launch.product}: the week",
        paragraphs=["\n".join(f"{line}." for line in lines)],
    )


def _readiness(launch: LaunchView, reader: Reader) -> str:
    ready = f"{launch.percent}% ready"
    return f"{bar(launch.readiness)} {ready}, launch day {reader.due(launch.launch_on)}"


def _done(launch: LaunchView) -> str:
    since = launch.today - timedelta(days=7)
    done = [
        task for task in launch.tasks if task.done_at and task.done_at.date() >= since
    ]
    return f"Done in the last week: {_named(done)}"


def _coming(launch: LaunchView) -> str:
    until = launch.today + timedelta(days=7)
    coming = [task for task in launch.open_tasks if launch.today <= task.due <= until]
    return (
        f"Due in the week to come: {_named(sorted(coming, key=lambda task: task.due))}"
    )


def _risks(launch: LaunchView) -> str:
    worst = sorted(
        (
            task
            for task in launch.open_tasks
            if task.overdue or (task.float_days or 0) < 0
        ),
        key=lambda task: (task.float_days or 0, task.due),
    )
    behind = -min((task.float_days or 0 for task in launch.open_tasks), default=0)
    late = f", {count(behind, 'working day')} behind" if behind > 0 else ""
    return f"At risk: {_named(worst)}{late}"


def _asks(launch: LaunchView, reader: Reader) -> str:
    blocked = [
        f"{shorten(task.title)} is blocked{_why(task)}"
        for task in launch.open_tasks
        if task.status is TaskStatus.BLOCKED
    ]
    asked = [
        f"{shorten(task.title)} asks for time until {reader.day(task.asked_until)}"
        for task in launch.open_tasks
        if task.asked_until
    ]
    found = listed([*blocked, *asked], most=FEW)
    return f"To decide: {'; '.join(found) if found else 'nothing'}"


def _why(task: TaskView) -> str:
    return f": {cut(clean(task.blocked_by), 120)}" if task.blocked_by else ""


def _named(tasks: Sequence[TaskView]) -> str:
    if not tasks:
        return "nothing"
    return "; ".join(
        listed(
            (f"{shorten(task.title)} ({shorten(task.owner_name)})" for task in tasks),
            most=FEW,
        )
    )


def _lines(facts: Mapping[str, object], key: str) -> list[Line]:
    lines = facts.get(key)
    return (
        [line for line in lines if isinstance(line, Mapping)]
        if isinstance(lines, list)
        else []
    )


def _days(line: Line, reader: Reader) -> int:
    """Return the working days until a task is due; negative if that day is over."""
    due = iso_day(line.get("due")) or reader.today
    if due < reader.today:
        return -1
    return reader.calendar.count(reader.today, due)


def _told(line: Line, reader: Reader, group: str, *, several: bool) -> str:
    due = iso_day(line.get("due")) or reader.today
    help_wanted = group == "Others need help"
    review = line.get("status") == TaskStatus.REVIEW and not help_wanted
    told = f"{'Approve: ' if review else ''}{shorten(str(line.get('title')))}"
    if several:
        told += f" ({shorten(str(line.get('product')))})"
    if help_wanted:
        told += f", {shorten(reader.name(str(line.get('owner'))))}"
    planned = None if help_wanted or review else _planned(line, reader, due=due)
    if planned is None:
        return f"{told}: {reader.due(due)}"
    return f"{told}: planned {planned}, due {reader.latest(due)}"


def _planned(line: Line, reader: Reader, *, due: date) -> str | None:
    """Return the days planned for a task, or None if they say no more than its due day."""
    start, finish = (
        iso_day(line.get("planned_start")),
        iso_day(line.get("planned_finish")),
    )
    if start is None or finish is None or start >= due or due < reader.today:
        return None
    return reader.span(start, finish)
