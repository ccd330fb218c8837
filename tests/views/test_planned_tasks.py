from __future__ import annotations

from datetime import date

from launch_kits.plan.rollout import Rollout
from launch_kits.views.planned_tasks import planned_tasks
from tests.launches import KEYS, brief_with


def test_the_tasks_of_a_plan_have_its_dates_and_no_status() -> None:
    rollout = Rollout.of(brief_with(), today=date(2027, 1, 11))
    found = planned_tasks(rollout)
    assert [task.key for task in found] == list(KEYS)
    for task in found:
        span = rollout.schedule.spans[task.key]
        assert (task.start, task.finish, task.start_by, task.due) == span[:4]
        assert (task.float_days, task.critical) == (span.float_days, span.critical)
        assert task.status is None
