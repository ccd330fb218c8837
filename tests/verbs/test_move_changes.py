from __future__ import annotations

from datetime import date

from launch_kits.database.store import Store
from launch_kits.verbs import extend
from launch_kits.verbs.move_changes import lapsing_time, moved_due_days
from launch_kits.verbs.replan import plan_now
from launch_kits.verbs.transaction import reading
from tests.launches import LEAD, NOW, SLUG, task


def test_a_plan_that_is_the_one_in_force_moves_no_due_day(falcon: Store) -> None:
    with reading(falcon, SLUG, now=NOW) as change:
        plan = plan_now(change)
        assert moved_due_days(change, plan) == ()
        assert lapsing_time(change, plan) == ()


def test_time_that_was_granted_lapses_only_beyond_the_new_due_day(
    falcon: Store,
) -> None:
    due = task(falcon, "training").due
    extend(falcon, SLUG, "training", until=due, now=NOW)
    extend(falcon, SLUG, "research", until=date(2027, 2, 11), by=LEAD, now=NOW)
    with reading(falcon, SLUG, now=NOW) as change:
        plan = plan_now(change)
        assert [each.key for each in moved_due_days(change, plan)] == ["research"]
        (lapsed,) = lapsing_time(change, plan)
    assert (lapsed.key, lapsed.before) == ("research", "2027-02-11")
