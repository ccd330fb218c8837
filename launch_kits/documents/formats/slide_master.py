"""The master of slides, made in code.

Slides are wide and white, with a band of colour, a footer and a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from launch_kits.documents.formats.colours import ACCENT, INK, LINE
from launch_kits.documents.formats.slide_pieces import HEIGHT, WIDTH

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import SlideLayout, SlideMaster

__all__ = [
    "BODY",
    "COVER",
    "LEFT",
    "TITLE_ONLY",
    "TOP",
    "blank",
    "kind_of",
    "placeholders",
]

#: the width and the height of a slide, in points
PAGE = (960.0, 540.0)
#: the left and the top edge of text and tables, in points
LEFT = 48.0
TOP = 112.0

#: type of placeholder → its left, top, width and height, in points: on the master, and on the cover
_MASTER = {
    "TITLE": (LEFT, 28.0, WIDTH, 72.0),
    "BODY": (LEFT, TOP, WIDTH, HEIGHT),
    "FOOTER": (LEFT, 500.0, 700.0, 24.0),
    "SLIDE_NUMBER": (LEFT + WIDTH - 100.0, 500.0, 100.0, 24.0),
}
_COVER = {
    "CENTER_TITLE": (LEFT, 130.0, WIDTH, 140.0),
    "SUBTITLE": (LEFT, 290.0, WIDTH, 170.0),
}
_BANDS = {ACCENT: (0.0, 0.0, PAGE[0], 8.0), LINE: (LEFT, 496.0, WIDTH, 0.75)}

#: the numbers in python-pptx's template of the layouts that become COVER, BODY and TITLE_ONLY
_KEPT = (0, 1, 5)
COVER, BODY, TITLE_ONLY = range(3)

#: colour of the theme → its RGB
_THEME = {"dk2": INK, "accent1": ACCENT, "hlink": ACCENT, "folHlink": ACCENT}

_BAND = """
<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
      xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
  <p:nvSpPr><p:cNvPr id="{id}" name="Band {id}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>
  <p:spPr>
    <a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
    <a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
    <a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln>
  </p:spPr>
</p:sp>
"""


def blank() -> Presentation:
    """Make a presentation without slides.

    Its layouts are ``COVER``, ``BODY`` (title and text) and ``TITLE_ONLY``.
    """
    from pptx import Presentation
    from pptx.util import Pt

    made = Presentation()
    made.slide_width = Pt(PAGE[0])
    made.slide_height = Pt(PAGE[1])
    layouts = made.slide_layouts
    for at, layout in enumerate(list(layouts)):
        if at not in _KEPT:
            layouts.remove(layout)
    _colour(made)
    _furnish(made.slide_master)
    for shape in placeholders(layouts[COVER]):
        _place(shape, _COVER)
        _align(shape, "l")
    for holder in (made.slide_master, *layouts):
        for shape in placeholders(holder):
            # the footer has the day
            if kind_of(shape) == "DATE":
                shape.element.getparent().remove(shape.element)
    return made


def kind_of(shape: BaseShape) -> str:
    """The type of a placeholder, such as TITLE, BODY or FOOTER."""
    return str(shape.placeholder_format.type.name)


def placeholders(holder: SlideMaster | SlideLayout) -> list[BaseShape]:
    """The placeholders of a master or a layout."""
    return [shape for shape in holder.shapes if shape.is_placeholder]


def _align(shape: BaseShape, side: str) -> None:
    for style in shape.element.findall(".//{*}lvl1pPr"):
        style.set("algn", side)
    for body in shape.element.findall(".//{*}bodyPr"):
        body.set("lIns", "0")
        body.set("rIns", "0")


def _colour(presentation: Presentation) -> None:
    """Set the colours of the theme, which links use."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode()
    for name, colour in _THEME.items():
        text = re.sub(rf'(<a:{name}><a:srgbClr val=")\w+', rf"\g<1>{colour}", text)
    theme.blob = text.encode()


def _furnish(master: SlideMaster) -> None:
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    for shape in placeholders(master):
        _place(shape, _MASTER)
        _align(shape, "r" if kind_of(shape) == "SLIDE_NUMBER" else "l")
        if kind_of(shape) == "TITLE":
            shape.element.find(".//{*}bodyPr").set("anchor", "b")
    title = master.element.find(".//{*}titleStyle/{*}lvl1pPr")
    title.set("algn", "l")
    title.find("{*}defRPr").set("sz", "3200")
    title.find("{*}defRPr").set("b", "1")
    for number, (colour, place) in enumerate(_BANDS.items(), 100):
        left, top, width, height = map(Pt, place)
        band = _BAND.format(
            id=number, colour=colour, left=left, top=top, width=width, height=height
        )
        # behind all other shapes
        master.shapes.element.insert(2, parse_xml(band))


def _place(
    shape: BaseShape, places: dict[str, tuple[float, float, float, float]]
) -> None:
    from pptx.util import Pt

    place = places.get(kind_of(shape))
    if place:
        left, top, width, height = place
        shape.left = Pt(left)
        shape.top = Pt(top)
        shape.width = Pt(width)
        shape.height = Pt(height)
