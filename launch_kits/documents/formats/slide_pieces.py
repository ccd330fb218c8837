"""The pieces of slides: lines of text and tables, with their heights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from launch_kits.documents.formats.blocks import (
    Block,
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from launch_kits.documents.formats.characters import lines_of
from launch_kits.documents.formats.pictures import Picture

__all__ = [
    "INDENT",
    "LEADING",
    "ROOM",
    "SPACING",
    "Piece",
    "SlideLine",
    "SlidePicture",
    "SlideRoom",
    "SlideTable",
    "characters_of_line",
    "lines_of_slide",
    "pieces_of",
    "row_height",
    "table_size",
]


class SlideRoom(NamedTuple):
    """The room for text and tables on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


#: the room on the project's own slides
ROOM = SlideRoom(48.0, 112.0, 864.0, 372.0)

#: the text size in tables, relative to the other text
_IN_TABLES = 0.85
#: the width of a character, relative to the text size: more than the average of the fonts that
#: office programs take if one is missing
_CHARACTER = 0.54
#: the same in tables, whose short lines are seldom full
_IN_CELLS = 0.58
#: the height of a line, relative to the text size
LEADING = 1.22
#: the space between paragraphs, relative to the text size
SPACING = 0.35
#: the indent of a list level, relative to the text size
INDENT = 1.1
#: the space beside and above the text of a table cell, in points
_CELL_WIDTH = 12
_CELL_HEIGHT = 9


@dataclass(frozen=True, slots=True)
class SlideLine:
    """A paragraph on a slide."""

    runs: Runs
    #: the number of lists that it is in
    level: int = 0
    #: the bullet or the number before it; None for neither
    mark: str | int | None = None
    #: whether it is part of a warning
    loud: bool = False
    #: whether it begins a unit that should stay together: a paragraph, or a whole item of a list
    first: bool = True
    #: whether it is the heading of a section, among the lines of others
    heading: bool = False

    def height(self, size: float, room: SlideRoom) -> float:
        """Its height in points, at a text size in points."""
        most = characters_of_line(self.level, size, room)
        lines = lines_of("".join(run.text for run in self.runs), most)
        return (lines * LEADING + SPACING) * size


@dataclass(frozen=True, slots=True)
class SlideTable:
    """A table on a slide; its first row has the headings."""

    table: Table

    def height(self, size: float, room: SlideRoom) -> float:
        """Its height in points, beside text of a size in points."""
        # once for all rows: they need a look at every cell
        widths = self.table.widths()
        rows = sum(row_height(widths, row, size, room) for row in self.table.rows)
        return rows + size * SPACING * 2


@dataclass(frozen=True, slots=True)
class SlidePicture:
    """Pictures side by side, on a slide of their own."""

    names: tuple[str, ...]

    def height(self, size: float, room: SlideRoom) -> float:
        """Its height in points: all that a slide has."""
        return room.height


Piece: TypeAlias = SlideLine | SlideTable | SlidePicture


def characters_of_line(level: int, size: float, room: SlideRoom) -> float:
    """The number of characters that fit into a line at a list level."""
    return (room.width - level * INDENT * size) / (size * _CHARACTER)


def lines_of_slide(size: float, room: SlideRoom) -> float:
    """The number of lines that fit onto a slide."""
    return room.height / (size * LEADING)


def table_size(size: float) -> float:
    """The text size in tables, in points, beside other text of a size."""
    return round(size * _IN_TABLES, 1)


def row_height(
    widths: Sequence[int], row: Sequence[Runs], size: float, room: SlideRoom
) -> float:
    """The height of a table row in points, beside other text of a size.

    ``widths`` are those of the table's columns.
    """
    own = table_size(size)
    unit = room.width / sum(widths)
    lines = 1
    for cell, width in zip(row, widths, strict=True):
        most = (unit * width - _CELL_WIDTH) / (own * _IN_CELLS)
        lines = max(lines, lines_of(plain(cell), max(1, most)))
    return lines * own * LEADING + _CELL_HEIGHT


def pieces_of(
    blocks: Iterable[Block], *, level: int = 0, loud: bool = False
) -> Iterator[Piece]:
    """The pieces of blocks, in order.

    ``level`` is the number of lists that the blocks are in; ``loud`` marks them as a warning.
    """
    for block in blocks:
        match block:
            case Paragraph(runs):
                yield SlideLine(runs, level, loud=loud)
            case Heading(_, runs):
                yield SlideLine(tuple(run._replace(bold=True) for run in runs), level)
            case Listing(start, items):
                yield from _items(items, start, level=level + 1, loud=loud)
            case Notes(items):
                yield from _items(items, 1, level=level + 1)
            case Callout(inner):
                yield from pieces_of(inner, level=level, loud=True)
            case Table():
                yield SlideTable(block)
            case Picture(name):
                yield SlidePicture((name,))
            case Code(text):
                yield SlideLine(tuple(_code(text)), level)


def _code(text: str) -> Iterator[Run]:
    for at, line in enumerate(text.rstrip("\n").split("\n")):
        if at:
            yield Run("\n")
        yield Run(line, code=True)


def _items(
    items: Iterable[tuple[Block, ...]],
    start: int | None,
    *,
    level: int,
    loud: bool = False,
) -> Iterator[Piece]:
    for number, item in enumerate(items, start or 0):
        mark = "•" if start is None else number
        for at, piece in enumerate(pieces_of(item, level=level, loud=loud)):
            if not isinstance(piece, SlideLine):
                yield piece
            elif at == 0:
                own = mark if piece.mark is None else piece.mark
                yield replace(piece, mark=own, first=level == 1)
            else:
                yield replace(piece, first=False)
