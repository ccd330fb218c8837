from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound
from launch_kits.verbs import advance, ask_for, cancel, done
from tests.launches import (
    KIT,
    LEAD,
    NOW,
    OPS,
    PMM,
    SALES,
    SLUG,
    STRANGER,
    at,
    brief_with,
    dump,
    notices,
    opened,
    task,
)

CARDS = ("battlecard:osprey", "battlecard:kite")


@pytest.fixture
def early(store: Store) -> Store:
    """A launch whose battlecards are ready before their planned start."""
    opened(store, brief_with(kit=KIT | {"handout": None}))
    done(store, SLUG, "positioning", now=NOW)
    return store


def told(store: Store, key: str) -> list[str]:
    return [notice.to for notice in notices(store, "task", key=key)]


def test_the_owner_and_their_backup_can_ask_for_a_task(early: Store) -> None:
    for by in (STRANGER, LEAD, SALES):
        assert not ask_for(early, SLUG, CARDS[0], by=by, now=NOW)
    assert ask_for(early, SLUG, CARDS[0], by=PMM.upper(), now=NOW)
    assert ask_for(early, SLUG, CARDS[1], by=OPS, now=NOW)
    assert [told(early, key) for key in CARDS] == [[PMM], [PMM]]


def test_asking_twice_or_for_a_task_that_is_not_ready_changes_nothing(
    early: Store,
) -> None:
    assert ask_for(early, SLUG, CARDS[0], by=PMM, now=NOW)
    before = dump(early)
    assert not ask_for(early, SLUG, CARDS[0], by=PMM, now=NOW)
    assert not ask_for(early, SLUG, "training", by=SALES, now=NOW)
    assert not ask_for(early, SLUG, "research", by=PMM, now=NOW)
    assert dump(early) == before


def test_a_task_that_was_asked_for_is_reminded_of_like_any_other(early: Store) -> None:
    ask_for(early, SLUG, CARDS[0], by=PMM, now=NOW)
    assert task(early, CARDS[0]).look_at == at("01-15", 9)
    advance(early, SLUG, now=at("01-15", 9))
    assert [notice.to for notice in notices(early, "nudge", key=CARDS[0])] == [PMM]


def test_nothing_can_be_asked_for_in_a_launch_that_has_ended(early: Store) -> None:
    cancel(early, SLUG, now=NOW)
    before = dump(early)
    assert not ask_for(early, SLUG, CARDS[0], by=PMM, now=NOW)
    assert dump(early) == before


def test_an_unknown_task_cannot_be_asked_for(early: Store) -> None:
    with pytest.raises(NotFound):
        ask_for(early, SLUG, "pricing", by=PMM, now=NOW)
