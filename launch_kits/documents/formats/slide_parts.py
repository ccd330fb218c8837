"""The pieces of a long section, divided among slides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from launch_kits.documents.formats.blocks import Run, Runs, Table
from launch_kits.documents.formats.characters import breadth, cut
from launch_kits.documents.formats.slide_pieces import (
    Piece,
    SlideLine,
    SlideRoom,
    SlideTable,
    characters_of_line,
    lines_of_slide,
)

__all__ = ["divided", "height_of"]


def height_of(pieces: Iterable[Piece], size: float, room: SlideRoom) -> float:
    """The height of pieces below each other at a text size, both in points."""
    return sum(piece.height(size, room) for piece in pieces)


def divided(
    pieces: Iterable[Piece], size: float, room: SlideRoom
) -> Iterator[tuple[Piece, ...]]:
    """Divide pieces among slides, at a text size in points."""
    part: list[Piece] = []
    for unit in _units(pieces, size, room):
        if part and height_of([*part, *unit], size, room) > room.height:
            yield tuple(part)
            part = []
        part += unit
    if part:
        yield tuple(part)


def _units(
    pieces: Iterable[Piece], size: float, room: SlideRoom
) -> Iterator[list[Piece]]:
    """Group the pieces that should stay together, as far as a slide holds them."""
    unit: list[Piece] = []
    for whole in pieces:
        for piece in _small(whole, size, room):
            begins = not isinstance(piece, SlideLine) or piece.first
            if unit and (begins or height_of([*unit, piece], size, room) > room.height):
                yield unit
                unit = []
            unit.append(piece)
    if unit:
        yield unit


def _small(piece: Piece, size: float, room: SlideRoom) -> Iterator[Piece]:
    """Divide a piece into parts that each fit onto a slide."""
    if piece.height(size, room) <= room.height:
        yield piece
    elif isinstance(piece, SlideTable):
        yield from _tables(piece.table, size, room)
    elif isinstance(piece, SlideLine):
        yield from _lines(piece, size, room)


def _tables(table: Table, size: float, room: SlideRoom) -> Iterator[SlideTable]:
    """Divide a long table into parts that each repeat the headings."""
    head, *rows = table.rows
    part: list[tuple[Runs, ...]] = []
    for row in rows:
        grown = SlideTable(Table((head, *part, row)))
        if part and grown.height(size, room) > room.height:
            yield SlideTable(Table((head, *part)))
            part = []
        part.append(row)
    yield SlideTable(Table((head, *part)))


def _lines(line: SlideLine, size: float, room: SlideRoom) -> Iterator[SlideLine]:
    """Divide a long paragraph into parts, between words."""
    # three lines less than a slide holds, because lines break before they are full
    most = int(
        characters_of_line(line.level, size, room) * (lines_of_slide(size, room) - 3)
    )
    part: list[Run] = []
    used = 0
    for run in line.runs:
        for word in _words(run, most):
            if part and used + breadth(word.text) > most:
                yield replace(line, runs=tuple(part))
                line = replace(line, mark=None, first=True)
                part = []
                used = 0
            part.append(word)
            used += most // 20 if word.text == "\n" else breadth(word.text)
    yield replace(line, runs=tuple(part))


def _words(run: Run, most: int) -> Iterator[Run]:
    """The words of a run with the spaces before them, cut if they are too long."""
    words = run.text.split(" ") if run.text.strip() else [run.text]
    for at, word in enumerate(words):
        spaced = f" {word}" if at else word
        for part in cut(spaced, most):
            yield run._replace(text=part)
