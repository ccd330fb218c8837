"""A task put into a running launch by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from launch_kits.database.records import CLOSED, Dependency, EventVerb, Task
from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, NotFound, Refused, suggest
from launch_kits.inputs.base import LEAD
from launch_kits.inputs.kit import KitTask, Stage
from launch_kits.inputs.patterns import LONGEST_NAME, TASK_KEY
from launch_kits.plan import Span, find_cycle
from launch_kits.plan.rollout import Assignment
from launch_kits.verbs.advance import settle
from launch_kits.verbs.day_changes import first_dates
from launch_kits.verbs.drop import not_begun, take_back
from launch_kits.verbs.outcome import Outcome
from launch_kits.verbs.permissions import Verb
from launch_kits.verbs.planned_dates import write_planned
from launch_kits.verbs.replan import plan_now
from launch_kits.verbs.task_rows import task_row
from launch_kits.verbs.transaction import Change, changing
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
    due: date | None = None
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

    Only the lead may. The task is planned from today and told like any other. Raises
    InfeasiblePlan if it makes the plan later than it is, unless ``accept_late``; Refused, NotYours,
    NotFound.
    """
    with changing(store, slug, now=now) as change:
        change.must_run()
        by = change.actor(by, change.lead)
        change.must(by, Verb.ADD)
        late_before = plan_now(change).late_by
        task = _row(change, new_task)
        change.session.add(task)
        change.session.flush()
        _link(change, task, new_task)
        plan = plan_now(change)
        if plan.late_by > late_before and not accept_late:
            raise InfeasiblePlan(
                f"this makes the plan {plan.late_by} working days late; "
                "accept it with --accept-late"
            )
        first_dates(change, task, plan.spans[task.key])
        change.record(
            EventVerb.ADD, by=by, task=task, note=note, due=task.due.isoformat()
        )
        levelled = write_planned(change)
        settle(change)
        return Outcome(
            changed=True,
            message=f"{task.key} is added: {task.owner}, due {task.due}, {task.status}",
            levelled=levelled,
        )


def _row(change: Change, new_task: NewTask) -> Task:
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
    assignment = _assignment(change, new_task, key, there)
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
    change: Change, new_task: NewTask, key: str, there: dict[str, Task]
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
        due=_offset(change, new_task.due),
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


def _offset(change: Change, due: date | None) -> str | None:
    """A due day as the kit would write it, so that it moves with the launch."""
    if due is None:
        return None
    if due < change.today:
        raise Refused(
            f"{due} is past; a new task is due today, {change.today}, or later"
        )
    calendar = change.calendars.launch
    anchor = calendar.last_on_or_before(change.launch.launch_on)
    return str(Offset(calendar.count(anchor, calendar.last_on_or_before(due))))


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
    cycle = find_cycle(change.graph.work(change.calendars, zone=change.zone))
    if cycle:
        raise Refused(f"these tasks would wait for each other: {' → '.join(cycle)}")
