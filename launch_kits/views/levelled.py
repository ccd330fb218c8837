"""The open work of a running launch, levelled: whether its people have time for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from math import ceil
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
from launch_kits.views.task_graph import TaskGraph
from launch_kits.workdays.in_words import count, listed

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
    return LevelledPlan(
        given or _from_today(graph.plan_input(launch, calendars, today=today), kept),
        due or {task.key: task.due for task in open_tasks},
        {task.key: demand for task in open_tasks if (demand := _demand(task))},
        others.resources(brief.team.values()),
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
    """Say that people have no time for all work by its due days, by the planned dates of now.

    This costs nothing, unlike levelling anew, so messages about many launches can use it. Work that
    cannot make its due day by the facts alone is left out: people are not the cause. Returns None
    if there is no other, or if the launch has ended.
    """
    plan = view.plan
    if plan.ended is not None:
        return None
    works = {work.key: work for work in plan.given.work}
    days: dict[str, Fraction] = {}
    for key, (finish, share) in plan.planned_late.items():
        work, due = works[key], plan.due[key]
        expected = plan.forecast.get(key)
        if not work.days or expected is None or expected.float_days < 0:
            continue
        anchor = plan.given.anchors.day(work.anchor)
        own = work.own_calendar(plan.given.calendar, anchor)
        late = min(own.count(due, finish), work.days)
        owner = plan.owners[key].casefold()
        days[owner] = days.get(owner, Fraction(0)) + late * exact(share)
    names = {task.owner.casefold(): task.owner_name for task in view.tasks}
    short: dict[str, int] = {}
    for owner, asked in days.items():
        short[names[owner]] = short.get(names[owner], 0) + ceil(asked)
    if not short:
        return None
    told = days_after_due(short, most=NAMED)
    return f"people are short of time: work is planned after its due days: {told}"


def days_after_due(short_days: Mapping[str, int], *, most: int | None = None) -> str:
    """List the days of work that levelling plans after due days, as ``8 days of pmm@example.com``.

    ``short_days`` has them by email or name; at most ``most`` people are named, those with most
    days first.
    """
    short = sorted(short_days.items(), key=lambda one: (-one[1], one[0]))
    named = [f"{count(days, 'day')} of {owner}" for owner, days in short[:most]]
    rest = len(short) - len(named)
    if rest:
        named.append(f"{count(rest, 'more person', plural='more people')} too")
    return ", ".join(named)


def shortage(plan: LevelledPlan) -> str | None:
    """Say in one sentence that people are asked for too much, with the remedy.

    Returns None if the plan holds, or if it is late even without regard to capacity. The earliest
    launch day that holds is named if it is found soon.
    """
    levelling = plan.levelling
    if not levelling.lacks_capacity:
        return None
    late = days_after_due(levelling.short_days, most=NAMED)
    fault = (
        f"some of it is planned after its due days: {late}"
        if late
        else "the work that is begun asks for more than people have"
    )
    earliest = plan.near_launch_on
    remedy = "give tasks to others or leave some out"
    if earliest:
        remedy += f"; {holds_for_people(earliest)}"
    elif levelling.total_lateness:
        remedy += f"; {no_day_holds(plan)}"
    return f"even with the work spread out, {fault}; {remedy}"


def no_day_holds(plan: LevelledPlan) -> str:
    """Say why no later launch day was found on which the levelled plan holds."""
    if not plan.levelling.total_lateness:
        return "no launch day helps, since the work that is begun asks for more than people have"
    above = plan.above_capacity & {*plan.levelling.short_days}
    if not above:
        return "none of the launch days tried after this one holds"
    who = ", ".join(listed(sorted(above), most=NAMED))
    return (
        "none of the launch days tried after this one holds, since tasks ask for a greater share "
        f"of the day than the capacity of {who}"
    )


def people_short(plan: LevelledPlan, *, lands_on: date | None) -> str | None:
    """Say on which launch day the open work holds if no one is asked for more than their day.

    ``lands_on`` is the landing by the facts, which ignore capacity. Returns None if the work holds
    levelled, if people have time for it by then, or if capacity is not the cause.
    """
    if not plan.levelling.lacks_capacity:
        return None
    earliest = plan.near_launch_on
    if earliest and lands_on and earliest <= lands_on:
        return None
    late = days_after_due(plan.levelling.short_days, most=NAMED)
    when = holds_for_people(earliest) if earliest else no_day_holds(plan)
    work = f" (work planned after its due days: {late})" if late else ""
    return f"people are short of time: {when}{work}"
