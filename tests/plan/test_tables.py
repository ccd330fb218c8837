from tests.plan.march import WEEKENDS_ONLY, march, plan, task


def test_a_plan_may_reach_far_beyond_the_years_it_was_asked_for():
    found = plan(
        *(task(f"t{n}", 250, *([f"t{n - 1}"] if n else [])) for n in range(30))
    )
    assert found.spans["t29"].finish == WEEKENDS_ONLY.shift(march(2), 30 * 250 - 1)
    assert found.spans["t0"].start_by == WEEKENDS_ONLY.shift(march(31), -30 * 250)
