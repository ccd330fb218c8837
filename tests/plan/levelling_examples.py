"""Levelling problems in March 2026, with which examples are written."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from launch_kits.plan import PlanInput, Resources, Work
from launch_kits.plan.instance import Instance
from launch_kits.plan.levelling_problem import Prepared, Problem
from launch_kits.plan.tables import on_tables
from launch_kits.workdays.calendar import Calendar
from tests.plan.march import WEEKENDS_ONLY, march

ALL = Fraction(1)


def prepared(
    *work: Work,
    due: Mapping[str, int],
    resources: Resources | None = None,
    calendar: Calendar = WEEKENDS_ONLY,
    owners: Mapping[str, str] = MappingProxyType({}),
) -> Prepared:
    """A problem in which ann has all work without another owner; due days are days of March."""
    problem = Problem.of(
        PlanInput(
            work,
            calendar=calendar,
            begin_on=march(2),
            release_on=march(31),
            launch_on=march(31),
        ),
        due={key: march(day) for key, day in due.items()},
        demand={task.key: {owners.get(task.key, "ann"): ALL} for task in work},
        resources=resources or Resources(),
    )
    return on_tables(problem.graph, calendar, problem.constraints, problem.on)


def day_of(instance: Instance, number: int) -> int:
    """The day of March that a day number is."""
    return instance.base + number - march(1).toordinal() + 1
