"""The lines of a table whose columns have their widths.

They are those of Rich's own table, which takes four times as long for rows that need no wrapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from rich.box import SIMPLE_HEAD, Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderableType
from rich.segment import Segment
from rich.text import Text

__all__ = ["Column", "table_lines"]

_END = Segment.line()
#: a cell without a text
_EMPTY = Text()
#: texts of a table that are remembered
MOST = 10_000

#: the lines of a cell, each as wide as its column
Lines = list[list[Segment]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading and its width in characters."""

    name: str
    width: int
    justify: JustifyMethod = "left"
    #: its cells are one line each
    whole: bool = False


def table_lines(
    console: Console,
    options: ConsoleOptions,
    columns: Sequence[Column],
    rows: Iterable[Sequence[RenderableType]],
    *,
    padding: int,
) -> Iterator[Segment]:
    """Draw a table line by line; ``padding`` is the room on both sides of a column's border."""
    box = SIMPLE_HEAD.substitute(options, safe=console.safe_box)
    last = len(columns) - 1
    frame = _Frame(
        console,
        columns,
        [(padding * (at > 0), padding * (at < last)) for at in range(last + 1)],
        [
            options.update(
                width=column.width,
                justify=column.justify,
                no_wrap=column.whole,
                overflow="fold",
                height=None,
            )
            for column in columns
        ],
    )
    widths = [
        before + column.width + after
        for column, (before, after) in zip(columns, frame.sides, strict=True)
    ]
    head, body = _edges(box)
    yield from (Segment(box.get_top(widths)), _END)
    yield from frame.row([Text(column.name, style="bold") for column in columns], head)
    yield from (Segment(box.get_row(widths, "head")), _END)
    # without styles a line is one text: long lists go to files and other programs
    row = frame.row if console.color_system else frame.plain_row
    for cells in rows:
        yield from row(cells, body)
    yield from (Segment(box.get_bottom(widths)), _END)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The columns of a table in a terminal."""

    console: Console
    columns: Sequence[Column]
    #: column → the room before and after it
    sides: Sequence[tuple[int, int]]
    #: column → how its cells are laid out
    options: Sequence[ConsoleOptions]
    #: texts that were drawn, with their columns: titles, owners and days come again and again
    known: dict[tuple[object, ...], Lines] = field(default_factory=dict)
    #: the same as plain texts, with the room around them
    known_texts: dict[tuple[object, ...], list[str]] = field(default_factory=dict)

    def plain_row(
        self, cells: Sequence[RenderableType], edge: _Edge
    ) -> Iterator[Segment]:
        """Draw a row without styles, aligned at its top."""
        drawn = [self._texts(cell, at, edge) for at, cell in enumerate(cells)]
        left = edge.left.text
        right = edge.right.text
        if max(map(len, drawn)) == 1:
            yield Segment(f"{left}{''.join([lines[0] for lines in drawn])}{right}\n")
            return
        blank = [self._texts(_EMPTY, at, edge)[0] for at in range(len(drawn))]
        for parts in zip_longest(*drawn):
            there = [
                none if text is None else text
                for text, none in zip(parts, blank, strict=True)
            ]
            yield Segment(f"{left}{''.join(there)}{right}\n")

    def _texts(self, cell: RenderableType, at: int, edge: _Edge) -> list[str]:
        """The lines of a cell in a column, each as wide as the column with the room around it."""
        key: tuple[object, ...] = ()
        if isinstance(cell, Text):
            key = (at, cell.plain, cell.justify, cell.overflow, cell.no_wrap)
            if (found := self.known_texts.get(key)) is not None:
                return found
        before, after = self.sides[at]
        start = (edge.between if at else "") + " " * before
        lines = _cell(self.console, cell, self.options[at])
        texts = [
            f"{start}{''.join(part.text for part in line)}{' ' * after}"
            for line in lines
        ]
        if key and len(self.known_texts) < MOST:
            self.known_texts[key] = texts
        return texts

    def row(self, cells: Sequence[RenderableType], edge: _Edge) -> Iterator[Segment]:
        """Draw a row, on as many lines as its highest cell."""
        drawn = [self._drawn(cell, at) for at, cell in enumerate(cells)]
        height = max(map(len, drawn))
        if edge.low:
            drawn = [[[]] * (height - len(lines)) + lines for lines in drawn]
        for at in range(height):
            line = [edge.left]
            for number, lines in enumerate(drawn):
                before, after = self.sides[number]
                line.append(Segment((edge.between if number else "") + " " * before))
                there = lines[at] if at < len(lines) else []
                line += there or [Segment(" " * self.columns[number].width)]
                line.append(Segment(" " * after))
            line.append(edge.right)
            # fewer parts are printed sooner
            yield from Segment.simplify(line)
            yield _END

    def _drawn(self, cell: RenderableType, at: int) -> Lines:
        """The lines of a cell in a column."""
        if not isinstance(cell, Text):
            return _cell(self.console, cell, self.options[at])
        own = (cell.justify, cell.overflow, cell.no_wrap)
        key = (at, cell.plain, str(cell.style), *own, *cell.spans)
        found = self.known.get(key)
        if found is None:
            found = _cell(self.console, cell, self.options[at])
            if len(self.known) < MOST:
                self.known[key] = found
        return found


@dataclass(frozen=True, slots=True)
class _Edge:
    """The characters around and between the cells of a line."""

    left: Segment
    between: str
    right: Segment
    #: lower cells are at the bottom of the row, not at its top
    low: bool = False


def _edges(box: Box) -> tuple[_Edge, _Edge]:
    """The edges of the heading and of the other rows."""
    return (
        _Edge(
            Segment(box.head_left),
            box.head_vertical,
            Segment(box.head_right),
            low=True,
        ),
        _Edge(Segment(box.mid_left), box.mid_vertical, Segment(box.mid_right)),
    )


def _cell(console: Console, cell: RenderableType, options: ConsoleOptions) -> Lines:
    """The lines of a cell, each as wide as its column."""
    width = options.max_width
    if isinstance(cell, Text) and (line := _line(console, cell, width)) is not None:
        room = [Segment(" " * (width - cell_len(cell.plain)))]
        return [room + line if options.justify == "right" else line + room]
    return console.render_lines(cell, options)


def _line(console: Console, text: Text, width: int) -> list[Segment] | None:
    """A text as one line, without spaces after it; None if it has to be laid out."""
    plain = text.plain
    if cell_len(plain) > width or plain != plain.strip() or not plain.isprintable():
        return None
    if text.spans:
        return list(text.render(console))
    style = console.get_style(text.style) if text.style else None
    return [Segment(plain, style)]
