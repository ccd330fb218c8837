from __future__ import annotations

from launch_kits.database.store import Store
from launch_kits.verbs import advance
from tests.launches import PMM, SLUG, at, notices, send_all
from tests.verbs.test_remind import alone


def test_a_new_reminder_closes_the_one_before_it(store: Store) -> None:
    alone(store)
    for day in ("02-03", "02-05", "02-08"):
        advance(store, SLUG, now=at(day))
        send_all(store, now=at(day))
    found = [each for each in notices(store, "nudge") if each.to == PMM]
    found.sort(key=lambda each: each.filed_at)
    assert [each.closed for each in found] == [
        {"why": "replaced"},
        {"why": "replaced"},
        None,
    ]
