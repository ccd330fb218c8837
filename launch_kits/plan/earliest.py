"""The earliest day on which a launch could hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from launch_kits.plan.critical_path import forward, on_tables
from launch_kits.plan.network import Anchor, Network, Work
from launch_kits.plan.terms import Anchors, Terms
from launch_kits.workdays import Calendar, Offset

__all__ = ["HORIZON", "earliest_launch_on", "moved_release"]

#: how many working days from begin_on are tried as launch days
HORIZON = 500


def moved_release(calendar: Calendar, *, release_on: date, launch_on: date, to: date) -> date:
    """The release day that keeps its distance, in the launch's working days, when the launch day moves to ``to``."""
    if release_on == launch_on:
        return to
    anchors = Anchors.of(calendar, release_on=release_on, launch_on=launch_on)
    return calendar.shift(to, -calendar.count(anchors.release, anchors.launch))


def earliest_launch_on(
    work: Sequence[Work], *, calendar: Calendar, begin_on: date, release_on: date, launch_on: date
) -> date | None:
    """The first launch day for which no float is negative, the release day keeping its distance in working days.

    It is one of the first 500 working days of the launch's calendar from ``begin_on``; None where none of these holds.
    Takes and raises what ``schedule`` does.
    """
    given = Anchors.of(calendar, release_on=release_on, launch_on=launch_on)
    distance = calendar.count(given.release, given.launch)
    candidates = _Candidates(calendar, begin_on, calendar.next_on_or_after(begin_on), distance)
    # As the launch day moves later, finishes (by way of not_before) and limits move later or stay. So it has to reach
    # at least the limits that the finishes at an earlier day ask for: a bound from below.
    network = Network.of(work)
    finish = candidates.finishes(network, step=0)
    step, known = candidates.bound(network, finish, step=0), -1
    network = _moving(network, finish)
    while known != step < HORIZON:
        finish = candidates.finishes(network, step=step)
        step, known = candidates.bound(network, finish, step=step), step
    return candidates.anchors(step).launch if step < HORIZON else None


def _moving(network: Network, finish: Sequence[int]) -> Network:
    """The part of a network that moves with the anchor days: what a ``not_before`` holds, and what waits for it.

    What this part waits for stands in it as done. The rest is settled once its limits are reached.
    """
    moving: set[int] = set()
    for position in network.order:
        task = network.work[position]
        if task.waits and task.not_before is not None:
            moving.add(position)
        if position in moving:
            moving.update(network.successors(position))
    needed = {position for position in network.order if not moving.isdisjoint(network.successors(position))}
    return Network.of(
        [
            task if position in moving else Work(task.key, task.days, done_on=date.fromordinal(finish[position]))
            for position, task in enumerate(network.work)
            if position in moving or position in needed
        ]
    )


@dataclass(frozen=True, slots=True)
class _Candidates:
    """The launch days to try, by how many working days they lie after the first."""

    calendar: Calendar
    begin_on: date
    first_day: date
    #: working days from release to launch
    distance: int
    _known: dict[int, Anchors] = field(default_factory=dict)

    def anchors(self, step: int) -> Anchors:
        known = self._known.get(step)
        if known is None:
            launch = self.calendar.shift(self.first_day, step)
            known = self._known[step] = Anchors(self.calendar.shift(launch, -self.distance), launch)
        return known

    def finishes(self, network: Network, *, step: int) -> list[int]:
        terms = Terms.of(
            network,
            calendar=self.calendar,
            begin_on=self.begin_on,
            anchors=self.anchors(step),
            today=self.begin_on,
        )
        return on_tables(network, self.calendar, terms, lambda tables: forward(tables, network, terms).finish)

    def bound(self, network: Network, finish: Sequence[int], *, step: int) -> int:
        """The first step from this one on whose limits all these finishes keep, else the horizon."""
        latest: dict[tuple[Anchor, Offset | None], int] = {}
        for position in network.order:
            task = network.work[position]
            if task.done_on is None and (task.due or not network.successors(position)):
                limit = task.anchor, task.due
                latest[limit] = max(latest.get(limit, 0), finish[position])
        return max((self._first(step, *limit, finish=day) for limit, day in latest.items()), default=step)

    def _first(self, step: int, anchor: Anchor, due: Offset | None, *, finish: int) -> int:
        def limit(step: int) -> int:
            day = self.anchors(step).day(anchor)
            return due.resolve(self.calendar, day).toordinal() if due else day.toordinal() - 1

        return bisect_left(range(HORIZON), finish, lo=step, key=limit)
