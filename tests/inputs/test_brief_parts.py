from __future__ import annotations

from launch_kits.inputs.brief_parts import Goal


def test_a_goal_knows_whether_it_was_reached_up_or_down():
    def goal(**more: object) -> Goal:
        return Goal.model_validate(
            {"metric": "x", "target": 10, "by": "2027-04-01", **more}
        )

    assert (goal().reached, goal().share) == (None, None)
    assert (goal(actual=5).reached, goal(actual=5).share) == (False, 0.5)
    assert (
        goal(baseline=20, actual=12).reached,
        goal(baseline=20, actual=12).share,
    ) == (False, 0.8)
    assert goal(baseline=20, actual=9).reached
    assert goal(baseline=10, actual=9).share is None
