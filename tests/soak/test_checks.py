"""The checks at the end of a soak find what they look for."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

from launch_kits.database.records import Event, Notice, NoticeKind, NoticeStatus
from tests.launches import NOW, PMM, SLUG
from tests.soak import checks


def message(key: str, **more: str) -> dict[str, Any]:
    return {"metadata": {"event_payload": {"key": key}}, **more}


def notice(key: str, status: NoticeStatus, error: str | None = None) -> Notice:
    return Notice(
        key=key,
        kind=NoticeKind.TASK,
        launch=SLUG,
        to=PMM,
        status=status,
        filed_at=NOW,
        send_after=NOW,
        error=error,
    )


def test_notices_told_twice_or_never_are_found() -> None:
    slack = SimpleNamespace(
        posted=[
            *(message("once"), message("once", thread_ts="1")),
            *(message("twice"), message("twice"), {"text": "no notice"}),
        ]
    )
    notices = [
        notice("once", NoticeStatus.SENT),
        notice("twice", NoticeStatus.SENT),
        notice("lost", NoticeStatus.SENT),
        notice("dead", NoticeStatus.DEAD, "is_archived"),
        notice("waits", NoticeStatus.PENDING),
    ]
    assert list(checks._undelivered(slack, notices)) == [  # type: ignore[arg-type]
        "twice was posted 2 times",
        "lost counts as sent, and is not in Slack",
        "dead is dead: is_archived",
    ]


def test_acknowledged_requests_that_were_lost_or_done_twice_are_found() -> None:
    def event(task: str, verb: str) -> Event:
        return Event(launch=SLUG, task=task, at=NOW, by=PMM, verb=verb, door="slack")

    events = [
        *(event("a", "note"), event("a", "note"), event("a", "submit")),
        *(event("b", "begin"), event("b", "begin")),
    ]
    acknowledged = Counter(
        {
            (SLUG, "a", "note"): 2,
            (SLUG, "a", "done"): 2,
            (SLUG, "b", "begin"): 1,
            (SLUG, "b", "note"): 1,
        }
    )
    assert list(checks._unacknowledged(events, acknowledged)) == [
        f"{SLUG}/b: begin 2 times, 1 acknowledged",
        f"{SLUG}/b: note 0 times, 1 acknowledged",
    ]


def test_databases_that_are_too_large_are_found() -> None:
    house = SimpleNamespace(sizes=lambda: (61.0, 299.0))
    assert list(checks._too_large(house)) == [  # type: ignore[arg-type]
        "the launch database has 61 MB, more than 60"
    ]
