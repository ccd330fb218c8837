"""A task put into a running launch by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from launch_kits.database.records import CLOSED, Dependency, EventVerb, Task
from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, NotFound, Refused, suggest
from launch_kits.inputs.base import LEAD
from launch_kits.inputs.kit import KitTask, Stage
from launch_kits.inputs.patterns import LONGEST_NAME, TASK_KEY
from launch_kits.plan import Anchor, Span
from launch_kits.plan.assignments import Assignment
from launch_kits.plan.doubts import doubts_in_words
from launch_kits.verbs.day_changes import first_dates
from launch_kits.verbs.drop import not_begun, take_back
from launch_kits.verbs.due_offsets import NamedDue, moved_for_days_off, named_due
from launch_kits.verbs.edit_after import no_cycle
from launch_kits.verbs.edit_fields import title_of
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.plan_again import MovedDue, date_again, plan_again
from launch_kits.verbs.plan_effect import PlanBefore, replanned
from launch_kits.verbs.replan import plan_now
from launch_kits.verbs.task_changes import due_changes, moved_in_words, tell_owners
from launch_kits.verbs.task_rows import task_row
from launch_kits.verbs.transaction import Change, changing
from launch_kits.workdays.in_words import count
from launch_kits.workdays.offsets import Offset

__all__ = ["NewTask", "add"]


@dataclass(frozen=True, slots=True)
class NewTask:
    """The task to add."""

    title: str
    #: `[a-z0-9_]+`; made from the title when None
    key: str | None = None
    #: working days of work; 0 is a milestone
    days: int = 1
    role: str = LEAD
    #: the approver's role
    review: str | None = None
    #: keys of the tasks it waits for, and of those that wait for it
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    #: latest finish; as late as the launch allows when None
    due: date | Offset | None = None
    #: the part of its owner's working day that it takes; the kit's when None
    share: float | None = None
    #: the stage of the first task it waits for, or the launch's first, when None
    stage: str | None = None
    checklist: tuple[str, ...] = ()


def add(
    store: Store | Change,
    slug: str,
    new_task: NewTask,
    *,
    by: str | None = None,
    now: datetime,
    note: str | None = None,
    accept_late: bool = False,
) -> Outcome:
    """Put a task into a running launch.

    Only the lead may. The task is planned from today and told like any other. The due days of open
    tasks before it may move earlier, and their owners are told. Raises InfeasiblePlan if it makes
    the plan later than it is, unless ``accept_late``; Refused, NotYours, NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_run()
        by = change.actor(by, change.lead)
        change.must(by, Verb.ADD)
        before = PlanBefore.of(change)
        new_task = replace(new_task, title=title_of(new_task.title))
        due = new_task.due
        named = named_due(change, Anchor.LAUNCH, due) if due is not None else None
        task = _put_in(change, new_task, named, accept_late=accept_late)
        plan = plan_again(change, task)
        first_dates(change, task, plan.span(task))
        moved = date_again(change, task, plan, by=by, verb=EventVerb.ADD, why=note)
        _record(change, task, moved, by=by, note=note)
        effect, _ = replanned(change, before)
        warnings = (*moved_for_days_off(plan, task, named, moved), *effect.warnings)
        return Outcome(
            changed=True,
            message=f"{task.key} is added: {task.owner}, due {task.due}, {task.status}"
            + moved_in_words(moved),
            warnings=doubts_in_words(warnings),
            effect=effect,
        )


def _put_in(
    change: Change, new_task: NewTask, named: NamedDue | None, *, accept_late: bool
) -> Task:
    """The row of the new task, in its place; it has no dates yet."""
    late_before = plan_now(change).late_by
    task = _row(change, new_task, named)
    change.session.add(task)
    change.session.flush()
    _link(change, task, new_task)
    late = plan_now(change).late_by
    if late > late_before and not accept_late:
        raise InfeasiblePlan(
            f"this makes the plan {count(late, 'working day')} late; "
            "accept it with --accept-late"
        )
    return task


def _record(
    change: Change, task: Task, moved: Sequence[MovedDue], *, by: str, note: str | None
) -> None:
    change.record(
        EventVerb.ADD,
        by=by,
        task=task,
        note=note,
        due=task.due.isoformat(),
        moved={each.task.key: each.task.due.isoformat() for each in moved},
    )
    tell_owners(change, due_changes(moved), by=by, note=note)


def _row(change: Change, new_task: NewTask, named: NamedDue | None) -> Task:
    brief = change.brief
    there = {task.key: task for task in change.tasks.values()}
    key = new_task.key or re.sub(r"[^a-z0-9]+", "_", new_task.title.lower())[
        :LONGEST_NAME
    ].strip("_")
    if not re.fullmatch(TASK_KEY, key) or len(key) > LONGEST_NAME:
        raise Refused(
            f'"{key[:LONGEST_NAME]}" is not a key for a task; '
            "give a --key of lower-case letters, digits and "
            f"underscores, at most {LONGEST_NAME} of them"
        )
    if key in there:
        raise Refused(
            f'launch "{change.launch.slug}" has a task "{key}" already; give another --key'
        )
    for role in filter(None, (new_task.role, new_task.review)):
        if role not in brief.team:
            raise NotFound(
                f'no role "{role}" in the team{suggest(role, brief.team)}; '
                f"roles: {', '.join(brief.team)}"
            )
    assignment = _assignment(change, new_task, key, there, named)
    position = max((task.position for task in there.values()), default=-1) + 1
    # `first_dates` sets the dates once the plan knows the task
    today = change.today
    row = task_row(
        assignment,
        Span(today, today, today, today, float_days=0, critical=False),
        launch=change.launch.slug,
        position=position,
    )
    return Task(**row, added_at=change.now)


def _assignment(
    change: Change,
    new_task: NewTask,
    key: str,
    there: dict[str, Task],
    named: NamedDue | None,
) -> Assignment:
    """The new task as a kit would have planned it."""
    brief = change.brief
    owner = brief.holder(new_task.role)
    stage, title = _stage(change, new_task, there)
    task = KitTask.model_construct(
        key=key,
        title=new_task.title,
        role=new_task.role,
        days=new_task.days,
        due=str(named.offset) if named else None,
        share=_share(new_task),
        review=new_task.review,
        checklist=new_task.checklist,
    )
    return Assignment(
        key=key,
        # not validated again: a running launch may have titles that kits refuse by now
        stage=Stage.model_construct(key=stage, title=title),
        task=task,
        share=brief.kit_in_place.share_of(task),
        title=new_task.title,
        item=None,
        owner=owner.email,
        backup=brief.team[owner.backup].email if owner.backup else None,
        approver=brief.holder(new_task.review).email if new_task.review else None,
        after=(),
    )


def _stage(
    change: Change, new_task: NewTask, there: dict[str, Task]
) -> tuple[str, str]:
    stages = {task.stage: task.stage_title for task in there.values()}
    stages |= {stage.key: stage.title for stage in change.brief.kit_in_place.stages}
    near = next(
        (
            there[key].stage
            for key in (*new_task.after, *new_task.before)
            if key in there
        ),
        None,
    )
    stage = new_task.stage or near or next(iter(stages))
    if stage not in stages:
        raise NotFound(
            f'no stage "{stage}"{suggest(stage, stages)}; stages: {", ".join(stages)}'
        )
    return stage, stages[stage]


def _share(new_task: NewTask) -> float | None:
    if new_task.share is not None and not (new_task.days and 0 < new_task.share <= 1):
        raise Refused(
            f"{new_task.share:g} is not a share of a day; use a value such as 0.5, at most 1, "
            "and none for a milestone"
        )
    return new_task.share


def _link(change: Change, task: Task, new_task: NewTask) -> None:
    for key in new_task.after:
        change.session.add(Dependency(task=task.id, after=change.task(key).id))
    for key in new_task.before:
        follower = change.task(key)
        if follower.status in CLOSED or follower.begun_at is not None:
            raise Refused(f'task "{key}" has begun; nothing can be put before it')
        change.session.add(Dependency(task=follower.id, after=task.id))
        if not_begun(follower):
            take_back(change, follower, why=f"{task.key} comes first")
    change.session.flush()
    change.look_again()
    no_cycle(change)
