from __future__ import annotations

from typing import get_args

from launch_kits.documents.timeline.legend import LEGEND, Sample
from launch_kits.documents.timeline.text_width import width_of
from launch_kits.statuses import TaskLook


def test_the_legend_explains_every_shape():
    _, others = get_args(Sample)
    assert [item.sample for item in LEGEND] == [*TaskLook, *get_args(others)]


def test_its_parts_are_side_by_side():
    ends = [item.x + 32 + width_of(item.text, 13) for item in LEGEND]
    begins = [item.x for item in LEGEND[1:]]
    assert all(end < begin for end, begin in zip(ends, begins, strict=False))
    assert ends[-1] < 1400
