from __future__ import annotations

import pytest

from launch_kits.documents.timeline.layout import lay_out
from launch_kits.documents.timeline.shapes import (
    arrow_path,
    diamond,
    hexagon,
    mark_path,
    number,
)
from launch_kits.statuses import TaskLook
from tests.documents.timeline.samples import timeline_facts


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (1.239, "1.24"), (0.1, "0.1"), (100.0, "100")]
)
def test_numbers_are_short(value, text):
    assert number(value) == text


def test_milestones_and_gates_are_closed_polygons():
    assert diamond(10, 10, 5) == "M5 10 L10 5 L15 10 L10 15 Z"
    assert hexagon(10, 10, 5).count("L") == 5
    assert hexagon(10, 10, 5).endswith("Z")


def test_looks_that_need_a_mark_have_each_their_own():
    marks = {look: mark_path(look, 0, 0, 10) for look in TaskLook}
    marked = {look for look, mark in marks.items() if mark}
    assert marked == {TaskLook.DONE, TaskLook.LATE, TaskLook.BLOCKED}
    assert len({marks[look] for look in marked}) == 3


def test_an_arrow_ends_at_the_beginning_of_the_next_task():
    bars = {bar.task.key: bar for bar in lay_out(timeline_facts()).bars}
    before, after = bars["positioning"], bars["legal"]
    end = f"L{number(after.x)} {number(after.y)}"
    assert arrow_path(before, after).endswith(end)
    back = f"L{number(before.x)} {number(before.y)}"
    assert arrow_path(after, before).endswith(back)
