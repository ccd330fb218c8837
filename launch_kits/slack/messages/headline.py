"""The headline: the launch's one living message, where it stands at a glance."""

from __future__ import annotations

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.slack.messages.blocks import (
    Message,
    Row,
    header,
    message,
    paragraph,
    rows,
)
from launch_kits.slack.messages.text import clean, cut, shorten
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.reader import Reader, count, listed

__all__ = ["bar", "headline"]

#: tasks named in a list
NAMED = 5
#: cells of the bar
CELLS = 20


def headline(launch: LaunchView, *, reader: Reader) -> Message:
    """State, countdown, readiness, what is late, what is next and who leads, for the launch's channel."""
    kept = [task for task in launch.tasks if task.status is not TaskStatus.DROPPED]
    done = sum(task.status is TaskStatus.DONE for task in kept)
    late = [task for task in launch.open_tasks if task.overdue]
    coming = [task for task in launch.next_tasks if not task.overdue]
    running = launch.status == LaunchStatus.RUNNING
    state = _state(launch)
    when = reader.due(launch.launch_on) if running else reader.day(launch.launch_on)
    ready = f"{launch.percent}%"
    sentence = f"{shorten(launch.product)}: {state}; {ready} ready, launch day {when}"
    if running and (late or coming):
        word, task = ("late", late[0]) if late else ("next", coming[0])
        sentence += f"; {word}: {_line(task, reader)}"
    return message(
        f"{sentence}.",
        [
            header(launch.product),
            paragraph(
                f"{bar(launch.readiness)} {ready}, {done} of {count(len(kept), 'task')} done"
            ),
            *rows(
                [
                    Row("State", [f"{state[0].upper()}{state[1:]}"]),
                    Row("Launch day", [when]),
                    Row("Release", [reader.day(launch.release_on)])
                    if launch.release_on != launch.launch_on
                    else None,
                    Row("Lead", [reader.name(launch.lead)]),
                    Row("Go or no-go", _verdict(launch, reader))
                    if running and launch.gates
                    else None,
                    Row(
                        "Late",
                        listed((_line(task, reader) for task in late), most=NAMED),
                    )
                    if running
                    else None,
                    Row(
                        "Next",
                        listed((_line(task, reader) for task in coming), most=NAMED),
                    )
                    if running
                    else None,
                    Row("To decide", listed(_decisions(launch, reader), most=NAMED))
                    if running
                    else None,
                ]
            ),
        ],
    )


def bar(share: float) -> str:
    """``█████░░░░░``: full only where all is done, empty only where nothing is."""
    cells = round(share * CELLS)
    if 0 < share < 1:
        cells = min(max(cells, 1), CELLS - 1)
    return "█" * cells + "░" * (CELLS - cells)


def _state(launch: LaunchView) -> str:
    if launch.status != LaunchStatus.RUNNING:
        return str(launch.status)
    floats = [
        task.float_days for task in launch.open_tasks if task.float_days is not None
    ]
    behind = -min(floats, default=0)
    late = f"{count(launch.late, 'task')} late" if launch.late else ""
    if behind > 0:
        return f"at risk, {count(behind, 'working day')} behind" + (
            f", {late}" if late else ""
        )
    return late or "on track"


def _verdict(launch: LaunchView, reader: Reader) -> list[str]:
    """What was decided, and what the gates say today."""
    found, decision = launch.verdict, launch.decision
    lines = []
    if decision is not None:
        why = f": {cut(clean(decision.note), 200)}" if decision.note else ""
        word = "Go" if decision.go else "No-go"
        lines.append(
            f"{word}, decided {shorten(reader.name(decision.by))} on {reader.day(decision.at)}{why}"
        )
    if found.go:
        return [*lines, "No hard gate is open"]
    missing = listed((cut(clean(reason), 150) for reason in found.reasons), most=3)
    return [
        *lines,
        f"{count(len(found.reasons), 'check')} of hard gates open",
        *missing,
    ]


def _decisions(launch: LaunchView, reader: Reader) -> list[str]:
    """What waits for somebody's word: requests for more time, work that cannot go on, reviews."""
    asked, blocked, reviewed = [], [], []
    for task in launch.open_tasks:
        about = f"{shorten(task.title)} ({shorten(task.owner_name)})"
        if task.asked_until:
            asked.append(
                f"more time for {about}: until {reader.day(task.asked_until)}?"
            )
        if task.status is TaskStatus.BLOCKED:
            blocked.append(
                f"{about} is blocked{': ' + cut(clean(task.blocked_by), 100) if task.blocked_by else ''}"
            )
        if task.status is TaskStatus.REVIEW and task.approver:
            reviewed.append(
                f"{about} waits for {shorten(reader.name(task.approver))} to approve it"
            )
    return [*asked, *blocked, *reviewed]


def _line(task: TaskView, reader: Reader) -> str:
    return f"{shorten(task.title)} ({shorten(task.owner_name)}), {reader.due(task.due)}"
