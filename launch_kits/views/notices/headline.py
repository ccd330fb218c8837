"""The headline: the launch's one living message, its state at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.decisions import ToDecide, to_decide
from launch_kits.views.landing import STATES, behind_by, landing
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.decision_text import decision_text
from launch_kits.views.notices.message import (
    Item,
    ItemGroup,
    NoticeMessage,
    Row,
    Subject,
)
from launch_kits.views.notices.text import capitalize, clean, cut, quoted, shorten
from launch_kits.views.reader import Reader, count, iso_day, listed

__all__ = ["bar", "decisions", "headline"]

#: tasks named in a list
NAMED = 5
#: cells of the bar
CELLS = 20


def headline(launch: LaunchView, *, reader: Reader) -> NoticeMessage:
    """Write a launch's state, readiness, decisions and next tasks for its channel.

    Only the first line counts days from today.
    """
    running = launch.status == LaunchStatus.RUNNING
    state = _state(launch)
    when = reader.due(launch.launch_on) if running else reader.day(launch.launch_on)
    ready = f"{launch.percent}%"
    sentence = f"{shorten(launch.product)}: {state}; {ready} ready, launch day {when}."
    rows = [Row("Launch day", [reader.day(launch.launch_on)])]
    if launch.release_on != launch.launch_on:
        rows.append(Row("Release", [reader.day(launch.release_on)]))
    rows.append(Row("Lead", [reader.name(launch.lead)]))
    return NoticeMessage(
        sentence=sentence,
        paragraphs=[
            f"{bar(launch.readiness)} {ready}, {_tasks_done(launch)}",
        ],
        groups=[*_groups(launch, reader)] if running else (),
        rows=[*rows, *(_running_rows(launch, reader) if running else ())],
    )


def _tasks_done(launch: LaunchView) -> str:
    kept = 0
    done = 0
    for task in launch.tasks:
        kept += task.status is not TaskStatus.DROPPED
        done += task.status is TaskStatus.DONE
    return f"{done} of {count(kept, 'task')} done"


def _running_rows(launch: LaunchView, reader: Reader) -> Iterator[Row]:
    if lands := landing(launch, day=reader.day):
        yield Row("As things stand", [capitalize(lands.partition(": ")[2])])
    if launch.gates:
        yield Row("Go or no-go", _verdict(launch, reader))


def _groups(launch: LaunchView, reader: Reader) -> Iterator[ItemGroup]:
    """Late tasks, decisions and next tasks, each line about a task with its button."""
    late = [task for task in launch.open_tasks if task.overdue]
    coming = [task for task in launch.next_tasks if not task.overdue]
    decisions = to_decide(launch)
    lists = (
        ("Late", [_item(task, launch, reader) for task in late]),
        ("To decide", [_decision(each, launch, reader) for each in decisions]),
        ("Next", [_item(task, launch, reader) for task in coming]),
    )
    for title, items in lists:
        if items:
            yield ItemGroup(title, items[:NAMED], max(0, len(items) - NAMED))


def _item(task: TaskView, launch: LaunchView, reader: Reader) -> Item:
    due = f"{'was due' if task.overdue else 'due'} {reader.day(task.due)}"
    text = f"{quoted(task.title)} ({shorten(task.owner_name)}): {due}"
    return Item(text=text, subject=Subject(launch.slug, task.key), others=True)


def _decision(each: ToDecide, launch: LaunchView, reader: Reader) -> Item:
    subject = Subject(launch.slug, each.key) if each.about_task else None
    text = capitalize(decision_text(each, reader))
    return Item(text=text, subject=subject, others=True)


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
        lines.append("Every check before it is done")
        return lines
    reasons = launch.verdict.reasons
    are = "is" if len(reasons) == 1 else "are"
    lines.append(f"{count(len(reasons), 'check')} before it {are} open")
    missing = (cut(_with_days(clean(reason), reader), 150) for reason in reasons)
    return [*lines, *listed(missing, most=3)]


def _with_days(text: str, reader: Reader) -> str:
    """Return a text with each ISO day as its reader writes it."""
    return re.sub(
        r"\b\d{4}-\d\d-\d\d\b",
        lambda found: reader.day(iso_day(found[0]) or reader.today),
        text,
    )


def decisions(launch: LaunchView, reader: Reader) -> list[str]:
    """List the decisions that a launch waits for, a line each."""
    return [decision_text(each, reader) for each in to_decide(launch)]
