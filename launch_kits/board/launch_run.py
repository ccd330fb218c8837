"""One run of a launch's flow: its work between two waits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from logging import Logger, LoggerAdapter
from types import TracebackType
from typing import NoReturn, Self, TypeAlias

import httpx
from prefect import Task, get_run_logger
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State, TaskRun
from prefect.context import FlowRunContext
from prefect.states import Cancelled, Completed

from launch_kits import outbox
from launch_kits.board import runs
from launch_kits.board.board_text import at_risk, headline, standing
from launch_kits.board.clock import given_or
from launch_kits.board.drawing import draw
from launch_kits.board.lease_keeper import LeaseKeeper
from launch_kits.board.start import start_launch
from launch_kits.board.suspension import suspend
from launch_kits.database import launch_lease
from launch_kits.database.queries import find_launch
from launch_kits.database.records import Launch, LaunchStatus
from launch_kits.database.store import Store
from launch_kits.errors import DocumentError, LaunchKitsError, PrefectError, Refused
from launch_kits.inputs.brief import Brief
from launch_kits.inputs.loading import resolve
from launch_kits.settings import Settings
from launch_kits.settings.place import this_place
from launch_kits.settings.visible import one_line
from launch_kits.views.facts import read_view
from launch_kits.views.launch import LaunchView, read_launch
from launch_kits.views.levelled import shortage
from launch_kits.worker import step

__all__ = ["LaunchRun", "may_heal"]

#: rounds of work before the run waits; a later change wakes the run again
ROUNDS = 5

Log: TypeAlias = "Logger | LoggerAdapter[Logger]"


def may_heal(_task: Task[..., object], _run: TaskRun, state: State[object]) -> bool:
    """Whether a failed task run may succeed if it is tried again.

    A template that cannot be rendered stays so until a person corrects it.
    """
    return not isinstance(state.result(raise_on_failure=False), DocumentError)


def _warn(problem: str) -> None:
    print(f"warning: {one_line(problem)}", file=sys.stderr)  # noqa: T201  notices of this run go to the console too


class LaunchRun:
    """One run of a launch's flow, a context manager for use inside the flow.

    Entering it opens the launch if it is not open yet, makes the flow run the launch's own, and
    takes the lease. Leaving it drops the lease. Entering raises InputError for a faulty brief,
    PastLaunchDay if the launch day is past and ``accept_past`` is not set, Refused if the launch
    has another run, and PrefectError if another process has the lease.
    """

    def __init__(
        self, brief: Brief, *, accept_past: bool = False, clock: Callable[[], datetime]
    ) -> None:
        self.slug = brief.launch
        self.settings = Settings.read()
        url = self.settings.database_url
        self.store = Store(url, door="prefect", origin=this_place())
        self._brief = brief
        self._accept_past = accept_past
        self._clock = given_or(clock)
        self._lease = LeaseKeeper(self.store, self.slug, clock=self._clock)
        self._seen: int | None = None
        self._rounds = 0

    def __enter__(self) -> Self:
        self._open()
        if self.deployed:
            self._own()
        self._lease.take()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lease.drop()
        self.store.close()

    @cached_property
    def run(self) -> FlowRun:
        """The flow run in Prefect; raises PrefectError outside a flow."""
        context = FlowRunContext.get()
        if context is None or context.flow_run is None:
            raise PrefectError(
                "a launch's run belongs to a flow run; call the flow, not its function"
            )
        return context.flow_run

    @property
    def deployed(self) -> bool:
        """Whether the run can be suspended and resumed.

        It cannot if the flow was called as a function.
        """
        return self.run.deployment_id is not None

    @property
    def outcome(self) -> State[None] | None:
        """The final state of the run; None if it has to wait for people."""
        view = self._view()
        if view.status == LaunchStatus.CANCELLED:
            return Cancelled(message=headline(view))
        if view.status == LaunchStatus.DONE or not self.deployed:
            return Completed(message=headline(view))
        return None

    @property
    def documents_owed(self) -> bool:
        """Whether documents have to be written."""
        return bool(step.documents_owed(self.store, self.slug))

    @property
    def notices_owed(self) -> bool:
        """Whether notices have to be delivered now."""
        return bool(
            outbox.count_pending(
                self.store, self.slug, settings=self.settings, now=self._clock()
            )
        )

    def again(self) -> bool:
        """Begin another round of work if the launch has changed.

        Returns True in the first round, then while the launch changes, for a few rounds. A launch
        that changes all the time is suspended too: each change wakes the run, and so does the
        sweep.
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

    def suspend(self) -> NoReturn:
        """End this process's work until the run is resumed.

        Raises Pause, which the flow must let through.
        """
        with get_client(sync_client=True) as client:
            suspend(client, self.run.id, standing(self._view()))

    def write_documents(self) -> None:
        """Write the documents that are due.

        Raises DocumentError after all the other documents are written.
        """
        written = step.write_documents(
            self.store, self.slug, settings=self.settings, now=self._clock()
        )
        self._log.info(
            "%d documents written to %s",
            len(written),
            self.settings.documents / self.slug,
        )

    def deliver(self) -> None:
        """Deliver the notices that are due.

        Notices that fail go back to the outbox. Problems are written to the log, or to stderr if
        the flow was called as a function. Raises LaunchKitsError.
        """
        write = self._log.info if self.deployed else None
        warn = self._log.warning if self.deployed else _warn
        try:
            done = step.deliver(
                self.store,
                settings=self.settings,
                now=self._clock(),
                launch=self.slug,
                write=write,
            )
        except LaunchKitsError as error:
            warn(one_line(str(error)))
            raise
        self._log.info("%d notices sent, %d messages edited", done.sent, done.edited)
        for problem in done.problems:
            warn(one_line(problem))

    def draw(self) -> None:
        """Bring the board up to date; if Prefect fails, the next sweep does it."""
        view, name = self._drawn()
        self._seen = view.revision
        try:
            with get_client(sync_client=True) as client:
                now = self._clock()
                room = self.settings.url
                changed = draw(client, self.run, view, name=name, now=now, room=room)
        except httpx.HTTPError as error:
            self._log.warning(
                "cannot draw the board (%s); the next sweep tries again", error
            )
            return
        if self.deployed:
            launch_lease.mark_sent(
                self.store, self.slug, view.revision, at_risk=at_risk(view)
            )
            launch_lease.mark_drawn(self.store, self.slug, view.revision)
        if changed:
            self._log.info("%s", one_line(headline(view)))

    @property
    def _log(self) -> Log:
        return get_run_logger()

    def _view(self) -> LaunchView:
        with self.store.read() as session:
            return read_launch(
                session, self.slug, now=self._clock(), documents=self.settings.documents
            )

    def _drawn(self) -> tuple[LaunchView, str]:
        """The launch as the board shows it, and the name of its run."""
        with self.store.read() as session:
            view = read_view(
                session,
                self.slug,
                now=self._clock(),
                documents=self.settings.documents,
                folders=self.settings.templates,
            )
            return view, runs.run_name(session, find_launch(session, self.slug))

    def _launch(self) -> Launch:
        with self.store.read() as session:
            return find_launch(session, self.slug)

    def _open(self) -> None:
        """Open the launch if it is not open.

        A run from Prefect's form begins before its launch is open.
        """
        with self.store.read() as session:
            launch = session.get(Launch, self.slug)
        if launch is None:
            brief = resolve(self._brief, search=self.settings.path)
            # Prefect's form cannot ask for a confirmation of a late plan.
            started = start_launch(
                self.store,
                brief,
                now=self._clock(),
                accept_late=True,
                accept_past=self._accept_past,
            )
            if started.late:
                self._log.warning(
                    "%s; the launch is open, change its day with `launch-kits move`",
                    started.late,
                )
            short = shortage(started.levelled) if started.levelled else None
            if short:
                self._log.warning("%s", short)

    def _own(self) -> None:
        """Make the run the launch's own; raises Refused if it has another live run."""
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
                f'launch "{self.slug}" has a run already ({other}); '
                "use that run, or give this launch another short name"
            )
