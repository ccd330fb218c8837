"""The headline: the launch's one living message, its state at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.landing import STATES, behind_by, landing
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.message import NoticeMessage, Row
from launch_kits.views.notices.text import capitalize, clean, cut, shorten
from launch_kits.views.reader import Reader, count, listed

__all__ = ["bar", "decisions", "headline"]

#: tasks named in a list
NAMED = 5
#: cells of the bar
CELLS = 20


def headline(launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write a launch's state, countdown, readiness and next tasks for its channel."""
    running = launch.status == LaunchStatus.RUNNING
    state = _state(launch)
    when = reader.due(launch.launch_on) if running else reader.day(launch.launch_on)
    ready = f"{launch.percent}%"
    sentence = f"{shorten(launch.product)}: {state}; {ready} ready, launch day {when}"
    rows = [Row("State", [capitalize(state)]), Row("Launch day", [when])]
    if launch.release_on != launch.launch_on:
        rows.append(Row("Release", [reader.day(launch.release_on)]))
    rows.append(Row("Lead", [reader.name(launch.lead)]))
    if running:
        late = [task for task in launch.open_tasks if task.overdue]
        coming = [task for task in launch.next_tasks if not task.overdue]
        if late:
            sentence += f"; late: {_line(late[0], reader)}"
        elif coming:
            sentence += f"; next: {_line(coming[0], reader)}"
        rows += _running_rows(launch, reader, late=late, coming=coming)
    return NoticeMessage(
        sentence=f"{sentence}.",
        headline=launch.product,
        paragraphs=[f"{bar(launch.readiness)} {ready}, {_tasks_done(launch)}"],
        rows=rows,
    )


def _tasks_done(launch: LaunchView) -> str:
    kept = 0
    done = 0
    for task in launch.tasks:
        kept += task.status is not TaskStatus.DROPPED
        done += task.status is TaskStatus.DONE
    return f"{done} of {count(kept, 'task')} done"


def _running_rows(
    launch: LaunchView,
    reader: Reader,
    *,
    late: list[TaskView],
    coming: list[TaskView],
) -> Iterator[Row]:
    if lands := landing(launch, day=reader.day):
        yield Row("As things stand", [capitalize(lands.partition(": ")[2])])
    if launch.gates:
        yield Row("Go or no-go", _verdict(launch, reader))
    for label, tasks in (("Late", late), ("Next", coming)):
        yield Row(label, listed((_line(task, reader) for task in tasks), most=NAMED))
    yield Row("To decide", listed(decisions(launch, reader), most=NAMED))


def bar(share: float) -> str:
    """Draw a share as ``█████░░░░░``: full only if all is done, empty only if nothing is."""
    cells = round(share * CELLS)
    if 0 < share < 1:
        cells = min(max(cells, 1), CELLS - 1)
    return "█" * cells + "░" * (CELLS - cells)


def _state(launch: LaunchView) -> str:
    if launch.status != LaunchStatus.RUNNING:
        return str(launch.status)
    behind = behind_by(launch)
    parts = [STATES[launch.state]]
    parts += [f"{count(behind, 'working day')} behind"] if behind else []
    parts += [f"{count(launch.late, 'task')} late"] if launch.late else []
    return ", ".join(parts)


def _verdict(launch: LaunchView, reader: Reader) -> list[str]:
    """Return the last decision, and the state of the gates today."""
    lines = []
    decision = launch.decision
    if decision is not None:
        word = "Go" if decision.go else "No-go"
        by = shorten(reader.name(decision.by))
        why = f": {cut(clean(decision.note), 200)}" if decision.note else ""
        lines.append(f"{word}, decided {by} on {reader.day(decision.at)}{why}")
    if launch.verdict.go:
        lines.append("No hard gate is open")
        return lines
    reasons = launch.verdict.reasons
    lines.append(f"{count(len(reasons), 'check')} of hard gates open")
    missing = (cut(clean(reason), 150) for reason in reasons)
    return [*lines, *listed(missing, most=3)]


def decisions(launch: LaunchView, reader: Reader) -> list[str]:
    """List requests for more time, then blocked tasks, then reviews."""
    asked = []
    blocked = []
    reviewed = []
    for task in launch.open_tasks:
        about = f"{shorten(task.title)} ({shorten(task.owner_name)})"
        if task.asked_until:
            until = reader.day(task.asked_until)
            asked.append(f"more time for {about}: until {until}?")
        if task.status is TaskStatus.BLOCKED:
            why = f": {cut(clean(task.blocked_by), 100)}" if task.blocked_by else ""
            blocked.append(f"{about} is blocked{why}")
        if task.status is TaskStatus.REVIEW and task.approver:
            approver = shorten(reader.name(task.approver))
            reviewed.append(f"{about} waits for {approver} to approve it")
    return [*asked, *blocked, *reviewed]


def _line(task: TaskView, reader: Reader) -> str:
    return f"{shorten(task.title)} ({shorten(task.owner_name)}), {reader.due(task.due)}"
