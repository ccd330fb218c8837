"""Draws short texts of a slide as cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from launch_kits.documents.formats.blocks import plain
from launch_kits.documents.formats.characters import is_right_to_left
from launch_kits.documents.formats.colours import PANEL
from launch_kits.documents.formats.masters.deck import Deck
from launch_kits.documents.formats.pptx_text import write_lines
from launch_kits.documents.formats.slide_grid import INSET, SlideGrid
from launch_kits.documents.formats.slide_pieces import SlideLine, SlideRoom

if TYPE_CHECKING:
    from pptx.shapes.autoshape import Shape
    from pptx.slide import Slide as Page

__all__ = ["draw_grid"]

#: the height of the bar on a card, and the width of the outline in a company's own master, both in
#: points
_BAR = 4.0
_OUTLINE = 1.5


def draw_grid(page: Page, grid: SlideGrid, deck: Deck) -> None:
    """Draw the cards of a slide, and the lines above and below them.

    The lines above go into the placeholder of the layout.
    """
    room = deck.room
    inner = grid.room(room)
    if grid.above:
        above = room._replace(height=inner.top - room.top)
        holder = page.placeholders[deck.body]
        _write(holder, grid.above, above, grid.beside, deck)
    for card, place in zip(grid.cards, grid.places(room), strict=True):
        _draw_card(page, card, place, grid.size, deck)
    if grid.below:
        from pptx.util import Pt

        top = inner.top + inner.height + grid.beside / 3
        below = room._replace(top=top, height=room.top + room.height - top)
        box = page.shapes.add_textbox(Pt(0), Pt(0), Pt(0), Pt(0))
        _write(box, grid.below, below, grid.beside, deck)


def _write(
    shape: Shape, lines: Sequence[SlideLine], place: SlideRoom, size: float, deck: Deck
) -> None:
    _place(shape, place)
    write_lines(shape.text_frame, lines, size, deck.shades)


def _place(shape: Shape, place: SlideRoom) -> None:
    from pptx.util import Pt

    shape.left = Pt(place.left)
    shape.top = Pt(place.top)
    shape.width = Pt(place.width)
    shape.height = Pt(place.height)


def _draw_card(
    page: Page, lines: Sequence[SlideLine], place: SlideRoom, size: float, deck: Deck
) -> None:
    """Draw one card: on a panel with a bar, or in an outline in a company's own master."""
    from pptx.dml.color import RGBColor
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    shape = _rectangle(page, place)
    if deck.own:
        shape.fill.background()
        shape.line.color.theme_color = MSO_THEME_COLOR.ACCENT_1
        shape.line.width = Pt(_OUTLINE)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(PANEL)
        shape.line.fill.background()
        _draw_bar(page, place)
    frame = shape.text_frame
    write_lines(frame, lines, size, deck.shades)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = Pt(INSET)
    frame.margin_top = frame.margin_bottom = Pt(INSET / 2)
    for paragraph, line in zip(frame.paragraphs, lines, strict=True):
        right = is_right_to_left(plain(line.runs))
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT


def _draw_bar(page: Page, place: SlideRoom) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    bar = _rectangle(page, place._replace(height=_BAR))
    bar.fill.solid()
    bar.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    bar.line.fill.background()


def _rectangle(page: Page, place: SlideRoom) -> Shape:
    """A rectangle without the style of a theme, which has shadows and white text."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Pt

    shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Pt(each) for each in place))
    style = shape.element.find("{*}style")
    if style is not None:
        shape.element.remove(style)
    return shape
