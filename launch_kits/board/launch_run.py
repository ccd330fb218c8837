"""One run of a launch's flow.

What it does between two waits, under a lease that tells others it is alive.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from logging import Logger, LoggerAdapter
from types import TracebackType
from typing import Self, TypeAlias
from uuid import uuid4

import httpx
from prefect import Task, get_run_logger
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State, TaskRun
from prefect.context import FlowRunContext
from prefect.states import Cancelled, Completed

from launch_kits import outbox
from launch_kits.board import runs
from launch_kits.board.board_text import headline
from launch_kits.board.clock import given_or
from launch_kits.board.drawing import draw
from launch_kits.board.start import start_launch
from launch_kits.database import launch_lease
from launch_kits.database.queries import find_launch
from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.errors import (
    DatabaseError,
    DocumentError,
    LaunchKitsError,
    PrefectError,
    Refused,
)
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import resolve
from launch_kits.settings import Settings
from launch_kits.views.facts import read_view
from launch_kits.views.launch import LaunchView, read_launch
from launch_kits.worker import step

__all__ = ["LaunchRun", "may_heal"]

#: seconds between two renewals of the lease
RENEW_EVERY = 15.0
#: seconds for which a run waits until another process lets go of the launch
PATIENCE = 90.0
#: rounds of work in one turn; what changes later wakes the run again
ROUNDS = 5

Log: TypeAlias = "Logger | LoggerAdapter[Logger]"


def may_heal(_task: Task[..., object], _run: TaskRun, state: State[object]) -> bool:
    """Whether it is worth trying again.

    A template that cannot be rendered stays so until somebody mends it.
    """
    return not isinstance(state.result(raise_on_failure=False), DocumentError)


def _warn(problem: str) -> None:
    print(f"warning: {problem}", file=sys.stderr)  # noqa: T201  the console is where the notices of this run go


class LaunchRun:
    """One run of a launch's flow, to be used inside its flow as a context.

    Entering opens the launch where it is not open yet, makes the flow run its own, and takes the
    lease; raises InputError for a brief that is faulty, PastLaunchDay for a launch day before today
    unless ``accept_past``, Refused where another run has the launch, PrefectError where another
    process holds it. Leaving lets go of the lease, after the run was suspended.
    """

    def __init__(
        self, brief: Brief, *, accept_past: bool = False, clock: Callable[[], datetime]
    ) -> None:
        self.slug = brief.launch
        self.settings = Settings.read()
        self.store = Store(self.settings.database_url)
        self._brief = brief
        self._accept_past = accept_past
        self._clock = given_or(clock)
        self._by = uuid4().hex
        self._seen: int | None = None
        self._rounds = 0
        self._over = threading.Event()

    def __enter__(self) -> Self:
        self._open()
        if self.deployed:
            self._own()
        self._take()
        threading.Thread(target=self._keep, name="lease", daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        launch_lease.drop_lease(self.store, self.slug, by=self._by)
        self.store.close()

    @cached_property
    def run(self) -> FlowRun:
        """The flow run that this belongs to."""
        context = FlowRunContext.get()
        if context is None or context.flow_run is None:
            raise PrefectError(
                "a launch's run belongs to a flow run; call the flow, not its function"
            )
        return context.flow_run

    @property
    def deployed(self) -> bool:
        """Whether the run can be suspended and resumed.

        One that was called in some process cannot.
        """
        return self.run.deployment_id is not None

    @property
    def outcome(self) -> State[None] | None:
        """The state to end the run in; None where it has to wait for people."""
        view = self._view()
        if view.status == LaunchStatus.CANCELLED:
            return Cancelled(message=headline(view))
        if view.status == LaunchStatus.DONE or not self.deployed:
            return Completed(message=headline(view))
        return None

    @property
    def documents_owed(self) -> bool:
        """Whether there are documents to write."""
        return bool(step.documents_owed(self.store, self.slug))

    @property
    def notices_owed(self) -> bool:
        """Whether there is something to tell somebody now."""
        return bool(
            outbox.count_pending(
                self.store, self.slug, settings=self.settings, now=self._clock()
            )
        )

    def again(self) -> bool:
        """Whether there is something to do: always at first, then while the launch changes, for so
        many rounds.

        A launch that changes all the time is drawn and suspended all the same: whoever changed it
        wakes the run, and the sweep comes anyway.
        """
        if self._rounds == ROUNDS:
            return False
        with self.store.read() as session:
            revision = find_launch(session, self.slug).revision
        if revision == self._seen:
            return False
        self._rounds += 1
        step.advance(self.store, self.slug, now=self._clock())
        return True

    def write_documents(self) -> None:
        """Write what is owed; raises DocumentError after the others were written."""
        written = step.write_documents(
            self.store, self.slug, settings=self.settings, now=self._clock()
        )
        self._log.info(
            "%d documents written to %s",
            len(written),
            self.settings.documents / self.slug,
        )

    def deliver(self) -> None:
        """Deliver what is owed.

        What fails is given back and named in the log, or on stderr where that is not read.
        """
        write, warn = (
            (self._log.info, self._log.warning) if self.deployed else (None, _warn)
        )
        try:
            done = step.deliver(
                self.store,
                settings=self.settings,
                now=self._clock(),
                launch=self.slug,
                write=write,
            )
        except LaunchKitsError as error:
            warn(str(error))
            raise
        self._log.info("%d notices sent, %d messages edited", done.sent, done.edited)
        for problem in done.problems:
            warn(problem)

    def draw(self) -> None:
        """Bring the board up to date; where Prefect fails, the sweep draws it later."""
        view = self._drawn()
        self._seen = view.revision
        try:
            with get_client(sync_client=True) as client:
                changed = draw(client, self.run, view, now=self._clock())
        except httpx.HTTPError as error:
            self._log.warning(
                "the board could not be drawn (%s); the next sweep tries again", error
            )
            return
        if self.deployed:
            launch_lease.mark_drawn(self.store, self.slug, view.revision)
        if changed:
            self._log.info("%s", headline(view))

    @property
    def _log(self) -> Log:
        return get_run_logger()

    def _view(self) -> LaunchView:
        with self.store.read() as session:
            return read_launch(
                session, self.slug, now=self._clock(), documents=self.settings.documents
            )

    def _drawn(self) -> LaunchView:
        """The launch as the board shows it."""
        folders = self.settings.templates
        with self.store.read() as session:
            return read_view(
                session,
                self.slug,
                now=self._clock(),
                documents=self.settings.documents,
                folders=folders,
            )

    def _launch(self) -> Launch:
        with self.store.read() as session:
            return find_launch(session, self.slug)

    def _open(self) -> None:
        """Open the launch, unless it is open.

        A run from Prefect's form is the first to know of it.
        """
        with self.store.read() as session:
            there = session.get(Launch, self.slug)
        if there is None:
            brief = resolve(self._brief, search=self.settings.path)
            # The form cannot ask whether a late plan is accepted: the log says so, and `move`
            # mends it.
            started = start_launch(
                self.store,
                brief,
                now=self._clock(),
                accept_late=True,
                accept_past=self._accept_past,
            )
            if started.late:
                self._log.warning(
                    "%s; it is open all the same, `launch-kits move` gives it another day",
                    started.late,
                )

    def _own(self) -> None:
        """Make the run the launch's own; raises Refused where another has it, and still lives."""
        own = str(self.run.id)
        if runs.adopt(self.store, self.slug, own, instead_of=None):
            return
        other = self._launch().flow_run_id
        with get_client(sync_client=True) as client:
            living = [
                run
                for run in runs.read(client, [other] if other else [])
                if not runs.over(run)
            ]
        if living or not runs.adopt(self.store, self.slug, own, instead_of=other):
            raise Refused(
                f'launch "{self.slug}" has a run already ({other}); go on there, or give this one another short name'
            )

    def _take(self) -> None:
        until = time.monotonic() + PATIENCE
        while not launch_lease.take_lease(
            self.store, self.slug, by=self._by, now=self._clock()
        ):
            if time.monotonic() >= until:
                raise PrefectError(
                    f'launch "{self.slug}" is held by another process for {PATIENCE:.0f} s; the sweep tries again'
                )
            time.sleep(0.5)

    def _keep(self) -> None:
        """Renew the lease until the run is over.

        One that was lost ends with the run all the same.
        """
        while not self._over.wait(RENEW_EVERY):
            # A database that is busy now is asked again in time: a lease outlasts three renewals.
            with suppress(DatabaseError):
                launch_lease.renew_lease(
                    self.store, self.slug, by=self._by, now=self._clock()
                )
