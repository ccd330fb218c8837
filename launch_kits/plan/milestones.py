"""Milestones: the day of each, and the day after which other tasks may start."""

from __future__ import annotations

from collections.abc import Mapping

from launch_kits.plan.constraints import Constraints
from launch_kits.plan.graph import PlanGraph
from launch_kits.plan.tables import OutOfTables, Tables

__all__ = ["Milestones"]


class Milestones:
    """The milestones of a forward pass; days are ordinals."""

    def __init__(
        self,
        tables: Tables,
        graph: PlanGraph,
        constraints: Constraints,
        *,
        as_facts: bool = False,
        known: Mapping[int, int] | None = None,
    ) -> None:
        self.tables = tables
        self.graph = graph
        self.constraints = constraints
        self.as_facts = as_facts
        self.known = known or {}
        #: the day after which others may start
        self.passed: dict[int, int] = {}
        #: the latest day of the milestones that one waits for
        self.beside: dict[int, int] = {}

    def place(self, position: int, ready: int) -> int:
        """Place a milestone that its predecessors let lie on ``ready``.

        Returns its day, and notes the day after which others may start. Raises OutOfTables if the
        tables are too small.
        """
        constraints = self.constraints
        launch = self.tables.launch
        base = self.tables.base
        day = constraints.lies_on.get(position, constraints.first)
        at = max(ready, self.beside.get(position, 0))
        done = position in constraints.done
        if at > day and not done:
            # of the launch's working days the next that is not before it
            day = launch.days[launch.rank[at - 1 - base]]
        if done and position in self.known:
            self.passed[position] = self.known[position]
        elif done or self.as_facts:
            self.passed[position] = max(ready, self._eve(position, day))
        else:
            is_free = position in constraints.free
            self.passed[position] = max(ready, day - 1) if is_free else day
        for other in self.graph.after[position]:
            if not self.graph.days[other]:
                self.beside[other] = max(self.beside.get(other, 0), day)
        return day

    def _eve(self, position: int, day: int) -> int:
        """Return the launch's last working day before the day of a milestone."""
        launch = self.tables.launch
        base = self.tables.base
        last = launch.rank[day - 1 - base] if day > base else 0
        if not last:
            raise OutOfTables(position, earlier=True)
        return launch.days[last - 1]
