"""The parts of a document: headings, paragraphs, lists, tables and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from launch_kits.documents.formats.characters import breadth
from launch_kits.documents.formats.pictures import Picture
from launch_kits.documents.formats.sections import Layout

__all__ = [
    "Block",
    "Callout",
    "Code",
    "Heading",
    "Listing",
    "Notes",
    "Paragraph",
    "Picture",
    "Rule",
    "Run",
    "Runs",
    "Section",
    "Table",
    "plain",
]

#: the widest column of a table, in characters
WIDEST = 44
#: the gap between columns, in characters: narrow ones must hold their heading
_GAP = 5


class Run(NamedTuple):
    """Text in one format; a line break is a run of its own."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    #: the http or https address that it links to
    href: str | None = None
    #: whether the text is the number of a source
    note: bool = False


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with bullets or numbers."""

    #: the first number; None for bullets
    start: int | None
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A block quote, used for warnings."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row has the headings of the columns."""

    rows: tuple[tuple[Runs, ...], ...]

    def widths(self) -> tuple[int, ...]:
        """The widths of the columns relative to each other.

        A width is the breadth of the widest cell in characters, and a gap.
        """
        columns = zip(*self.rows, strict=False)
        widest = [max(breadth(plain(cell)) for cell in column) for column in columns]
        return tuple(min(width + _GAP, WIDEST) for width in widest)


@dataclass(frozen=True, slots=True)
class Code:
    """Text that is shown line by line as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The sources, numbered from 1."""

    items: tuple[tuple[Block, ...], ...]


Block: TypeAlias = (
    Heading | Paragraph | Listing | Callout | Table | Code | Picture | Rule | Notes
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 2 with its blocks, or blocks without a heading."""

    layout: Layout
    #: None for blocks before the first heading, or between a layout line and the next heading
    heading: Heading | None
    blocks: tuple[Block, ...]


def plain(runs: Iterable[Run]) -> str:
    """The plain text of runs, without the numbers of sources."""
    return "".join(run.text for run in runs if not run.note)
