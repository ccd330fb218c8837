"""Workload: people who are asked for more than they can give."""

from __future__ import annotations

from collections.abc import Iterator

from launch_kits.errors import Fault
from launch_kits.inputs.yaml_source import Location
from launch_kits.lint.subject import LintSubject
from launch_kits.plan import owner_key, stretched

__all__ = ["overcommitted", "shares_over_capacity"]


def overcommitted(subject: LintSubject) -> Iterator[Fault]:
    """Yield that levelling does not hold, on the line of the person who is short of most days.

    A plan that does not hold even without levelling has another remedy, and is left alone. The
    brief is counted alone.
    """
    if not subject.rollout.schedule.feasible:
        return
    levelling = subject.rollout.load.levelling
    if levelling.holds or not levelling.short_days:
        return
    short = sorted(levelling.short_days.items(), key=lambda one: (-one[1], one[0]))
    (owner, days), *others = short
    more = f", {len(others)} more people too" if others[1:] else ""
    if len(others) == 1:
        more = f", {others[0][0]} too"
    message = (
        f"{owner} is short of {_days(days)} even with the work spread out{more}; give tasks to "
        "others, leave some out, or launch later: `plan --level` shows the day that holds"
    )
    yield subject.source.fault(_place(subject, owner), "overcommitted", message)


def shares_over_capacity(subject: LintSubject) -> Iterator[Fault]:
    """Yield people with tasks that ask for more of a day than their capacity."""
    load = subject.rollout.load
    over: dict[str, list[str]] = {}
    for one in subject.rollout.assignments:
        owner = owner_key(one.owner)
        capacity = load.capacity.get(owner)
        if one.task.days and capacity is not None:
            days, _ = stretched(one.task.days, load.demand[one.key], load.resources)
            if load.demand[one.key][owner] > capacity:
                was = one.task.days
                over.setdefault(owner, []).append(
                    f"{one.key} ({days} instead of {was})"
                )
    for owner, tasks in over.items():
        more = f" and {len(tasks) - 1} more" if tasks[1:] else ""
        message = (
            f"{owner} has a capacity of {float(load.capacity[owner]):g}, tasks that ask for a "
            f"greater share of the day take more days: {tasks[0]}{more}; `plan --level` shows them"
        )
        yield subject.source.fault(
            _place(subject, owner), "share-over-capacity", message
        )


def _place(subject: LintSubject, owner: str) -> Location:
    """Return the place of a person's first role in the brief."""
    roles = (
        role
        for role, person in subject.brief.team.items()
        if owner_key(person.email) == owner
    )
    return "team", next(roles)


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"
