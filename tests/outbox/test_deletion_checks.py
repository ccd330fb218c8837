from __future__ import annotations

from datetime import timedelta

from launch_kits import outbox
from launch_kits.database.store import Store
from launch_kits.outbox.deletion_checks import (
    AGAIN,
    EVERY,
    OLDEST,
    note_look,
    note_scan,
    to_look_for,
)
from tests.launches import NOW
from tests.outbox.rows import NUDGE, claim, file, run, settle

DAY = NOW + timedelta(days=1)


def sent(store: Store, occasion: str, **changes: object) -> str:
    key = file(store, occasion, **changes)
    claim(store)
    settle(store, key)
    return key


def due(store: Store, now=DAY) -> dict[str, list[str]] | None:
    found = run(store, to_look_for, now=now)
    if found is None:
        return None
    return {channel: [each.key for each in those] for channel, those in found.items()}


def test_living_messages_of_earlier_days_are_looked_for_once_a_day(
    empty: Store,
) -> None:
    key = sent(empty, "1")
    closed = sent(empty, "2", kind=NUDGE)
    run(empty, outbox.close, [closed], {"why": "done"})
    sent(empty, "3", kind="digest")
    (channel,) = due(empty) or ()
    assert due(empty) == {channel: [key]}
    assert due(empty, NOW + timedelta(hours=1)) == {}, "it was sent today"
    run(empty, note_look, channel, now=DAY)
    assert due(empty, DAY + AGAIN - timedelta(hours=1)) == {}
    assert due(empty, DAY + AGAIN) == {channel: [key]}


def test_all_conversations_are_gone_through_once_an_hour(empty: Store) -> None:
    sent(empty, "1")
    run(empty, note_scan, now=DAY)
    assert due(empty, DAY + EVERY - timedelta(minutes=1)) is None
    assert len(due(empty, DAY + EVERY) or ()) == 1


def test_a_message_that_slack_may_hide_for_its_age_is_not_missed(empty: Store) -> None:
    sent(empty, "1")
    assert due(empty, NOW + OLDEST + timedelta(hours=1)) == {}
