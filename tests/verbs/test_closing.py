from __future__ import annotations

from datetime import date

import pytest

from launch_kits.database.records import EventVerb
from launch_kits.database.store import Store
from launch_kits.errors import Refused
from launch_kits.verbs import changing, done, extend
from launch_kits.verbs.closing import close_task, open_early
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    at,
    opened,
    pending,
    status,
    task,
    verbs,
)


def test_closing_opens_successors_and_takes_its_notices_back(falcon: Store) -> None:
    assert PMM in pending(falcon, "task", key="positioning")
    with changing(falcon, SLUG, now=NOW) as change:
        outcome = close_task(
            change, change.task("positioning"), by=PMM, verb=EventVerb.DONE, note=None
        )
    assert outcome.message.startswith("positioning is done; ready now: battlecard")
    assert task(falcon, "positioning").done_at == NOW
    assert pending(falcon, "task", key="positioning") == []
    assert verbs(falcon, "positioning")[-1] == "done"


def test_only_a_task_that_a_date_holds_is_opened_early(falcon: Store) -> None:
    with (
        pytest.raises(Refused, match='task "legal_review" waits for positioning'),
        changing(falcon, SLUG, now=NOW) as change,
    ):
        open_early(change, change.task("legal_review"))
    with changing(falcon, SLUG, now=NOW) as change:
        open_early(change, change.task("positioning"))
    assert status(falcon, "positioning") == "ready"


def test_more_time_counts_only_while_its_task_is_open(store: Store) -> None:
    opened(store, level=True)
    until = date(2027, 1, 26)
    extend(store, SLUG, "positioning", until=until, by=LEAD, now=NOW)
    assert task(store, "battlecard:kite").planned_start > until
    found = done(store, SLUG, "positioning", by=PMM, now=at("01-13"))
    assert task(store, "battlecard:kite").planned_start < until
    assert found.effect
    assert "Pia" in found.effect.replanned
    assert found.warnings == ()


def test_work_that_was_granted_no_time_leaves_the_planned_days(store: Store) -> None:
    opened(store, level=True)
    before = task(store, "battlecard:kite").planned_start
    found = done(store, SLUG, "positioning", by=PMM, now=at("01-18"))
    assert (found.effect, task(store, "battlecard:kite").planned_start) == (
        None,
        before,
    )
