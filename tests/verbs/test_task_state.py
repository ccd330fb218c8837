from __future__ import annotations

import pytest

from launch_kits.database.store import Store
from launch_kits.errors import NotFound, Refused
from launch_kits.verbs import (
    block,
    done,
    end,
    reopen,
)
from tests.launches import (
    NOW,
    SLUG,
    already,
    brief_with,
    changed,
    dump,
    kit_with,
    launch,
    opened,
)
from tests.verbs.verbs import VERBS


def test_unknown_names_are_refused_with_a_suggestion(falcon: Store) -> None:
    rows = dump(falcon)
    for verb in VERBS.values():
        with pytest.raises(NotFound, match='did you mean "research"'):
            verb(falcon, SLUG, "reserch", now=NOW)
        with pytest.raises(NotFound, match='did you mean "falcon-2"'):
            verb(falcon, "falcon", "research", now=NOW)
    assert dump(falcon) == rows


def test_a_refusal_says_what_is_so_and_what_is_needed(falcon: Store) -> None:
    with pytest.raises(
        Refused,
        match='task "go_live" is waiting; `block` needs ready or doing or review',
    ):
        block(falcon, SLUG, "go_live", now=NOW)


def test_a_refusal_says_that_the_launch_is_over(falcon: Store) -> None:
    changed(end(falcon, SLUG, now=NOW, note="Sold"))
    with pytest.raises(
        Refused, match=r'"research" is dropped, and its launch is over; .* `reopen`'
    ):
        done(falcon, SLUG, "research", now=NOW)
    changed(reopen(falcon, SLUG, "research", now=NOW))
    changed(done(falcon, SLUG, "research", now=NOW))


def test_already_so_holds_for_the_last_task_of_a_launch(store: Store) -> None:
    opened(store, brief_with(kit=kit_with(only=["positioning"])))
    changed(done(store, SLUG, "positioning", now=NOW))
    assert launch(store).status == "done"
    rows = dump(store)
    already(done(store, SLUG, "positioning", now=NOW))
    for verb in ("begin", "block", "note", "extend", "reassign", "drop"):
        with pytest.raises(Refused, match='task "positioning" is done'):
            VERBS[verb](store, SLUG, "positioning", now=NOW)
    assert dump(store) == rows


def test_done_tells_what_is_ready_now(falcon: Store) -> None:
    outcome = done(falcon, SLUG, "positioning", now=NOW)
    assert outcome.message == (
        "positioning is done; ready now: battlecard:osprey, battlecard:kite, legal_review"
    )
