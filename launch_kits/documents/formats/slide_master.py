"""The master of slides, made in code.

Slides are wide and white, with a band of colour, a footer and a number.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from datetime import date
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from launch_kits.documents.formats.colours import INK, LINE
from launch_kits.documents.formats.look import BrandLook
from launch_kits.documents.formats.slide_pieces import ROOM

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import SlideLayout, SlideMaster

__all__ = [
    "BODY",
    "COVER",
    "TITLE_ONLY",
    "blank",
    "kind_of",
    "placeholders",
]

#: the width and the height of a slide, in points
PAGE = (960.0, 540.0)
LEFT, TOP, WIDTH, HEIGHT = ROOM

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
#: a band in the accent of the theme, and a line above the footer
_BANDS = (
    ('<a:schemeClr val="accent1"/>', (0.0, 0.0, PAGE[0], 8.0)),
    (f'<a:srgbClr val="{LINE}"/>', (LEFT, 496.0, WIDTH, 0.75)),
)
#: a broad band beside the text of the first slide, in the accent of the theme
_COVER_BAND = ('<a:schemeClr val="accent1"/>', (0.0, 0.0, 28.0, PAGE[1]))
#: the right edge, the top and the height of the logo, and its width at most, in points
_LOGO = (LEFT + WIDTH, 16.0, 26.0, 160.0)

#: the numbers in python-pptx's template of the layouts that become COVER, BODY and TITLE_ONLY
_KEPT = (0, 1, 5)
COVER, BODY, TITLE_ONLY = range(3)

_BAND = """
<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
      xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
  <p:nvSpPr><p:cNvPr id="{id}" name="Band {id}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>
  <p:spPr>
    <a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
    <a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
    <a:solidFill>{colour}</a:solidFill><a:ln><a:noFill/></a:ln>
  </p:spPr>
</p:sp>
"""


def blank(look: BrandLook, day: date) -> Presentation:
    """Make a presentation without slides, with the colours, font and logo of a brand.

    ``day`` is the date of the logo's picture.
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
    _dress(made, look)
    _furnish(made.slide_master)
    _sign(made.slide_master, look, day)
    _draw_bands(layouts[COVER], (_COVER_BAND,))
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


def _dress(presentation: Presentation, look: BrandLook) -> None:
    """Set the colours and the font of the theme, which titles, links and bands use."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode()
    colours = {
        "dk1": INK,
        "dk2": look.main,
        "accent1": look.accent,
        "hlink": look.link,
        "folHlink": look.link,
    }
    for name, colour in colours.items():
        text = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>',
            text,
            flags=re.DOTALL,
        )
    if look.family:
        face = f'<a:latin typeface="{escape(look.family, quote=True)}"'
        text = re.sub(r'<a:latin typeface="[^"]*"', lambda _: face, text)
    theme.blob = text.encode()


def _sign(master: SlideMaster, look: BrandLook, day: date) -> None:
    """Put the logo of a brand into the upper right corner of all slides."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.util import Pt

    logo = look.logo_png(day=day)
    if logo is None:
        return
    part = master.part
    image_part = part.package.get_or_add_image_part(BytesIO(logo))
    relation = part.relate_to(image_part, RELATIONSHIP_TYPE.IMAGE)
    right, top, height, most = _LOGO
    width = height * _proportion(logo)
    scale = min(1.0, most / width)
    picture = master.shapes.element.add_pic(
        90,
        "Logo",
        look.name,
        relation,
        Pt(right - width * scale),
        Pt(top),
        Pt(width * scale),
        Pt(height * scale),
    )
    picture.nvPicPr.nvPr.set("userDrawn", "1")


def _proportion(png: bytes) -> float:
    """The width of a PNG file relative to its height, by its head."""
    width, height = struct.unpack(">II", png[16:24])
    return float(width / height)


def _furnish(master: SlideMaster) -> None:
    for shape in placeholders(master):
        _place(shape, _MASTER)
        _align(shape, "r" if kind_of(shape) == "SLIDE_NUMBER" else "l")
        if kind_of(shape) == "TITLE":
            shape.element.find(".//{*}bodyPr").set("anchor", "b")
    title = master.element.find(".//{*}titleStyle/{*}lvl1pPr")
    title.set("algn", "l")
    title.find("{*}defRPr").set("sz", "3200")
    title.find("{*}defRPr").set("b", "1")
    for colour in title.iter("{*}schemeClr"):
        colour.set("val", "tx2")
    _draw_bands(master, _BANDS)


def _draw_bands(
    holder: SlideMaster | SlideLayout,
    bands: Iterable[tuple[str, tuple[float, float, float, float]]],
) -> None:
    """Draw bands of colour behind all other shapes."""
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    for number, (colour, place) in enumerate(bands, 100):
        left, top, width, height = map(Pt, place)
        band = _BAND.format(
            id=number, colour=colour, left=left, top=top, width=width, height=height
        )
        holder.shapes.element.insert(2, parse_xml(band))


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
