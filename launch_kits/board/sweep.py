"""The sweep over all launches.

It opens due tasks, delivers pending notices, and repairs the runs of launches.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.board import events, runs
from launch_kits.board.address import api_auth, api_url
from launch_kits.board.client import connected
from launch_kits.board.repair import Remedy, Repairer, diagnose, launches_to_watch
from launch_kits.board.unfinished import finish_requests
from launch_kits.database.records import Task
from launch_kits.database.store import Store
from launch_kits.errors import DeliveryError, LaunchKitsError, PrefectError
from launch_kits.settings import Settings
from launch_kits.verbs import RunningLaunches
from launch_kits.views.overview import keep_overviews
from launch_kits.workdays.in_words import count
from launch_kits.worker import step
from launch_kits.worker.retention import forget_old
from launch_kits.worker.sweeps import note_sweep

__all__ = ["IDLE", "SweepReport", "launches_owing_documents", "sweep"]

#: repair → its words in the report
DONE_WORDS = {
    Remedy.CREATE: "given a run",
    Remedy.RESUME: "woken",
    Remedy.RESCHEDULE: "started again",
    Remedy.CANCEL: "cancelled in Prefect",
    Remedy.DRAW: "drawn",
}

#: the report of a sweep that found nothing to do
IDLE = "swept: nothing to do"


@dataclass(slots=True)
class SweepReport:
    """The work of one sweep and its problems."""

    #: notices sent
    sent: int = 0
    #: launch → its repair
    mended: dict[str, Remedy] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    #: a sentence about notices that an earlier delivery gave up
    undelivered: str | None = None

    @property
    def idle(self) -> bool:
        """Whether the sweep found nothing to do; its words about earlier sweeps do not count."""
        return not (self.sent or self.mended or self.problems)

    def __str__(self) -> str:
        done = [
            f"{count} {DONE_WORDS[remedy]}"
            for remedy, count in sorted(Counter(self.mended.values()).items())
        ]
        sent = [f"{count(self.sent, 'notice')} sent"] if self.sent else []
        given_up = [self.undelivered] if self.undelivered else []
        parts = [*sent, *done, *self.problems, *given_up]
        return f"swept: {', '.join(parts)}" if parts else IDLE


def sweep(
    store: Store,
    *,
    settings: Settings,
    now: datetime,
    write: Callable[[str], None] | None = None,
    served_since: datetime | None = None,
) -> SweepReport:
    """Sweep all launches once, after the requests from Slack that were left unfinished.

    It looks at the present state alone, so the next sweep does the work of one that failed. If one
    launch fails, its problem is reported in ``problems`` and the others go on. ``served_since`` as
    for `diagnose`. Returns the report.
    Raises PrefectError if the Prefect API cannot be reached, DatabaseError if the database cannot.
    """
    report = SweepReport()
    began = time.monotonic()
    finish_requests(store, settings=settings, now=now)
    launches = RunningLaunches(now)
    step.sweep_due(store, now=now, problem=report.problems.append, launches=launches)
    report.problems += step.review_contents(store, settings=settings, now=now)
    try:
        # Repairs come first, so that no one is asked to work on a cancelled launch.
        with connected(api_url(settings), auth=api_auth(settings)) as client:
            repairer = Repairer(client, store, settings, now)
            _mend(repairer, report, served_since=served_since)
    finally:
        _deliver(store, report, settings=settings, now=now, write=write)
    forget_old(store, keep=settings.keep, now=now)
    keep_overviews(store, now=now, view=launches.view)
    seconds = time.monotonic() - began
    problems = len(report.problems)
    note_sweep(store, ended_at=now, seconds=seconds, problems=problems)
    with (
        suppress(PrefectError),
        connected(api_url(settings), auth=api_auth(settings)) as client,
    ):
        events.sweep_event(client, ended_at=now, seconds=seconds, problems=problems)
    return report


def _deliver(
    store: Store,
    report: SweepReport,
    *,
    settings: Settings,
    now: datetime,
    write: Callable[[str], None] | None,
) -> None:
    try:
        delivered = step.deliver(store, settings=settings, now=now, write=write)
    except DeliveryError as error:
        report.problems.append(str(error))
    else:
        report.sent = delivered.sent
        report.problems += delivered.problems
    report.undelivered = outbox.undelivered(store)


def _mend(
    repairer: Repairer, report: SweepReport, *, served_since: datetime | None
) -> None:
    working = launches_owing_documents(
        repairer.store, now=repairer.now, every=repairer.settings.sweep_every
    )
    launches = launches_to_watch(repairer.store, now=repairer.now)
    run_ids = [launch.flow_run_id for launch in launches if launch.flow_run_id]
    run_of = {str(run.id): run for run in runs.read(repairer.client, run_ids)}
    for launch in launches:
        run = run_of.get(launch.flow_run_id or "")
        remedy = diagnose(
            launch, run, working=working, now=repairer.now, served_since=served_since
        )
        if remedy is Remedy.NOTHING:
            continue
        try:
            repairer.mend(launch.slug, run, remedy)
            report.mended[launch.slug] = remedy
        except (LaunchKitsError, httpx.HTTPStatusError) as error:
            report.problems.append(f"{launch.slug}: {error}")


def launches_owing_documents(store: Store, *, now: datetime, every: int) -> set[str]:
    """The launches to wake because a document must be written.

    ``every`` is the number of seconds between two sweeps. A launch is returned at once, then after
    1, 2, 4, 8 … sweeps. Otherwise a template that stays broken would leave a failed task run in the
    graph with every sweep.
    """
    query = (
        select(Task.launch, Task.document_owed_at)
        .where(col(Task.document_owed_at).is_not(None))
        .distinct()
    )
    with store.read() as session:
        owed = session.exec(query).all()
    return {
        slug
        for slug, since in owed
        if since and _is_due((now - since).total_seconds(), every)
    }


def _is_due(age: float, every: int) -> bool:
    """Whether a report is due: after 1, 2, 4, 8 sweeps, and so on."""
    if age < every:
        return True
    before = int((age - every) // every)
    return int(age // every).bit_length() != before.bit_length()
