"""A document as slides: a slide for each section, several where one would not hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TypeAlias

from launch_kits.documents.formats.outline import (
    Block,
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Run,
    Runs,
    Section,
    Table,
    plain,
    title_of,
)

__all__ = [
    "HEIGHT",
    "INDENT",
    "SPACING",
    "WIDTH",
    "Slide",
    "SlideLine",
    "SlideTable",
    "row_height",
    "slides",
    "table_size",
]

#: the room for text and tables on a slide, in points
WIDTH, HEIGHT = 864.0, 372.0

#: sizes of the text in points, the largest first; a slide takes the largest that it has room for
SIZES = (24, 20, 18, 16, 14)
#: the same beside a table
_TABLE_SIZES = (20, 18, 16, 14)
#: the same under the title of the first slide
_COVER_SIZE = 20
#: the size of the text in tables, in sizes of the other text
_IN_TABLES = 0.85
SOURCE_SIZES = (14, 12, 11)

#: the width of a character and the height of a line, in sizes of the text; a little more than they
#: mostly are
_CHARACTER, _LEADING = 0.5, 1.22
#: what stands between paragraphs, in sizes of the text
SPACING = 0.35
#: how far a level of a list is moved in, in sizes of the text
INDENT = 1.1


@dataclass(frozen=True, slots=True)
class SlideLine:
    """A paragraph on a slide."""

    runs: Runs
    #: how deep in lists it is: 0 for a paragraph outside of one
    level: int = 0
    #: what stands before it: a bullet, the number of an item as an int, or nothing
    mark: str | int | None = None
    #: whether it warns
    loud: bool = False
    #: whether it begins something that should stay together: a paragraph, or an item of a list with
    #: all it holds
    first: bool = True

    def height(self, size: float) -> float:
        """How high it is at a size of text, in points."""
        room = (WIDTH - self.level * INDENT * size) / (size * _CHARACTER)
        texts = "".join(run.text for run in self.runs).split("\n")
        return (
            sum(max(1, ceil(len(text) / room)) for text in texts) * _LEADING + SPACING
        ) * size


@dataclass(frozen=True, slots=True)
class SlideTable:
    """A table on a slide, its first row the headings."""

    table: Table

    def height(self, size: float) -> float:
        """How high it is at a size of the other text, in points."""
        return (
            sum(row_height(self.table, row, size) for row in self.table.rows)
            + size * SPACING * 2
        )


Piece: TypeAlias = SlideLine | SlideTable


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide; the first of a document has its title, and what stands under it."""

    title: str
    pieces: tuple[Piece, ...]
    #: the text's, in points
    size: float
    cover: bool = False

    @property
    def cited(self) -> tuple[int, ...]:
        """The numbers of the sources that it names, each once, in order."""
        found = {int(run.text) for run in self._runs() if run.note}
        return tuple(sorted(found))

    def _runs(self) -> Iterator[Run]:
        for piece in self.pieces:
            if isinstance(piece, SlideLine):
                yield from piece.runs
            else:
                yield from (
                    run for row in piece.table.rows for cell in row for run in cell
                )


def table_size(size: float) -> float:
    """The size of the text in tables beside other text of a size, in points."""
    return round(size * _IN_TABLES, 1)


def row_height(table: Table, row: Sequence[Runs], size: float) -> float:
    """How high a row is beside other text of a size, in points."""
    own, widths = table_size(size), table.widths()
    each = WIDTH / sum(widths)
    lines = max(
        ceil(len(plain(cell)) / max(1, (each * width - 12) / (own * _CHARACTER)))
        for cell, width in zip(row, widths, strict=True)
    )
    return max(1, lines) * own * _LEADING + 9


def slides(sections: Sequence[Section], *, title: str) -> Iterator[Slide]:
    """The slides of a document, ``title`` for one that has none of its own.

    Its sources come last.
    """
    named = title_of(sections) or title
    yield from _cover(
        sections[0].blocks if sections and sections[0].heading is None else (), named
    )
    for at, section in enumerate(sections):
        if section.heading:
            yield from _section(plain(section.heading.runs), section.blocks)
        elif at:
            yield from _section(named, section.blocks)


def _cover(blocks: Sequence[Block], title: str) -> Iterator[Slide]:
    """The first slide, with the paragraphs under the title.

    What else stands there comes on the next one.
    """
    rest = [
        block
        for block in blocks
        if not (isinstance(block, Heading) and block.level == 1)
    ]
    shown = [block for block in rest if isinstance(block, Paragraph | Callout)]
    yield Slide(title, tuple(_pieces(shown)), _COVER_SIZE, cover=True)
    yield from _section(
        title, [block for block in rest if block not in shown], empty=False
    )


def _section(
    title: str, blocks: Sequence[Block], *, empty: bool = True
) -> Iterator[Slide]:
    pieces = tuple(_pieces(blocks))
    if not pieces and not empty:
        return
    sizes: Sequence[int] = SIZES
    if any(isinstance(block, Notes) for block in blocks):
        sizes = SOURCE_SIZES
    elif any(isinstance(block, Table) for block in blocks):
        sizes = _TABLE_SIZES
    size = next((size for size in sizes if _high(pieces, size) <= HEIGHT), sizes[-1])
    parts = list(_filled(pieces, size)) or [()]
    for number, part in enumerate(parts, 1):
        yield Slide(
            f"{title} ({number} of {len(parts)})" if len(parts) > 1 else title,
            part,
            size,
        )


def _high(pieces: Iterable[Piece], size: float) -> float:
    return sum(piece.height(size) for piece in pieces)


def _filled(pieces: Iterable[Piece], size: float) -> Iterator[tuple[Piece, ...]]:
    """The pieces of one slide after the other."""
    part: list[Piece] = []
    for unit in _units(pieces, size):
        if part and _high([*part, *unit], size) > HEIGHT:
            yield tuple(part)
            part = []
        part += unit
    if part:
        yield tuple(part)


def _units(pieces: Iterable[Piece], size: float) -> Iterator[list[Piece]]:
    """What should stay on one slide, in parts where it cannot."""
    unit: list[Piece] = []
    for piece in (part for whole in pieces for part in _small(whole, size)):
        begins = isinstance(piece, SlideTable) or piece.first
        if unit and (begins or _high([*unit, piece], size) > HEIGHT):
            yield unit
            unit = []
        unit.append(piece)
    if unit:
        yield unit


def _small(piece: Piece, size: float) -> Iterator[Piece]:
    """A piece in parts of which each has room on a slide."""
    if piece.height(size) <= HEIGHT:
        yield piece
    elif isinstance(piece, SlideTable):
        yield from _grids(piece.table, size)
    else:
        yield from _lines(piece, size)


def _grids(table: Table, size: float) -> Iterator[SlideTable]:
    head, *rows = table.rows
    part: list[tuple[Runs, ...]] = []
    for row in rows:
        if part and SlideTable(Table((head, *part, row))).height(size) > HEIGHT:
            yield SlideTable(Table((head, *part)))
            part = []
        part.append(row)
    yield SlideTable(Table((head, *part)))


def _lines(line: SlideLine, size: float) -> Iterator[SlideLine]:
    """A long paragraph in parts, broken between words."""
    room = int(
        (WIDTH - line.level * INDENT * size)
        / (size * _CHARACTER)
        * (HEIGHT / (size * _LEADING) - 3)
    )
    part: list[Run] = []
    used = 0
    for run in line.runs:
        for word in _words(run, room):
            if part and used + len(word.text) > room:
                yield replace(line, runs=tuple(part))
                line = replace(line, mark=None, first=True)
                part, used = [], 0
            part.append(word)
            used += room // 20 if word.text == "\n" else len(word.text)
    yield replace(line, runs=tuple(part))


def _words(run: Run, room: int) -> Iterator[Run]:
    words = run.text.split(" ") if run.text.strip() else [run.text]
    for at, word in enumerate(words):
        spaced = f" {word}" if at else word
        for start in range(0, len(spaced), room):
            yield run._replace(text=spaced[start : start + room])


def _pieces(
    blocks: Iterable[Block], *, level: int = 0, loud: bool = False
) -> Iterator[Piece]:
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
                yield from _pieces(inner, level=level, loud=True)
            case Table():
                yield SlideTable(block)
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
        for at, piece in enumerate(_pieces(item, level=level, loud=loud)):
            if not isinstance(piece, SlideLine):
                yield piece
            elif at == 0:
                yield replace(
                    piece,
                    mark=mark if piece.mark is None else piece.mark,
                    first=level == 1,
                )
            else:
                yield replace(piece, first=False)
