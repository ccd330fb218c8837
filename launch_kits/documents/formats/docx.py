"""A document as a Word file: headings, lists and tables in Word's own styles, to be worked on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from launch_kits.documents.formats.colours import ACCENT, INK, SOFT, WARN
from launch_kits.documents.formats.docx_styles import (
    blank,
    linked,
    numbering,
    ruled,
    table,
)
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.office import sealed
from launch_kits.documents.formats.outline import (
    Block,
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Rule,
    Run,
    Runs,
    Table,
    outline,
    title_of,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Written

__all__ = ["to_docx"]

#: lists within lists that have a style of their own, and headings
_DEEPEST_LIST, _DEEPEST_HEADING = 3, 4

#: the size of sources, in points
_SMALL = 9.0


def to_docx(markdown: str, imprint: DocumentMetadata) -> bytes:
    """A document as a Word file; the same document and imprint give the same bytes."""
    sections = outline(markdown)
    title = title_of(sections) or imprint.title
    file = blank(imprint, title=title)
    writer = _Writer(file)
    for section in sections:
        writer.blocks(
            [section.heading, *section.blocks] if section.heading else section.blocks
        )
    return sealed(file, imprint, title=title)


class _Writer:
    """Writes blocks at the end of a file."""

    def __init__(self, file: Document) -> None:
        self._file = file

    def blocks(
        self, blocks: Iterable[Block], *, depth: int = 0, colour: str = INK
    ) -> None:
        """Blocks one after the other, ``depth`` the number of lists that they are in."""
        for block in blocks:
            self._block(block, depth, colour)

    def _block(self, block: Block, depth: int, colour: str) -> None:
        match block:
            case Heading(level, runs):
                style = (
                    f"Heading {min(level - 1, _DEEPEST_HEADING)}"
                    if level > 1
                    else "Title"
                )
                self._paragraph(runs, style, None)
            case Paragraph(runs):
                self._paragraph(runs, _continued(depth), colour)
            case Listing(start, items):
                self._items(items, start, depth + 1, colour)
            case Notes(items):
                self._items(items, 1, depth + 1, colour, small=True)
            case Callout(inner):
                self.blocks(inner, depth=depth, colour=WARN)
            case Table():
                self._table(block)
            case Code(text):
                for line in text.rstrip("\n").split("\n"):
                    self._paragraph((Run(line, code=True),), "No Spacing", colour)
            case Rule():
                ruled(self._file.add_paragraph())

    def _paragraph(
        self, runs: Runs, style: str, colour: str | None, *, size: float | None = None
    ) -> Written:
        made = self._file.add_paragraph(style=style)
        write(made, runs, colour, size=size)
        return made

    def _items(
        self,
        items: Iterable[tuple[Block, ...]],
        start: int | None,
        depth: int,
        colour: str,
        *,
        small: bool = False,
    ) -> None:
        style = _styled("List Bullet" if start is None else "List Number", depth)
        number = None if start is None else numbering(self._file, style, start)
        for item in items:
            first, *rest = item or (Paragraph(()),)
            if not isinstance(first, Paragraph):
                first, rest = Paragraph(()), list(item)
            made = self._paragraph(
                first.runs, style, colour, size=_SMALL if small else None
            )
            if number is not None:
                number(made)
            self.blocks(rest, depth=depth, colour=colour)

    def _table(self, block: Table) -> None:
        cells = table(self._file, block.widths(), len(block.rows))
        for at, (row, given) in enumerate(zip(cells, block.rows, strict=True)):
            for place, runs in zip(row, given, strict=True):
                head = tuple(run._replace(bold=True) for run in runs)
                write(place, runs if at else head, INK if at else SOFT)


def _styled(name: str, depth: int) -> str:
    """Word's name of a list's style at a depth: List Bullet, List Bullet 2."""
    return name if depth == 1 else f"{name} {min(depth, _DEEPEST_LIST)}"


def _continued(depth: int) -> str:
    return _styled("List Continue", depth) if depth else "Normal"


def write(
    paragraph: Written, runs: Runs, colour: str | None, *, size: float | None = None
) -> None:
    """Add runs to a paragraph, in a colour and a size (in points) or in those of its style."""
    from docx.shared import Pt, RGBColor

    noted = False
    for run in runs:
        text = f",{run.text}" if noted and run.note else run.text
        noted = run.note
        made = linked(paragraph, run.href) if run.href else paragraph.add_run()
        if text == "\n":
            made.add_break()
            continue
        made.text = text
        made.bold, made.italic = run.bold or None, run.italic or None
        shown = ACCENT if run.note or run.href else SOFT if run.italic else colour
        if shown:
            made.font.color.rgb = RGBColor.from_string(shown)
        made.font.size = Pt(size) if size else None
        if run.note:
            made.font.superscript = True
        if run.code:
            made.font.name = "Consolas"
