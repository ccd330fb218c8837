from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch_kits.documents.timeline.scale import MONTH_ROOM, WEEK_ROOM, Scale
from launch_kits.documents.timeline.text_width import width_of

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_the_scale_runs_from_a_monday_to_a_sunday():
    scale = Scale.over([date(2027, 1, 6), date(2027, 1, 20)], left=100.0, right=310.0)
    assert (scale.first, scale.last) == (date(2027, 1, 4), date(2027, 1, 24))
    assert scale.day_width == pytest.approx(10)
    assert scale.begin(date(2027, 1, 6)) == pytest.approx(120)
    assert scale.end(date(2027, 1, 6)) == pytest.approx(130)
    assert [tick.label for tick in scale.weeks()] == ["4", "11", "18"]


def test_a_day_outside_lies_at_the_nearest_edge():
    scale = Scale.over([date(2027, 1, 6)], left=100.0, right=170.0)
    assert scale.begin(date(2020, 1, 1)) == pytest.approx(100)
    assert scale.end(date(2030, 1, 1)) == pytest.approx(170)


@given(first=DAYS, span=st.integers(0, 1500))
def test_labels_have_room_and_stay_on_the_page(first, span):
    scale = Scale.over([first, first + timedelta(span)], left=176.0, right=1376.0)
    for ticks, room in ((scale.weeks(), WEEK_ROOM), (scale.months(), MONTH_ROOM)):
        places = [tick.x for tick in ticks if tick.label]
        assert all(after - before >= room - 1e-6 for before, after in pairwise(places))
        assert all(x + width_of("30", 13) <= 1400 for x in places)
    months = [tick.label for tick in scale.months()]
    assert len(months) == len({*months} - {""}) + months.count("")
