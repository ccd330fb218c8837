"""Elements of an SVG file."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from launch_kits.documents.formats.characters import one_line
from launch_kits.documents.timeline.items import PlacedLabel
from launch_kits.documents.timeline.shapes import number

__all__ = ["add", "vertical", "write"]


def add(parent: Element, tag: str, text: str | None = None, **named: object) -> Element:
    """Add an element; `data_task` stands for `data-task`, numbers are rounded."""
    attributes = {
        name.rstrip("_").replace("_", "-"): number(value)
        if isinstance(value, float)
        else one_line(str(value))
        for name, value in named.items()
    }
    added = SubElement(parent, tag, attributes)
    if text is not None:
        added.text = one_line(text)
    return added


def write(
    parent: Element, label: PlacedLabel, y: float, class_: str, **more: object
) -> None:
    """Write a line of text with its base line at a height."""
    if label.ends:
        more["text_anchor"] = "end"
    add(parent, "text", label.text, x=label.x, y=y, class_=class_, **more)


def vertical(parent: Element, x: float, top: float, bottom: float, class_: str) -> None:
    """Draw a line from a height down to another."""
    add(parent, "line", x1=x, x2=x, y1=top, y2=bottom, class_=class_)
