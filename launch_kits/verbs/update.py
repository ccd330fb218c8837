"""Change in flight.

A launch goes on from another brief or a newer kit; begun work is kept, and dates stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, delete

from launch_kits.database.records import CLOSED, Dependency, EventVerb, Task, TaskStatus
from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, Refused
from launch_kits.inputs.brief import Brief
from launch_kits.plan import Schedule, find_cycle
from launch_kits.plan.assignments import Assignment, assign
from launch_kits.plan.rollout import Rollout
from launch_kits.verbs.advance import settle
from launch_kits.verbs.arrangements import arranged
from launch_kits.verbs.check_keys import follow_check_keys
from launch_kits.verbs.day_changes import first_dates
from launch_kits.verbs.drop import leave_out
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.plan_effect import PlanBefore, effect_of
from launch_kits.verbs.planned_dates import write_planned
from launch_kits.verbs.reassign import hand_over
from launch_kits.verbs.replan import earliest_day, plan_now, remaining
from launch_kits.verbs.revision import Revision
from launch_kits.verbs.settled_cards import keep_reviews, settle_ledgers
from launch_kits.verbs.shared_channel import newly_shared
from launch_kits.verbs.task_rows import planned_row
from launch_kits.verbs.transaction import Change, changing
from launch_kits.verbs.trial import trying
from launch_kits.verbs.word_changes import WordChange, brief_changes
from launch_kits.workdays.in_words import count

__all__ = ["preview_revision", "revise"]

#: days that belong to the launch, not to its brief, once it runs; `move` changes them
DATES = ("begin_on", "release_on", "launch_on")
#: the parts of a task that follow its kit while it is open
FOLLOWING = (
    "title",
    "role",
    "days",
    "share",
    "workdays",
    "decides",
    "anchor",
    "due_offset",
    "not_before_offset",
    "template",
    "audience",
    "checklist",
)


def preview_revision(
    store: Store | Change, slug: str, brief: Brief, *, now: datetime
) -> Revision:
    """Preview a brief, with kit and ledgers in place.

    Nothing is written. Raises Refused, NotFound.
    """
    with trying(store, slug, now=now) as change:
        found = _revise(change, brief, by=change.lead, note=None)
        return _settled(change, found, verb=EventVerb.UPDATE, by=change.lead, note=None)


def revise(
    store: Store | Change,
    slug: str,
    brief: Brief,
    *,
    verb: str = EventVerb.UPDATE,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
    accept_late: bool = False,
) -> Revision:
    """Let a launch go on from a changed brief.

    The brief has its kit and ledgers in place. Tasks, people and documents follow. New tasks
    are planned from today, and those that have not begun and are no longer planned are dropped. No
    due day changes, and the launch keeps its days. Raises InfeasiblePlan if that makes the plan
    later than it is, unless ``accept_late``; Refused for another launch's brief or work that would
    wait for itself, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        by = change.actor(by, change.lead)
        change.must(by, Verb.UPDATE)
        found = _revise(change, brief, by=by, note=note)
        if found.late_by > found.late_before and not accept_late:
            hint = (
                f"; the earliest day that holds by the dates alone is {found.earliest_launch_on}"
                if found.earliest_launch_on
                else ""
            )
            raise InfeasiblePlan(
                f"this makes the plan {count(found.late_by, 'working day')} late{hint}; "
                "accept it with --accept-late"
            )
        return _settled(change, found, verb=EventVerb(verb), by=by, note=note)


def _settled(
    change: Change, found: Revision, *, verb: EventVerb, by: str, note: str | None
) -> Revision:
    """Record a revision, and find the people who are told."""
    if not found.empty:
        change.record(
            verb,
            by=by,
            note=note,
            fields=list(found.fields),
            changed=found.changed,
            added=found.added,
            dropped=found.dropped,
        )
        settle(change)
        found.told = change.told
    return found


def _revise(change: Change, brief: Brief, *, by: str, note: str | None) -> Revision:
    change.must_run()
    if brief.launch != change.launch.slug:
        raise Refused(
            f'this brief is of launch "{brief.launch}", not of '
            f'"{change.launch.slug}"; correct its `launch`'
        )
    old = change.brief
    late_before = plan_now(change).late_by
    new = brief.model_copy(update={name: getattr(old, name) for name in DATES})
    new = keep_reviews(old, arranged(old, new))
    found = Revision(late_before=late_before)
    _compare(old, new, found)
    if not found.fields:
        found.late_by = late_before
        return found
    before = PlanBefore.of(change)
    owners = {each.key: each.owner for each in assign(old)}
    change.go_on_from(new)
    follow_check_keys(change, old, new)
    settle_ledgers(change, old, by=by)
    _fit_tasks(change, owners, found, by=by, note=note)
    plan = _dated(change, found)
    found.late_by = plan.late_by
    if plan.late_by > late_before:
        found.earliest_launch_on = earliest_day(change)
    if not found.empty:
        found.levelled = write_planned(change)
    effect = effect_of(change, before, found.levelled)
    found.warnings = (*effect.warnings, *newly_shared(change.session, old, new))
    found.lands_before = effect.lands_before
    found.lands_on = effect.lands_on
    found.over = effect.over
    return found


def _compare(old: Brief, new: Brief, found: Revision) -> None:
    before, after = (each.model_dump(mode="json", by_alias=True) for each in (old, new))
    found.fields = tuple(name for name in after if before.get(name) != after[name])
    found.words += brief_changes(before, after, fields=found.fields)


def _fit_tasks(
    change: Change,
    owners: Mapping[str, str],
    found: Revision,
    *,
    by: str,
    note: str | None,
) -> None:
    """Fit the launch's tasks and their predecessors to its new brief."""
    launch = change.launch
    rollout = Rollout(
        change.brief,
        begin_on=launch.begin_on,
        release_on=launch.release_on,
        launch_on=launch.launch_on,
    )
    there = {task.key: task for task in change.tasks.values()}
    wanted = {each.key: each for each in rollout.assignments}
    for key, task in there.items():
        if key not in wanted and task.added_at is None and task.status not in CLOSED:
            _let_go(change, task, found, by=by, note=note)
    for position, assignment in enumerate(rollout.assignments):
        row = planned_row(
            rollout, position, assignment, rollout.schedule.spans[assignment.key]
        )
        if assignment.key not in there:
            there[assignment.key] = task = Task(**row)
            change.session.add(task)
            found.added.append(assignment.key)
            continue
        _follow(change, there[assignment.key], row, owners, found, by=by, note=note)
    change.session.flush()
    _link(change, there, rollout.assignments)


def _let_go(
    change: Change, task: Task, found: Revision, *, by: str, note: str | None
) -> None:
    if task.status in (TaskStatus.WAITING, TaskStatus.READY):
        leave_out(change, task, by=by, note=note or "no longer planned")
        found.dropped.append(task.key)
    else:
        found.kept.append(task.key)


def _follow(
    change: Change,
    task: Task,
    row: Mapping[str, Any],
    owners: Mapping[str, str],
    found: Revision,
    *,
    by: str,
    note: str | None,
) -> None:
    """Let a task be as it is planned now.

    A closed task stays as it is, and a task that a person reassigned keeps its owner.
    """
    task.position = row["position"]
    task.stage = row["stage"]
    task.stage_title = row["stage_title"]
    change.session.add(task)
    if task.document and task.template and task.status != TaskStatus.DROPPED:
        task.document_owed_at = change.now
        found.documents.append(task.key)
    if task.status in CLOSED:
        return
    differing = [
        name
        for name in FOLLOWING
        if getattr(task, name) != row[name] and name not in task.edited
    ]
    for name in differing:
        before = getattr(task, name)
        found.words.append(WordChange(task.key, name, before, row[name]))
        setattr(task, name, row[name])
    if task.status != TaskStatus.REVIEW:
        task.approver = row["approver"]
    if differing:
        found.changed[task.key] = differing
    owner = row["owner"]
    if owner != task.owner and task.owner == owners.get(task.key):
        found.handed.append(WordChange(task.key, "owner", task.owner, owner))
        hand_over(change, task, owner, by=by, note=note)


def _link(
    change: Change, tasks: Mapping[str, Task], assignments: Sequence[Assignment]
) -> None:
    """Let planned tasks wait for their planned predecessors.

    Tasks put in by hand keep their places, and so does a task whose predecessors were edited.
    """
    ids = [tasks[each.key].id for each in assignments]
    following = [each for each in assignments if "after" not in tasks[each.key].edited]
    change.session.exec(
        delete(Dependency).where(
            col(Dependency.task).in_([tasks[each.key].id for each in following]),
            col(Dependency.after).in_(ids),
        )
    )
    for assignment in following:
        for link in assignment.after:
            change.session.add(
                Dependency(
                    task=tasks[assignment.key].id,
                    after=tasks[link.key].id,
                    lag=link.lag,
                )
            )
    change.session.flush()
    change.look_again()


def _dated(change: Change, found: Revision) -> Schedule:
    """The plan from today; new tasks get their dates from it."""
    cycle = find_cycle(remaining(change).work)
    if cycle:
        way = " → ".join(cycle)
        raise Refused(
            f"these tasks would wait for each other: {way}; drop the one that was added by hand"
        )
    plan = plan_now(change)
    for task in change.tasks.values():
        if task.key in found.added:
            first_dates(change, task, plan.spans[task.key])
    return plan
