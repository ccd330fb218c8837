"""How small the text of a Word file is, so that its pages end well.

Word lays pages out itself, so their number is estimated: with the usual font, and with the widest
of those that office programs take if it is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

from launch_kits.documents.formats.blocks import (
    Block,
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Runs,
    Section,
    Table,
    plain,
)
from launch_kits.documents.formats.characters import lines_of
from launch_kits.documents.formats.metadata import Paper
from launch_kits.documents.formats.pictures import Picture, Pictures

__all__ = [
    "MARGIN",
    "MARGIN_TOP",
    "PAPERS",
    "PageRoom",
    "narrowed",
    "page_room",
    "scale_of",
]

#: the sizes of text that are tried, relative to the usual one; the smaller ones are for documents
#: that have to be one page
_SCALES = (1.0, 0.96, 0.92, 0.88, 0.84)
_SMALL = (0.8, 0.76, 0.72, 0.68, 0.64)
#: the pages that may become one, and the part of a last page that is too little
_NEARLY_ONE = 1.5
_LITTLE = 0.3
#: from so many pages on, an estimate tells nothing of the last one
_LONG = 6
#: the widths of pictures that are tried on one page, relative to that of the text
_SHARES = (0.75, 0.6, 0.45)
#: how much more room a text may need than is estimated
_SAFE = 1.01

#: the text size and the space around in points: of text, of sources, and of headings by level
_TEXT = (11.0, 6.0)
_ITEM = (11.0, 1.5)
_SOURCE = (9.0, 1.5)
_HEADINGS: Mapping[int, tuple[float, float]] = {
    1: (26.0, 6.0),
    2: (16.0, 20.0),
    3: (13.0, 16.0),
}
_LOWER = (11.0, 12.0)
#: the indent of a list level, the space below a row, and that below a table, in points
_INDENT = 18.0
_ROW = 4.0
_IN_TABLES = 10.5
_BELOW = 14.0
#: the space beside the text of a cell, in points
_CELL = 11.0
_CAPTION = 20.0


#: paper → width and height, in millimetres
PAPERS = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}
#: the margins, in millimetres
MARGIN = 22.0
MARGIN_TOP = 24.0


@dataclass(frozen=True, slots=True)
class _Letters:
    """The width of a character and the height of a line of a font, relative to the text size."""

    width: float
    line: float
    #: the text size, relative to the usual one
    scale: float = 1.0


_USUAL = _Letters(0.5, 1.22)
_WIDE = _Letters(0.57, 1.3)


@dataclass(frozen=True, slots=True)
class PageRoom:
    """The room for text on a page, in points, at the usual margins."""

    width: float
    height: float


def page_room(paper: Paper) -> PageRoom:
    """The room for text on a page of the project's own Word files."""
    width, height = PAPERS[paper]
    points = 72 / 25.4
    return PageRoom((width - 2 * MARGIN) * points, (height - 2 * MARGIN_TOP) * points)


def scale_of(
    sections: Sequence[Section],
    room: PageRoom,
    pictures: Pictures,
    *,
    one_page: bool = False,
) -> float:
    """The text size with which the pages of a document end well, relative to the usual one.

    A document that should be ``one_page`` gets smaller text if that makes it one. Any other with
    little on its last page gets smaller text if that spares the page.
    """
    estimate = partial(_pages, sections, room, pictures)
    pages = estimate(_WIDE)
    if one_page:
        tried = (*_SCALES, *_SMALL)
        return _first(estimate, _WIDE, tried, 1) or tried[-1]
    scale = 1.0
    if 1.0 < pages <= _NEARLY_ONE or _ends_badly(pages):
        scale = _first(estimate, _WIDE, _SCALES, int(pages)) or scale
    usual = estimate(replace(_USUAL, scale=scale))
    if _ends_badly(usual):
        smaller = [each for each in _SCALES if each < scale]
        scale = _first(estimate, _USUAL, smaller, int(usual)) or scale
    return scale


def _ends_badly(pages: float) -> bool:
    """Whether the last of several pages has little text."""
    return 1.0 < pages < _LONG and pages - int(pages) <= _LITTLE


def _first(
    estimate: Callable[[_Letters], float],
    letters: _Letters,
    scales: Iterable[float],
    most: int,
) -> float | None:
    """The first of some text sizes with which a document has so many pages at most."""
    return next(
        (each for each in scales if estimate(replace(letters, scale=each)) <= most),
        None,
    )


def narrowed(
    sections: Sequence[Section], room: PageRoom, pictures: Pictures
) -> Pictures:
    """Narrow the pictures of a one-page document, so that text stays readable.

    Returns the pictures as they are if that is not needed.
    """
    for share in (1.0, *_SHARES):
        tried = {
            name: replace(picture, most=share) for name, picture in pictures.items()
        }
        if scale_of(sections, room, tried, one_page=True) >= _SCALES[-1]:
            return tried
    return tried


def _pages(
    sections: Iterable[Section], room: PageRoom, pictures: Pictures, letters: _Letters
) -> float:
    """The number of pages that a document takes, such as 1.2."""
    height = 0.0
    for section in sections:
        heading = [section.heading] if section.heading else []
        height += _heights([*heading, *section.blocks], room.width, pictures, letters)
    return height * _SAFE / room.height


def _heights(
    blocks: Iterable[Block], width: float, pictures: Pictures, letters: _Letters
) -> float:
    return sum(_height(block, width, pictures, letters) for block in blocks)


def _height(  # noqa: PLR0911 - one for each kind
    block: Block, width: float, pictures: Pictures, letters: _Letters
) -> float:
    match block:
        case Heading(level, runs):
            return _lines(runs, _HEADINGS.get(level, _LOWER), width, letters)
        case Paragraph(runs):
            return _lines(runs, _TEXT, width, letters)
        case Listing(_, items):
            return (
                _items(items, _ITEM, width, pictures, letters)
                + _TEXT[1] * letters.scale
            )
        case Notes(items):
            return _items(items, _SOURCE, width, pictures, letters)
        case Callout(inner):
            return _heights(inner, width, pictures, letters)
        case Table():
            return _table(block, width, letters)
        case Code(text):
            return (text.count("\n") + 1) * _TEXT[0] * letters.line * letters.scale
        case Picture(name) if name in pictures:
            picture = pictures[name]
            return width * picture.share * picture.proportion + _CAPTION
        case _:
            return 0.0


def _lines(
    runs: Runs, look: tuple[float, float], width: float, letters: _Letters
) -> float:
    size, around = look
    most = width / (size * letters.scale * letters.width)
    lines = lines_of("".join(run.text for run in runs), most)
    return (lines * size * letters.line + around) * letters.scale


def _items(
    items: Iterable[Sequence[Block]],
    look: tuple[float, float],
    width: float,
    pictures: Pictures,
    letters: _Letters,
) -> float:
    height = 0.0
    inner = width - _INDENT
    for item in items:
        for block in item:
            if isinstance(block, Paragraph):
                height += _lines(block.runs, look, inner, letters)
            else:
                height += _height(block, inner, pictures, letters)
    return height


def _table(block: Table, width: float, letters: _Letters) -> float:
    widths = block.widths()
    unit = width / sum(widths)
    size = _IN_TABLES * letters.scale
    height = 0.0
    for row in block.rows:
        lines = max(
            lines_of(plain(cell), max(1, (unit * own - _CELL) / (size * letters.width)))
            for cell, own in zip(row, widths, strict=True)
        )
        height += lines * size * letters.line + _ROW
    return ceil(height + _BELOW)
