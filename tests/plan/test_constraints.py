from launch_kits.plan import (
    moved_release,
)
from launch_kits.workdays.calendar import Calendar
from tests.plan.march import WEEKENDS_ONLY, dates, march, plan, task


def test_an_anchor_on_a_day_off_is_the_last_working_day_before_it_and_stays_as_given():
    found = plan(task("a", 1), release=14, launch=29)
    assert (found.release_on, found.launch_on) == (march(14), march(29))
    assert (found.release_day, found.launch_day) == (march(13), march(27))
    assert dates(found, "a") == (2, 2, 26, 26, 18)


def test_a_release_day_keeps_its_distance_in_working_days():
    move = {"release_on": march(13), "launch_on": march(20)}
    assert moved_release(WEEKENDS_ONLY, **move, to=march(31)) == march(24)
    assert moved_release(
        Calendar(blackouts=[(march(25), march(26))]), **move, to=march(31)
    ) == march(20)
    assert moved_release(
        WEEKENDS_ONLY, release_on=march(20), launch_on=march(20), to=march(29)
    ) == march(29)
