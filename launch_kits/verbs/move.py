"""Moving the launch day.

The rest of the work is planned again from today, and only changes are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from launch_kits.database.records import EventVerb, NoticeKind, Task
from launch_kits.database.store import Store
from launch_kits.errors import Fault, InfeasiblePlan, PlanError
from launch_kits.plan import (
    Anchor,
    Schedule,
    moved_release,
    schedule,
)
from launch_kits.verbs.advance import settle
from launch_kits.verbs.day_changes import set_anchor_days, set_due
from launch_kits.verbs.lapsed_requests import lapse_requests
from launch_kits.verbs.move_changes import (
    lapsing_time,
    lost_time,
    moved_due_days,
    standing_after,
)
from launch_kits.verbs.move_doubts import held_already
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.plan_doubts import plan_doubts, running_plan
from launch_kits.verbs.plan_effect import landing_of
from launch_kits.verbs.planned_dates import (
    levelled_plan,
    planned_otherwise,
    write_planned,
)
from launch_kits.verbs.replan import earliest_day
from launch_kits.verbs.routing import keep_for
from launch_kits.verbs.sponsor import informed
from launch_kits.verbs.task_changes import TaskChange, lapse_doubt
from launch_kits.verbs.transaction import Change, changing, reading
from launch_kits.verbs.trial import trying
from launch_kits.workdays.in_words import count
from launch_kits.workdays.offsets import Offset

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = ["Move", "changes_plan", "move", "preview_move"]


@dataclass(frozen=True, slots=True)
class Move:
    """The effects of moving the launch day."""

    launch_before: date
    launch_on: date
    release_before: date
    release_on: date
    feasible: bool
    late_by: int
    #: the first launch day on which the plan holds, given when this one does not
    earliest_launch_on: date | None
    #: the due days that change
    shifts: tuple[TaskChange, ...]
    #: the more time that was granted beyond the new due days, and lapses
    lapses: tuple[TaskChange, ...]
    #: doubts about the new days
    warnings: tuple[Fault, ...]
    #: the launch day by the facts, before and after the move; None if no day within the horizon
    #: holds
    lands_before: date | None
    lands_on: date | None
    #: how many tasks have other planned days than before, by the name of their owner
    replanned: Mapping[str, int] = field(default_factory=dict)
    #: whether the launch day is done: there is nothing left to move
    launched: bool = False
    #: people who are told, by email
    told: tuple[str, ...] = ()
    #: the plan of the work not begun
    levelled: LevelledPlan | None = None

    @property
    def moves(self) -> bool:
        """Whether the launch day or a due day moves; else at most planned days do."""
        return self.launch_on != self.launch_before or bool(self.shifts)

    @property
    def changed(self) -> bool:
        """Whether anything changes."""
        return self.moves or bool(self.replanned)

    @property
    def changes(self) -> tuple[TaskChange, ...]:
        """The due days that change, then the more time that lapses."""
        return (*self.shifts, *self.lapses)


def preview_move(
    store: Store | Change, slug: str, *, on: date, by: str | None = None, now: datetime
) -> Move:
    """Preview a move of the launch to a day; nothing is written."""
    with trying(store, slug, now=now) as change:
        change.must_run()
        by = change.actor(by, change.lead)
        return _carried_out(change, *_computed(change, on), by=by, note=None)


def changes_plan(store: Store | Change, slug: str, *, on: date, now: datetime) -> bool:
    """Whether another launch day moves due days or planned days."""
    with reading(store, slug, now=now) as change:
        change.must_run()
        return _computed(change, on)[0].changed


def move(
    store: Store | Change,
    slug: str,
    *,
    on: date,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
    accept_late: bool = False,
) -> Move:
    """Move the launch to a day, the release keeping its distance in working days; extensions lapse.

    A move to the day that it has plans the work again; if no due day moves by it, more time that
    was granted stays. Only owners whose due day changed are told. Raises InfeasiblePlan unless
    ``accept_late``, Refused, NotYours.
    """
    with changing(store, slug, now=now) as change:
        change.must_run()
        by = change.actor(by, change.lead)
        change.must(by, Verb.MOVE)
        found, plan = _computed(change, on)
        if not found.feasible and not accept_late:
            hint = (
                f"; the earliest day that holds by the dates alone is {found.earliest_launch_on}"
                if found.earliest_launch_on
                else ""
            )
            raise InfeasiblePlan(
                f"a launch on {on} is {count(found.late_by, 'working day')} too early{hint}; "
                "accept it with --accept-late"
            )
        return _carried_out(change, found, plan, by=by, note=note)


def _carried_out(
    change: Change, found: Move, plan: Schedule, *, by: str, note: str | None
) -> Move:
    """Move the launch, unless it is so already; find the people who are told."""
    if not found.changed:
        return found
    if found.moves:
        _apply(change, found, plan, by=by, why=note)
        lapse_requests(change, by=by)
    write_planned(change, found.levelled)
    change.record(
        EventVerb.MOVE,
        by=by,
        note=note,
        launch_on=found.launch_on.isoformat(),
        launch_before=found.launch_before.isoformat(),
    )
    if found.moves:
        _tell(change, found, by=by, note=note)
    settle(change)
    return replace(found, told=change.told)


def _computed(change: Change, on: date) -> tuple[Move, Schedule]:
    launch = change.launch
    calendar = change.calendars.launch
    if on < change.today:
        raise PlanError(f"{on} is past; move the launch to {change.today} or later")
    release_on = moved_release(
        calendar, release_on=launch.release_on, launch_on=launch.launch_on, to=on
    )
    rest = change.graph.plan_input(launch, change.calendars, today=change.today)
    moved = replace(rest, release_on=release_on, launch_on=on)
    plan = schedule(moved)
    earliest = None if plan.feasible else earliest_day(change, moved)
    shifts = moved_due_days(change, plan)
    held = tuple(held_already(change))
    unmoved = on == launch.launch_on and not shifts
    now = running_plan(change)
    standing = standing_after(now, moved, plan)
    lapses = () if unmoved else lapsing_time(change, plan)
    doubts = [
        *(
            lapse_doubt(each.key, f"the more time granted until {each.before}")
            for each in lapses
        ),
        *lost_time(change, plan),
        *(doubt.fault for doubt in plan_doubts(change, standing)),
        *([] if unmoved else held),
    ]
    due = {key: span.due for key, span in plan.spans.items()}
    # a launch that is not moved keeps the more time that was granted
    levelled = (
        levelled_plan(change) if unmoved else levelled_plan(change, moved, due=due)
    )
    found = Move(
        launch_before=launch.launch_on,
        launch_on=on,
        release_before=launch.release_on,
        release_on=release_on,
        feasible=plan.feasible,
        late_by=plan.late_by,
        earliest_launch_on=earliest,
        shifts=shifts,
        lapses=lapses,
        levelled=levelled,
        replanned=planned_otherwise(change, levelled),
        warnings=tuple(doubts),
        launched=bool(held) or now.over,
        lands_before=landing_of(now),
        lands_on=landing_of(standing),
    )
    return found, plan


def _apply(
    change: Change, found: Move, plan: Schedule, *, by: str, why: str | None
) -> None:
    launch = change.launch
    set_anchor_days(
        change,
        release_on=found.release_on,
        launch_on=found.launch_on,
        by=by,
        verb=EventVerb.MOVE,
        why=why,
    )
    # The float that people see from now on counts from the day of this plan.
    launch.begin_on = plan.begin_on
    launch.planned_at = change.now
    for task in change.tasks.values():
        span = plan.spans.get(task.key)
        if span is None:
            continue
        task.start = span.start
        task.finish = span.finish
        task.start_by = span.start_by
        task.critical = span.critical
        task.extended_until = None
        set_due(
            change,
            task,
            span.due,
            by=by,
            verb=EventVerb.MOVE,
            why=why,
            planned=True,
        )
        task.not_before = _not_before(change, task, plan)
        change.session.add(task)


def _not_before(change: Change, task: Task, plan: Schedule) -> date | None:
    if task.not_before_offset is None:
        return None
    day = plan.launch_day if task.anchor == Anchor.LAUNCH else plan.release_day
    return Offset.parse(task.not_before_offset).resolve(change.calendars.launch, day)


def _tell(change: Change, found: Move, *, by: str, note: str | None) -> None:
    days = {"launch_before": found.launch_before, "launch_on": found.launch_on}
    said = {key: day.isoformat() for key, day in days.items()}

    def moved(people: Sequence[str]) -> dict[str, Any]:
        changes = [dict(each.facts()) for each in found.changes if each.owner in people]
        return {"changes": changes, **said, "by": by, "note": note}

    # the person who moves the launch knows of their own days
    owners = tuple(
        dict.fromkeys(each.owner for each in found.changes if each.owner != by)
    )
    for owner in owners:
        reader = change.away.reached(owner)
        acting = reader != owner and reader in owners
        if acting:
            # their deputy reads it with the moved days of their own
            keep_for(change, owner, moved([owner]))
            continue
        theirs = [each for each in owners if change.away.reached(each) == owner]
        change.tell(NoticeKind.NEWS, owner, facts=moved(theirs or [owner]))
    for person in informed(change, besides=[by, *owners]):
        change.tell(NoticeKind.NEWS, person, facts={**said, "by": by, "note": note})
