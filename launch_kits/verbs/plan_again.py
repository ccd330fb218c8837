"""Planning a task again, backward: the due days of open tasks before it may move earlier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from launch_kits import outbox
from launch_kits.database.records import CLOSED, EventVerb, NoticeKind, Task
from launch_kits.errors import Fault
from launch_kits.plan import PlanInput, Schedule, Span, schedule
from launch_kits.verbs.day_changes import set_due
from launch_kits.verbs.replan import remaining
from launch_kits.verbs.transaction import Change
from launch_kits.workdays.offsets import Offset

__all__ = ["MovedDue", "PlannedAgain", "date_again", "due_within", "plan_again"]


@dataclass(frozen=True, slots=True)
class MovedDue:
    """A task whose due day moved."""

    task: Task
    before: date


@dataclass(frozen=True, slots=True)
class PlannedAgain:
    """The plan from today in which a task was planned again."""

    given: PlanInput
    schedule: Schedule

    def span(self, task: Task) -> Span:
        """The new dates of an open task."""
        return self.schedule.spans[task.key]

    def needed_by(self, task: Task) -> Schedule:
        """The due days that a task asks of the work before it.

        Other work that waits for the same tasks is left out. What changed its days since they
        were set, such as an absence of its owner, is no effect of this change.
        """
        after = {each.key: [one.key for one in each.after] for each in self.given.work}
        waiting: dict[str, list[str]] = {}
        for key, ones in after.items():
            for one in ones:
                waiting.setdefault(one, []).append(key)
        behind = _reached(task.key, waiting)
        on_the_way = {task.key, *behind}
        wanted = on_the_way | _reached(task.key, after)
        work = [
            replace(
                each, after=tuple(one for one in each.after if one.key in on_the_way)
            )
            if each.key in behind
            else each
            for each in self.given.work
            if each.key in wanted
        ]
        return schedule(replace(self.given, work=work))

    def days_off(self, task: Task) -> Fault | None:
        """Say that a due day is earlier because its owner is off."""
        work = [
            replace(each, calendar=None) if each.key == task.key else each
            for each in self.given.work
        ]
        otherwise = schedule(replace(self.given, work=work)).spans[task.key].due
        due = self.span(task).due
        if task.due != due or otherwise <= due:
            return None
        message = (
            f'task "{task.key}" is due {due} ({due:%A}), not {otherwise} '
            f"({otherwise:%A}), because {task.owner} is off"
        )
        return Fault("-", None, "due-on-day-off", message)


def plan_again(change: Change, task: Task) -> PlannedAgain:
    """Plan the open tasks of a launch from today, with a task as it is now.

    The tasks behind it keep their stored due days, if the plan would now give them later ones.
    """
    given = remaining(change)
    plan = schedule(given)
    held = {
        after.key: min(after.due, after.planned_due)
        for after in _behind(change, task)
        if min(after.due, after.planned_due) < plan.spans[after.key].due
    }
    if not held:
        return PlannedAgain(given, plan)
    count = given.calendar.count
    anchors = given.anchors
    work = [
        replace(each, due=Offset(count(anchors.day(each.anchor), held[each.key])))
        if each.key in held
        else each
        for each in given.work
    ]
    given = replace(given, work=work)
    return PlannedAgain(given, schedule(given))


def due_within(change: Change, task: Task, span: Span) -> date:
    """The due day that a plan gives a task: never a new day before today."""
    if span.due >= change.today:
        return span.due
    return min(task.due, change.today)


def date_again(
    change: Change,
    task: Task,
    plan: PlannedAgain,
    *,
    by: str,
    verb: EventVerb,
    why: str | None,
) -> tuple[MovedDue, ...]:
    """Give the tasks before and behind a task the dates of its new plan.

    The due days of open tasks before it move if it needs them earlier, but not before the day
    until which one was granted more time: the float of the tasks behind it tells then.
    Those behind it keep their due days. Returns the tasks whose due day moved.
    """
    for after in _behind(change, task):
        span = plan.span(after)
        if after.begun_at is not None or after.submitted_at is not None:
            continue
        after.start = span.start
        after.finish = span.finish
        after.critical = span.critical
        if after.planned_start < span.start:
            after.planned_start = span.start
            after.planned_finish = span.finish
        change.session.add(after)
    moved = []
    needed = plan.needed_by(task)
    for before in _before(change, task):
        span = needed.spans[before.key]
        due = due_within(change, before, span)
        stored = before.due
        due = max(due, before.extended_until or due)
        if due >= min(before.planned_due, stored):
            continue
        before.start_by = span.start_by
        before.critical = plan.span(before).critical
        set_due(change, before, due, by=by, verb=verb, why=why, planned=True)
        outbox.outdate(
            change.session,
            launch=change.launch.slug,
            task=before.key,
            kinds=[NoticeKind.TASK, NoticeKind.REVIEW],
        )
        moved.append(MovedDue(before, stored))
    return tuple(moved)


def _reached(key: str, neighbours: Mapping[str, Sequence[str]]) -> set[str]:
    """The keys that one leads to, directly or not."""
    seen: set[str] = set()
    stack = [key]
    while stack:
        for other in neighbours.get(stack.pop(), ()):
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return seen


def _before(change: Change, task: Task) -> Iterator[Task]:
    """Yield the open tasks that a task waits for, directly or not, each once."""
    seen = {task.id}
    stack = [task]
    while stack:
        for before, _ in change.predecessors(stack.pop()):
            if before.id not in seen and before.status not in CLOSED:
                seen.add(before.id)
                stack.append(before)
                yield before


def _behind(change: Change, task: Task) -> Iterator[Task]:
    """Yield the open tasks that wait for a task, directly or not, each once."""
    waiting: dict[int, list[Task]] = {}
    for other in change.tasks.values():
        if other.status not in CLOSED:
            for before, _ in change.predecessors(other):
                waiting.setdefault(before.id, []).append(other)
    seen = {task.id}
    stack = [task]
    while stack:
        for after in waiting.get(stack.pop().id, ()):
            if after.id not in seen:
                seen.add(after.id)
                stack.append(after)
                yield after
