from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from launch_kits.errors import LaunchKitsError, NotFound, Refused
from launch_kits.views.written_day import read_day, read_due
from launch_kits.workdays.offsets import Offset
from tests.launches import NOW, SLUG


def test_day_is_counted_from_the_launch_s_own_today(falcon):
    # three in the morning in UTC is still the eleventh in New York
    now = datetime(2027, 1, 12, 3, tzinfo=UTC)
    assert read_day(falcon, SLUG, "+3d", now=now) == date(2027, 1, 14)
    assert read_day(falcon, SLUG, "2027-02-01", now=now) == date(2027, 2, 1)


def test_text_that_is_not_a_day_is_refused(falcon):
    with pytest.raises(LaunchKitsError, match="soon"):
        read_day(falcon, SLUG, "soon", now=NOW)


def test_unknown_launch_is_not_found(falcon):
    with pytest.raises(NotFound):
        read_day(falcon, "kestrel", "+3d", now=NOW)


def test_due_day_is_a_day_or_an_offset(falcon):
    assert read_due(falcon, SLUG, "+3d", now=NOW) == date(2027, 1, 14)
    assert read_due(falcon, SLUG, "T-10", now=NOW) == Offset(-10)
    for written in ("T-x", "T10", "t-10", "soon"):
        with pytest.raises(Refused):
            read_due(falcon, SLUG, written, now=NOW)
