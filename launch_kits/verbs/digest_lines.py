"""The lines of a digest as it remembers them: facts, which `views.notices` puts into words."""

from __future__ import annotations

from datetime import date
from typing import Any

from launch_kits.database.records import Task
from launch_kits.verbs.handout import waits_for_hand_out
from launch_kits.views.decisions import ToDecide
from launch_kits.views.landing import state_shown
from launch_kits.views.launch import LaunchView, TaskView

__all__ = ["ask_line", "launch_line", "seen_line", "task_line"]


def task_line(
    task: Task, product: str, *, planned: tuple[date, date]
) -> dict[str, Any]:
    """A task of the reader's, or one that needs their help; days are ISO texts.

    ``planned`` are its planned days, as the facts push them.
    """
    return {
        "launch": task.launch,
        "product": product,
        "task": task.key,
        "title": task.title,
        "owner": task.owner,
        "due": task.due.isoformat(),
        "planned_start": planned[0].isoformat(),
        "planned_finish": planned[1].isoformat(),
        "later": waits_for_hand_out(task),
        "status": task.status,
    }


def ask_line(ask: ToDecide, view: LaunchView) -> dict[str, Any]:
    """An answer that the reader owes."""
    return {
        "launch": view.slug,
        "product": view.product,
        "task": ask.key if ask.about_task else None,
        "wanted": ask.wanted,
        "title": ask.title,
        "owner": ask.owner,
        "due": ask.due.isoformat() if ask.due else None,
        "until": ask.until.isoformat() if ask.until else None,
        "checks": list(ask.checks),
    }


def seen_line(
    task: TaskView, product: str, kind: str, mark: str | None
) -> dict[str, Any]:
    """A task of others: ``late``, at ``risk``, or due ``soon``.

    ``mark`` is that of a line which later digests leave out; None for a line that may come again.
    """
    return {
        "launch": task.launch,
        "product": product,
        "task": task.key,
        "title": task.title,
        "owner": task.owner,
        "due": task.due.isoformat(),
        "kind": kind,
        "mark": mark,
    }


def launch_line(view: LaunchView, *, leads: bool) -> dict[str, Any]:
    """A launch of the reader's: the day on which it is to land, and as things stand.

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
    return {**line, "state": state_shown(view), "late": view.late} if leads else line
