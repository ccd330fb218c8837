"""Sweeps over many launches, with no task due and with many, against raw queries and limits."""

from __future__ import annotations

import multiprocessing
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from bench.measure import Comparison, Measurement, print_table, side_by_side
from launch_kits.database.records import Launch, Notice, OverviewRow, Task
from launch_kits.database.store import Store
from launch_kits.plan import State
from launch_kits.settings import Settings
from launch_kits.verbs import due_launches
from launch_kits.views.overview import version_of_figures
from launch_kits.worker.step import sweep_due

NOW = datetime(2027, 1, 11, 15, tzinfo=UTC)
TASKS = 100_000
LAUNCHES = 1_000
#: characters in a snapshot of brief, kit and ledgers, about as many as in the example
SNAPSHOT = 60_000
#: the queries of a sweep in raw SQL
DUE = "SELECT launch FROM task WHERE look_at <= ?"
OWING = "SELECT launch FROM task WHERE document_owed_at IS NOT NULL"
#: the most seconds of CPU and MiB of memory that a sweep with nothing to do may take
SECONDS = 2.0
MEMORY = 400.0
#: the days of a launch that keep their first value as their baseline
DAYS = ("release_on", "launch_on")
#: the days of a task
WORK = ("start", "finish", "due")


def filled(path: Path) -> Store:
    """A database of running launches.

    Every task is open, its message is sent, and it is due for a look from tomorrow on.
    """
    store = Store(f"sqlite:///{path}")
    brief = {"text": "." * SNAPSHOT}
    day = NOW.date()
    with store.write() as session:
        connection = session.connection()
        connection.execute(
            insert(Launch),
            [
                {
                    "slug": f"launch-{number}",
                    "product": "Falcon 2",
                    "kit": "major_release",
                    "tier": 1,
                    "status": "running",
                    "brief": brief,
                    **dict.fromkeys(("planned_at", "opened_at"), NOW),
                    **dict.fromkeys(("begin_on", *DAYS), day),
                    **dict.fromkeys((f"baseline_{name}" for name in DAYS), day),
                }
                for number in range(LAUNCHES)
            ],
        )
        connection.execute(insert(Task), [_task(number) for number in range(TASKS)])
        connection.execute(insert(Notice), [_notice(number) for number in range(TASKS)])
        kept = [f"launch-{number}" for number in range(LAUNCHES)]
        connection.execute(insert(OverviewRow), [_figures(slug) for slug in kept])
    return store


def _task(number: int) -> dict[str, object]:
    owner = f"owner-{number % 50}@example.com"
    return {
        "launch": f"launch-{number % LAUNCHES}",
        "key": f"task-{number // LAUNCHES}",
        "position": number // LAUNCHES,
        **dict.fromkeys(("stage", "stage_title", "title", "role"), "story"),
        **dict.fromkeys(("owner", "baseline_owner"), owner),
        **dict.fromkeys(("days", "baseline_days"), 2),
        "share": 1.0,
        "anchor": "launch",
        "start_by": NOW.date(),
        **dict.fromkeys(WORK, NOW.date()),
        **dict.fromkeys((f"planned_{name}" for name in WORK), NOW.date()),
        **dict.fromkeys((f"baseline_{name}" for name in WORK), NOW.date()),
        "workdays": [],
        "edited": [],
        "critical": False,
        "audience": "internal",
        "checklist": [],
        "status": "doing",
        "look_at": NOW + timedelta(days=1, minutes=number % 40_000),
    }


def _notice(number: int) -> dict[str, object]:
    launch = f"launch-{number % LAUNCHES}"
    task = f"task-{number // LAUNCHES}"
    to = f"owner-{number % 50}@example.com"
    return {
        "key": f"task:{launch}:{task}:{to}:1",
        "kind": "task",
        "launch": launch,
        "task": task,
        "to": to,
        "status": "sent",
        "attempts": 1,
        **dict.fromkeys(("filed_at", "send_after", "sent_at"), NOW),
        "facts": {},
        "outdated": False,
    }


def _figures(slug: str) -> dict[str, object]:
    """The figures that an earlier sweep of the day kept."""
    return {
        "launch": slug,
        "revision": 0,
        "version": version_of_figures(),
        "since": NOW,
        "until": NOW + timedelta(hours=9),
        "readiness": 0.5,
        "late": 0,
        "state": str(State.ON_TRACK),
        "tasks_open": TASKS // LAUNCHES,
    }


def by_hand(path: Path, now: datetime) -> Callable[[], object]:
    """The same queries to SQLite itself, on a new connection."""

    def run() -> tuple[list[str], list[str]]:
        connection = sqlite3.connect(path)
        due = [
            slug
            for (slug,) in connection.execute(DUE, (f"{now:%Y-%m-%d %H:%M:%S.%f}",))
        ]
        owing = [slug for (slug,) in connection.execute(OWING)]
        connection.close()
        return due, owing

    return run


def finding(store: Store, now: datetime) -> Callable[[], list[str]]:
    def run() -> list[str]:
        with store.read() as session:
            return due_launches(session, now=now)

    return run


def measurements() -> Iterator[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "launch-kits.db"
        store = filled(path)
        yield Measurement(
            f"sweep, nothing due of {TASKS:,} tasks : raw SQL",
            lambda: nothing_due(store, path),
        )
        found: list[tuple[float, float]] = []

        def whole(which: int) -> float:
            if not found:
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    found.append(pool.apply(whole_sweep, (folder,)))
            return found[0][which]

        nothing = f"a whole sweep, nothing due of {LAUNCHES:,} launches"
        yield Measurement(
            f"{nothing}: CPU s, against {SECONDS:g}",
            lambda: Comparison(whole(0), SECONDS, 1.0),
        )
        yield Measurement(
            f"its process in MiB, against {MEMORY:g}",
            lambda: Comparison(whole(1), MEMORY, 1.0),
        )
        yield Measurement(
            "finding launches, 7,200 tasks due : raw SQL",
            lambda: many_due(store, path),
        )
        store.close()


def whole_sweep(folder: str) -> tuple[float, float]:
    """Sweep in a process of its own; returns its seconds of CPU, and its most MiB of memory."""
    from launch_kits.board.follow_up import sweep_once

    settings = Settings.read({"LAUNCH_KITS_HOME": folder})
    store = Store(settings.database_url)
    started = time.process_time()
    said, problems = sweep_once(store, settings=settings, now=NOW)
    took = time.process_time() - started
    store.close()
    assert said.startswith("swept: 0 notices"), said
    assert not problems.warnings, problems
    # what `getrusage` says includes the process that this one was started by
    status = Path("/proc/self/status").read_text()
    most = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return took, int(most.split()[1]) / 1024


def nothing_due(store: Store, path: Path) -> Comparison:
    assert sweep_due(store, now=NOW) == []
    times = side_by_side(lambda: sweep_due(store, now=NOW), by_hand(path, NOW), 50)
    return Comparison(*times, 5.0)


def many_due(store: Store, path: Path) -> Comparison:
    later = NOW + timedelta(days=3)
    assert len(finding(store, later)()) == LAUNCHES
    times = side_by_side(finding(store, later), by_hand(path, later), 20)
    return Comparison(*times, 5.0)


if __name__ == "__main__":
    print_table(measurements())
