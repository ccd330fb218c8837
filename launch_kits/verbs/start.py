"""Opening a launch: its plan, its first events and its first notices in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from launch_kits.database.records import EventVerb, Launch, NoticeKind, Task
from launch_kits.database.store import Store
from launch_kits.errors import InfeasiblePlan, PastLaunchDay
from launch_kits.inputs.brief import Brief
from launch_kits.plan.rollout import Rollout
from launch_kits.verbs.actors import via_of
from launch_kits.verbs.advance import settle
from launch_kits.verbs.planned_dates import write_planned
from launch_kits.verbs.task_rows import planned_row
from launch_kits.verbs.transaction import Change
from launch_kits.verbs.turns import tell_of_state
from launch_kits.workdays.in_words import count

if TYPE_CHECKING:
    from launch_kits.plan.levelled_plan import LevelledPlan

__all__ = [
    "StartResult",
    "check_days",
    "open_launch",
    "refuse_late",
    "rollout_of",
]


@dataclass(frozen=True, slots=True)
class StartResult:
    """The result of starting a launch."""

    slug: str
    #: False if the launch existed already
    new: bool
    status: str
    #: why the plan does not hold, if it was started all the same
    late: str | None = None
    #: the plan that its planned dates are from; None without levelling
    levelled: LevelledPlan | None = None


def open_launch(
    store: Store,
    brief: Brief,
    *,
    now: datetime,
    by: str | None = None,
    accept_late: bool = False,
    accept_past: bool = False,
    level: bool = True,
    also: Callable[[Session], None] | None = None,
) -> StartResult:
    """Write a launch as its brief plans it; a launch that is there already stays as it is.

    ``brief`` has its kit and ledgers in place; work begins today in the launch's time zone, or on
    its begin_on if that is later. Planned dates are levelled, with running launches taken as fixed;
    they are the earliest dates if ``level`` is false. ``by`` is the email of the person who starts
    it, by default its lead. ``also`` is done in the same transaction, if the launch is new. Raises
    PastLaunchDay for a launch day before today in that zone, unless ``accept_past``;
    InfeasiblePlan, naming the earliest day that holds, unless ``accept_late``.
    """
    with store.read() as session:
        there = _there(session, brief.launch)
    if there:
        return there
    rollout = rollout_of(brief, now=now)
    late = None
    try:
        check_days(rollout, now=now, accept_past=accept_past)
    except InfeasiblePlan as error:
        if not accept_late:
            raise
        late = str(error)
    try:
        written = _write(store, rollout, now=now, by=by, level=level, also=also)
        return replace(written, late=late)
    except IntegrityError:
        # Another process opened it at the same time: its primary key stood first, and ours left
        # nothing behind.
        with store.read() as session:
            there = _there(session, brief.launch)
        if there is None:
            raise
        return there


def _write(
    store: Store,
    rollout: Rollout,
    *,
    now: datetime,
    by: str | None,
    level: bool,
    also: Callable[[Session], None] | None,
) -> StartResult:
    brief = rollout.brief
    with store.write() as session:
        there = _there(session, brief.launch)
        if there:
            return there
        launch = _launch(rollout, now=now)
        session.add(launch)
        session.flush()
        _write_tasks(session, rollout)
        change = Change(session, launch, now, via=via_of(store))
        change.record(
            EventVerb.START,
            by=change.actor(by, change.lead),
            launch_on=rollout.launch_on.isoformat(),
        )
        change.tell(NoticeKind.HEADLINE, f"#{brief.slack_channel}")
        levelled = write_planned(change) if level else None
        settle(change)
        tell_of_state(change)  # notes the state of the start, which the lead knows
        if also is not None:
            also(session)
    return StartResult(brief.launch, new=True, status=launch.status, levelled=levelled)


def _there(session: Session, slug: str) -> StartResult | None:
    launch = session.exec(select(Launch).where(Launch.slug == slug)).first()
    return StartResult(slug, new=False, status=launch.status) if launch else None


def rollout_of(brief: Brief, *, now: datetime) -> Rollout:
    """The rollout of a launch that starts now.

    Nothing can begin before today in the launch's time zone.
    """
    today = now.astimezone(brief.zone()).date()
    begin_on = max(brief.begin_on or today, today)
    return Rollout(
        brief,
        begin_on=begin_on,
        release_on=brief.released_on,
        launch_on=brief.launch_on,
    )


def check_days(
    rollout: Rollout,
    *,
    now: datetime,
    accept_late: bool = False,
    accept_past: bool = False,
) -> None:
    """Refuse days on which no launch can be opened, unless they are meant.

    A launch day before today, in the launch's time zone, is opened with ``accept_past`` alone; its
    plan cannot hold, so ``accept_late`` is not asked for as well. Raises PastLaunchDay,
    InfeasiblePlan.
    """
    zone = rollout.brief.zone()
    today = now.astimezone(zone).date()
    if rollout.launch_on < today:
        if not accept_past:
            raise PastLaunchDay(
                f"the launch day {rollout.launch_on} is past (today is {today} in "
                f"{zone.key}); name another launch_on, "
                "or start with --on DATE. To open it all the same: "
                "start --accept-past, or accept_past in Prefect"
            )
        return
    if not accept_late:
        refuse_late(rollout)


def refuse_late(rollout: Rollout) -> None:
    """Raise InfeasiblePlan for a plan that does not hold.

    The error names the earliest launch day that does by the dates alone, and the one on which
    people have time for the work, too, if it is found soon.
    """
    late_by = rollout.schedule.late_by
    if not late_by:
        return
    earliest = rollout.earliest_launch_on
    remedy = (
        f"the earliest launch day that holds by the dates alone is {earliest}"
        f"{_for_people(rollout)}: start with --on {earliest}"
        if earliest
        else "no day of the next 500 holds"
    )
    worst = min(
        rollout.schedule.spans.items(),
        key=lambda item: (item[1].float_days, item[1].due),
    )
    raise InfeasiblePlan(
        f"the plan for {rollout.launch_on} does not hold: "
        f"it is {count(late_by, 'working day')} late (worst: {worst[0]}, "
        f"due {worst[1].due}, done {worst[1].finish} at the earliest); "
        f"{remedy}, or accept it with --accept-late"
    )


def _for_people(rollout: Rollout) -> str:
    """Name the first launch day on which people have time, counting this brief alone."""
    on = rollout.load.levelled.near_launch_on
    return f", and people have time for the work by {on}" if on else ""


def _launch(rollout: Rollout, *, now: datetime) -> Launch:
    brief = rollout.brief
    return Launch(
        slug=brief.launch,
        product=brief.product,
        kit=brief.kit_in_place.kit,
        tier=brief.tier,
        brief=brief.model_dump(mode="json", by_alias=True),
        begin_on=rollout.begin_on,
        release_on=rollout.release_on,
        launch_on=rollout.launch_on,
        baseline_release_on=rollout.release_on,
        baseline_launch_on=rollout.launch_on,
        planned_at=now,
        opened_at=now,
    )


def _write_tasks(session: Session, rollout: Rollout) -> None:
    """Insert tasks and dependencies in bulk: as objects they would cost ten times as much."""
    rows = [
        planned_row(rollout, position, *dated)
        for position, dated in enumerate(rollout.dated())
    ]
    if not rows:
        return
    session.connection().execute(insert(SQLModel.metadata.tables["task"]), rows)
    ids = dict(
        session.exec(
            select(Task.key, Task.id).where(Task.launch == rollout.brief.launch)
        ).all()
    )
    dependencies = [
        {"task": ids[assignment.key], "after": ids[before.key], "lag": before.lag}
        for assignment in rollout.assignments
        for before in assignment.after
    ]
    if dependencies:
        session.connection().execute(
            insert(SQLModel.metadata.tables["link"]), dependencies
        )
