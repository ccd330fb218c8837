"""Short texts of a slide as cards side by side, which fill it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from launch_kits.documents.formats.blocks import Run, Section, plain
from launch_kits.documents.formats.slide_pieces import (
    SPACING,
    Piece,
    SlideLine,
    SlideRoom,
    pieces_of,
)

__all__ = ["INSET", "SlideGrid", "grid_of", "grid_of_sections"]

#: text sizes of cards in points, the largest first
_SIZES = (32, 28, 24, 20, 18)
#: the most text size of the lines above and below the cards, in points
_BESIDE = 22
#: the space between two cards, and that around the text of one, in points
_GAP = 18.0
INSET = 18.0
#: number of cards → the numbers of columns that it may have, the first one if the text is as large
_COLUMNS: Mapping[int, Sequence[int]] = {
    1: (1,),
    2: (2, 1),
    3: (3, 1),
    4: (2, 1),
    5: (3, 2),
    6: (3, 2),
}

_Lines = tuple[SlideLine, ...]


@dataclass(frozen=True, slots=True)
class SlideGrid:
    """Cards in rows and columns, with lines above and below them."""

    cards: tuple[_Lines, ...]
    columns: int
    #: the text size of the cards, in points
    size: float
    above: _Lines = ()
    below: _Lines = ()

    @property
    def beside(self) -> float:
        """The text size of the lines above and below, in points."""
        return min(self.size, _BESIDE)

    @property
    def lines(self) -> _Lines:
        """All lines, in the order of the document."""
        inner = (line for card in self.cards for line in card)
        return (*self.above, *inner, *self.below)

    def room(self, room: SlideRoom) -> SlideRoom:
        """The room for the cards, of that of a slide."""
        above = _height(self.above, self.beside, room)
        below = _height(self.below, self.beside, room)
        above += self.beside * SPACING if self.above else 0.0
        below += self.beside * SPACING if self.below else 0.0
        return room._replace(top=room.top + above, height=room.height - above - below)

    def places(self, room: SlideRoom) -> Iterator[SlideRoom]:
        """The place of each card on a slide with this room; the last row may be shorter."""
        inner = self.room(room)
        rows = -(-len(self.cards) // self.columns)
        width = (inner.width + _GAP) / self.columns - _GAP
        height = (inner.height + _GAP) / rows - _GAP
        for at in range(len(self.cards)):
            row, column = divmod(at, self.columns)
            left = inner.left + column * (width + _GAP)
            yield SlideRoom(left, inner.top + row * (height + _GAP), width, height)

    def fits(self, room: SlideRoom) -> bool:
        """Whether each card has room for its text."""
        if self.room(room).height <= 0:
            return False
        places = zip(self.cards, self.places(room), strict=True)
        return all(_fits(card, self.size, place) for card, place in places)


def grid_of(pieces: Sequence[Piece], room: SlideRoom) -> SlideGrid | None:
    """Lay the points of a short list out as cards, or a single sentence as one.

    Returns None for other pieces, and for more text than cards have room for.
    """
    lines = [piece for piece in pieces if isinstance(piece, SlideLine)]
    if len(lines) < len(pieces) or any(line.loud for line in lines):
        return None
    if len(lines) == 1 and lines[0].mark is None:
        return _fitted([tuple(lines)], (), (), room)
    above: list[SlideLine] = []
    below: list[SlideLine] = []
    cards: list[list[SlideLine]] = []
    for line in lines:
        if line.level and not below:
            if line.mark and line.mark != "•":
                return None
            if not (line.first or cards):
                return None
            if line.first:
                cards.append([])
            cards[-1].append(line)
        elif line.level:
            return None
        else:
            (below if cards else above).append(line)
    texts = [tuple(_text(card)) for card in cards]
    return _fitted(texts, tuple(above), tuple(below), room)


def grid_of_sections(sections: Sequence[Section], room: SlideRoom) -> SlideGrid | None:
    """Lay short sections out as cards, each under its heading; None if they do not fit."""
    cards: list[_Lines] = []
    for section in sections:
        pieces = list(pieces_of(section.blocks))
        lines = tuple(piece for piece in pieces if isinstance(piece, SlideLine))
        if section.heading is None or len(lines) < len(pieces):
            return None
        cards.append((SlideLine(section.heading.runs, heading=True), *lines))
    return _fitted(cards, (), (), room) if len(cards) > 1 else None


def _fitted(
    cards: Sequence[_Lines], above: _Lines, below: _Lines, room: SlideRoom
) -> SlideGrid | None:
    """The grid with the largest text, of those with few columns the first."""
    for size in _SIZES:
        for columns in _COLUMNS.get(len(cards), ()):
            grid = SlideGrid(tuple(cards), columns, size, above, below)
            if grid.fits(room):
                return grid
    return None


def _text(card: Iterable[SlideLine]) -> Iterator[SlideLine]:
    """The lines of a point without its bullet; bold words at its beginning are a heading."""
    first, *others = card
    at = next((at for at, run in enumerate(first.runs) if not run.bold), None)
    if at:
        yield SlideLine(first.runs[:at], heading=True)
        yield SlideLine(_trimmed(first.runs[at:]))
    else:
        yield replace(first, level=0, mark=None)
    for line in others:
        yield replace(line, level=max(0, line.level - 1))


def _trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    first, *others = runs
    return (first._replace(text=first.text.lstrip()), *others)


def _fits(lines: _Lines, size: float, place: SlideRoom) -> bool:
    inner = place._replace(
        width=place.width - 2 * INSET, height=place.height - 2 * INSET
    )
    longest = max(
        (len(word) for line in lines for word in plain(line.runs).split()), default=0
    )
    broken = longest * size * 0.6 > inner.width
    return not broken and _height(lines, size, inner) <= inner.height


def _height(lines: Iterable[SlideLine], size: float, room: SlideRoom) -> float:
    return sum(line.height(size, room) for line in lines)
