"""A document on one slide: its sections side by side in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from launch_kits.documents.formats.blocks import (
    Heading,
    Notes,
    Run,
    Runs,
    Section,
    plain,
)
from launch_kits.documents.formats.characters import lines_of
from launch_kits.documents.formats.outline import title_of
from launch_kits.documents.formats.slide_pieces import (
    INDENT,
    LEADING,
    ROOM,
    SPACING,
    SlideLine,
    SlideRoom,
    SlideTable,
    pieces_of,
)

__all__ = [
    "CARD_ROOM",
    "GUTTER",
    "SlideCard",
    "card_of",
    "cited_in",
]

COLUMNS = 3
#: the space between columns, in points
GUTTER = 20.0
#: the room for the columns on the project's own slides
CARD_ROOM = ROOM._replace(top=88.0, height=396.0)
#: text sizes in points, the largest first
_SIZES = (14.0, 12.0, 11.0, 10.0, 9.0, 8.5, 8.0, 7.5)
#: the steps in points in which columns are made lower, to be even
_STEP = 12.0
#: the width of a character, relative to the text size
_CHARACTER = 0.5

_Lines: TypeAlias = list[SlideLine]


@dataclass(frozen=True, slots=True)
class SlideCard:
    """A document on one slide."""

    title: str
    #: the paragraphs under the title
    about: Runs
    columns: tuple[tuple[SlideLine, ...], ...]
    #: the width of a column, in points
    width: float
    #: the text size, in points
    size: float
    #: lines for which there is no room, for the notes
    left_out: tuple[SlideLine, ...] = ()


def card_of(
    sections: Sequence[Section], *, title: str, room: SlideRoom = CARD_ROOM
) -> SlideCard:
    """Lay a document out on one slide.

    The text is as large as the slide allows. The last sections are left out if even the smallest
    text has no room for them. ``title`` is for a document that has none of its own, and ``room``
    is for the columns.
    """
    blocks = [
        list(_lines(section))
        for section in sections
        if section.heading and not _has_sources(section)
    ]
    blocks = [block for block in blocks if len(block) > 1]
    left_out: list[list[SlideLine]] = []
    room = room._replace(width=(room.width - (COLUMNS - 1) * GUTTER) / COLUMNS)
    found = _fitted(blocks, room)
    while found is None and len(blocks) > 1:
        left_out.insert(0, blocks.pop())
        found = _fitted(blocks, room)
    size, columns = found or (_SIZES[-1], blocks)
    return SlideCard(
        title=title_of(sections) or title,
        about=tuple(_about(sections)),
        columns=tuple(map(tuple, columns)),
        width=room.width,
        size=size,
        left_out=tuple(line for block in left_out for line in block),
    )


def _has_sources(section: Section) -> bool:
    return any(isinstance(block, Notes) for block in section.blocks)


def _about(sections: Sequence[Section]) -> Iterator[Run]:
    if sections and sections[0].heading is None:
        first = True
        for piece in pieces_of(sections[0].blocks):
            if isinstance(piece, SlideLine) and plain(piece.runs) != title_of(sections):
                if not first:
                    yield Run(" · ")
                yield from piece.runs
                first = False


def _lines(section: Section) -> Iterator[SlideLine]:
    heading = section.heading
    if heading is not None:
        yield SlideLine(heading.runs, heading=True)
    for block in section.blocks:
        if isinstance(block, Heading):
            yield SlideLine(block.runs, heading=True)
            continue
        for piece in pieces_of([block]):
            if isinstance(piece, SlideLine):
                yield piece
            elif isinstance(piece, SlideTable):
                yield from map(_row, piece.table.rows[1:])


def _row(row: Sequence[Runs]) -> SlideLine:
    """A row of a table as a line: its first cell in bold, then the others."""
    first, *rest = row
    runs = [run._replace(bold=True) for run in first]
    for cell in rest:
        if cell:
            runs += [Run("  "), *cell]
    return SlideLine(tuple(runs))


def _fitted(
    blocks: Sequence[_Lines], room: SlideRoom
) -> tuple[float, list[_Lines]] | None:
    """The largest text size with which blocks fit into the columns, and the columns.

    ``room`` is that of a column. The columns are as even as the blocks allow. A block stays whole,
    unless the text is larger if it goes on in the next column.
    """
    for size in _SIZES:
        for fill in (_filled_whole, _filled):
            found = fill(blocks, size, room)
            if found is None:
                continue
            limit = room.height
            while limit > _STEP:
                limit -= _STEP
                lower = fill(blocks, size, room._replace(height=limit))
                if lower is None:
                    break
                found = lower
            return size, found
    return None


def _filled_whole(
    blocks: Sequence[_Lines], size: float, room: SlideRoom
) -> list[_Lines] | None:
    """Whole blocks in columns up to a height, in order; None if they do not fit."""
    columns: list[_Lines] = []
    used = room.height
    for block in blocks:
        height = sum(_height(line, size, room) for line in block)
        if height > room.height:
            return None
        if not columns or used + height > room.height:
            columns.append([])
            used = 0.0
        columns[-1] += block
        used += height
    return columns if len(columns) <= COLUMNS else None


def _filled(
    blocks: Sequence[_Lines], size: float, room: SlideRoom
) -> list[_Lines] | None:
    """The same with blocks that go on in the next column, under their heading."""
    columns: list[_Lines] = [[]]
    used = 0.0
    for heading, *lines in blocks:
        again = replace(heading, runs=(*heading.runs, Run(" (continued)")))
        for at, unit in enumerate(_units(lines)):
            part = [heading, *unit] if at == 0 else unit
            height = sum(_height(line, size, room) for line in part)
            if columns[-1] and used + height > room.height:
                columns.append([again] if at else [])
                used = _height(again, size, room) if at else 0.0
            if used + height > room.height:
                return None
            columns[-1] += part
            used += height
    return columns if len(columns) <= COLUMNS else None


def _units(lines: _Lines) -> Iterator[_Lines]:
    """The lines of a block that stay together, such as an item with the items in it."""
    unit: _Lines = []
    for line in lines:
        if line.first and unit:
            yield unit
            unit = []
        unit.append(line)
    if unit:
        yield unit


def _height(line: SlideLine, size: float, room: SlideRoom) -> float:
    most = (room.width - line.level * INDENT * size) / (size * _CHARACTER)
    lines = lines_of(plain(line.runs), most)
    return (lines * LEADING + SPACING * (2 if line.heading else 1)) * size


def cited_in(lines: Iterable[SlideLine]) -> list[int]:
    """The numbers of the sources that lines cite, in order."""
    return sorted({int(run.text) for line in lines for run in line.runs if run.note})
