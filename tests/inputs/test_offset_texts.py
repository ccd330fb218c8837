from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from launch_kits.inputs.offset_texts import CalendarOffsetText, OffsetText

ANY: TypeAdapter[str] = TypeAdapter(OffsetText)
CALENDAR: TypeAdapter[str] = TypeAdapter(CalendarOffsetText)


@pytest.mark.parametrize("written", ["T-20", "T+3", "T-6w", "T-30d", "T-0"])
def test_an_offset_stays_as_it_is_written(written: str) -> None:
    assert ANY.validate_python(written) == written


@pytest.mark.parametrize("written", ["T20", "20", "T-6m", ""])
def test_any_other_text_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        ANY.validate_python(written)


def test_a_calendar_offset_is_refused_in_working_days_with_a_remedy() -> None:
    assert CALENDAR.validate_python("T-2d") == "T-2d"
    with pytest.raises(ValidationError, match="such as T-2d"):
        CALENDAR.validate_python("T-2")
