from __future__ import annotations

from collections.abc import Callable

import pytest

from launch_kits import outbox
from launch_kits.database.records import NoticeStatus
from launch_kits.database.store import Store
from tests.launches import NOW, SLUG
from tests.outbox.rows import (
    TASK,
    claim,
    file,
    outdated,
    read,
    run,
    sent,
    settle,
)


def test_what_was_sent_and_has_changed_is_edited_once(empty: Store) -> None:
    key = file(empty)
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    assert outdated(empty) is None, "what was not sent shows nothing old"
    claim(empty)
    settle(empty, key)
    assert outdated(empty) is None
    run(empty, outbox.outdate, launch=SLUG, task="research", kinds=[TASK])
    found = outdated(empty)
    assert found is not None
    assert found.key == key
    run(empty, outbox.settle_edit, key, changes=found.changes)
    assert outdated(empty) is None


def test_a_change_while_a_message_is_sent_is_edited_in_afterwards(empty: Store) -> None:
    key = file(empty)
    claim(empty)
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    assert outdated(empty) is None
    settle(empty, key)
    assert outdated(empty) is not None


def test_a_printed_line_is_never_edited_whatever_changed_meanwhile(
    empty: Store,
) -> None:
    key = file(empty)
    claim(empty)
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    run(empty, outbox.settle, key, by="a", now=NOW, channel="console", ts=None)
    assert read(empty, key).status == NoticeStatus.SENT
    assert not read(empty, key).outdated


def test_an_edit_whose_process_was_killed_is_still_owed(empty: Store) -> None:
    sent(empty)
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    assert outdated(empty) is not None, "read by one that dies"
    assert outdated(empty) is not None


def test_a_change_while_a_message_is_edited_keeps_it_marked(empty: Store) -> None:
    key = sent(empty)
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    before = read(empty, key).changes
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    run(empty, outbox.settle_edit, key, changes=before)
    assert outdated(empty) is not None


def test_an_edit_that_comes_late_is_made_again(empty: Store) -> None:
    key = sent(empty)
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    slow = read(empty, key).changes
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    run(empty, outbox.settle_edit, key, changes=read(empty, key).changes)
    assert outdated(empty) is None
    run(empty, outbox.settle_edit, key, changes=slow)
    assert outdated(empty) is not None, "the slow one wrote what was true before"


def test_an_edit_that_failed_is_tried_again(empty: Store) -> None:
    key = sent(empty)
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    run(empty, outbox.note, key, error="ratelimited")
    found = outdated(empty)
    assert found is not None
    assert found.error == "ratelimited"


def test_what_hangs_on_a_message_is_owed_from_its_sending_on(empty: Store) -> None:
    key = file(empty)
    claim(empty)
    run(
        empty,
        outbox.settle,
        key,
        by="a",
        now=NOW,
        channel="D1",
        ts="1.2",
        shown="abc",
        more=True,
    )
    found = outdated(empty)
    assert found is not None
    assert (found.shown, found.changes) == ("abc", 1)


@pytest.mark.parametrize(
    ("end", "options"),
    [(outbox.fail, {"error": "gone"}), (outbox.discard, {"why": "untrue"})],
)
def test_what_was_given_up_leaves_nothing_to_edit(
    empty: Store, end: Callable[..., bool], options: dict[str, str]
) -> None:
    key = file(empty)
    claim(empty)
    run(empty, outbox.outdate, launch=SLUG, kinds=[TASK])
    run(empty, end, key, by="a", **options)
    assert not read(empty, key).outdated
