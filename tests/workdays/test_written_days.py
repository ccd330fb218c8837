from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from launch_kits.errors import Refused
from launch_kits.workdays.written_days import day

#: in Tokyo it is the second of March already
NOW = datetime(2027, 3, 1, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "zone", "meant"),
    [
        ("2027-05-01", "UTC", date(2027, 5, 1)),
        ("Sat 1 May 2027", "UTC", date(2027, 5, 1)),
        ("+10d", "UTC", date(2027, 3, 11)),
        ("+10d", "Asia/Tokyo", date(2027, 3, 12)),
        ("+12w", "UTC", date(2027, 5, 24)),
    ],
)
def test_a_day_is_a_date_or_counted_from_today_in_a_time_zone(
    written: str, zone: str, meant: date
) -> None:
    assert day(written, now=NOW, zone=ZoneInfo(zone)) == meant


@pytest.mark.parametrize("written", ["spring", "2027-02-30", "+w", "-3d", "+99999d"])
def test_any_other_text_is_refused_with_a_remedy(written: str) -> None:
    with pytest.raises(Refused, match="use a value like 2027-03-02"):
        day(written, now=NOW, zone=ZoneInfo("UTC"))
