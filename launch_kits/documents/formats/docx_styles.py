"""The makings of our Word files: styles, header and footer, numbered lists, links and tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from launch_kits.documents.formats.colours import INK, LINE, SOFT
from launch_kits.documents.formats.metadata import DocumentMetadata, Paper

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

__all__ = ["blank", "linked", "numbering", "ruled", "table"]

#: width and height in millimetres, and the margin left and right
_PAPERS = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}
_MARGIN = 22.0

#: size in points, colour, and space before and after in points, by style
_LOOKS = {
    "Normal": (11, INK, 0, 6),
    "Title": (26, INK, 0, 6),
    "Heading 1": (16, INK, 16, 4),
    "Heading 2": (13, INK, 12, 4),
    "Heading 3": (11, INK, 10, 2),
    "Heading 4": (11, SOFT, 10, 2),
    **{
        f"List {kind}{depth}": (11, INK, 0, 3)
        for kind in ("Bullet", "Number")
        for depth in ("", " 2", " 3")
    },
}


def blank(imprint: DocumentMetadata, *, title: str) -> Document:
    """A file without text but for header and footer, its styles ours."""
    from docx import Document
    from docx.shared import Mm

    made = Document()
    for name, look in _LOOKS.items():
        _style(made.styles[name], *look)
    section = made.sections[0]
    width, height = _PAPERS[imprint.paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(24)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (header, footer):
        _tabbed(paragraph, width - 2 * _MARGIN)
    _soft(header, f"{imprint.product}\t{imprint.reader}")
    _soft(footer, f"{title}\t{imprint.day} · ")
    _field(footer, "PAGE")
    _soft(footer, " / ")
    _field(footer, "NUMPAGES")
    return made


def _style(
    style: ParagraphStyle, size: float, colour: str, before: float, after: float
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = "Calibri"
    fonts = style.element.rPr.rFonts
    for name in [
        name
        for name in fonts.attrib
        if name.endswith("Theme") or name == qn("w:cstheme")
    ]:
        del fonts.attrib[name]
    style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(colour)
    style.font.bold = style.name == "Title" or str(style.name).startswith("Heading")
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = (
        Pt(before),
        Pt(after),
        1.1,
    )
    if style.name == "Title":
        for border in style.element.findall(".//" + qn("w:pBdr")):
            border.getparent().remove(border)


def _tabbed(paragraph: Paragraph, width: float) -> None:
    """A line with something on the left and something on the right, ``width`` in millimetres."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    stops = paragraph.paragraph_format.tab_stops
    for stop in list(
        paragraph.style.paragraph_format.tab_stops if paragraph.style else ()
    ):
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)


def _soft(paragraph: Paragraph, text: str) -> Run:
    from docx.shared import Pt, RGBColor

    made = paragraph.add_run(text)
    made.font.size, made.font.color.rgb = Pt(8.5), RGBColor.from_string(SOFT)
    return made


def _field(paragraph: Paragraph, name: str) -> None:
    """What Word fills in, such as the number of the page."""
    asked = _element("w:instrText")
    asked.text = name
    for part in (
        _element("w:fldChar", fldCharType="begin"),
        asked,
        _element("w:fldChar", fldCharType="end"),
    ):
        _soft(paragraph, "")._r.append(part)  # noqa: SLF001 - python-docx knows no fields


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def linked(paragraph: Paragraph, url: str) -> Run:
    """An empty run at the end of a paragraph that leads to an address."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.text.run import Run

    link = _element("w:hyperlink")
    link.set(
        qn("r:id"),
        paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
    )
    run = _element("w:r")
    link.append(run)
    paragraph._p.append(link)  # noqa: SLF001 - python-docx reads links, and makes none
    made = Run(run, paragraph)
    made.underline = True
    return made


def numbering(file: Document, style: str, start: int) -> Callable[[Paragraph], None]:
    """A new count for a numbered list of a style: what it gives makes a paragraph its next item."""
    counts = file.part.numbering_part.element
    own = file.styles[style].element.pPr.numPr.numId.val
    shape = next(each for each in counts.num_lst if each.numId == own).abstractNumId.val
    count = counts.add_num(shape)
    count.add_lvlOverride(ilvl=0).add_startOverride(start)

    def number(paragraph: Paragraph) -> None:
        place = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx counts by style alone
        place.get_or_add_ilvl().val = 0
        place.get_or_add_numId().val = count.numId

    return number


def ruled(paragraph: Paragraph) -> None:
    """A line under a paragraph."""
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="4", space="1", color=LINE))
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - python-docx knows no borders


def table(file: Document, widths: Sequence[int], rows: int) -> list[list[Paragraph]]:
    """An empty table at the end of a file: the paragraph of each cell, row by row. Its first row is
    the headings'.

    Rows stay whole, lines run under them, and every page repeats the headings.
    """
    from docx.shared import Emu, Pt

    section = file.sections[0]
    room = (
        (section.page_width or 0)
        - (section.left_margin or 0)
        - (section.right_margin or 0)
    )
    made = file.add_table(rows, len(widths))
    made.autofit = False
    shares = [Emu(room * width // sum(widths)) for width in widths]
    for column, share in zip(made.columns, shares, strict=True):
        column.width = share
    found = []
    for at, row in enumerate(made.rows):
        look = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx knows neither
        look.append(_element("w:cantSplit"))
        if at == 0:
            look.append(_element("w:tblHeader"))
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = share
            borders = _element("w:tcBorders")
            borders.append(
                _element("w:bottom", val="single", sz="4", space="0", color=LINE)
            )
            cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - python-docx knows no borders
        found.append([cell.paragraphs[0] for cell in row.cells])
        for paragraph in found[-1]:
            paragraph.paragraph_format.space_after = Pt(3)
    # what follows stands apart, another table included
    file.add_paragraph().paragraph_format.line_spacing = Pt(6)
    return found
