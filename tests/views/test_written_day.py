from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from launch_kits.errors import LaunchKitsError, NotFound
from launch_kits.views.written_day import read_day
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
