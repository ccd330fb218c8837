"""The day on which an owner is first told of a task."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset

if TYPE_CHECKING:
    from launch_kits.plan import PlannedDates
    from launch_kits.plan.assignments import Assignment
    from launch_kits.plan.rollout import Rollout

__all__ = ["HEAD_START", "asked_on", "hand_out_on"]

#: working days between the first notice of a task and the last day on which it can be started
HEAD_START = 2


def hand_out_on(planned_start: date, start_by: date, calendar: Calendar) -> date:
    """Return the day from which a ready task is handed out.

    It is the planned start. If the latest start comes too soon after it, it is two working days
    before the latest start, by the calendar of the owner.
    """
    return min(planned_start, calendar.shift(start_by, -HEAD_START))


def asked_on(
    rollout: Rollout, planned: Mapping[str, PlannedDates]
) -> Mapping[str, date]:
    """Return key → the day on which its owner is first told, if all goes to plan.

    Each task is then finished on its planned finish. A task is handed out when it is ready, or on
    the day of `hand_out_on` if that is later and the kit does not hand it out at once.
    """
    kit = rollout.brief.kit_in_place
    found = {}
    for assignment, span in rollout.dated():
        key = assignment.key
        ready_on = _ready_on(rollout, assignment, planned)
        if kit.hands_out_when_ready(assignment.task):
            found[key] = ready_on
            continue
        calendar = rollout.calendars.of(assignment.owner)
        day = hand_out_on(planned[key].start, span.start_by, calendar)
        found[key] = max(ready_on, day)
    return found


def _ready_on(
    rollout: Rollout, assignment: Assignment, planned: Mapping[str, PlannedDates]
) -> date:
    """Return the day on which a task becomes ready, if all goes to plan."""
    calendar = rollout.calendars.launch
    free = 1 if assignment.task.days else 0
    days = [rollout.begin_on]
    task = assignment.task
    if task.not_before:
        plan = rollout.schedule
        anchor = plan.launch_day if task.anchor == "launch" else plan.release_day
        days.append(Offset.parse(task.not_before).resolve(calendar, anchor))
    for link in assignment.after:
        done_on = planned[link.key].finish
        days.append(calendar.shift(done_on, link.lag + free) if link.lag else done_on)
    return max(days)
