from __future__ import annotations

from datetime import date

from launch_kits.plan.earliest_in_words import holds_by_dates, holds_for_people


def test_the_two_earliest_days_are_told_apart() -> None:
    on = date(2027, 1, 22)
    words = {holds_by_dates(on), holds_for_people(on)}
    assert len(words) == 2
    assert all(each.endswith(" is Fri 22 Jan 2027") for each in words)
