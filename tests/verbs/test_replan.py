from __future__ import annotations

from datetime import timedelta

from launch_kits.database.store import Store
from launch_kits.verbs import done
from launch_kits.verbs.replan import earliest_day, plan_now, remaining
from launch_kits.verbs.transaction import reading
from tests.launches import NOW, SLUG, at


def test_the_plan_of_today_is_the_plan_of_the_start(falcon: Store) -> None:
    with reading(falcon, SLUG, now=NOW) as change:
        plan = plan_now(change)
        assert {key: span.due for key, span in plan.spans.items()} == {
            task.key: task.due for task in change.tasks.values()
        }
        assert plan.feasible


def test_done_work_has_no_span_and_is_left_to_the_planner_as_done(
    falcon: Store,
) -> None:
    done(falcon, SLUG, "positioning", now=NOW)
    with reading(falcon, SLUG, now=at("01-12")) as change:
        assert "positioning" not in plan_now(change).spans
        work = {each.key: each for each in remaining(change).work}
        assert work["positioning"].done_on == NOW.date()


def test_the_earliest_day_is_later_once_days_are_lost(falcon: Store) -> None:
    with reading(falcon, SLUG, now=NOW) as change:
        first = earliest_day(change)
    with reading(falcon, SLUG, now=NOW + timedelta(7)) as change:
        second = earliest_day(change)
    assert first is not None
    assert second is not None
    assert second > first
