from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import begin, cancel, done, end
from tests.launches import (
    LEAD,
    NOW,
    PMM,
    SLUG,
    at,
    changed,
    events,
    launch,
    notices,
    statuses,
)


def test_open_tasks_are_dropped_with_the_reason_and_the_launch_is_done(
    falcon: Store,
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    begin(falcon, SLUG, "research", now=NOW)
    changed(end(falcon, SLUG, now=at("01-12"), note="The product was sold"))
    found = launch(falcon)
    assert (found.status, found.ended_at) == ("done", at("01-12"))
    assert set(statuses(falcon).values()) == {"done", "dropped"}
    dropped = [each for each in events(falcon) if each.verb == "drop"]
    assert {(each.by, each.note) for each in dropped} == {
        (LEAD, "The product was sold")
    }
    assert "positioning" not in {each.task for each in dropped}
    last = events(falcon)[-1]
    assert (last.verb, last.by, last.note, last.data) == (
        "finished",
        LEAD,
        "The product was sold",
        {"dropped": len(dropped)},
    )
    told = notices(falcon, "news")[-1]
    assert told.facts == {
        "event": "finished",
        "by": LEAD,
        "note": "The product was sold",
        "dropped": len(dropped),
    }


def test_a_cancelled_launch_stays_cancelled(falcon: Store) -> None:
    cancel(falcon, SLUG, now=NOW)
    outcome = end(falcon, SLUG, now=NOW, by=PMM, note="Late")
    assert not outcome.changed
    assert "is cancelled already" in outcome.message
