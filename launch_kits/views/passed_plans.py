"""Planned days that can no longer be kept, and the one act that gives the work new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from launch_kits.database.records import LaunchStatus, TaskStatus
from launch_kits.views.launch import LaunchView
from launch_kits.workdays.in_words import count

__all__ = ["passed_in_words", "passed_plans", "replanned_in_words"]

#: people who are named, those with most tasks first
NAMED = 3
#: work that a new plan gives other days
NOT_BEGUN = (TaskStatus.WAITING, TaskStatus.READY)


def passed_plans(view: LaunchView) -> Mapping[str, int]:
    """Count the work not begun that ends after its plan, by its owner.

    `replan` gives it days that can be kept. Owners are named; most tasks first. It is empty for a
    launch that has taken place or ended.
    """
    if view.status != LaunchStatus.RUNNING or view.launched_on is not None:
        return {}
    found = Counter(
        task.owner_name
        for task in view.open_tasks
        if task.days and task.status in NOT_BEGUN and task.late_finish is not None
    )
    return dict(found.most_common())


def passed_in_words(view: LaunchView) -> str | None:
    """Say whose planned days can no longer be kept; None if all can."""
    passed = passed_plans(view)
    if not passed:
        return None
    total = sum(passed.values())
    return (
        f"{count(total, 'task')} whose planned days can no longer be kept: "
        f"of {_people(passed)}"
    )


def replanned_in_words(replanned: Mapping[str, int]) -> str:
    """Say whose planned days move; ``replanned`` has the numbers of tasks by name."""
    total = sum(replanned.values())
    verb = "has" if total == 1 else "have"
    return (
        f"{count(total, 'task')} {verb} other planned days than before: "
        f"of {_people(replanned)}."
    )


def _people(tasks: Mapping[str, int]) -> str:
    """Name the people with the number of their tasks; the rest of both is counted."""
    people = [*tasks.items()]
    named = [f"{name} ({number})" for name, number in people[:NAMED]]
    rest = people[NAMED:]
    if rest:
        others = count(len(rest), "other person", plural="other people")
        named.append(f"{others} ({sum(number for _, number in rest)})")
    return ", ".join(named)
