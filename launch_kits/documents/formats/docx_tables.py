"""The tables of Word files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from launch_kits.documents.formats.blocks import Table, plain
from launch_kits.documents.formats.characters import breadth
from launch_kits.documents.formats.colours import LINE
from launch_kits.documents.formats.docx_styles import new_element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.table import _Row
    from docx.text.paragraph import Paragraph

__all__ = ["room_of", "table", "table_size"]


#: the columns from which on a table has smaller text, and the sizes of text in points
_MANY = 5
_SIZES = (10.5, 9.0)
#: the width of a bold character relative to the text size, and the space beside it, in points
_CHARACTER = 0.7
_BESIDE = 12.0


def table_size(block: Table) -> float:
    """The text size of a table in points: smaller for many columns."""
    return _SIZES[len(block.rows[0]) >= _MANY]


def table(file: Document, block: Table, *, scale: float) -> list[list[Paragraph]]:
    """Add a table without its texts at the end of a file.

    ``scale`` is the text size relative to the usual one. The first row is for the headings, which
    every page repeats; no row breaks across pages, and none stands alone on one.

    Returns the paragraph of each cell, row by row.
    """
    from docx.shared import Pt

    made = file.add_table(len(block.rows), len(block.rows[0]))
    made.autofit = False
    column_widths = _column_widths(room_of(file), block, scale)
    for column, width in zip(made.columns, column_widths, strict=True):
        column.width = width
    paragraphs = [
        _row(row, column_widths, is_heading=at == 0) for at, row in enumerate(made.rows)
    ]
    # no row stands alone on a page
    for row in (*paragraphs[:2], *paragraphs[-2:-1]):
        if row is not paragraphs[-1]:
            for paragraph in row:
                paragraph.paragraph_format.keep_with_next = True
    # a small gap to the next block, which may be a table too
    file.add_paragraph().paragraph_format.line_spacing = Pt(6)
    return paragraphs


def _column_widths(room: Length, block: Table, scale: float) -> list[Length]:
    """Share the width between the margins out among columns.

    A column is wide enough for its longest word, if the widest ones have room to spare.
    """
    from docx.shared import Emu, Pt

    shares = block.widths()
    size = table_size(block) * scale
    shared = [room * share / sum(shares) for share in shares]
    least = [
        min(Pt(longest * size * _CHARACTER + _BESIDE), room / len(shares))
        for longest in _longest_words(block)
    ]
    missing = sum(max(0, low - own) for low, own in zip(least, shared, strict=True))
    spare = sum(max(0, own - low) for low, own in zip(least, shared, strict=True))
    taken = min(1.0, missing / spare) if spare else 0.0
    return [
        Emu(int(own - taken * (own - low) if own > low else low))
        for low, own in zip(least, shared, strict=True)
    ]


def _longest_words(block: Table) -> list[int]:
    """The breadth of the longest word of each column."""
    return [
        max(breadth(word) for cell in column for word in (plain(cell).split() or [""]))
        for column in zip(*block.rows, strict=False)
    ]


def room_of(file: Document) -> Length:
    """The width between the margins of a page."""
    from docx.shared import Emu

    section = file.sections[0]
    margins = (section.left_margin or 0) + (section.right_margin or 0)
    return Emu((section.page_width or 0) - margins)


def _row(row: _Row, widths: Sequence[Length], *, is_heading: bool) -> list[Paragraph]:
    """Format a row, and return the paragraph of each cell."""
    from docx.shared import Pt

    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has neither of these
    properties.append(new_element("w:cantSplit"))
    if is_heading:
        properties.append(new_element("w:tblHeader"))
    paragraphs = []
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = width
        borders = new_element("w:tcBorders")
        line = new_element("w:bottom", val="single", sz="4", space="0", color=LINE)
        borders.append(line)
        cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - python-docx has no borders
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(3)
        paragraphs.append(paragraph)
    return paragraphs
