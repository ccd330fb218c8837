"""The levelling of a launch as an instance for schedule generation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import islice

from launch_kits.plan.constraints import UNHELD, Constraints
from launch_kits.plan.critical_path import Earliest, forward, hand_on
from launch_kits.plan.graph import PlanGraph
from launch_kits.plan.instance import Instance, Timetable
from launch_kits.plan.milestones import Milestones
from launch_kits.plan.plan_input import PlanInput
from launch_kits.plan.resources import Demand, Packing, Resources, stretched, summed
from launch_kits.plan.tables import Tables

__all__ = ["Prepared", "Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A graph whose tasks take the days and the demand that capacity allows."""

    graph: PlanGraph
    #: ``limit`` holds the due days
    constraints: Constraints
    #: by position
    demand: Sequence[Demand]
    resources: Resources
    packing: Packing

    @classmethod
    def of(
        cls,
        given: PlanInput,
        *,
        due: Mapping[str, date],
        demand: Mapping[str, Demand],
        resources: Resources,
    ) -> Problem:
        """Stretch tasks that ask for more than the capacity."""
        work = given.work
        # milestones and work in review take nothing of a day
        asked = [
            demand.get(task.key, {}) if task.days and not task.in_review else {}
            for task in work
        ]
        within = [
            stretched(task.days, each, resources)
            for task, each in zip(work, asked, strict=True)
        ]
        graph = PlanGraph.of(
            [
                task if task.days == days else replace(task, days=days)
                for task, (days, _) in zip(work, within, strict=True)
            ]
        )
        constraints = Constraints.of(graph, given)
        limit = [UNHELD if task.done_on else due[task.key].toordinal() for task in work]
        demands = [each for _, each in within]
        packing = Packing.of(demands, resources)
        return cls(
            graph, replace(constraints, limit=limit), demands, resources, packing
        )

    def on(self, tables: Tables) -> Prepared:
        """Return the problem on tables that cover its days."""
        return Prepared(self, tables, forward(tables, self.graph, self.constraints))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A problem with the earliest dates of its tasks, as ordinals."""

    problem: Problem
    tables: Tables
    earliest: Earliest

    def instance(self) -> Instance:
        """Return the instance; its days are numbers from the first day of the tables."""
        graph = self.problem.graph
        constraints = self.problem.constraints
        base = self.tables.base
        waits_for, ready = self._waiting()
        calendars = {id(days): days for days, _ in self.tables.tasks}
        numbered = {
            key: [day - base for day in days] for key, days in calendars.items()
        }
        last = len(self.tables.launch.rank) - 1
        return Instance(
            base=base,
            order=[*constraints.flow],
            done=constraints.done,
            milestones=partial(Milestones, self.tables, graph, constraints),
            counts=graph.days,
            days=[numbered[id(days)] for days, _ in self.tables.tasks],
            rank=[rank for _, rank in self.tables.tasks],
            launch_days=[day - base for day in self.tables.launch.days],
            launch_rank=self.tables.launch.rank,
            after=graph.after,
            lagged=graph.lagged,
            waits_for=waits_for,
            ready=[day - base for day in ready],
            demand=[self.problem.packing.demand(each) for each in self.problem.demand],
            free=self._free(),
            guard=self.problem.packing.guard,
            fixed=self.earliest_planned(),
            until={at: day - base for at, day in constraints.until.items()},
            due=[min(day - base, last) for day in constraints.limit],
        )

    def _waiting(self) -> tuple[list[int], list[int]]:
        """Return the number of predecessors to be placed, and the earliest day, of each task."""
        graph = self.problem.graph
        constraints = self.problem.constraints
        waits_for = [0] * len(graph.work)
        ready = constraints.opening.copy()
        for position, (_, end) in constraints.settled.items():
            hand_on(end, position, ready, graph, self.tables)
        for position in constraints.flow:
            for other in graph.successors(position):
                waits_for[other] += 1
        return waits_for, ready

    def earliest_planned(self) -> Timetable:
        """Return the earliest days of work, as numbers, without days that were granted."""
        base = self.tables.base
        start = [day - base for day in self.earliest.start]
        finish = [day - base for day in self.earliest.finish]
        for position in self.problem.constraints.until:
            days, rank = self.tables.tasks[position]
            first = rank[start[position]] - 1
            finish[position] = (
                days[first + self.problem.graph.days[position] - 1] - base
            )
        passed = {at: day - base for at, day in self.earliest.passed.items()}
        return Timetable(start, finish, passed)

    def priority(self, instance: Instance) -> list[int]:
        """Return the rank of each task by latest finish; ties by less float, then by position."""
        finish = self.earliest_planned().finish

        def urgency(position: int) -> tuple[int, int, int]:
            due = instance.due[position]
            rank = instance.rank[position]
            return due, rank[due] - rank[finish[position]], position

        places = [0] * len(instance.due)
        for place, position in enumerate(sorted(instance.order, key=urgency)):
            places[position] = place
        return places

    def overloads(self) -> Iterator[tuple[str, date]]:
        """Yield the days, from the first on, on which begun work asks too much of a resource."""
        resources = self.problem.resources
        load = self._fixed_load()
        for demand, days in self._begun():
            for key in demand:
                for day in days:
                    if load[key][day] > resources.of(key):
                        yield key, day

    def _begun(self) -> list[tuple[Demand, list[date]]]:
        """Return the demand of each begun task, and its days that are not over.

        It takes its share up to the later of its finish and the day until which it is booked.
        """
        found = []
        floor = self.problem.constraints.floor
        for position in self.problem.graph.special:
            task = self.problem.graph.work[position]
            if task.done_on is None and not task.waits:
                days, rank = self.tables.tasks[position]
                first = max(self.earliest.start[position], floor + 1)
                last = self.earliest.finish[position]
                if task.booked_until and not task.in_review:
                    last = max(last, task.booked_until.toordinal())
                run = islice(
                    days,
                    rank[first - 1 - self.tables.base],
                    rank[last - self.tables.base],
                )
                found.append(
                    (self.problem.demand[position], [*map(date.fromordinal, run)])
                )
        return found

    def _fixed_load(self) -> dict[str, dict[date, Fraction]]:
        return summed(self.problem.resources.load, self._begun())

    def _free(self) -> list[int]:
        packing = self.problem.packing
        base = self.tables.base
        free = [packing.untouched()] * len(self.tables.launch.rank)
        for day, taken in packing.taken(self._fixed_load()).items():
            if 0 <= day - base < len(free):
                free[day - base] -= taken
        return free
