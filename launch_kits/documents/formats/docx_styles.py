"""The parts of Word files: styles, header, footer, lists, links and tables."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from launch_kits.documents.formats.colours import INK, LINE, SOFT
from launch_kits.documents.formats.docx_fitting import MARGIN, MARGIN_TOP, PAPERS
from launch_kits.documents.formats.metadata import DocumentMetadata

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

__all__ = [
    "blank",
    "linked",
    "mark_sized",
    "new_element",
    "numbering",
    "ruled",
    "turned",
]

#: the height of the logo, in millimetres
_LOGO = 7.0
#: the font, unless the brand has one
_FONT = "Calibri"
#: the line spacing of all styles, in lines
_LINE_SPACING = 1.1

#: the parts of a paragraph's format that come after its direction
_LATER = ("spacing", "ind", "contextualSpacing", "jc")

#: style → size in points, colour, and space before and after in points
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


def blank(metadata: DocumentMetadata, *, title: str, scale: float = 1.0) -> Document:
    """Make a Word file with styles, a header and a footer, and no other text.

    ``scale`` is the text size relative to the usual one.
    """
    from docx import Document
    from docx.shared import Mm

    made = Document()
    brand = metadata.look
    for name, (size, colour, before, after) in _LOOKS.items():
        shown = brand.main if _is_heading(name) and colour == INK else colour
        style = made.styles[name]
        sizes = (round(each * scale * 2) / 2 for each in (size, before, after))
        _style(style, *sizes, colour=shown, font=brand.family or _FONT)

    section = made.sections[0]
    width, height = PAPERS[metadata.paper]
    section.page_width = Mm(width)
    section.page_height = Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN_TOP)

    header = section.header.paragraphs[0]
    _tabbed(header, width - 2 * MARGIN)
    logo = brand.logo_png(day=metadata.day)
    if logo is not None:
        picture = header.add_run().add_picture(BytesIO(logo), height=Mm(_LOGO))
        picture._inline.docPr.set("descr", brand.name)  # noqa: SLF001 - no other way
    gap = "  " if logo is not None else ""
    _soft(header, f"{gap}{metadata.product}\t{metadata.reader}")

    footer = section.footer.paragraphs[0]
    _tabbed(footer, width - 2 * MARGIN)
    _soft(footer, f"{title}\t{metadata.footer_day}")
    _field(footer, "PAGE")
    _soft(footer, " / ")
    _field(footer, "NUMPAGES")
    return made


def _is_heading(style: str) -> bool:
    return style == "Title" or style.startswith("Heading")


def _style(
    style: ParagraphStyle,
    size: float,
    before: float,
    after: float,
    *,
    colour: str,
    font: str,
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = font
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    style.font.bold = _is_heading(str(style.name))
    _remove_theme_fonts(style)

    shape = style.paragraph_format
    shape.space_before = Pt(before)
    shape.space_after = Pt(after)
    shape.line_spacing = _LINE_SPACING
    if style.name == "Title":
        for border in style.element.findall(".//" + qn("w:pBdr")):
            border.getparent().remove(border)


def _remove_theme_fonts(style: ParagraphStyle) -> None:
    """Remove the fonts of the theme, which come before the style's own."""
    from docx.oxml.ns import qn

    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme") or name == qn("w:cstheme"):
            del fonts.attrib[name]


def _tabbed(paragraph: Paragraph, width: float) -> None:
    """Give a line a left and a right end.

    ``width`` is the place of the right end, in millimetres.
    """
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    stops = paragraph.paragraph_format.tab_stops
    if paragraph.style:
        for stop in list(paragraph.style.paragraph_format.tab_stops):
            stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)


def _soft(paragraph: Paragraph, text: str) -> Run:
    from docx.shared import Pt, RGBColor

    made = paragraph.add_run(text)
    made.font.size = Pt(8.5)
    made.font.color.rgb = RGBColor.from_string(SOFT)
    return made


def _field(paragraph: Paragraph, name: str) -> None:
    """Add a field that Word fills in, such as the number of the page."""
    instruction = new_element("w:instrText")
    instruction.text = name
    for part in (
        new_element("w:fldChar", fldCharType="begin"),
        instruction,
        new_element("w:fldChar", fldCharType="end"),
    ):
        _soft(paragraph, "")._r.append(part)  # noqa: SLF001 - python-docx has no fields


def new_element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Make an element of a Word file, with attributes of its namespace."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def linked(paragraph: Paragraph, url: str) -> Run:
    """Add an empty run, which links to an address, to a paragraph."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.text.run import Run

    link = new_element("w:hyperlink")
    link.set(
        qn("r:id"),
        paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
    )
    run = new_element("w:r")
    link.append(run)
    paragraph._p.append(link)  # noqa: SLF001 - python-docx reads links, but makes none
    made = Run(run, paragraph)
    made.underline = True
    return made


def numbering(file: Document, style: str, start: int) -> Callable[[Paragraph], None]:
    """Begin a numbered list in a style.

    Returns a function that makes a paragraph the next item of the list.
    """
    numberings = file.part.numbering_part.element
    place = file.styles[style].element.pPr.numPr
    level = place.ilvl.val if place.ilvl is not None else 0
    (of_style,) = (each for each in numberings.num_lst if each.numId == place.numId.val)
    numbering = numberings.add_num(of_style.abstractNumId.val)
    numbering.add_lvlOverride(ilvl=level).add_startOverride(start)

    def number(paragraph: Paragraph) -> None:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx numbers by style
        place = properties.get_or_add_numPr()
        place.get_or_add_ilvl().val = level
        place.get_or_add_numId().val = numbering.numId

    return number


def mark_sized(paragraph: Paragraph, size: float) -> None:
    """Give the number of an item the size of its text, in points."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no mark's size
    mark = new_element("w:rPr")
    mark.append(new_element("w:sz", val=f"{round(size * 2)}"))
    properties.append(mark)


def turned(paragraph: Paragraph) -> None:
    """Make a paragraph run from right to left."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    # Word reads an alignment as seen from where the lines begin
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no direction
    later = [each for each in properties if each.tag in {qn(f"w:{n}") for n in _LATER}]
    later[0].addprevious(new_element("w:bidi"))
    for run in paragraph.runs:
        run.font.rtl = True


def ruled(paragraph: Paragraph) -> None:
    """Draw a line under a paragraph."""
    borders = new_element("w:pBdr")
    borders.append(new_element("w:bottom", val="single", sz="4", space="1", color=LINE))
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - python-docx has no borders
