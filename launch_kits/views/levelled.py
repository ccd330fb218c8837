"""The open work of a running launch, levelled: whether its people have time for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from launch_kits.database.queries import find_launch
from launch_kits.database.records import CLOSED, Launch, LaunchStatus, Task, TaskStatus
from launch_kits.inputs.brief import Brief
from launch_kits.plan import PlanInput
from launch_kits.plan.calendars import Calendars
from launch_kits.plan.earliest_in_words import holds_for_people
from launch_kits.plan.workload import exact, owner_key
from launch_kits.views.running_load import read_running_load
from launch_kits.views.running_plan import read_plan
from launch_kits.views.task_graph import TaskGraph
from launch_kits.workdays.in_words import count, day, listed

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan
    from launch_kits.plan.resources import Demand
    from launch_kits.views.launch import LaunchView

__all__ = [
    "days_after_due",
    "levelled_plan",
    "no_day_holds",
    "people_short",
    "read_levelled",
    "short_as_planned",
    "shortage",
]

#: people who are named, those with most days first
NAMED = 3


def levelled_plan(
    session: Session,
    launch: Launch,
    *,
    graph: TaskGraph,
    calendars: Calendars,
    now: datetime,
    given: PlanInput | None = None,
    due: Mapping[str, date] | None = None,
) -> LevelledPlan:
    """Return the levelled plan of a launch from today; other running launches are fixed.

    ``given`` and ``due`` are the work and the due days by key; by default those stored, with the
    more time that was granted. Nothing is written; results are computed when asked for.
    """
    # few commands level, and it costs the others a good part of their start
    from launch_kits.plan.levelled_plan import LevelledPlan

    kept = {
        task.key: task
        for task in graph.tasks.values()
        if task.status != TaskStatus.DROPPED
    }
    open_tasks = [task for task in kept.values() if task.status not in CLOSED]
    others = read_running_load(
        session,
        now=now,
        of={task.owner for task in open_tasks},
        but=launch.slug,
    )
    brief = calendars.brief
    today = now.astimezone(brief.zone()).date()

    in_force = read_plan(launch, graph=graph, calendars=calendars, today=today)

    def landing() -> date | None:
        return in_force.standing.lands_on if in_force.standing else None

    return LevelledPlan(
        given or _from_today(graph.plan_input(launch, calendars, today=today), kept),
        due or {task.key: task.due for task in open_tasks},
        {task.key: demand for task in open_tasks if (demand := _demand(task))},
        others.resources(brief.team.values()),
        # a plan for another launch day lands on it
        landing=None if given else landing,
        names={
            owner_key(person.email): person.name
            for person in reversed(brief.team.values())
        },
    )


def read_levelled(session: Session, slug: str, *, now: datetime) -> LevelledPlan | None:
    """Read the levelled plan of a launch; None if it has ended. Raises NotFound."""
    launch = find_launch(session, slug)
    if launch.status != LaunchStatus.RUNNING:
        return None
    return levelled_plan(
        session,
        launch,
        graph=TaskGraph.read(session, slug),
        calendars=Calendars(Brief.kept(launch.brief)),
        now=now,
    )


def _from_today(given: PlanInput, tasks: Mapping[str, Task]) -> PlanInput:
    work = [
        replace(work, until=tasks[work.key].extended_until)
        if work.done_on is None
        else work
        for work in given.work
    ]
    return replace(given, work=work)


def _demand(task: Task) -> Demand:
    """Return the part of its owner's day that a task takes.

    Blocked work takes none, like work in review, which levelling knows of itself.
    """
    if not task.days or not task.share or task.status == TaskStatus.BLOCKED:
        return {}
    return {owner_key(task.owner): exact(task.share)}


def short_as_planned(view: LaunchView) -> str | None:
    """Say that people have no time for all work by its due days, by the planned dates in force.

    This costs nothing, unlike the launch day on which they have, so each message can say it.
    Returns None if people have time, and if the launch has ended.
    """
    short = _by_name(view.plan.short_days, view.name)
    return _short(short) if short else None


def _short(short: Mapping[str, int]) -> str:
    told = days_after_due(short, most=NAMED)
    return f"people are short of time: work is planned after its due days: {told}"


def _by_name(
    short_days: Mapping[str, int], name: Callable[[str], str]
) -> Mapping[str, int]:
    """Sum days by name: a person may have several addresses."""
    short: dict[str, int] = {}
    for owner, days in short_days.items():
        short[name(owner)] = short.get(name(owner), 0) + days
    return short


def days_after_due(short_days: Mapping[str, int], *, most: int | None = None) -> str:
    """List the days of work that levelling plans after due days, as ``8 days of pmm@example.com``.

    ``short_days`` has them by email or name; at most ``most`` people are named, those with most
    days first.
    """
    short = sorted(short_days.items(), key=lambda one: (-one[1], one[0]))
    named = [f"{count(days, 'day')} of {owner}" for owner, days in short[:most]]
    rest = short[len(named) :]
    if rest:
        days = count(sum(days for _, days in rest), "day")
        people = count(len(rest), "more person", plural="more people")
        named.append(f"{days} of {people}")
    return ", ".join(named)


def shortage(plan: LevelledPlan) -> str | None:
    """Say in one sentence that people are asked for too much, with the remedy.

    Returns None if they have time for the work. They are not named as the cause of a later day on
    which the dates alone do not hold, with the more time that was granted. The earliest launch day
    that holds is named if it is found soon.
    """
    found = _said(plan, _by_name(plan.short_days, plan.name))
    if not found:
        return None
    if plan.clashes_with_others and not plan.short_days:
        return f"{found}; plan the other launches again, or give tasks to others"
    return f"{found}; give tasks to others or leave some out"


def _said(
    plan: LevelledPlan, short: Mapping[str, int], *, again: bool = False
) -> str | None:
    """Say who is short of how many days, and the launch day on which they have time.

    ``again`` says that these are not days by the planned dates in force, but by new ones.
    """
    if not short and not plan.levelling.lacks_capacity:
        return None
    if not short and not plan.levelling.total_lateness:
        return f"people are short of time: {_clash(plan)}"
    earliest = plan.near_launch_on
    if plan.levelling.holds:
        when = "planned again from today, there is time for it"
    elif earliest is None:
        when = no_day_holds(plan)
    elif plan.dates_hold_on and earliest <= plan.dates_hold_on:
        when = f"they have time by {day(earliest)}, before which the dates do not hold"
    else:
        when = holds_for_people(earliest)
    if short:
        told = days_after_due(short, most=NAMED)
        replanned = f"planned again from today, people would be short of time: {told}"
        return f"{replanned if again else _short(short)}; {when}"
    if earliest and plan.dates_hold_on and earliest <= plan.dates_hold_on:
        return None
    return f"people are short of time: {when}"


def _clash(plan: LevelledPlan) -> str:
    """Say who has too much of begun work, on which days."""
    over = sorted(
        plan.levelling.overloads.items(), key=lambda one: (-len(one[1]), one[0])
    )
    people = [
        f"{plan.name(owner)} on {count(len(days), 'day')} from {day(days[0])} on"
        for owner, days in over
    ]
    others = "with the work of other launches, " if plan.clashes_with_others else ""
    who = ", ".join(listed(people, most=NAMED))
    return f"{others}work that is begun asks for too much of {who}"


def no_day_holds(plan: LevelledPlan) -> str:
    """Say why no later launch day was found."""
    if not plan.levelling.total_lateness:
        return f"no launch day helps: {_clash(plan)}"
    above = plan.above_capacity & {*plan.levelling.short_days}
    if not above:
        return "none of the launch days tried after this one holds"
    who = ", ".join(listed(sorted(map(plan.name, above)), most=NAMED))
    return (
        "none of the launch days tried after this one holds, since tasks ask for a greater share "
        f"of the day than the capacity of {who}"
    )


def people_short(plan: LevelledPlan, view: LaunchView) -> str | None:
    """Say the same of a launch, with the days by the planned dates in force.

    Messages name the same people and days. If planning again makes them fewer, it is said with the
    command that does it. Returns None if people have time.
    """
    short = view.plan.short_days
    again = plan.short_days
    if again and not short:
        return _said(plan, _by_name(again, plan.name), again=True)
    found = _said(plan, _by_name(short, view.name))
    fewer_days = sum(again.values()) < sum(short.values())
    if found is None or not fewer_days or view.today > view.launch_on:
        return found
    command = f"`launch-kits replan {view.slug}`"
    if plan.levelling.holds:
        return f"{found}: {command} does it"
    late = days_after_due(_by_name(again, plan.name), most=NAMED)
    left = f"only {late} would be" if again else "no work would be, for lack of time"
    return f"{found}; planned again from today, {left}: {command} does it"
