from __future__ import annotations

from itertools import combinations, groupby, pairwise

import pytest

from launch_kits.documents.timeline.items import LEFT, MARGIN, WIDTH
from launch_kits.documents.timeline.layout import HEIGHT, TimelineLayout, lay_out
from launch_kits.documents.timeline.text_width import width_of
from tests.documents.timeline.samples import crowded, task_facts, timeline_facts


def covered(
    layout: TimelineLayout,
) -> list[tuple[float, list[tuple[float, float]], str]]:
    """The row of each bar, and the stretches that its bar with its tail and its label cover."""
    found = []
    for bar in layout.bars:
        label = bar.label
        width = width_of(label.text, layout.size)
        begin = label.x - width if label.ends else label.x
        found.append((bar.y, [(bar.x, bar.tail), (begin, begin + width)], bar.task.key))
    return found


@pytest.mark.parametrize(
    "facts",
    [timeline_facts(), crowded(), crowded(400), crowded(title="Very long title " * 20)],
    ids=["small", "crowded", "taller", "long titles"],
)
def test_nothing_overlaps_and_all_is_on_the_page(facts):
    layout = lay_out(facts)
    assert [bar.task for bar in layout.bars] == list(facts.tasks)
    rows = sorted(covered(layout), key=lambda each: each[0])
    for _, group in groupby(rows, key=lambda each: each[0]):
        for (_, one, _), (_, other, _) in combinations(list(group), 2):
            assert max(end for _, end in one) <= min(x for x, _ in other) or max(
                end for _, end in other
            ) <= min(x for x, _ in one)
    for bar, (_, (_, (begin, end)), _) in zip(
        layout.bars, covered(layout), strict=True
    ):
        assert end <= bar.x or begin >= bar.end
        assert begin + 1e-6 >= LEFT
        assert end <= WIDTH - MARGIN + 1e-6
    heights = sorted({bar.y for bar in layout.bars})
    assert all(after - before >= layout.size for before, after in pairwise(heights))
    assert layout.bottom < layout.height


def test_ninety_tasks_fit_on_one_page_and_more_make_it_taller():
    assert lay_out(crowded(90)).height == HEIGHT
    assert lay_out(crowded(400)).height > HEIGHT
    assert not lay_out(timeline_facts()).enlarged
    assert lay_out(crowded(90)).enlarged


def test_a_late_task_reaches_until_today_and_another_until_its_due_day():
    facts = timeline_facts()
    layout = lay_out(facts)
    bars = {bar.task.key: bar for bar in layout.bars}
    assert bars["research"].tail == layout.scale.end(facts.today)
    assert bars["extra"].tail == layout.scale.end(bars["extra"].task.due)
    assert (
        bars["go-live"].x
        < layout.scale.end(facts.launch_on)
        < bars["go-live"].tail + 40
    )
    assert [bar.task.key for bar in layout.bars if bar.critical] == [
        "positioning",
        "legal",
    ]


def test_a_label_goes_to_the_left_where_the_right_has_no_room():
    task = task_facts(
        "last", 27, 29, 29, title="A title that is rather long, as some are"
    )
    [bar] = lay_out(timeline_facts(tasks=(task,), gates=(), chain=())).bars
    assert bar.label.ends
    assert bar.label.x < bar.x
    assert bar.label.text == task.title


def test_a_plan_without_tasks_has_a_picture():
    layout = lay_out(timeline_facts(tasks=(), gates=(), chain=(), late=frozenset()))
    assert (layout.bars, layout.lanes) == ((), ())
