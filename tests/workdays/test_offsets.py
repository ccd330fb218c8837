from __future__ import annotations

from datetime import date

import pytest

from launch_kits.errors import PlanError
from launch_kits.workdays.calendar import Calendar
from launch_kits.workdays.offsets import Offset, Unit

PLAIN = Calendar()
#: a Tuesday
ANCHOR = date(2027, 3, 2)


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("T-10", Offset(-10)),
        ("T+3", Offset(3)),
        ("T-0", Offset(0)),
        ("T-6w", Offset(-6, Unit.WEEKS)),
        ("T-30d", Offset(-30, Unit.DAYS)),
    ],
)
def test_an_offset_is_read_and_written_the_same(written: str, offset: Offset) -> None:
    assert Offset.parse(written) == offset
    assert str(offset) == written


@pytest.mark.parametrize("written", ["T", "T10", "t-1", "T-1m", "T-1234567890", ""])
def test_any_other_text_is_refused_with_a_remedy(written: str) -> None:
    with pytest.raises(ValueError, match="use T-10 or T\\+3"):
        Offset.parse(written)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("T-0", date(2027, 3, 2)),
        ("T-1", date(2027, 3, 1)),
        ("T-2", date(2027, 2, 26)),
        ("T+4", date(2027, 3, 8)),
        ("T-1w", date(2027, 2, 23)),
        ("T-3d", date(2027, 2, 26)),
    ],
)
def test_an_offset_leads_to_a_working_day(written: str, day: date) -> None:
    assert Offset.parse(written).resolve(PLAIN, ANCHOR) == day


def test_an_anchor_day_off_counts_as_the_working_day_before_it() -> None:
    saturday = date(2027, 3, 6)
    assert Offset.parse("T-0").resolve(PLAIN, saturday) == date(2027, 3, 5)


def test_calendar_time_leads_to_the_very_day() -> None:
    assert Offset.parse("T-3d").day(ANCHOR) == date(2027, 2, 27)


@pytest.mark.parametrize("written", ["T+999999999d", "T-999999999"])
def test_an_offset_beyond_the_calendar_is_refused(written: str) -> None:
    with pytest.raises(PlanError, match="look over the offsets"):
        Offset.parse(written).resolve(PLAIN, ANCHOR)
