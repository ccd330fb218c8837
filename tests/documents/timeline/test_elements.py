from __future__ import annotations

from xml.etree.ElementTree import Element, tostring

from launch_kits.documents.timeline.elements import add, vertical, write
from launch_kits.documents.timeline.items import PlacedLabel


def written(root: Element) -> str:
    return tostring(root, encoding="unicode")


def test_names_numbers_and_texts_become_attributes():
    root = Element("svg")
    add(root, "g", "a < b\n\x00", data_task='x"y', class_="task", x=1.50)
    assert written(root) == (
        '<svg><g data-task="x&quot;y" class="task" x="1.5">a &lt; b</g></svg>'
    )


def test_a_label_begins_or_ends_at_its_place():
    root = Element("svg")
    write(root, PlacedLabel(1.0, "a"), 2.0, "soft")
    write(root, PlacedLabel(1.0, "b", ends=True), 2.0, "soft")
    assert [each.get("text-anchor") for each in root] == [None, "end"]


def test_a_line_goes_down():
    root = Element("svg")
    vertical(root, 3.0, 1.0, 9.0, "tick")
    assert written(root) == (
        '<svg><line x1="3" x2="3" y1="1" y2="9" class="tick" /></svg>'
    )
