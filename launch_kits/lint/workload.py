"""Workload: people who are asked for more than they can give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from launch_kits.errors import Fault
from launch_kits.inputs.yaml_source import Location
from launch_kits.lint.subject import LintSubject
from launch_kits.plan import owner_key, stretched
from launch_kits.workdays.in_words import count, listed

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = ["overcommitted", "remedy_for", "shares_over_capacity"]

#: people who are named
NAMED = 3


def overcommitted(subject: LintSubject) -> Iterator[Fault]:
    """Yield that levelled work lies after due days, on the line of the person with most of it.

    Work that is late by the dates alone has another remedy and is not counted. The brief is counted
    alone. A launch that runs is levelled with its facts, by the verb that changes it.
    """
    if subject.running:
        return
    short_days = subject.rollout.load.levelled.short_days
    if not short_days:
        return
    owner, *others = sorted(
        short_days, key=lambda person: (-short_days[person], person)
    )
    days = short_days[owner]
    name = subject.rollout.load.levelled.name
    more = f", and so has {name(others[0])}" if others else ""
    if len(others) > 1:
        more = (
            f", and so have {count(len(others), 'more person', plural='more people')}"
        )
    message = (
        f"{name(owner)} has {count(days, 'day')} of work after the due days, even with the work "
        f"spread out{more}; {remedy_for(subject.rollout.load.levelled)}"
    )
    yield subject.source.fault(_place(subject, owner), "overcommitted", message)


def remedy_for(plan: LevelledPlan, *, command: str = "plan --level") -> str:
    """Say how people are asked for less; a later launch only if a launch day may hold.

    Tasks that ask for more than the capacity of a person may miss their due days on any launch day.
    ``command`` shows the launch day that holds.
    """
    above = plan.above_capacity
    if above:
        above &= {*plan.levelling.short_days}
    if above and plan.near_launch_on is None:
        who = ", ".join(listed(sorted(map(plan.name, above)), most=NAMED))
        return (
            f"give tasks of {who} a share within the capacity, or give them to others: no later "
            "launch day was found that holds"
        )
    return (
        f"give tasks to others, leave some out, or launch later: `{command}` shows "
        "the day that holds, if there is one"
    )


def shares_over_capacity(subject: LintSubject) -> Iterator[Fault]:
    """Yield people with tasks that ask for more of a day than their capacity."""
    for owner, tasks in _stretched_tasks(subject).items():
        capacity = float(subject.rollout.load.capacity[owner])
        name = subject.rollout.load.levelled.name(owner)
        others = len(tasks) - 1
        more = f" and {others} more" if others else ""
        message = (
            f"{name} has a capacity of {capacity:g}, tasks that ask for a "
            f"greater share of the day take more days: {tasks[0]}{more}; `plan --level` shows them"
        )
        place = _place(subject, owner)
        yield subject.source.fault(place, "share-over-capacity", message)


def _stretched_tasks(subject: LintSubject) -> dict[str, list[str]]:
    """Return the tasks that take more days than written, in words, by their owner."""
    load = subject.rollout.load
    found: dict[str, list[str]] = {}
    for assignment in subject.rollout.assignments:
        owner = owner_key(assignment.owner)
        capacity = load.capacity.get(owner)
        written = assignment.task.days
        if not written or capacity is None:
            continue
        demand = load.demand[assignment.key]
        if demand[owner] > capacity:
            days, _ = stretched(written, demand, load.resources)
            told = f"{assignment.key} ({days} instead of {written})"
            found.setdefault(owner, []).append(told)
    return found


def _place(subject: LintSubject, owner: str) -> Location:
    """Return the place of a person's first role in the brief."""
    roles = (
        role
        for role, person in subject.brief.team.items()
        if owner_key(person.email) == owner
    )
    return "team", next(roles)
