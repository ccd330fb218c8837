from __future__ import annotations

from collections.abc import Iterator

import pytest

from launch_kits import outbox, verbs
from launch_kits.database.store import Store
from launch_kits.verbs import undo
from launch_kits.verbs.actors import Door
from tests.desk import question
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SALES,
    SLUG,
    notices,
    opened,
    send_all,
    sentence_of,
)


@pytest.fixture
def room(store: Store) -> Iterator[Store]:
    """The small launch, with the launch room as the door."""
    made = Store(opened(store).url, door=Door.ROOM)
    yield made
    made.close()


def test_those_who_were_told_are_told_again(room):
    send_all(room)
    verbs.block(
        room, SLUG, "positioning", by=PMM, note="no data", waits_on=SALES, now=NOW
    )
    send_all(room)
    said = undo(room, SLUG, by=PMM, now=NOW)
    assert SALES in said.message
    told = notices(room, "news", status="pending")
    assert SALES in {each.to for each in told}
    assert PMM not in {each.to for each in told}
    assert {sentence_of(room, each) for each in told} == {
        'Falcon 2: undone: Pia says that it is blocked ("Positioning").'
    }


def test_those_who_were_not_told_yet_never_hear_of_it(room):
    send_all(room)
    verbs.block(
        room, SLUG, "positioning", by=PMM, note="no data", waits_on=SALES, now=NOW
    )
    undo(room, SLUG, by=PMM, now=NOW)
    assert notices(room, "news", status="pending") == []


def test_a_message_that_was_closed_since_is_kept_true_again(room):
    send_all(room)
    verbs.done(room, SLUG, "positioning", by=PMM, now=NOW)
    (message,) = notices(room, "task", key="positioning")
    with room.write() as session:
        outbox.close(session, [message.key], {"why": "done", "on": "2027-01-11"})
    undo(room, SLUG, by=PMM, now=NOW)
    (message,) = notices(room, "task", key="positioning")
    assert message.closed is None
    assert message.outdated


def test_an_answer_can_be_given_again(room):
    verbs.ask(room, SLUG, "Does it fly at night?", by=SALES, now=NOW)
    number = question(room).id
    verbs.answer(room, number, text="No", by=LEAD, now=NOW)
    send_all(room)
    undo(room, SLUG, by=LEAD, now=NOW)
    verbs.answer(room, number, text="Yes", by=LEAD, now=NOW)
    told = notices(room, "answer", status="pending")
    assert {each.to for each in told} >= {SALES}
