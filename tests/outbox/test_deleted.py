from __future__ import annotations

from launch_kits import outbox
from launch_kits.database.store import Store
from tests.launches import NOW
from tests.outbox.rows import LATER, claim, file, read, run, sent, settle


def test_a_message_is_found_by_its_place(empty: Store) -> None:
    key = sent(empty)
    assert run(empty, outbox.find_at, "D1", "1.2").key == key
    assert run(empty, outbox.find_at, "D1", "1.3") is None


def test_a_deleted_message_is_posted_once_more_under_its_key(empty: Store) -> None:
    key = sent(empty)
    run(
        empty,
        outbox.note,
        key,
        history_ts="1.3",
        file_id="F1",
        file_link="x",
        shown="abc",
    )
    assert run(empty, outbox.post_again, key, now=LATER)
    again = read(empty, key)
    assert (again.status, again.attempts, again.deleted_at) == ("pending", 0, LATER)
    assert (again.ts, again.history_ts, again.file_id, again.shown) == (None,) * 4
    assert again.file_link is None
    assert claim(empty, now=LATER) == [key]
    settle(empty, key, now=LATER)
    assert not run(empty, outbox.post_again, key, now=LATER)
    last = read(empty, key)
    assert (last.status, last.closed) == ("sent", {"why": "deleted"})


def test_a_closed_message_and_other_kinds_are_not_posted_again(empty: Store) -> None:
    key = sent(empty)
    run(empty, outbox.close, [key], {"why": "done"})
    assert not run(empty, outbox.post_again, key, now=LATER)
    assert read(empty, key).closed == {"why": "done"}
    other = file(empty, "2", kind="digest")
    claim(empty)
    settle(empty, other)
    assert not run(empty, outbox.post_again, other, now=LATER)
    assert read(empty, other).status == "sent"


def test_deleted_news_are_posted_again_only_if_they_ask_for_something(
    empty: Store,
) -> None:
    for occasion, event, again in (("3", "help wanted", True), ("4", "decided", False)):
        key = file(empty, occasion, kind="news", facts={"event": event})
        claim(empty)
        settle(empty, key)
        assert run(empty, outbox.post_again, key, now=LATER) is again


def test_its_reader_knew_of_it_from_the_first_time_on(empty: Store) -> None:
    key = sent(empty)
    assert outbox.told_at(read(empty, key)) == NOW
    run(empty, outbox.post_again, key, now=LATER)
    claim(empty, now=LATER)
    run(empty, outbox.release, key, by="a", again_at=LATER, error=None)
    assert read(empty, key).send_after == LATER
    assert outbox.told_at(read(empty, key)) == NOW
