from __future__ import annotations

from launch_kits.documents.timeline.items import (
    GAP,
    LEFT,
    MARGIN,
    WIDTH,
    gate_item,
    packed,
    task_item,
)
from launch_kits.documents.timeline.scale import Scale
from tests.documents.timeline.samples import day, task_facts, timeline_facts

FACTS = timeline_facts()
SCALE = Scale.over([day(4), day(31)], left=LEFT, right=WIDTH - MARGIN)


def test_a_task_reaches_from_its_start_to_its_due_day():
    item = task_item(FACTS, task_facts("a", 5, 6, 20), SCALE, 10.0)
    assert (item.x, item.end, item.tail) == (
        SCALE.begin(day(5)),
        SCALE.end(day(6)),
        SCALE.end(day(20)),
    )
    assert (item.left, item.right) == (item.x, item.tail)
    assert item.label.x == item.end + GAP


def test_done_work_has_no_float_left():
    item = task_item(FACTS, task_facts("a", 5, 6, 20, status="done"), SCALE, 10.0)
    assert item.tail == item.end == SCALE.end(day(6))


def test_a_mark_is_between_a_bar_and_its_label():
    item = task_item(FACTS, task_facts("a", 5, 6, 20, status="done"), SCALE, 10.0)
    assert item.end < item.mark
    assert item.mark + 10 <= item.label.x


def test_a_milestone_is_as_wide_as_letters_and_lies_on_its_day():
    item = task_item(FACTS, task_facts("a", 7, 7, 7, days=0), SCALE, 10.0)
    assert item.end - item.x == 10
    assert SCALE.begin(day(7)) < (item.x + item.end) / 2 < SCALE.end(day(7))


def test_a_gate_lies_at_the_end_of_its_day():
    gate = FACTS.gates[0]
    item = gate_item(gate, SCALE, 10.0)
    assert (item.x + item.end) / 2 == SCALE.end(gate.on)
    assert item.label.text == "Gate: The story stands (passed)"


def test_items_share_a_row_only_if_they_do_not_touch():
    early, later, beside = (
        task_item(FACTS, task_facts(key, *days), SCALE, 10.0)
        for key, days in {"a": (4, 5, 6), "b": (20, 21, 22), "c": (5, 6, 7)}.items()
    )
    assert packed([later, beside, early]) == [[early, later], [beside]]
