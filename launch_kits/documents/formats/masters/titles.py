"""The text sizes of the titles of slides: those of their master, or smaller ones that fit."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from launch_kits.documents.formats.characters import breadth
from launch_kits.documents.formats.slide_master import kind_of, placeholders
from launch_kits.documents.formats.slide_pieces import LEADING

if TYPE_CHECKING:
    from pptx.shapes.base import BaseShape
    from pptx.slide import SlideLayout

__all__ = ["title_size"]

#: the usual size of a title, in points, and the smallest
_USUAL = 28.0
_LEAST = 14.0
#: the width of a character of a title, which may be bold, relative to the text size
_CHARACTER = 0.6
#: the space around the text of a placeholder, in points
_INSET = 14.4


def title_size(
    layout: SlideLayout, title: BaseShape, text: str, *, most: float | None = None
) -> float | None:
    """The size in points with which a title fits; None if the master's own does.

    ``most`` is the largest one, in the place of the master's own.
    """
    from pptx.util import Length

    own = _own_size(layout)
    width = Length(title.width).pt - _INSET
    height = Length(title.height).pt
    size = most or own
    while size > _LEAST:
        lines = ceil(breadth(text) * size * _CHARACTER / max(width, 1.0))
        # one line is always there, however low its placeholder is
        if lines <= 1 or lines * size * LEADING <= height:
            break
        size -= 1.0
    return None if size == own else size


def _own_size(layout: SlideLayout) -> float:
    """The size of titles by the layout, its placeholder on the master, or the master's style."""
    master = layout.slide_master
    titles = [
        shape.element.find("{*}txBody")
        for holder in (layout, master)
        for shape in placeholders(holder)
        if kind_of(shape) in {"TITLE", "CENTER_TITLE"}
    ]
    for style in (*titles, master.element.find(".//{*}titleStyle")):
        found = style.find(".//{*}lvl1pPr/{*}defRPr") if style is not None else None
        if found is not None and found.get("sz"):
            return int(found.get("sz")) / 100
    return _USUAL
