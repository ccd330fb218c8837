"""What is amiss between the launches and their runs, and how it is mended.

By state alone, whatever has happened.
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
from sqlmodel import col, or_, select

from launch_kits import verbs
from launch_kits.board import runs
from launch_kits.board.drawing import DRAWN_ON, draw
from launch_kits.database import launch_lease
from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.settings import Settings
from launch_kits.views.facts import read_view
from launch_kits.worker import step

__all__ = ["Remedy", "Repairer", "diagnose", "launches_to_watch"]

#: how long a run may be about to start, an image being pulled perhaps, before it is started again
PENDING_FOR = timedelta(minutes=10)
#: how long the run of an ended launch is watched, should its last step have died
ENDED_FOR = timedelta(days=1)
#: what Prefect's runner leaves on the runs that it ends with itself; nobody cancelled those
SHUTDOWN = "Runner is shutting down."


class Remedy(StrEnum):
    """What a launch and its run need."""

    NOTHING = "nothing"
    #: the launch has no run, or Prefect lost it
    CREATE = "create"
    #: a suspended run has something to do
    RESUME = "resume"
    #: a run ended, or its process died, before the launch did
    RESCHEDULE = "reschedule"
    #: somebody cancelled the run in Prefect
    CANCEL = "cancel"
    #: the board is behind and no run has to start for it
    DRAW = "draw"


def diagnose(
    launch: Launch, run: FlowRun | None, *, working: Collection[str], now: datetime
) -> Remedy:
    """What a launch needs, by its record and its run's state.

    ``working`` are the launches that owe documents.
    """
    live = launch.status == LaunchStatus.RUNNING
    if run is None or run.state is None:
        return Remedy.CREATE if live else Remedy.NOTHING
    if run.state.is_paused() and (launch.slug in working or not live):
        return Remedy.RESUME
    if live and _ended_by_somebody(run.state):
        return Remedy.CANCEL
    if live and run.state.is_final():
        return Remedy.RESCHEDULE
    if run.state.is_paused() or run.state.is_final():
        return Remedy.DRAW if _is_behind(launch, run, now=now) else Remedy.NOTHING
    return (
        Remedy.NOTHING
        if launch_lease.is_leased(launch, now=now)
        else _overdue(run.state, live=live, now=now)
    )


def _ended_by_somebody(state: State[object]) -> bool:
    return state.is_cancelled() and state.message != SHUTDOWN


def _is_behind(launch: Launch, run: FlowRun, *, now: datetime) -> bool:
    """Whether something has happened since the board was drawn.

    In a launch that runs, a new day is enough.
    """
    if launch.drawn < launch.revision:
        return True
    today = now.astimezone(ZoneInfo(str(launch.brief.get("timezone", "UTC")))).date()
    return (
        launch.status == LaunchStatus.RUNNING
        and run.labels.get(DRAWN_ON) != today.isoformat()
    )


def _overdue(state: State[object], *, live: bool, now: datetime) -> Remedy:
    """What a run needs that is at work, or about to be, although nobody holds the launch."""
    age = now - state.timestamp
    if state.is_pending():
        return Remedy.RESCHEDULE if age > PENDING_FOR else Remedy.NOTHING
    if age <= launch_lease.LEASE:
        # A step takes its lease just after its run began and lets go just before it ends: this one
        # is in between.
        return Remedy.NOTHING
    if state.type is StateType.CANCELLING:
        return Remedy.CANCEL if live else Remedy.NOTHING
    return Remedy.RESCHEDULE if state.is_running() else Remedy.NOTHING


def launches_to_watch(store: Store, *, now: datetime) -> Sequence[Launch]:
    """The launches whose runs matter.

    Those that run, those just ended, and those whose board is behind.
    """
    query = select(Launch).where(
        or_(
            Launch.status == LaunchStatus.RUNNING,
            col(Launch.ended_at) > now - ENDED_FOR,
            col(Launch.drawn) < col(Launch.revision),
        )
    )
    with store.read() as session:
        return session.exec(query.order_by(col(Launch.opened_at))).all()


@dataclass(frozen=True, slots=True)
class Repairer:
    """What mending needs: Prefect, the database, the settings and the time."""

    client: SyncPrefectClient
    store: Store
    settings: Settings
    now: datetime

    def mend(self, slug: str, run: FlowRun | None, remedy: Remedy) -> None:
        """Do what a launch needs; raises LaunchKitsError, httpx.HTTPError."""
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
        """Start the run again, unless somebody else did so since it was read.

        Its new process would die of it.
        """
        now = self.client.read_flow_run(run.id)
        if now.state_id == run.state_id:
            runs.reschedule(self.client, run.id)

    def _cancel(self, slug: str, run: FlowRun) -> None:
        """End the launch as its run was ended, and tell its people."""
        verbs.cancel(
            self.store,
            slug,
            by=verbs.PREFECT,
            now=self.now,
            note="its run was cancelled there",
        )
        step.deliver(self.store, settings=self.settings, now=self.now, launch=slug)
        if run.state_type is StateType.CANCELLING:
            # Whoever should have ended it is gone.
            self.client.set_flow_run_state(
                run.id, Cancelled(message="cancelled in Prefect"), force=True
            )
        self._draw(slug, run)

    def _draw(self, slug: str, run: FlowRun) -> None:
        with self.store.read() as session:
            folders = self.settings.templates
            view = read_view(
                session,
                slug,
                now=self.now,
                documents=self.settings.documents,
                folders=folders,
            )
        draw(self.client, run, view, now=self.now)
        launch_lease.mark_drawn(self.store, slug, view.revision)
