"""Digests: a person's morning across launches, and the sponsor's week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from launch_kits.database.records import TaskStatus
from launch_kits.views.landing import behind_by, landing
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
#: titles of the rows, in their order
OVERDUE, DUE_SOON, DUE_LATER = "Overdue", "Due soon", "Due later"
HELP_WANTED = "Others need help"
#: ready, and handed out when their planned start is near
LATER = "Later"
NOTHING_WAITS = "nothing waits"

Line = Mapping[str, object]


def morning(facts: Mapping[str, object], *, reader: Reader) -> NoticeMessage:
    """Write a person's tasks, the most pressing first, who needs help, and tasks for later.

    ``facts`` are those of the notice.
    """
    work = _lines(facts, "tasks")
    tasks = [line for line in work if line.get("later") is not True]
    later = [line for line in work if line.get("later") is True]
    help_wanted = _lines(facts, "help")
    groups = _groups(tasks, reader)
    summary = _counted(
        len(tasks),
        overdue=len(groups[OVERDUE]),
        help_wanted=len(help_wanted),
        later=len(later),
    )
    groups |= {HELP_WANTED: help_wanted, LATER: later}

    launches = {line.get("launch") for line in (*work, *help_wanted)}
    several = len(launches) > 1
    rows = []
    first = None
    for title, lines in groups.items():
        told = [_told(line, reader, title, several=several) for line in lines]
        rows.append(Row(title, listed(told, most=NAMED)))
        if told and first is None:
            first = told[0]
    return NoticeMessage(
        sentence=f"{capitalize(summary)}. First: {first or NOTHING_WAITS}",
        headline=f"{reader.day(reader.today)}: {summary}",
        rows=rows,
        note="Answer in each task's own message, or in the Home tab.",
    )


def _groups(tasks: Sequence[Line], reader: Reader) -> dict[str, list[Line]]:
    """Group a person's tasks by their due day, under the titles of the rows."""
    groups: dict[str, list[Line]] = {OVERDUE: [], DUE_SOON: [], DUE_LATER: []}
    for line in tasks:
        days = _days(line, reader)
        if days < 0:
            title = OVERDUE
        elif days <= SOON:
            title = DUE_SOON
        else:
            title = DUE_LATER
        groups[title].append(line)
    return groups


def _counted(tasks: int, *, overdue: int, help_wanted: int, later: int) -> str:
    """Count the tasks for the reader, overdue ones, those of others, and those for later."""
    told = []
    if tasks:
        told.append(f"{count(tasks, 'task')} for you")
    if overdue:
        told.append(f"{overdue} overdue")
    if help_wanted:
        told.append(f"{count(help_wanted, 'task')} of others overdue")
    if later:
        told.append(f"{count(later, 'task')} for later")
    return ", ".join(told) or NOTHING_WAITS


def week(launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write a launch's week: readiness, done, due, risks and decisions, a line each."""
    lines = [
        _readiness(launch, reader),
        _done(launch),
        _coming(launch),
        _risks(launch, reader),
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


def _risks(launch: LaunchView, reader: Reader) -> str:
    at_risk = [task for task in launch.open_tasks if task.overdue or _float(task) < 0]
    at_risk.sort(key=lambda task: (_float(task), task.due))
    behind = behind_by(launch)
    late = f", {count(behind, 'working day')} behind" if behind else ""
    lands = landing(launch, day=reader.day)
    return f"At risk: {_named(at_risk)}{late}{f'; {lands}' if lands else ''}"


def _float(task: TaskView) -> int:
    return task.float_days or 0


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
    if not isinstance(lines, list):
        return []
    return [line for line in lines if isinstance(line, Mapping)]


def _days(line: Line, reader: Reader) -> int:
    """Return the working days until a task is due; negative if that day is over."""
    due = iso_day(line.get("due")) or reader.today
    if due < reader.today:
        return -1
    return reader.calendar.count(reader.today, due)


def _told(line: Line, reader: Reader, group: str, *, several: bool) -> str:
    due = iso_day(line.get("due")) or reader.today
    help_wanted = group == HELP_WANTED
    review = line.get("status") == TaskStatus.REVIEW and not help_wanted
    told = shorten(str(line.get("title")))
    if review:
        told = f"Approve: {told}"
    if several:
        product = shorten(str(line.get("product")))
        told += f" ({product})"
    if help_wanted:
        owner = str(line.get("owner"))
        told += f", {shorten(reader.name(owner))}"
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
