"""The lines of a digest as it remembers them: facts, which `views.notices` puts into words."""

from __future__ import annotations

from typing import Any

from launch_kits.views.answer_kinds import ToDecide
from launch_kits.views.decisions import turn_of
from launch_kits.views.landing import causes, state_shown
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.next_step import next_step
from launch_kits.views.notices.text import quoted
from launch_kits.views.passed_plans import passed_in_words

__all__ = ["ask_line", "launch_line", "others_line", "seen_line", "task_line"]


def task_line(
    task: TaskView, view: LaunchView, *, to: str, paused: bool
) -> dict[str, Any]:
    """A task to work on of the reader with the email ``to``; days are ISO texts.

    ``paused`` says that a person answered for it, so that its reminders pause.
    """
    line = {
        **_line(task, view),
        **_planned(task),
        "later": task.later,
        **_expected(task),
        **_in_place_of(turn_of(task, view)[1], view),
    }
    said_at = task.said_on_it(to) if paused else None
    if said_at is not None:
        line["on_it"] = said_at.isoformat()
    return line


def others_line(task: TaskView, view: LaunchView) -> dict[str, Any]:
    """A task of another person, with the one whose act or answer it needs now."""
    held = next_step(task, view)
    line = {**_line(task, view), **_expected(task), "who": held.who}
    if task.blocked_by:
        line["why"] = task.blocked_by
    if held.task is not task:
        line["behind"] = {
            "title": held.task.title,
            "owner": held.task.owner,
            "status": held.task.status,
        }
    return line


def seen_line(
    task: TaskView, view: LaunchView, kind: str, mark: str | None
) -> dict[str, Any]:
    """A task of others: ``late``, at ``risk``, or due ``soon``.

    ``mark`` is that of a line which later digests leave out; None for a line that may come again.
    """
    return {**others_line(task, view), "kind": kind, "mark": mark}


def _line(task: TaskView, view: LaunchView) -> dict[str, Any]:
    return {
        "launch": view.slug,
        "product": view.product,
        "task": task.key,
        "title": task.title,
        "owner": task.owner,
        "due": task.due.isoformat(),
        "status": task.status,
    }


def _planned(task: TaskView) -> dict[str, Any]:
    """The days on which its owner means to work on a task, if they say more than its due day."""
    if task.told_days is None:
        return {}
    first, last = task.told_days
    return {"planned_start": first.isoformat(), "planned_finish": last.isoformat()}


def _expected(task: TaskView) -> dict[str, Any]:
    """The day on which a task ends as things stand, if that is after its due day."""
    late = task.float_days is not None and task.float_days < 0
    if not late or task.expected_finish is None:
        return {}
    return {"expected": task.expected_finish.isoformat()}


def _in_place_of(person: str | None, view: LaunchView) -> dict[str, Any]:
    """The absent person the reader acts for, and the last day of the absence."""
    if person is None:
        return {}
    until = view.away.away_until(person) if view.away else None
    return {"for": person, "away_until": until.isoformat() if until else None}


def ask_line(ask: ToDecide, view: LaunchView) -> dict[str, Any]:
    """An answer that the reader owes, or help."""
    return {
        "launch": view.slug,
        "product": view.product,
        "task": ask.key if ask.about_task else None,
        "key": ask.key,
        "wanted": ask.wanted,
        "title": ask.title,
        "owner": ask.owner,
        "due": ask.due.isoformat() if ask.due else None,
        "due_at": ask.due_at.isoformat() if ask.due_at else None,
        "late": ask.late,
        "until": ask.until.isoformat() if ask.until else None,
        "why": ask.why,
        "checks": list(ask.checks),
        **_in_place_of(ask.instead_of, view),
    }


def launch_line(view: LaunchView, *, leads: bool) -> dict[str, Any]:
    """A launch of the reader's: the day on which it lands as things stand, and because of what.

    For its lead also the state, and how many tasks are late.
    """
    line: dict[str, Any] = {
        "launch": view.slug,
        "product": view.product,
        "launch_on": view.launch_on.isoformat(),
        "lands_on": view.lands_on.isoformat() if view.lands_on else None,
    }
    if view.launched_on:
        line["launched_on"] = view.launched_on.isoformat()
    else:
        line["because"] = [
            {"cause": cause, "days": days} for cause, days in causes(view, title=quoted)
        ]
    if not leads:
        return line
    passed = passed_in_words(view)
    line |= {"passed": passed} if passed else {}
    return {**line, "state": state_shown(view), "late": view.late}
