"""Notices of a launch without tasks, and ways to look at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import delete, select

from launch_kits import outbox
from launch_kits.database.records import Launch, Notice, NoticeKind
from launch_kits.database.store import Store
from tests.launches import NOW, PMM, SLUG

TASK = NoticeKind.TASK
REVIEW = NoticeKind.REVIEW
NUDGE = NoticeKind.NUDGE
LATER = NOW + timedelta(hours=1)


def prepare(store: Store) -> None:
    with store.write() as session:
        session.exec(delete(Launch))
        day = NOW.date()
        session.add(
            Launch(
                slug=SLUG,
                product="Falcon 2",
                kit="small",
                tier=1,
                brief={},
                begin_on=day,
                release_on=day,
                launch_on=day,
                baseline_release_on=day,
                baseline_launch_on=day,
                planned_at=NOW,
                opened_at=NOW,
            )
        )


def file(store: Store, occasion: str = "1", **changes: Any) -> str:
    given: dict[str, Any] = {
        "kind": TASK,
        "launch": SLUG,
        "task": "research",
        "to": PMM,
        "occasion": occasion,
        "now": NOW,
        "send_after": NOW,
    }
    with store.write() as session:
        return outbox.enqueue(session, **(given | changes)).key


def claim(
    store: Store, by: str = "a", *, now: datetime = NOW, **options: Any
) -> list[str]:
    with store.write() as session:
        return [
            notice.key for notice in outbox.claim(session, by=by, now=now, **options)
        ]


def run(store: Store, do: Callable[..., Any], *args: Any, **options: Any) -> Any:
    with store.write() as session:
        return do(session, *args, **options)


def settle(store: Store, key: str, by: str = "a", *, now: datetime = NOW) -> bool:
    return bool(run(store, outbox.settle, key, by=by, now=now, channel="D1", ts="1.2"))


def read(store: Store, key: str) -> Notice:
    with store.read() as session:
        return session.exec(select(Notice).where(Notice.key == key)).one()


def sent(store: Store) -> str:
    key = file(store)
    claim(store)
    settle(store, key)
    return key


def outdated(store: Store) -> Notice | None:
    """The message that has to be brought up to date: there is one, or none."""
    with store.read() as session:
        found = [
            outbox.read_outdated(session, key)
            for key, _ in outbox.pending_edits(session, now=LATER)
        ]
    assert len(found) <= 1
    return found[0] if found else None
