"""Documents as slides: one for each section, or several if it is long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

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
from launch_kits.documents.formats.outline import title_of
from launch_kits.documents.formats.sections import Layout
from launch_kits.documents.formats.slide_grid import (
    SlideGrid,
    grid_of,
    grid_of_sections,
)
from launch_kits.documents.formats.slide_parts import divided, height_of
from launch_kits.documents.formats.slide_pieces import (
    ROOM,
    Piece,
    SlideLine,
    SlidePicture,
    SlideRoom,
    SlideTable,
    pieces_of,
)

__all__ = ["SIZES", "SOURCE_SIZES", "Slide", "slides"]

#: text sizes in points, the largest first; a slide takes the largest with room for its text
SIZES = (24, 20, 18, 16, 14)
#: the same beside a table
_TABLE_SIZES = (28, 24, 22, 20, 18, 16, 14)
#: the sizes of little text, and the part of the room that it fills at most
_LITTLE_SIZES = (32, 28)
_LITTLE_TABLE_SIZES = (32,)
_LITTLE = 0.5
#: the same for sources
SOURCE_SIZES = (22, 20, 18, 16, 14, 12, 11)
#: the text size under the title of the first slide, in points
_COVER_SIZE = 24
#: the part of the free room that more space between lines takes, and the most of it after one
#: line relative to the text size; the most that a row of a table is higher, relative to its own
_SPREAD = 0.85
_MOST_BETWEEN = 0.9
_MOST_OF_ROW = 1.6
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
    #: the space after each line, or within each row of a table, that fills the slide, in points
    extra: float = 0.0
    #: the cards in which the lines are shown; None for lines below each other
    grid: SlideGrid | None = None

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
    shown = (section for section in sections if not _only_on_pages(section))
    for beside, group in groupby(shown, key=_is_beside_others):
        together = list(group)
        joined = grid_of_sections(together, room) if beside else None
        if joined:
            yield _joined(together, joined)
            continue
        for section in together:
            if section.heading:
                runs = section.heading.runs
                for slide in _section(plain(runs), section.blocks, room):
                    yield replace(slide, heading=runs)
            elif section is not sections[0]:
                yield from _section(own, section.blocks, room)


def _only_on_pages(section: Section) -> bool:
    return section.layout is Layout.PAGES and not _has_sources(section.blocks)


def _is_beside_others(section: Section) -> bool:
    return (
        section.layout is Layout.COLUMNS
        and section.heading is not None
        and not _has_sources(section.blocks)
    )


def _has_sources(blocks: Iterable[Block]) -> bool:
    return any(isinstance(block, Notes) for block in blocks)


def _joined(sections: Iterable[Section], grid: SlideGrid) -> Slide:
    """One slide of several short sections, each a card under its own heading."""
    headings = [plain(each.heading.runs) for each in sections if each.heading]
    return Slide(" · ".join(headings), grid.lines, grid.size, grid=grid)


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
    grid = None if _has_sources(blocks) else grid_of(pieces, room)
    if grid:
        yield Slide(title, pieces, grid.size, grid=grid)
        return
    sizes = _sizes_for(blocks)
    fitting = (size for size in sizes if height_of(pieces, size, room) <= room.height)
    size = _size_of_little(blocks, pieces, room) or next(fitting, sizes[-1])
    parts = list(divided(pieces, size, room)) or [()]
    if len(parts) == 1:
        yield Slide(title, parts[0], size, extra=_extra(parts[0], size, room))
        return
    for number, part in enumerate(parts, 1):
        yield Slide(f"{title} ({number} of {len(parts)})", part, size)


def _extra(pieces: Sequence[Piece], size: float, room: SlideRoom) -> float:
    """The space in points after each line or within each row, so that a slide looks full.

    Slides with pictures have none.
    """
    free = _SPREAD * (room.height - height_of(pieces, size, room))
    if free <= 0 or any(isinstance(piece, SlidePicture) for piece in pieces):
        return 0.0
    tables = [piece for piece in pieces if isinstance(piece, SlideTable)]
    rows = sum(len(piece.table.rows) for piece in tables)
    lines = len(pieces) - len(tables)
    most = _MOST_BETWEEN * size
    if tables and not lines:
        most = _MOST_OF_ROW * (room.height - free / _SPREAD) / rows
    return min(free / max(1, rows + lines), most)


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
    if _has_sources(blocks):
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
        if height_of(pieces, size, room) <= _LITTLE * room.height:
            return size
    return None
