"""A launch as people see it at an instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from launch_kits.database.queries import find_launch
from launch_kits.database.records import (
    Decision,
    Launch,
    LaunchStatus,
    Task,
    TaskStatus,
)
from launch_kits.inputs.brief import Brief
from launch_kits.plan import Share, State
from launch_kits.plan.absence import Deputies
from launch_kits.plan.calendars import Calendars
from launch_kits.plan.readiness import GateState, Verdict, verdict
from launch_kits.views.answer_kinds import ToDecide
from launch_kits.views.asks import read_asks
from launch_kits.views.gates import (
    decides_at,
    deciding_task,
    last_decision,
    read_gates,
)
from launch_kits.views.last_acts import NO_ACTS, read_last_acts, read_requests
from launch_kits.views.planned_now import planned_now
from launch_kits.views.running_plan import RunningPlan, read_plan
from launch_kits.views.task import TaskView, items_of, task_view
from launch_kits.views.task_graph import TaskGraph, is_overdue
from launch_kits.views.undelivered import Undelivered, read_undelivered

__all__ = [
    "LaunchView",
    "TaskView",
    "list_launches",
    "read_launch",
    "view_of",
]

_LAUNCH_SAME = (
    *(
        "slug",
        "product",
        "kit",
        "tier",
        "status",
        "begin_on",
        "release_on",
        "launch_on",
    ),
    *("revision", "drawn", "events_sent", "risk_sent"),
    *("flow_run_id", "opened_at", "ended_at"),
)


@dataclass(frozen=True, slots=True)
class LaunchView:
    """A launch with its tasks, gates and figures."""

    slug: str
    product: str
    kit: str
    tier: int
    status: str
    #: the first day of the plan in force: the start, or the last move
    begin_on: date
    #: the first day of the launch's first plan, which no move changes
    first_day: date
    release_on: date
    launch_on: date
    timezone: str
    #: without the #
    channel: str
    #: email
    lead: str
    #: the launch's own day at the instant of the view
    today: date
    tasks: tuple[TaskView, ...]
    revision: int
    drawn: int
    flow_run_id: str | None
    opened_at: datetime
    ended_at: datetime | None
    #: the plan in force and the facts since
    plan: RunningPlan = field(compare=False, repr=False)
    #: the revision up to which Prefect was sent events, and whether the last said at risk
    events_sent: int = -1
    risk_sent: bool = False
    #: the people who act for those who are away
    away: Deputies | None = field(default=None, compare=False, repr=False)
    gates: tuple[GateState, ...] = ()
    #: the stage up to whose position gates count; None counts all gates before the launch
    decides_at: int | None = None
    #: the last decision to go or not
    decision: Decision | None = None
    #: answers and help that people owe besides those about tasks and gates; `owed` tells whose
    asks: tuple[ToDecide, ...] = field(default=(), compare=False, repr=False)
    #: the notices that are dead
    undelivered: tuple[Undelivered, ...] = ()
    #: task key → the parts that changed since its document was written; set by `facts.read_view`
    stale: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def country(self) -> str | None:
        """The country whose holidays and weeks the launch has."""
        return self.plan.given.calendar.country

    @property
    def verdict(self) -> Verdict:
        """Whether the gates let it go, and why not."""
        overdue = [task.title for task in self.tasks if task.overdue]
        return verdict(
            self.gates, overdue=overdue, today=self.today, up_to=self.decides_at
        )

    def name(self, email: str) -> str:
        """The name of a person; outside the team, their email."""
        known = self.away.calendars.brief.person(email) if self.away else None
        return known.name if known else email

    @property
    def has_gone(self) -> bool:
        """Whether a go was decided, and no other go or no-go is to come."""
        gone = self.decision is not None and self.decision.go
        return gone and not any(task.decides for task in self.open_tasks)

    @property
    def readiness(self) -> float:
        """The share of done tasks; dropped tasks do not count.

        Returns 1.0 if there are none.
        """
        kept = [task for task in self.tasks if task.status is not TaskStatus.DROPPED]
        return (
            sum(task.status is TaskStatus.DONE for task in kept) / len(kept)
            if kept
            else 1.0
        )

    @property
    def percent(self) -> int:
        """The readiness in whole percent, rounded down."""
        return int(100 * self.readiness + 1e-9)

    @property
    def late(self) -> int:
        """How many tasks are overdue."""
        return sum(task.overdue for task in self.tasks)

    @property
    def state(self) -> State:
        """How the launch goes, by its facts alone."""
        return self.plan.state(overdue=self.late > 0)

    @property
    def lands_on(self) -> date | None:
        """The day on which the launch lands by the facts.

        Returns None if no day within the horizon holds, or if it was cancelled.
        """
        return self.plan.standing.lands_on if self.plan.standing else None

    @property
    def launched_on(self) -> date | None:
        """The day on which the launch took place; None before that, and if it was cancelled."""
        return self.plan.launched_on

    @property
    def because(self) -> tuple[Share, ...]:
        """The tasks that delay the launch, with their working days; the largest first."""
        return self.plan.because

    @property
    def open_tasks(self) -> tuple[TaskView, ...]:
        """The tasks with work left, in the launch's order."""
        return tuple(task for task in self.tasks if task.open)

    @property
    def next_tasks(self) -> tuple[TaskView, ...]:
        """The open tasks that are not waiting, by due day; those for later come last."""
        active = (
            task for task in self.open_tasks if task.status is not TaskStatus.WAITING
        )
        return tuple(sorted(active, key=lambda task: (task.later, task.due, task.key)))

    def task(self, key: str) -> TaskView | None:
        """The task with a key, or None."""
        return next((task for task in self.tasks if task.key == key), None)


def read_launch(
    session: Session, slug: str, *, now: datetime, documents: Path
) -> LaunchView:
    """Read a launch at an instant.

    ``documents`` is the folder of documents. Raises NotFound.
    """
    return view_of(session, find_launch(session, slug), now=now, documents=documents)


def list_launches(
    session: Session, *, now: datetime, documents: Path, ended: bool = False
) -> list[LaunchView]:
    """The running launches, newest first; with ``ended`` every launch."""
    query = select(Launch)
    if not ended:
        query = query.where(Launch.status == LaunchStatus.RUNNING)
    newest = (col(Launch.opened_at).desc(), col(Launch.slug))
    launches = session.exec(query.order_by(*newest)).all()
    return [
        view_of(session, launch, now=now, documents=documents) for launch in launches
    ]


def view_of(
    session: Session,
    launch: Launch,
    *,
    now: datetime,
    documents: Path,
    calendars: Calendars | None = None,
    graph: TaskGraph | None = None,
) -> LaunchView:
    """A launch's view at an instant; its calendars and graph are made if not given."""
    calendars = calendars or Calendars(Brief.kept(launch.brief))
    brief = calendars.brief
    away = Deputies(calendars, now)
    graph = graph or TaskGraph.read(session, launch.slug)
    today = now.astimezone(brief.zone()).date()
    plan = read_plan(launch, graph=graph, calendars=calendars, today=today)
    acts = read_last_acts(session, launch.slug)
    requests = read_requests(session, launch.slug)
    items = items_of(brief)
    tasks = tuple(
        task_view(
            task,
            brief,
            items=items,
            after=tuple(graph.tasks[before].key for before, _ in graph.waits[task_id]),
            overdue=_overdue(launch, task, brief, now=now),
            expected=plan.forecast.get(task.key),
            document=documents / task.document if task.document else None,
            acts=acts.get(task.key, NO_ACTS),
            requests=tuple(requests.get(task_id, ())),
            away=away,
            last_start=plan.last_start(task.key),
            meant_for=planned_now(task, calendars, launch, graph=graph),
        )
        for task_id, task in graph.tasks.items()
    )
    return LaunchView(
        **{name: getattr(launch, name) for name in _LAUNCH_SAME},
        first_day=_first_day(launch, graph),
        **_of_brief(brief),
        today=today,
        tasks=tasks,
        plan=plan,
        away=away,
        gates=read_gates(session, launch, brief, graph.tasks.values()),
        decides_at=decides_at(brief, deciding_task(graph.tasks.values())),
        decision=last_decision(session, launch.slug),
        asks=read_asks(session, launch, calendars, graph.tasks.values(), now=now),
        undelivered=read_undelivered(session, launch.slug),
    )


def _overdue(launch: Launch, task: Task, brief: Brief, *, now: datetime) -> bool:
    running = launch.status == LaunchStatus.RUNNING
    return running and is_overdue(task, brief.zone(task.owner), now=now)


def _of_brief(brief: Brief) -> dict[str, Any]:
    return {
        "timezone": brief.timezone,
        "channel": brief.slack_channel,
        "lead": brief.lead.email,
    }


def _first_day(launch: Launch, graph: TaskGraph) -> date:
    baseline = [task.baseline_start for task in graph.tasks.values()]
    return min([launch.begin_on, *baseline])
