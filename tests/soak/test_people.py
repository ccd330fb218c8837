"""People of a soak work when their messages can be sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from launch_kits.workdays.calendar import working_moment
from tests.served import current_brief
from tests.soak import people

#: the hours of a Saturday and of the Monday after it
HOURS = [
    datetime(2027, 1, 9, tzinfo=UTC) + timedelta(days=days, hours=hours, minutes=59)
    for days in (0, 2)
    for hours in range(24)
]


@pytest.mark.parametrize("at", HOURS, ids=str)
def test_whenever_a_soak_begins_its_people_are_at_work(at: datetime) -> None:
    brief = current_brief("soak", **people.office_hours(at))
    calendar = brief.calendar()
    zone = brief.zone()
    for instant in (at, at + timedelta(hours=2)):
        assert working_moment(calendar, timezone=zone, now=instant) == instant
