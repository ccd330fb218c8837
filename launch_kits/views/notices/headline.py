"""The headline: the launch's one living message, its state at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from launch_kits.database.records import Decision, LaunchStatus, TaskStatus
from launch_kits.views.announced_words import announced
from launch_kits.views.answer_kinds import ToDecide
from launch_kits.views.decisions import to_decide
from launch_kits.views.landing import LaunchWords, behind_by, in_words
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.levelled import short_as_planned
from launch_kits.views.notices.decision_text import decision_text
from launch_kits.views.notices.message import (
    Item,
    ItemGroup,
    NoticeMessage,
    Row,
    Subject,
)
from launch_kits.views.notices.text import (
    capitalize,
    clean,
    cut,
    is_or_are,
    quoted,
    shorten,
)
from launch_kits.views.owed import late_questions
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
    launch_day = reader.day(launch.launch_on)
    cancelled = launch.status == LaunchStatus.CANCELLED
    label = "Planned launch day" if cancelled else "Launch day"
    rows = [Row(label, [launch_day])]
    if launch.release_on != launch.launch_on:
        rows.append(Row("Release", [reader.day(launch.release_on)]))
    rows.append(Row("Lead", [reader.name(launch.lead)]))
    groups: list[ItemGroup] = []
    words = in_words(launch, day=reader.day)
    if launch.status == LaunchStatus.RUNNING:
        groups += _groups(launch, reader)
        rows += _running_rows(launch, words, reader)
    share = f"{bar(launch.readiness)} {launch.percent}%"
    return NoticeMessage(
        sentence=f"{shorten(launch.product)}: {_said(launch, words, reader)}.",
        paragraphs=[f"{share}, {_tasks_done(launch)}"],
        groups=groups,
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
    launch: LaunchView, words: LaunchWords, reader: Reader
) -> Iterator[Row]:
    if words.landing:
        as_things_stand = words.landing.partition(": ")[2]
        yield Row("As things stand", [capitalize(as_things_stand)])
    short = None if words.past else short_as_planned(launch)
    if short:
        yield Row("People", [capitalize(short)])
    told = announced(launch, title=quoted)
    if told:
        yield Row("Announcements", told)
    if launch.gates and not (words.past and launch.decision is None):
        yield Row("Go or no-go", [*_verdict(launch, reader)])


def _groups(launch: LaunchView, reader: Reader) -> Iterator[ItemGroup]:
    """Late tasks, decisions and next tasks, each line about a task with its button."""
    late = [task for task in launch.open_tasks if task.overdue]
    coming = [task for task in launch.next_tasks if not task.overdue]
    lists = {
        "Late": [_item(task, launch, reader) for task in late],
        "To decide": [_decision(each, launch, reader) for each in _waited(launch)],
        "Next": [_item(task, launch, reader) for task in coming],
    }
    for title, items in lists.items():
        if items:
            more = max(0, len(items) - NAMED)
            yield ItemGroup(title, items[:NAMED], more)


def _item(task: TaskView, launch: LaunchView, reader: Reader) -> Item:
    verb = "was due" if task.overdue else "due"
    owner = shorten(task.owner_name)
    return Item(
        text=f"{quoted(task.title)} ({owner}): {verb} {reader.day(task.due)}",
        subject=Subject(launch.slug, task.key),
        others=True,
    )


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


def _said(launch: LaunchView, words: LaunchWords, reader: Reader) -> str:
    """Say its state, and until its launch how far off the day is."""
    parts = [words.said if words.past else words.state]
    behind = 0 if words.past else behind_by(launch)
    if behind:
        parts.append(f"{count(behind, 'working day')} behind")
    if launch.late:
        parts.append(f"{count(launch.late, 'task')} late")
    state = ", ".join(parts)
    if launch.status == LaunchStatus.DONE:
        return state
    if words.past:
        return f"{state}; {words.progress}"
    return f"{state}; {words.progress}, launch day {reader.due(launch.launch_on)}"


def _verdict(launch: LaunchView, reader: Reader) -> Iterator[str]:
    """Yield the last decision, and the state of the gates today if another is to come."""
    if launch.decision is not None:
        yield _decided(launch.decision, reader)
    if launch.has_gone or launch.launched_on:
        return
    if launch.verdict.go:
        yield "Every check before it is done"
        return
    reasons = launch.verdict.reasons
    number = len(reasons)
    yield f"{count(number, 'check')} before it {is_or_are(number)} open"
    missing = (cut(_with_days(clean(reason), reader), 150) for reason in reasons)
    yield from listed(missing, most=3)


def _decided(decision: Decision, reader: Reader) -> str:
    word = "Go" if decision.go else "No-go"
    by = shorten(reader.name(decision.by))
    told = f"{word}, decided {by} on {reader.day(decision.at)}"
    if not decision.note:
        return told
    return f"{told}: {cut(clean(decision.note), 200)}"


def _with_days(text: str, reader: Reader) -> str:
    """Return a text with each ISO day as its reader writes it."""
    return re.sub(
        r"\b\d{4}-\d\d-\d\d\b",
        lambda found: reader.day(iso_day(found[0]) or reader.today),
        text,
    )


def decisions(launch: LaunchView, reader: Reader) -> list[str]:
    """List the decisions that a launch waits for, a line each."""
    return [decision_text(each, reader) for each in _waited(launch)]


def _waited(launch: LaunchView) -> list[ToDecide]:
    """The decisions, and the questions to the answer desk whose time is over."""
    return [*late_questions(launch), *to_decide(launch)]
