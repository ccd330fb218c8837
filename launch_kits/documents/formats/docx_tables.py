"""The tables of Word files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from launch_kits.documents.formats.colours import LINE
from launch_kits.documents.formats.docx_styles import new_element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.table import _Row
    from docx.text.paragraph import Paragraph

__all__ = ["room_of", "table"]


def table(file: Document, widths: Sequence[int], rows: int) -> list[list[Paragraph]]:
    """Add an empty table at the end of a file.

    ``widths`` are relative to each other. The first row is for the headings, which every page
    repeats; no row breaks across pages.

    Returns the paragraph of each cell, row by row.
    """
    from docx.shared import Pt

    made = file.add_table(rows, len(widths))
    made.autofit = False
    column_widths = _column_widths(file, widths)
    for column, width in zip(made.columns, column_widths, strict=True):
        column.width = width
    paragraphs = [
        _row(row, column_widths, is_heading=at == 0) for at, row in enumerate(made.rows)
    ]
    # a small gap to the next block, which may be a table too
    file.add_paragraph().paragraph_format.line_spacing = Pt(6)
    return paragraphs


def _column_widths(file: Document, widths: Sequence[int]) -> list[Length]:
    """Share the width between the margins out among columns."""
    from docx.shared import Emu

    room = room_of(file)
    return [Emu(room * width // sum(widths)) for width in widths]


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
