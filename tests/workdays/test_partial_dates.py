from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from launch_kits.workdays.partial_dates import PartialDate, end_of_period

ADAPTER: TypeAdapter[str] = TypeAdapter(PartialDate)


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("2025-05-14", date(2025, 5, 14)),
        ("2025-05", date(2025, 5, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2026", date(2026, 12, 31)),
        ("unknown", None),
    ],
)
def test_a_partial_date_counts_as_the_end_of_its_period(
    written: str, end: date | None
) -> None:
    assert end_of_period(written) == end


@pytest.mark.parametrize("written", ["May 2025", "2025-13", "2025-02-30", "25", ""])
def test_any_other_text_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        end_of_period(written)


@pytest.mark.parametrize(
    ("given", "kept"), [(2026, "2026"), (date(2025, 5, 14), "2025-05-14")]
)
def test_a_number_or_a_day_of_yaml_is_kept_as_text(given: object, kept: str) -> None:
    assert ADAPTER.validate_python(given) == kept


def test_a_flag_is_refused() -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(True)
