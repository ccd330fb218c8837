from __future__ import annotations

from launch_kits import outbox
from launch_kits.database.records import NoticeKind
from launch_kits.database.store import Store
from tests.launches import NOW, SLUG, notices
from tests.outbox.rows import (
    LATER,
    NUDGE,
    TASK,
    claim,
    file,
    run,
    settle,
)


def test_a_key_says_what_the_notice_is_about(empty: Store) -> None:
    assert file(empty) == "task:falcon-2:research:pmm@example.com:1"
    assert (
        file(empty, kind=NoticeKind.NEWS, task=None, to="#falcon")
        == "news:falcon-2:-:#falcon:1"
    )


def test_the_same_notice_is_filed_once(empty: Store) -> None:
    key = file(empty, facts={"by": "first"})
    assert file(empty, facts={"by": "second"}, send_after=LATER) == key
    assert [(notice.facts, notice.send_after) for notice in notices(empty)] == [
        ({"by": "first"}, NOW)
    ]


def test_a_notice_sent_is_not_filed_again(empty: Store) -> None:
    key = file(empty)
    claim(empty)
    settle(empty, key)
    file(empty)
    assert [notice.status for notice in notices(empty)] == ["sent"]


def test_occasions_are_counted_for_each_task_and_kind(empty: Store) -> None:
    file(empty, "1")
    file(empty, "2")
    file(empty, "1", task=None)
    with empty.read() as session:
        assert outbox.occasions(session, TASK, SLUG, "research") == 2
        assert outbox.occasions(session, TASK, SLUG, None) == 1
        assert outbox.occasions(session, TASK, SLUG, "positioning") == 0
        assert outbox.occasions(session, NUDGE, SLUG, "research") == 0


def test_only_pending_notices_are_dropped(empty: Store) -> None:
    sent = file(empty, "1")
    sending = file(empty, "2")
    waiting = file(empty, "3", send_after=LATER)
    claim(empty, limit=1)
    settle(empty, sent)
    claim(empty)
    nudge = file(empty, kind=NUDGE)
    other = file(empty, task="positioning")
    run(
        empty,
        outbox.drop,
        launch=SLUG,
        task="research",
        kinds=[TASK],
        why="the task is done",
    )
    found = {notice.key: notice.status for notice in notices(empty)}
    assert found == {
        sent: "sent",
        sending: "sending",
        waiting: "dropped",
        nudge: "pending",
        other: "pending",
    }
    run(empty, outbox.drop, launch=SLUG, kinds=list(NoticeKind), why="cancelled")
    assert {notice.status for notice in notices(empty)} == {
        "sent",
        "sending",
        "dropped",
    }
