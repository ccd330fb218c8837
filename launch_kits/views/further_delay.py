"""Whether a launch lands later if one task takes longer."""

from __future__ import annotations

from dataclasses import replace

from launch_kits.plan import as_things_stand
from launch_kits.views.running_plan import RunningPlan

__all__ = ["moves_launch"]


def moves_launch(plan: RunningPlan, key: str) -> bool:
    """Whether one more working day for a task delays the launch.

    It does not as long as other work makes it land later anyway. A launch that lands on no day
    of the next 500 cannot land later.
    """
    known = plan.known_delays
    if key not in known:
        known[key] = _moves(plan, key)
    return known[key]


def _moves(plan: RunningPlan, key: str) -> bool:
    standing = plan.standing
    expected = plan.forecast.get(key)
    if standing is None or standing.lands_on is None or expected is None:
        return False
    given = plan.given
    work = [
        replace(
            each,
            until=each.own_calendar(
                given.calendar, given.anchors.day(each.anchor)
            ).shift(expected.finish, 1),
        )
        if each.key == key
        else each
        for each in given.work
    ]
    then = as_things_stand(
        replace(given, work=work),
        planned=None,
        due=plan.due,
        due_set=plan.due_set,
        today=plan.today,
    )
    return then.lands_on is None or then.lands_on > standing.lands_on
