from datetime import date

import pytest

from launch_kits.plan import Anchor, PlanInput, Predecessor, Work, earliest_launch_on
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset

# March 2026 begins on a Sunday: the 2nd, 9th, 16th, 23rd and 30th are Mondays
CALENDAR = Calendar()


def march(day: int) -> date:
    return date(2026, 3, day)


def earliest(
    *work: Work,
    calendar: Calendar = CALENDAR,
    begin: int = 2,
    release: int = 20,
    launch: int = 20,
) -> date | None:
    return earliest_launch_on(
        PlanInput(
            work,
            calendar=calendar,
            begin_on=march(begin),
            release_on=march(release),
            launch_on=march(launch),
        )
    )


def test_the_launch_can_be_on_the_working_day_after_the_last_finish():
    assert earliest(Work("a", 3), Work("b", 2, (Predecessor("a"),))) == march(9)


def test_it_does_not_depend_on_whether_the_given_day_holds():
    assert (
        earliest(Work("a", 3), launch=3, release=3)
        == earliest(Work("a", 3), launch=31, release=31)
        == march(5)
    )


def test_without_work_it_is_the_first_working_day():
    assert earliest(begin=7) == march(9)


def test_it_is_no_earlier_than_begin_on():
    assert earliest(Work("report", 1, due=Offset(10)), begin=4) == march(4)


def test_the_release_day_keeps_its_distance_in_working_days():
    # five working days from release to launch
    assert earliest(Work("a", 3, anchor=Anchor.RELEASE), release=13) == march(12)
    assert earliest(Work("a", 3, anchor=Anchor.RELEASE), release=27) == march(2)


def test_due_dates_are_kept():
    assert earliest(Work("a", 3, due=Offset(-10))) == march(18)


def test_a_not_before_that_moves_along_is_stepped_after():
    calendar = Calendar(blackouts=[(march(9), march(13))])
    # done by the 6th if a may begin on the 2nd; but with the launch on the 16th it may begin on the
    # 6th
    assert earliest(Work("a", 5), calendar=calendar) == march(16)
    assert earliest(
        Work("a", 5, not_before=Offset.parse("T-1w")), calendar=calendar
    ) == march(20)


def test_days_off_that_a_not_before_runs_into_are_jumped():
    away = CALENDAR.without([(march(10), march(20))])
    task = Work("a", 2, not_before=Offset(-3), calendar=away)
    assert earliest(task) == march(4)
    # with the launch on the 24th a may begin on the 19th, does on the 23rd, and ends on the very
    # day
    assert earliest(task, begin=9) == march(25)


def test_it_is_none_if_no_day_ever_holds():
    assert earliest(Work("a", 5, not_before=Offset(-3), due=Offset(0))) is None


@pytest.mark.parametrize(("days", "found"), [(499, True), (500, False)])
def test_the_first_500_working_days_are_tried(days, found):
    assert (earliest(Work("a", days)) == CALENDAR.shift(march(2), 499)) is found
    assert (earliest(Work("a", days)) is None) is not found


def test_done_work_no_longer_holds_the_launch():
    assert earliest(
        Work("a", 20, done_on=march(2)), Work("b", 1, (Predecessor("a"),))
    ) == march(4)


def test_workdays_that_move_along_are_tried_day_by_day():
    # from Friday on, with the launch on Monday: Friday and the Saturday that is worked
    weekend = Work("a", 2, workdays=(Offset.parse("T-2d"), Offset.parse("T-1d")))
    assert earliest(weekend, begin=6) == march(9)
    assert earliest(Work("a", 2), begin=6) == march(10)
    # four days: with the launch on Tuesday the Sunday helps, with one on Monday two days are too
    # few
    assert earliest(Work("a", 3, workdays=(Offset.parse("T-2d"),)), begin=6) == march(
        10
    )
