from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from launch_kits.inputs.source import Source

URL = "https://acme.example/licence"


@pytest.mark.parametrize(
    ("own", "as_of", "stale"),
    [
        (None, "2026-01-01", True),
        ("never", "2010-01-01", False),
        ("never", "unknown", False),
        (400, "2026-01-01", False),
        (10, "2026-11-20", True),
    ],
)
def test_a_source_has_an_age_of_its_own_before_that_of_the_card(own, as_of, stale):
    source = Source(url=URL, as_of=as_of, stale_after_days=own)
    assert source.stale_on(date(2026, 12, 1), after_days=30) is stale


@pytest.mark.parametrize("days", [0, "sometimes"])
def test_an_age_is_a_number_of_days_or_never(days):
    with pytest.raises(ValidationError):
        Source(url=URL, as_of="2026", stale_after_days=days)
