from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from launch_kits.database.records import (
    CLOSED,
    OPEN,
    Dependency,
    Event,
    Extension,
    Launch,
    Notice,
    Task,
    TaskStatus,
)
from launch_kits.database.store import Store
from tests.launches import NOW, at

LAUNCH = {
    "slug": "falcon-2",
    "product": "Falcon 2",
    "kit": "small",
    "tier": 1,
    "status": "running",
    "brief": {},
    "begin_on": date(2027, 1, 11),
    "release_on": date(2027, 2, 9),
    "launch_on": date(2027, 2, 9),
    "baseline_release_on": date(2027, 2, 9),
    "baseline_launch_on": date(2027, 2, 9),
    "planned_at": NOW,
    "opened_at": NOW,
}
DAY = date(2027, 1, 13)
TASK = {
    "id": 1,
    "launch": "falcon-2",
    "key": "positioning",
    "position": 0,
    "stage": "story",
    "stage_title": "Story",
    "title": "Positioning",
    "role": "pmm",
    "owner": "pmm@example.com",
    "days": 3,
    "anchor": "launch",
    **dict.fromkeys(
        (
            "start",
            "finish",
            "start_by",
            "due",
            "planned_due",
            "planned_start",
            "planned_finish",
            "baseline_start",
            "baseline_finish",
            "baseline_due",
        ),
        DAY,
    ),
    "share": 1.0,
    "workdays": [],
    "edited": [],
    "baseline_owner": "pmm@example.com",
    "baseline_days": 3,
    "critical": False,
    "audience": "internal",
    "checklist": [],
    "status": "waiting",
}
OTHER = TASK | {"id": 2, "key": "research", "position": 1}
LINK = {"task": 2, "after": 1, "lag": 0}
EXTENSION = {
    "task": 1,
    "until": DAY,
    "due_before": DAY,
    "by": "pmm@example.com",
    "asked_at": NOW,
    "status": "asked",
}
EVENT = {
    "launch": "falcon-2",
    "at": NOW,
    "by": "lead@example.com",
    "verb": "start",
    "data": {},
}
NOTICE = {
    "key": "task:falcon-2:positioning:pmm@example.com:1",
    "kind": "task",
    "launch": "falcon-2",
    "task": "positioning",
    "to": "pmm@example.com",
    "status": "pending",
    "filed_at": NOW,
    "send_after": NOW,
    "facts": {},
}
GOOD: dict[type[SQLModel], dict[str, Any]] = {
    Dependency: LINK,
    Extension: EXTENSION,
    Event: EVENT,
    Notice: NOTICE,
}


def write(store: Store, table: type[SQLModel], row: dict[str, Any]) -> None:
    with store.write() as session:
        session.connection().execute(insert(table.__table__), [row])


@pytest.fixture
def filled(store: Store) -> Iterator[Store]:
    write(store, Launch, LAUNCH)
    write(store, Task, TASK)
    write(store, Task, OTHER)
    for table, row in GOOD.items():
        write(store, table, row)
    return store


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        pytest.param(
            Launch,
            {"slug": "falcon-3", "status": "paused"},
            id="a launch of unknown status",
        ),
        pytest.param(
            Launch,
            {"slug": "falcon-3", "ended_at": NOW},
            id="a running launch that has ended",
        ),
        pytest.param(
            Launch,
            {"slug": "falcon-3", "status": "done"},
            id="a launch done at no time",
        ),
        pytest.param(
            Launch,
            {"slug": "falcon-3", "status": "cancelled"},
            id="a launch cancelled at no time",
        ),
        pytest.param(
            Launch, {"slug": "falcon-3", "product": None}, id="a launch of no product"
        ),
        pytest.param(Launch, {}, id="two launches of one name"),
        pytest.param(Task, {"id": 3, "key": "positioning"}, id="two tasks of one key"),
        pytest.param(
            Task, {"id": 3, "key": "x", "launch": "kestrel"}, id="a task of no launch"
        ),
        pytest.param(
            Task, {"id": 3, "key": "x", "owner": None}, id="a task without an owner"
        ),
        pytest.param(
            Task,
            {"id": 3, "key": "x", "status": "overdue"},
            id="a task of unknown status",
        ),
        pytest.param(
            Task, {"id": 3, "key": "x", "days": -1}, id="a task of negative length"
        ),
        pytest.param(
            Task, {"id": 3, "key": "x", "status": "done"}, id="a task done at no time"
        ),
        pytest.param(
            Task,
            {"id": 3, "key": "x", "status": "doing", "done_at": NOW},
            id="an open task with its end",
        ),
        pytest.param(
            Task,
            {"id": 3, "key": "x", "status": "blocked"},
            id="a blocked task that forgot",
        ),
        pytest.param(
            Task,
            {"id": 3, "key": "x", "status_before": "ready"},
            id="a free task with a status before",
        ),
        pytest.param(
            Dependency, {"task": 1, "after": 1}, id="a task that waits for itself"
        ),
        pytest.param(
            Dependency, {"task": 1, "after": 2, "lag": -1}, id="a negative lag"
        ),
        pytest.param(Dependency, {}, id="two links between the same tasks"),
        pytest.param(Dependency, {"task": 1, "after": 99}, id="a link to no task"),
        pytest.param(Extension, {}, id="a second request while one is not answered"),
        pytest.param(
            Extension,
            {"task": 2, "status": "maybe", "answered_at": NOW},
            id="an unknown answer",
        ),
        pytest.param(
            Extension,
            {"task": 2, "answered_at": NOW},
            id="an answer while it is still asked",
        ),
        pytest.param(
            Extension, {"task": 2, "status": "granted"}, id="an answer at no time"
        ),
        pytest.param(Event, {"launch": "kestrel"}, id="an event of no launch"),
        pytest.param(Event, {"verb": None}, id="an event without a verb"),
        pytest.param(Event, {"verb": "frobnicate"}, id="an event of unknown verb"),
        pytest.param(Notice, {}, id="two notices of one key"),
        pytest.param(
            Notice, {"key": "k", "launch": "kestrel"}, id="a notice of no launch"
        ),
        pytest.param(
            Notice, {"key": "k", "kind": "gossip"}, id="a notice of unknown kind"
        ),
        pytest.param(
            Notice, {"key": "k", "status": "lost"}, id="a notice of unknown status"
        ),
        pytest.param(
            Notice, {"key": "k", "status": "sending"}, id="a claim without a lease"
        ),
        pytest.param(
            Notice, {"key": "k", "lease_until": NOW}, id="a lease without a claim"
        ),
        pytest.param(
            Notice, {"key": "k", "status": "sent"}, id="a notice sent at no time"
        ),
    ],
)
def test_the_database_refuses(
    filled: Store, table: type[SQLModel], changes: dict[str, Any]
) -> None:
    good = {Launch: LAUNCH, Task: TASK} | GOOD
    with pytest.raises(IntegrityError):
        write(filled, table, good[table] | changes)


def test_the_database_refuses_a_change_into_a_bad_row(filled: Store) -> None:
    with pytest.raises(IntegrityError), filled.write() as session:
        session.exec(
            update(Task).where(Task.key == "positioning").values(status="done")
        )
    with filled.read() as session:
        assert (
            session.exec(
                select(Task.status).where(Task.key == "positioning")
            ).scalar_one()
            == "waiting"
        )


def test_an_answered_request_leaves_room_for_the_next(filled: Store) -> None:
    with filled.write() as session:
        session.exec(update(Extension).values(status="refused", answered_at=NOW))
    write(filled, Extension, EXTENSION)


def test_a_launch_takes_all_of_its_rows_with_it(filled: Store) -> None:
    with filled.write() as session:
        session.delete(session.get(Launch, "falcon-2"))
    with filled.read() as session:
        for table in SQLModel.metadata.sorted_tables:
            assert not session.connection().execute(table.select()).all(), table.name


@pytest.mark.parametrize(
    "instant",
    [at("01-11", zone=at("01-11").tzinfo), at("07-01", 23, 59)],
    ids=["in winter", "in summer"],
)
def test_an_instant_comes_back_as_the_same_instant(
    filled: Store, instant: datetime
) -> None:
    with filled.write() as session:
        session.exec(
            update(Task).where(Task.key == "positioning").values(ready_at=instant)
        )
    with filled.read() as session:
        found = session.exec(
            select(Task.ready_at).where(Task.key == "positioning")
        ).scalar_one()
    assert found == instant
    assert found.tzinfo is not None


def test_open_and_closed_are_all_statuses_of_a_task() -> None:
    assert set(OPEN) | set(CLOSED) == set(TaskStatus)
    assert not set(OPEN) & set(CLOSED)


@pytest.mark.parametrize(
    ("status", "before", "deputy", "answerable", "awaited"),
    [
        ("waiting", None, None, "pmm", None),
        ("doing", None, None, "pmm", "pmm"),
        ("doing", None, "ops", "pmm", "ops"),
        ("review", None, None, "legal", "legal"),
        ("review", None, "ops", "legal", "ops"),
        ("blocked", "review", "ops", "legal", None),
        ("blocked", "doing", None, "pmm", None),
        ("done", None, "ops", "pmm", None),
    ],
)
def test_a_task_is_awaited_from_the_one_whose_turn_it_is_or_their_deputy(
    status: str, before: str | None, deputy: str | None, answerable: str, awaited: str
) -> None:
    task = Task(
        status=status,
        status_before=before,
        owner="pmm",
        approver="legal",
        in_hands_of=deputy,
    )
    assert (task.answerable, task.awaited) == (answerable, awaited)
