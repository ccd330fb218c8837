"""The sweep.

What is due is opened, what is owed is delivered, and every launch has a run that is up to date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from sqlmodel import col, select

from launch_kits import outbox
from launch_kits.board import runs
from launch_kits.board.address import api_auth, api_url
from launch_kits.board.client import connected
from launch_kits.board.repair import Remedy, Repairer, diagnose, launches_to_watch
from launch_kits.database.records import Task
from launch_kits.database.store import Store
from launch_kits.errors import DeliveryError, LaunchKitsError
from launch_kits.settings import Settings
from launch_kits.worker import step

__all__ = ["SweepReport", "owing_documents", "sweep"]

SAID = {
    Remedy.CREATE: "given a run",
    Remedy.RESUME: "woken",
    Remedy.RESCHEDULE: "started again",
    Remedy.CANCEL: "cancelled in Prefect",
    Remedy.DRAW: "drawn",
}


@dataclass(slots=True)
class SweepReport:
    """What a sweep did, and what went wrong."""

    sent: int = 0
    #: launch → what was done for it
    mended: dict[str, Remedy] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    #: what there is to say of notices that an earlier delivery gave up
    undelivered: str | None = None

    def __str__(self) -> str:
        done = [
            f"{count} {SAID[remedy]}"
            for remedy, count in sorted(Counter(self.mended.values()).items())
        ]
        told = [f"{self.sent} notices sent"] if self.sent else []
        dead = [self.undelivered] if self.undelivered else []
        return "swept: " + (
            ", ".join([*told, *done, *self.problems, *dead]) or "nothing to do"
        )


def sweep(
    store: Store,
    *,
    settings: Settings,
    now: datetime,
    write: Callable[[str], None] | None = None,
) -> SweepReport:
    """One sweep over all launches. Looks at how things stand alone, so one that fails is made up
    for by the next.

    What fails for one launch is named in ``problems`` and does not hold up the others; raises
    PrefectError where the Prefect API is away, DatabaseError where the database is.
    """
    report = SweepReport()
    step.sweep_due(store, now=now)
    try:
        # First, so that nobody is asked for work on a launch whose run was cancelled.
        with connected(api_url(settings), auth=api_auth(settings)) as client:
            _mend(Repairer(client, store, settings, now), report)
    finally:
        _deliver(store, report, settings=settings, now=now, write=write)
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


def _mend(repairer: Repairer, report: SweepReport) -> None:
    working = owing_documents(
        repairer.store, now=repairer.now, every=repairer.settings.sweep_every
    )
    launches = launches_to_watch(repairer.store, now=repairer.now)
    found = runs.read(
        repairer.client,
        [launch.flow_run_id for launch in launches if launch.flow_run_id],
    )
    run_of = {str(run.id): run for run in found}
    for launch in launches:
        run = run_of.get(launch.flow_run_id or "")
        remedy = diagnose(launch, run, working=working, now=repairer.now)
        if remedy is Remedy.NOTHING:
            continue
        try:
            repairer.mend(launch.slug, run, remedy)
            report.mended[launch.slug] = remedy
        except (LaunchKitsError, httpx.HTTPStatusError) as error:
            report.problems.append(f"{launch.slug}: {error}")


def owing_documents(store: Store, *, now: datetime, every: int) -> set[str]:
    """The launches to wake for a document that is owed, by sweeps that come ``every`` so many
    seconds.

    At once, then ever more seldom: after 1, 2, 4, 8 … sweeps. A template that stays broken would
    otherwise leave a failed task run in the launch's graph with every sweep.
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
        if since and _its_turn((now - since).total_seconds(), every)
    }


def _its_turn(age: float, every: int) -> bool:
    """Whether an age, in sweeps, passed a power of two since the sweep before."""
    return (
        int(age // every).bit_length() != int((age - every) // every).bit_length()
        if age >= every
        else True
    )
