"""Views of a launch, written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from launch_kits.database.records import LaunchStatus, Notice, TaskStatus
from launch_kits.plan import PlanInput, Work
from launch_kits.verbs.task_changes import TaskChange
from launch_kits.views.answer_kinds import AnswerKind, ToDecide
from launch_kits.views.launch import LaunchView, TaskView
from launch_kits.views.notices.task_notice import TaskNotice
from launch_kits.views.personal_queue import QueuedAnswer
from launch_kits.views.reader import Reader
from launch_kits.views.running_plan import RunningPlan
from launch_kits.workdays.calendar import Calendar

#: Monday 1 February 2027, 10:00 in New York
NOW = datetime(2027, 2, 1, 15, tzinfo=UTC)

READER = Reader(
    today=date(2027, 2, 1),
    zone=ZoneInfo("America/New_York"),
    calendar=Calendar(),
    names={
        "lead@example.com": "Product lead",
        "legal@example.com": "Counsel",
        "pmm@example.com": "Product marketing",
    },
)


def due_moved(title: str, owner: str, before: date, after: date) -> TaskChange:
    return TaskChange(
        key=title.casefold(),
        title=title,
        owner=owner,
        field="due",
        before=before.isoformat(),
        after=after.isoformat(),
        due_before=before,
        due=after,
        float_days=0,
    )


def task(
    key: str = "battlecard:redis",
    title: str = "Battlecard: Redis Open Source",
    **other: object,
) -> TaskView:
    values: dict[str, object] = {
        "launch": "valkey-9",
        "key": key,
        "stage": "sales_readiness",
        "stage_title": "Sales readiness",
        "title": title,
        "role": "pmm",
        "owner": "pmm@example.com",
        "owner_name": "Product marketing",
        "backup": None,
        "approver": None,
        "awaited": "pmm@example.com",
        "days": 3,
        "after": (),
        "anchor": "launch",
        "start": date(2027, 1, 28),
        "finish": date(2027, 2, 1),
        "start_by": date(2027, 2, 2),
        "planned_start": date(2027, 1, 28),
        "planned_finish": date(2027, 2, 1),
        "due": date(2027, 2, 4),
        "critical": False,
        "status": TaskStatus.READY,
        "overdue": False,
        "float_days": 4,
        "checklist": ("Every claim has a source", '"Where they win" is honest'),
        "template": "battlecard.md.j2",
        "audience": "internal",
        "link": None,
        "document": Path("/documents/valkey-9/battlecard-redis.md"),
        "ready_at": NOW,
        "handed_out_at": NOW,
        "begun_at": None,
        "submitted_at": None,
        "done_at": None,
        "blocked_by": None,
        "asked_until": None,
    }
    return TaskView(**{**values, **other})


def plan_without_work() -> RunningPlan:
    """A plan that lands on its day."""
    return RunningPlan(
        PlanInput(
            [],
            calendar=Calendar(),
            begin_on=date(2026, 11, 23),
            release_on=date(2027, 2, 16),
            launch_on=date(2027, 3, 2),
        ),
        planned=[],
        due={},
        due_set=frozenset(),
        today=date(2027, 2, 1),
        ended=None,
    )


def plan_of(tasks: Iterable[TaskView]) -> RunningPlan:
    """A plan in which the open tasks have their float; none waits for another."""
    empty = plan_without_work()
    known = {
        task.key: task.float_days
        for task in tasks
        if task.open and task.float_days is not None
    }
    calendar = empty.given.calendar
    return replace(
        empty,
        given=replace(empty.given, work=[Work(key, 1) for key in known]),
        planned=[Work(key, 1) for key in known],
        due={key: calendar.shift(empty.today, days) for key, days in known.items()},
        due_set=frozenset(known),
    )


def launch(*tasks: TaskView, **other: object) -> LaunchView:
    values: dict[str, object] = {
        "slug": "valkey-9",
        "product": "Valkey 9.0",
        "kit": "major_release",
        "tier": 1,
        "status": LaunchStatus.RUNNING,
        "begin_on": date(2026, 11, 23),
        "first_day": date(2026, 11, 23),
        "release_on": date(2027, 2, 16),
        "launch_on": date(2027, 3, 2),
        "timezone": "America/New_York",
        "channel": "valkey-9-launch",
        "lead": "lead@example.com",
        "today": date(2027, 2, 1),
        "tasks": tasks,
        "revision": 1,
        "drawn": 0,
        "flow_run_id": None,
        "opened_at": NOW,
        "ended_at": None,
        "plan": plan_without_work(),
    }
    return LaunchView(**{**values, **other})


def queued_answer(
    seen: TaskNotice, wanted: AnswerKind, *, until: date | None = None
) -> QueuedAnswer:
    """An answer about a task that its reader owes, as the lists that they open have it."""
    shown = seen.task
    ask = ToDecide(
        wanted=wanted,
        who=seen.notice.to,
        title=shown.title,
        key=shown.key,
        owner=shown.owner_name,
        due=shown.due,
        until=until or shown.asked_until,
    )
    return QueuedAnswer(ask, seen.launch, seen.reader, seen.notice.to, seen)


def notice(
    kind: str = "task",
    task: str | None = "battlecard:redis",
    to: str = "pmm@example.com",
    **facts: object,
) -> Notice:
    return Notice(
        key=f"{kind}:valkey-9:{task or '-'}:{to}:1",
        kind=kind,
        launch="valkey-9",
        task=task,
        to=to,
        filed_at=NOW,
        send_after=NOW,
        facts=facts,
    )
