from datetime import date

from launch_kits.plan import PlanInput
from launch_kits.workdays.calendar import Calendar


def test_anchors_are_the_last_working_days_on_or_before_the_given_days():
    given = PlanInput(
        (),
        calendar=Calendar(),
        begin_on=date(2026, 3, 2),
        release_on=date(2026, 3, 8),
        launch_on=date(2026, 3, 10),
    )
    assert given.anchors == (date(2026, 3, 6), date(2026, 3, 10))
