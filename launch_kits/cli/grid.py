"""Tables that fit the terminal.

Keys stay whole, words wrap, and columns that can be spared are left out of a narrow one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text

from launch_kits.cli.grid_lines import Column, table_lines
from launch_kits.settings.visible import visible

__all__ = ["Terminal", "TerminalTable", "Titled"]

#: columns of words, which wrap between them; in the others, days and numbers, no line breaks
WORDS = frozenset(
    (
        "Task",
        "Title",
        "Product",
        "Owner",
        "Who",
        "By",
        "To",
        "For",
        "Status",
        "Why not earlier",
        "Value",
        "Note",
        "Error",
        "Path",
        "Where",
        "Check",
        "Checked by",
        "Evidence",
        "Question",
    )
)
#: columns in which a long word, such as an address, need not stay whole
BROKEN = frozenset(
    ("Title", "Note", "Error", "Path", "Checked by", "Evidence", "Question")
)
#: the least width of such a word
LONG_WORD = 24
#: columns whose words are broken too if nothing else helps
FOLDED = frozenset(
    (
        *("Title", "Owner", "Who", "By", "To", "Value", "Note", "Error", "Path"),
        *("Checked by", "Evidence", "Question"),
    )
)
#: the least width of such a column
FOLDED_TO = 10


class Terminal(Console):
    """Rich's console, in which no text is obeyed by the terminal."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Render as Rich does; all styles of ours are apart from the texts."""
        for segment in super().render(renderable, options):
            if segment.control:
                yield segment
            else:
                yield Segment(visible(segment.text), segment.style)


class Titled:
    """A task in a table.

    Its title, its key and a remark; one below the other if they do not fit on a line.
    """

    def __init__(self, title: str, key: str, *, remark: str = "") -> None:
        self._title = visible(title)
        self._key = key
        self._remark = visible(remark)

    def __rich_measure__(
        self, console: Console, options: ConsoleOptions
    ) -> Measurement:
        """The key stays whole."""
        return _titled_size(self._title, self._key, self._remark)

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """On one line, or on several."""
        yield self.within(options.max_width)

    def within(self, width: int) -> Text:
        """The text for a column of a width."""
        fits = _titled_size(self._title, self._key, self._remark).maximum <= width
        return _titled(self._title, self._key, self._remark, "  " if fits else "\n")


# the tasks of one kit come again in each launch


@lru_cache(4096)
def _titled(title: str, key: str, remark: str, joint: str) -> Text:
    """The text of a task; it must not be changed."""
    more = (joint, (remark, "yellow")) if remark else ()
    return Text.assemble(title, joint, (key, "dim"), *more)


@lru_cache(4096)
def _titled_size(title: str, key: str, remark: str) -> Measurement:
    """The least and the most that the text of a task can use."""
    words = max(map(cell_len, f"{title} {remark}".split()), default=0)
    return Measurement(
        max(min(words, LONG_WORD), cell_len(key)),
        cell_len(_titled(title, key, remark, "  ").plain),
    )


@dataclass(slots=True)
class TerminalTable:
    """A table that is laid out for the terminal's width."""

    columns: Sequence[str]
    title: str | None = None
    #: set flush right
    right: Sequence[str] = ()
    #: left out in this order, as far as the terminal is too narrow
    spare: Sequence[str] = ()
    _rows: list[Sequence[RenderableType]] = field(default_factory=list)

    def add_row(self, *cells: RenderableType) -> None:
        """Add a row, with a cell for each column; a text in it is plain."""
        self._rows.append(
            [_plain(cell) if isinstance(cell, str) else cell for cell in cells]
        )

    def fits(self, console: Console) -> bool:
        """Whether every column is shown, and no word is broken."""
        return self._laid_out(console, console.options).whole

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """The table for this terminal."""
        layout = self._laid_out(console, options)
        columns = [
            Column(
                # a heading may be a person's: none of it is markup
                visible(name := self.columns[at]),
                width,
                justify="right" if name in self.right else "left",
                whole=name not in WORDS,
            )
            for at, width in layout.widths.items()
        ]
        if self.title is not None:
            yield Text(visible(self.title), style="bold")
        rows = (
            [_text_in(row[at], width) for at, width in layout.widths.items()]
            for row in self._rows
        )
        yield from table_lines(console, options, columns, rows, padding=layout.padding)

    def _laid_out(self, console: Console, options: ConsoleOptions) -> _Layout:
        sizes = [self._size(console, options, at) for at in range(len(self.columns))]
        # First all of it with room between, then closer, then less and less of it.
        for padding, left_out in (
            (1, 0),
            *((0, count) for count in range(len(self.spare) + 1)),
        ):
            shown = {
                at: sizes[at]
                for at, name in enumerate(self.columns)
                if name not in self.spare[:left_out]
            }
            # A character on both sides, and one between two columns with the padding of both.
            room = options.max_width - 2 - (len(shown) - 1) * (1 + 2 * padding)
            if sum(size.minimum for size in shown.values()) <= room:
                return _Layout(padding, _spread(shown, room), whole=not left_out)
        return _Layout(
            padding,
            self._fold({at: size.minimum for at, size in shown.items()}, room),
            whole=False,
        )

    def _size(self, console: Console, options: ConsoleOptions, at: int) -> Measurement:
        """The least and the most that a column can use."""
        name = self.columns[at]
        cells = [_measured(console, options, row[at]) for row in self._rows]
        most = max((cell.maximum for cell in cells), default=0)
        least = (
            max((cell.minimum for cell in cells), default=0) if name in WORDS else most
        )
        if name in BROKEN:
            least = min(least, LONG_WORD)
        return Measurement(max(least, cell_len(name)), max(most, cell_len(name)))

    def _fold(self, widths: dict[int, int], room: int) -> dict[int, int]:
        """Widths for which words have to be broken, those of the widest columns first.

        Days and numbers, which take one line each, are the last to lose a character.
        """
        for names, least in (
            (FOLDED, FOLDED_TO),
            (WORDS, 1),
            (frozenset(self.columns), 1),
        ):
            foldable = [at for at in widths if self.columns[at] in names]
            while foldable and sum(widths.values()) > room:
                widest = max(foldable, key=widths.__getitem__)
                if widths[widest] <= least:
                    break
                widths[widest] -= 1
        return widths


@dataclass(frozen=True, slots=True)
class _Layout:
    """The shown columns of a table, with their widths."""

    #: on both sides of a column
    padding: int
    #: column → its width, of those that are shown
    widths: dict[int, int]
    #: nothing was left out or broken
    whole: bool


def _measured(
    console: Console, options: ConsoleOptions, cell: RenderableType
) -> Measurement:
    """The least and the most that a cell can use."""
    if isinstance(cell, Text):
        return _measured_text(cell.plain)
    if isinstance(cell, Titled):
        return cell.__rich_measure__(console, options)
    return Measurement.get(console, options, cell)


@lru_cache(4096)
def _plain(cell: str) -> Text:
    """The text of a cell; it must not be changed."""
    return Text(visible(cell))


@lru_cache(4096)
def _measured_text(text: str) -> Measurement:
    """The same of a text; owners, states and days come again and again."""
    most = max(map(cell_len, text.splitlines()), default=0)
    return Measurement(max(map(cell_len, text.split()), default=most), most)


def _text_in(cell: RenderableType, width: int) -> RenderableType:
    """A cell as it is in a column of a width."""
    return cell.within(width) if isinstance(cell, Titled) else cell


def _spread(sizes: dict[int, Measurement], room: int) -> dict[int, int]:
    """Give every column its least width, and a share of the rest.

    The rest is shared in proportion to the width that each column could use.
    """
    left = room - sum(size.minimum for size in sizes.values())
    wanted = sum(size.span for size in sizes.values())
    share = min(1.0, left / wanted) if wanted else 0.0
    return {at: size.minimum + int(size.span * share) for at, size in sizes.items()}
