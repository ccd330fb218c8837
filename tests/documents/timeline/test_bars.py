from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from launch_kits.documents.timeline.bars import draw_arrows, draw_bar, draw_gate
from launch_kits.documents.timeline.layout import TimelineLayout, lay_out
from tests.documents.timeline.samples import timeline_facts


@pytest.fixture(scope="module")
def layout() -> TimelineLayout:
    return lay_out(timeline_facts())


def drawn(layout: TimelineLayout, key: str) -> Element:
    root = Element("svg")
    [bar] = [bar for bar in layout.bars if bar.task.key == key]
    draw_bar(root, layout, bar)
    return root[0]


@pytest.mark.parametrize(
    ("key", "shape", "classes", "tail"),
    [
        ("positioning", "rect", "done critical", None),
        ("research", "rect", "late", "tail-late"),
        ("legal", "rect", "blocked critical", None),
        ("go-live", "path", "planned", "tail"),
        ("extra", "rect", "dropped", "tail"),
    ],
)
def test_a_task_has_its_shape_colour_and_tail(layout, key, shape, classes, tail):
    group = drawn(layout, key)
    assert next(each.get("class") for each in group if each.tag == shape) == classes
    assert [each.get("class") for each in group if each.tag == "line"] == [tail] * bool(
        tail
    )


def test_gates_tell_whether_they_are_hard_and_passed(layout):
    root = Element("svg")
    for gate in layout.gates:
        draw_gate(root, layout, gate)
    classes = [
        each.get("class") for group in root for each in group if each.tag == "path"
    ]
    assert classes == ["gate gate-hard gate-passed", "gate"]
    texts = [each.text for group in root for each in group if each.tag == "text"]
    assert texts == ["Gate: The story stands (passed)", "Gate: Sales can sell (2 open)"]


def test_the_chain_is_drawn_as_arrows(layout):
    root = Element("svg")
    draw_arrows(root, layout)
    assert [each.get("marker-end") for each in root] == ["url(#timeline-arrow)"]
