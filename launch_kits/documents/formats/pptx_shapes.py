"""The shapes of slides beside their text: tables, pictures, footer and number."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from launch_kits.documents.formats.blocks import Run, Runs, plain
from launch_kits.documents.formats.characters import breadth, is_right_to_left
from launch_kits.documents.formats.colours import INK, LINE, SOFT
from launch_kits.documents.formats.masters.deck import Deck
from launch_kits.documents.formats.pictures import DocumentPicture
from launch_kits.documents.formats.pptx_text import turn, write_runs
from launch_kits.documents.formats.slide_master import kind_of, placeholders
from launch_kits.documents.formats.slide_pieces import (
    SlideRoom,
    SlideTable,
    row_height,
    table_size,
)

if TYPE_CHECKING:
    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide as Page
    from pptx.table import _Cell

__all__ = ["draw_footer", "draw_pictures", "draw_table"]

#: the text size of the footer, in points, and the height of one that the master does not have
_FOOTER_SIZE = 11
_FOOTER_HEIGHT = 22.0
#: the smallest text of a footer, the space beside it, and the width of a character relative to
#: the text size
_FOOTER_LEAST = 7.0
_FOOTER_INSET = 14.4
_FOOTER_CHARACTER = 0.54
#: the name of the theme's font for texts
_THEME_FONT = "+mn-lt"
#: the text size of a caption in points, and its height; the space between two pictures
_CAPTION = (14, 44.0)
_BETWEEN = 18.0
#: PowerPoint's table style without lines and fills
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def draw_pictures(
    page: Page, pictures: Sequence[DocumentPicture], deck: Deck, day: date
) -> None:
    """Show pictures below the title, side by side, each as large as the slide allows."""
    for at, picture in enumerate(pictures):
        width = (deck.room.width + _BETWEEN) / len(pictures)
        left = deck.room.left + at * width
        place = deck.room._replace(left=left, width=width - _BETWEEN)
        _draw_picture(page, picture, deck, place, day)


def _draw_picture(
    page: Page, picture: DocumentPicture, deck: Deck, place: SlideRoom, day: date
) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    high = place.height - (_CAPTION[1] if picture.caption else 0.0)
    width = min(place.width, high / picture.proportion)
    shape = page.shapes.add_picture(
        BytesIO(picture.bitmap(day=day)),
        Pt(place.left + (place.width - width) / 2),
        Pt(place.top),
        width=Pt(width),
    )
    shape.element.find(".//{*}cNvPr").set("descr", picture.description)
    if picture.caption:
        box = page.shapes.add_textbox(
            Pt(place.left),
            Pt(place.top + width * picture.proportion),
            Pt(place.width),
            Pt(_CAPTION[1]),
        ).text_frame
        box.word_wrap = True
        box.paragraphs[0].alignment = PP_ALIGN.CENTER
        runs = (Run(picture.caption),)
        write_runs(box.paragraphs[0], runs, _CAPTION[0], SOFT, deck.shades)


def draw_table(
    page: Page,
    grid: SlideTable,
    deck: Deck,
    top: float,
    size: float,
    *,
    extra: float = 0.0,
) -> None:
    """Add a table below ``top``, in points, beside text of a size.

    Each row is higher by ``extra`` points than its text needs.
    """
    from pptx.util import Pt

    room = deck.room
    rows = grid.table.rows
    widths = grid.table.widths()
    shape = page.shapes.add_table(
        len(rows), len(widths), Pt(room.left), Pt(top), Pt(room.width), Pt(1)
    )
    shape.element.find(".//{*}tableStyleId").text = _PLAIN_TABLE
    table = shape.table
    for at, width in enumerate(widths):
        table.columns[at].width = Pt(room.width * width / sum(widths))
    for at, row in enumerate(rows):
        table.rows[at].height = Pt(row_height(widths, row, size, room) + extra)
        for cell, runs in zip(table.rows[at].cells, row, strict=True):
            _cell(cell, runs, table_size(size), deck, head=at == 0)


def _cell(cell: _Cell, runs: Runs, size: float, deck: Deck, *, head: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.oxml.xmlchemy import OxmlElement
    from pptx.util import Pt

    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = Pt(0)
    cell.margin_right = Pt(12)
    cell.margin_top = cell.margin_bottom = Pt(4)
    shown = tuple(run._replace(bold=True) for run in runs) if head else runs
    paragraph = cell.text_frame.paragraphs[0]
    write_runs(paragraph, shown, size, SOFT if head else INK, deck.shades)
    if is_right_to_left(plain(runs)):
        turn(paragraph)
    colour = OxmlElement("a:srgbClr")
    colour.set("val", deck.shades.get(LINE, LINE))
    fill = OxmlElement("a:solidFill")
    fill.append(colour)
    line = OxmlElement("a:lnB")
    line.set("w", str(Pt(0.75)))
    line.append(fill)
    cell._tc.get_or_add_tcPr().append(line)  # noqa: SLF001 - python-pptx has no borders


def draw_footer(page: Page, text: str, deck: Deck) -> None:
    """Add the footer and the slide number, which are not inherited.

    A slide whose master has no place for a footer gets one at its lower edge.
    """
    from pptx.util import Length, Pt

    found = {kind_of(shape): shape for shape in placeholders(page.slide_layout)}
    if "SLIDE_NUMBER" in found:
        _copied(page, found["SLIDE_NUMBER"])
    if "FOOTER" in found:
        _footer_in(page, found["FOOTER"], text, deck)
        return
    bottom = Length(deck.presentation.slide_height or 0).pt
    box = page.shapes.add_textbox(
        Pt(deck.room.left),
        Pt(bottom - _FOOTER_HEIGHT),
        Pt(deck.room.width),
        Pt(_FOOTER_HEIGHT),
    ).text_frame
    box.margin_left = box.margin_top = box.margin_bottom = Pt(0)
    write_runs(box.paragraphs[0], (Run(text),), _FOOTER_SIZE, SOFT, deck.shades)


def _copied(page: Page, place: BaseShape) -> BaseOxmlElement:
    """Copy a placeholder of the layout onto a slide, with a number that no other shape has."""
    tree = page.shapes.element
    numbers = [int(each.get("id")) for each in tree.iter("{*}cNvPr")]
    own = deepcopy(place.element)
    own.find(".//{*}cNvPr").set("id", str(max(numbers, default=1) + 1))
    tree.append(own)
    return own


def _footer_in(page: Page, place: BaseShape, text: str, deck: Deck) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.text.text import TextFrame
    from pptx.util import Length, Pt

    own = _copied(page, place)
    frame = TextFrame(own.find("{*}txBody"), page)
    if deck.own:
        # with the colours of the master, and its size if the text fits
        frame.text = text
        font = frame.paragraphs[0].runs[0].font
        font.name = _THEME_FONT
        width = Length(place.width).pt - _FOOTER_INSET
        size = width / (breadth(text) * _FOOTER_CHARACTER)
        if size < _FOOTER_SIZE:
            font.size = Pt(max(size, _FOOTER_LEAST))
        return
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    write_runs(paragraph, (Run(text),), _FOOTER_SIZE, SOFT)
