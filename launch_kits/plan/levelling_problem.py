"""The levelling of a launch as an instance for schedule generation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import islice

from launch_kits.plan.critical_path import Earliest, Tables, forward, hand_on
from launch_kits.plan.graph import PlanGraph, Work
from launch_kits.plan.resources import Demand, Packing, Resources, stretched, summed
from launch_kits.plan.schedule_generation import Instance, Timetable
from launch_kits.plan.terms import UNHELD, Anchors, Terms
from launch_kits.workdays.calendar import Calendar

__all__ = ["Prepared", "Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A network whose tasks take the days and the demand that capacity allows."""

    network: PlanGraph
    #: ``limit`` holds the due days
    terms: Terms
    #: by position
    demand: Sequence[Demand]
    resources: Resources
    packing: Packing

    @classmethod
    def of(
        cls,
        work: Sequence[Work],
        *,
        due: Mapping[str, date],
        demand: Mapping[str, Demand],
        resources: Resources,
        calendar: Calendar,
        begin_on: date,
        anchors: Anchors,
    ) -> Problem:
        """Stretches tasks that ask for more than the capacity."""
        within = [
            stretched(
                task.days, demand.get(task.key, {}) if task.days else {}, resources
            )
            for task in work
        ]
        network = PlanGraph.of(
            [
                task if task.days == days else replace(task, days=days)
                for task, (days, _) in zip(work, within, strict=True)
            ]
        )
        terms = Terms.of(
            network,
            calendar=calendar,
            begin_on=begin_on,
            anchors=anchors,
            today=begin_on,
        )
        limit = [UNHELD if task.done_on else due[task.key].toordinal() for task in work]
        demands = [each for _, each in within]
        packing = Packing.of(demands, resources)
        return cls(network, replace(terms, limit=limit), demands, resources, packing)

    def on(self, tables: Tables) -> Prepared:
        """The problem on tables that cover its days."""
        return Prepared(self, tables, forward(tables, self.network, self.terms))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A problem with the earliest dates of its tasks, as ordinals."""

    problem: Problem
    tables: Tables
    earliest: Earliest

    def instance(self) -> Instance:
        """The instance; its days are numbers from the first day of the tables."""
        network, terms, base = (
            self.problem.network,
            self.problem.terms,
            self.tables.base,
        )
        placed = [position for position in terms.order if not self._is_fixed(position)]
        is_placed = set(placed)
        waits_for, ready = [0] * len(network.work), terms.opening.copy()
        for position in range(len(network.work)):
            if position not in is_placed:
                end = self.earliest.finish[position]
                hand_on(end, position, ready, network, self.tables)
                continue
            for other in network.successors(position):
                waits_for[other] += 1
        calendars = {id(days): days for days, _ in self.tables.tasks}
        numbered = {
            key: [day - base for day in days] for key, days in calendars.items()
        }
        return Instance(
            order=placed,
            counts=network.days,
            days=[numbered[id(days)] for days, _ in self.tables.tasks],
            rank=[rank for _, rank in self.tables.tasks],
            launch_days=[day - base for day in self.tables.launch.days],
            launch_rank=self.tables.launch.rank,
            after=network.after,
            lagged=network.lagged,
            waits_for=waits_for,
            ready=[day - base for day in ready],
            demand=[self.problem.packing.demand(each) for each in self.problem.demand],
            free=self._free(),
            guard=self.problem.packing.guard,
            fixed=self.earliest_shown(),
            due=[day - base for day in terms.limit],
        )

    def earliest_shown(self) -> Timetable:
        """The earliest dates, in numbers; a free milestone one working day later, as it is shown."""
        base, launch = self.tables.base, self.tables.launch
        start, finish = ([day - base for day in column] for column in self.earliest)
        for position, count in enumerate(self.problem.network.days):
            if not count and self._is_free(position):
                day = launch.days[launch.rank[finish[position]]] - base
                start[position] = finish[position] = day
        return Timetable(start, finish)

    def priority(self, instance: Instance) -> list[int]:
        """The place of each task by latest finish; ties by less float, then by position."""
        finish = self.earliest_shown().finish

        def urgency(position: int) -> tuple[int, int, int]:
            due, rank = instance.due[position], instance.rank[position]
            return due, rank[due] - rank[finish[position]], position

        places = [0] * len(instance.due)
        for place, position in enumerate(sorted(instance.order, key=urgency)):
            places[position] = place
        return places

    def overloaded(self) -> bool:
        """Whether work that is begun makes a day, from the first on, ask for too much."""
        resources = self.problem.resources
        load = self._fixed_load()
        for demand, days in self._begun():
            for key in demand:
                if any(load[key][day] > resources.of(key) for day in days):
                    return True
        return False

    def _is_free(self, position: int) -> bool:
        return (
            self.problem.network.work[position].done_on is None
            and self.earliest.finish[position] == self.problem.terms.free
        )

    def _is_fixed(self, position: int) -> bool:
        task = self.problem.network.work[position]
        return not task.waits or (not task.days and self._is_free(position))

    def _begun(self) -> list[tuple[Demand, list[date]]]:
        """The demand of each begun task, and its days that are not over."""
        found = []
        floor = self.problem.terms.floor
        for position in self.problem.network.special:
            task = self.problem.network.work[position]
            if task.done_on is None and not task.waits:
                days, rank = self.tables.tasks[position]
                first = max(self.earliest.start[position], floor + 1)
                last = self.earliest.finish[position]
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
        packing, base = self.problem.packing, self.tables.base
        free = [packing.untouched()] * len(self.tables.launch.rank)
        for day, taken in packing.taken(self._fixed_load()).items():
            if 0 <= day - base < len(free):
                free[day - base] -= taken
        return free
