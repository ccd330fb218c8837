"""Diagnosis and repair of the runs of launches.

Both depend on the present states alone, not on the events that led to them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelled
from sqlmodel import and_, col, or_, select

from launch_kits import verbs
from launch_kits.board import runs
from launch_kits.board.drawing import DRAWN_ON
from launch_kits.board.redraw import redraw
from launch_kits.database import launch_lease
from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.worker import step

__all__ = ["Remedy", "Repairer", "diagnose", "launches_to_watch"]

#: a run that is pending for longer is started again; pulling an image may take minutes
PENDING_FOR = timedelta(minutes=10)
#: how long the run of an ended launch is watched, in case its last step died
ENDED_FOR = timedelta(days=1)
#: the message of runs that Prefect's runner ended when it stopped; these were not cancelled
SHUTDOWN = "Runner is shutting down."


class Remedy(StrEnum):
    """The repair that a launch and its run need."""

    NOTHING = "nothing"
    #: the launch has no run, or Prefect has lost it
    CREATE = "create"
    #: a suspended run has work to do
    RESUME = "resume"
    #: a run ended, or its process died, before the launch did
    RESCHEDULE = "reschedule"
    #: a person cancelled the run in Prefect
    CANCEL = "cancel"
    #: the board is out of date, and no run needs to start for it
    DRAW = "draw"


def diagnose(
    launch: Launch,
    run: FlowRun | None,
    *,
    working: Collection[str],
    now: datetime,
    served_since: datetime | None = None,
) -> Remedy:
    """Choose the repair for a launch, from its record and its run's state.

    ``working`` holds the launches with documents to write. ``served_since`` is the instant at which
    the one process that starts the runs outside work pools began, if it is known.
    """
    live = launch.status == LaunchStatus.RUNNING
    if run is None or run.state is None:
        return Remedy.CREATE if live else Remedy.NOTHING
    if run.state.is_paused() and (launch.slug in working or not live):
        return Remedy.RESUME
    if run.state.is_final() and (live or not _has_ended_well(run.state)):
        cancelled = _cancelled_by_a_person(run.state)
        return Remedy.CANCEL if cancelled else Remedy.RESCHEDULE
    if run.state.is_paused() or run.state.is_final():
        return Remedy.DRAW if _is_behind(launch, run, now=now) else Remedy.NOTHING
    if launch_lease.is_leased(launch, now=now):
        return Remedy.NOTHING
    left = served_since and _left_pending(run, before=served_since, now=now)
    return Remedy.RESCHEDULE if left else _overdue(run.state, live=live, now=now)


def _has_ended_well(state: State[object]) -> bool:
    """Whether a run of an ended launch says so: its process may have died in the last step."""
    return state.is_completed() or _cancelled_by_a_person(state)


def _cancelled_by_a_person(state: State[object]) -> bool:
    return state.is_cancelled() and state.message != SHUTDOWN


def _left_pending(run: FlowRun, *, before: datetime, now: datetime) -> bool:
    """Whether a run was left pending, as the process that should start it ended.

    A process that it started may outlive it for a moment.
    """
    if run.state is None or run.work_pool_name is not None:
        return False
    at = run.state.timestamp
    return run.state.is_pending() and at < before and now - at > launch_lease.LEASE


def _is_behind(launch: Launch, run: FlowRun, *, now: datetime) -> bool:
    """Whether the board must be drawn again.

    It must if the launch has changed, or if it is running and a new day has begun.
    """
    if launch.drawn < launch.revision:
        return True
    today = now.astimezone(ZoneInfo(str(launch.brief.get("timezone", "UTC")))).date()
    return (
        launch.status == LaunchStatus.RUNNING
        and run.labels.get(DRAWN_ON) != today.isoformat()
    )


def _overdue(state: State[object], *, live: bool, now: datetime) -> Remedy:
    """Choose the repair for an active run whose launch has no lease."""
    age = now - state.timestamp
    if state.is_pending():
        return Remedy.RESCHEDULE if age > PENDING_FOR else Remedy.NOTHING
    if age <= launch_lease.LEASE:
        # A run takes its lease just after it begins and drops it just before it ends: this run may
        # be at either moment.
        return Remedy.NOTHING
    if state.type is StateType.CANCELLING:
        return Remedy.CANCEL if live else Remedy.NOTHING
    return Remedy.RESCHEDULE if state.is_running() else Remedy.NOTHING


def launches_to_watch(store: Store, *, now: datetime) -> Sequence[Launch]:
    """The launches whose runs need a look.

    Returns running launches, and those with a run that ended within a day or whose board is out of
    date, in the order in which they were opened.
    """
    behind = col(Launch.drawn) < col(Launch.revision)
    lately = col(Launch.ended_at) > now - ENDED_FOR
    # a launch that ended before it got a run gets none
    with_run = col(Launch.flow_run_id).is_not(None)
    running = Launch.status == LaunchStatus.RUNNING
    query = select(Launch).where(or_(running, and_(with_run, or_(lately, behind))))
    with store.read() as session:
        return session.exec(query.order_by(col(Launch.opened_at), Launch.slug)).all()


@dataclass(frozen=True, slots=True)
class Repairer:
    """Repairs runs with Prefect, the database, the settings and the time."""

    client: SyncPrefectClient
    store: Store
    settings: Settings
    now: datetime

    def mend(self, slug: str, run: FlowRun | None, remedy: Remedy) -> None:
        """Carry out the repair of a launch; raises LaunchKitsError, httpx.HTTPError."""
        if remedy is Remedy.CREATE:
            runs.create(self.client, self.store, slug)
        if run is None:
            return
        if remedy is Remedy.RESUME:
            runs.resume(self.client, run.id)
        elif remedy is Remedy.RESCHEDULE:
            self._reschedule(run)
        elif remedy is Remedy.CANCEL:
            self._cancel(slug, run)
        elif remedy is Remedy.DRAW:
            self._draw(slug, run)

    def _reschedule(self, run: FlowRun) -> None:
        """Start the run again, unless its state has changed since it was read.

        Starting it twice would end the process that was started first.
        """
        current = self.client.read_flow_run(run.id)
        if current.state_id == run.state_id:
            runs.reschedule(self.client, run.id)

    def _cancel(self, slug: str, run: FlowRun) -> None:
        """Cancel the launch because its run was cancelled, and tell its people."""
        verbs.cancel(
            self.store,
            slug,
            by=verbs.PREFECT,
            now=self.now,
            note="its run was cancelled there",
        )
        step.deliver(self.store, settings=self.settings, now=self.now, launch=slug)
        if run.state_type is StateType.CANCELLING:
            # The process that should have ended the run is gone.
            self.client.set_flow_run_state(
                run.id, Cancelled(message="cancelled in Prefect"), force=True
            )
        # Prefect ends the tasks of a cancelled run as well, perhaps over the drawing made now: the
        # board stays behind, so that the next sweep compares it once more.
        self._draw(slug, run, run_is_idle=False)

    def _draw(self, slug: str, run: FlowRun, *, run_is_idle: bool = True) -> None:
        """Draw the launch, unless another process does; ``run_is_idle`` as for `redraw`."""
        redraw(
            self.client,
            self.store,
            run,
            slug,
            settings=self.settings,
            now=self.now,
            run_is_idle=run_is_idle,
        )
