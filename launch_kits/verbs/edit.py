"""A task of a running launch edited: its title, days, due day, predecessors or checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from launch_kits.database.records import CLOSED, EventVerb, Task
from launch_kits.database.store import Store
from launch_kits.errors import Fault, InfeasiblePlan, Refused
from launch_kits.plan import Forecast
from launch_kits.verbs.advance import settle
from launch_kits.verbs.day_changes import set_due
from launch_kits.verbs.due_offsets import NamedDue, moved_for_days_off
from launch_kits.verbs.edit_fields import TaskEdit, change_fields
from launch_kits.verbs.lapsed_requests import end_more_time
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.plan_again import MovedDue, date_again, due_within, plan_again
from launch_kits.verbs.plan_doubts import running_plan
from launch_kits.verbs.plan_effect import PlanBefore, effect_of
from launch_kits.verbs.planned_dates import write_planned
from launch_kits.verbs.task_changes import (
    TaskChange,
    due_changes,
    lapse,
    tell_owners,
)
from launch_kits.verbs.transaction import Change, changing
from launch_kits.verbs.trial import trying
from launch_kits.verbs.word_changes import WordChange
from launch_kits.views.reader import count, listed

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = ["EditResult", "edit", "preview_edit"]

#: the parts that its owner may edit
OWNERS = frozenset({"title", "checklist"})
#: tasks named in a refusal
MOST_NAMED = 5
#: the parts that leave all dates alone
UNDATED = OWNERS | {"share"}


@dataclass(frozen=True, slots=True)
class EditResult:
    """The effects of editing a task."""

    key: str
    #: the task's own changes first, then the due days that move
    changes: tuple[TaskChange, ...]
    #: None if no day within the horizon holds
    lands_on: date | None
    #: key → working days late, of the tasks that miss their due days because of it
    late: Mapping[str, int]
    warnings: tuple[Fault, ...]
    #: people who are told, by email
    told: tuple[str, ...] = ()
    #: the plan of the work not begun; None if nothing changes
    levelled: LevelledPlan | None = field(default=None, compare=False, repr=False)
    #: how many tasks have other planned days than before, by the name of their owner
    replanned: Mapping[str, int] = field(default_factory=dict)

    @property
    def late_in_words(self) -> str:
        """The tasks that miss their due days, the latest first."""
        late = sorted(self.late.items(), key=lambda one: -one[1])
        words = (f"{key} by {count(days, 'working day')}" for key, days in late)
        return ", ".join(listed(words, most=MOST_NAMED))


def preview_edit(
    store: Store | Change,
    slug: str,
    key: str,
    wanted: TaskEdit,
    *,
    by: str | None = None,
    now: datetime,
) -> EditResult:
    """The effects of `edit`.

    Nothing is written. Raises Refused, NotYours, NotFound.
    """
    with trying(store, slug, now=now) as change:
        return _edit(change, key, wanted, by=by, note=None)


def edit(
    store: Store | Change,
    slug: str,
    key: str,
    wanted: TaskEdit,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
    accept_late: bool = False,
) -> EditResult:
    """Edit an open task, and plan it and the tasks before it backward again.

    The lead may edit all, the owner title and checklist. More time that was granted or asked for
    lapses. Only the owners of changed tasks are told. Raises InfeasiblePlan if a float turns
    negative, unless ``accept_late``; Refused for a due day before today, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        found = _edit(change, key, wanted, by=by, note=note)
        if found.late and not accept_late:
            raise InfeasiblePlan(
                f"then due days cannot be made: {found.late_in_words}; "
                "accept it with --accept-late"
            )
    return found


def _edit(
    change: Change,
    key: str,
    wanted: TaskEdit,
    *,
    by: str | None,
    note: str | None,
) -> EditResult:
    change.must_run()
    task = change.task(key)
    by = change.actor(by, change.lead)
    _must_be_allowed(change, task, wanted, by=by)
    before = PlanBefore.of(change)
    due = task.due
    fields, named = change_fields(change, task, wanted)
    if not fields:
        return EditResult(task.key, (), before.lands_on, {}, ())
    moved: Sequence[MovedDue] = ()
    warnings: tuple[Fault, ...] = ()
    if any(field.field not in UNDATED for field in fields):
        moved, warnings = _replan(change, task, named, by=by, note=note)
    lapsed = [lapse(task, due=task.due, float_days=None)] if task.extended_until else []
    end_more_time(change, task, by=by)
    forecast = running_plan(change).forecast
    floats = {key: found.float_days for key, found in forecast.items()}
    changes = _changes(task, due, fields, moved, floats)
    _record(change, task, changes, by=by, note=note)
    tell_owners(change, (*changes, *lapsed), by=by, note=note)
    levelled = None
    if changes:
        levelled = write_planned(change)
        settle(change)
    effect = effect_of(change, before, levelled)
    return EditResult(
        task.key,
        changes,
        effect.lands_on,
        _late(before.plan.forecast, forecast),
        (*warnings, *effect.warnings),
        effect.told,
        effect.levelled,
        effect.replanned,
    )


def _must_be_allowed(change: Change, task: Task, wanted: TaskEdit, *, by: str) -> None:
    parts = wanted.parts
    if not parts:
        raise Refused("name something to edit, such as --title, --days or --due T-10")
    change.must(by, Verb.EDIT if OWNERS.issuperset(parts) else Verb.REPLAN, task)
    if task.status in CLOSED:
        raise Refused(
            f'task "{task.key}" is {task.status}; `reopen` it before editing it'
        )


def _replan(
    change: Change,
    task: Task,
    named: NamedDue | None,
    *,
    by: str,
    note: str | None,
) -> tuple[Sequence[MovedDue], tuple[Fault, ...]]:
    """Give a task and those around it their new dates; name the cause."""
    plan = plan_again(change, task)
    span = plan.span(task)
    due = due_within(change, task, span)
    task.start_by = span.start_by
    task.critical = span.critical
    task.start = task.planned_start = span.start
    task.finish = task.planned_finish = span.finish
    set_due(change, task, due, by=by, verb=EventVerb.EDIT, why=note, planned=True)
    moved = date_again(change, task, plan, by=by, verb=EventVerb.EDIT, why=note)
    return moved, moved_for_days_off(plan, task, named, moved)


def _changes(
    task: Task,
    due: date,
    fields: Sequence[WordChange],
    moved: Sequence[MovedDue],
    floats: Mapping[str, int],
) -> tuple[TaskChange, ...]:
    """The changes as a preview shows them, days as ISO dates."""
    own = [field for field in fields if field.field != "due"]
    if task.due != due or len(own) < len(fields):
        own.append(WordChange(task.key, "due", due.isoformat(), task.due.isoformat()))
    return tuple(
        TaskChange(
            key=task.key,
            title=task.title,
            owner=task.owner,
            field=field.field,
            before=field.before,
            after=field.after,
            due_before=due,
            due=task.due,
            float_days=floats.get(task.key),
        )
        for field in own
    ) + due_changes(moved, floats)


def _late(
    before: Mapping[str, Forecast], after: Mapping[str, Forecast]
) -> Mapping[str, int]:
    """The tasks that miss their due days, or miss them by more, in the launch's order."""
    return {
        key: -found.float_days
        for key, found in after.items()
        if found.float_days < min(0, before[key].float_days)
    }


def _record(
    change: Change,
    task: Task,
    changes: Sequence[TaskChange],
    *,
    by: str,
    note: str | None,
) -> None:
    change.record(
        EventVerb.EDIT,
        by=by,
        task=task,
        note=note,
        changes=[
            {
                "task": each.key,
                "field": each.field,
                "from": each.before,
                "to": each.after,
            }
            for each in changes
        ],
    )
