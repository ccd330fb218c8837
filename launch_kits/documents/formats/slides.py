"""Documents as slides: one for each section, or several if it is long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from launch_kits.documents.formats.blocks import (
    Block,
    Callout,
    Heading,
    Notes,
    Paragraph,
    Run,
    Runs,
    Section,
    Table,
    plain,
)
from launch_kits.documents.formats.characters import breadth, cut
from launch_kits.documents.formats.outline import title_of
from launch_kits.documents.formats.slide_pieces import (
    ROOM,
    Piece,
    SlideLine,
    SlidePicture,
    SlideRoom,
    SlideTable,
    characters_of_line,
    lines_of_slide,
    pieces_of,
)

__all__ = ["SIZES", "SOURCE_SIZES", "Slide", "slides"]

#: text sizes in points, the largest first; a slide takes the largest with room for its text
SIZES = (24, 20, 18, 16, 14)
#: the same beside a table
_TABLE_SIZES = (20, 18, 16, 14)
#: the sizes of little text, and the part of the room that it fills at most
_LITTLE_SIZES = (32, 28)
_LITTLE_TABLE_SIZES = (24,)
_LITTLE = 0.5
#: the same for sources
SOURCE_SIZES = (14, 12, 11)
#: the text size under the title of the first slide, in points
_COVER_SIZE = 20
#: the most pictures side by side
_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide."""

    title: str
    pieces: tuple[Piece, ...]
    #: the text size, in points
    size: float
    #: whether it is the first slide, with the title of the document
    cover: bool = False
    #: the title with the numbers of its sources
    heading: Runs = ()

    @property
    def cited(self) -> tuple[int, ...]:
        """The numbers of the sources that it cites, in order."""
        numbers = {int(run.text) for run in self._runs() if run.note}
        return tuple(sorted(numbers))

    def _runs(self) -> Iterator[Run]:
        yield from self.heading
        for piece in self.pieces:
            if isinstance(piece, SlideLine):
                yield from piece.runs
            if not isinstance(piece, SlideTable):
                continue
            for row in piece.table.rows:
                for cell in row:
                    yield from cell


def slides(
    sections: Sequence[Section], *, title: str, room: SlideRoom = ROOM
) -> Iterator[Slide]:
    """Lay a document out on slides.

    ``title`` is for a document that has none of its own. Returns the slides in order; the sources
    are on the last ones.
    """
    own = title_of(sections) or title
    beginning: Sequence[Block] = ()
    if sections and sections[0].heading is None:
        beginning = sections[0].blocks
    yield from _cover(beginning, own, room)
    for at, section in enumerate(sections):
        if section.heading:
            runs = section.heading.runs
            for slide in _section(plain(runs), section.blocks, room):
                yield replace(slide, heading=runs)
        elif at:
            yield from _section(own, section.blocks, room)


def _cover(blocks: Sequence[Block], title: str, room: SlideRoom) -> Iterator[Slide]:
    """The first slide, with the paragraphs under the title.

    Other blocks before the first section come on the next slide.
    """
    shown: list[Block] = []
    rest: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph | Callout):
            shown.append(block)
        elif not (isinstance(block, Heading) and block.level == 1):
            rest.append(block)
    yield Slide(title, tuple(pieces_of(shown)), _COVER_SIZE, cover=True)
    if any(pieces_of(rest)):
        yield from _section(title, rest, room)


def _section(title: str, blocks: Sequence[Block], room: SlideRoom) -> Iterator[Slide]:
    pieces = tuple(_side_by_side(pieces_of(blocks)))
    sizes = _sizes_for(blocks)
    fitting = (size for size in sizes if _height(pieces, size, room) <= room.height)
    size = _size_of_little(blocks, pieces, room) or next(fitting, sizes[-1])
    parts = list(_filled(pieces, size, room)) or [()]
    if len(parts) == 1:
        yield Slide(title, parts[0], size)
        return
    for number, part in enumerate(parts, 1):
        yield Slide(f"{title} ({number} of {len(parts)})", part, size)


def _side_by_side(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Put pictures that follow each other onto one slide, as many as it can show."""
    names: tuple[str, ...] = ()
    for piece in pieces:
        is_picture = isinstance(piece, SlidePicture)
        if names and (not is_picture or len(names) == _BESIDE):
            yield SlidePicture(names)
            names = ()
        if isinstance(piece, SlidePicture):
            names += piece.names
        else:
            yield piece
    if names:
        yield SlidePicture(names)


def _sizes_for(blocks: Sequence[Block]) -> Sequence[int]:
    if any(isinstance(block, Notes) for block in blocks):
        return SOURCE_SIZES
    if any(isinstance(block, Table) for block in blocks):
        return _TABLE_SIZES
    return SIZES


def _size_of_little(
    blocks: Sequence[Block], pieces: Sequence[Piece], room: SlideRoom
) -> int | None:
    """The text size of a slide that would look empty; None for any other."""
    sizes = {SIZES: _LITTLE_SIZES, _TABLE_SIZES: _LITTLE_TABLE_SIZES}
    for size in sizes.get(tuple(_sizes_for(blocks)), ()):
        if _height(pieces, size, room) <= _LITTLE * room.height:
            return size
    return None


def _height(pieces: Iterable[Piece], size: float, room: SlideRoom) -> float:
    return sum(piece.height(size, room) for piece in pieces)


def _filled(
    pieces: Iterable[Piece], size: float, room: SlideRoom
) -> Iterator[tuple[Piece, ...]]:
    """Divide pieces among slides."""
    part: list[Piece] = []
    for unit in _units(pieces, size, room):
        if part and _height([*part, *unit], size, room) > room.height:
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
            if unit and (begins or _height([*unit, piece], size, room) > room.height):
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
