"""Documents as slides for PowerPoint.

People can edit titles, text and tables; the notes have the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import date
from io import BytesIO
from itertools import groupby, islice
from typing import TYPE_CHECKING, cast

from launch_kits.documents.formats.colours import INK, LINE, SOFT
from launch_kits.documents.formats.limits import MOST, must_be_small, parts_of
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.office import sealed
from launch_kits.documents.formats.outline import (
    Block,
    Notes,
    Paragraph,
    Run,
    Runs,
    Section,
    outline,
    plain,
    title_of,
)
from launch_kits.documents.formats.pictures import DocumentPicture, Pictures
from launch_kits.documents.formats.pptx_card import draw_card
from launch_kits.documents.formats.pptx_text import set_size, write_lines, write_runs
from launch_kits.documents.formats.slide_card import card_of, cited_in
from launch_kits.documents.formats.slide_master import (
    BODY,
    COVER,
    LEFT,
    TITLE_ONLY,
    TOP,
    blank,
    kind_of,
    placeholders,
)
from launch_kits.documents.formats.slide_pieces import (
    HEIGHT,
    SPACING,
    WIDTH,
    Piece,
    SlideLine,
    SlidePicture,
    SlideTable,
    row_height,
    table_size,
)
from launch_kits.documents.formats.slides import Slide, slides

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.autoshape import Shape
    from pptx.slide import Slide as Page
    from pptx.table import _Cell

__all__ = ["to_pptx"]

#: a title with more characters is written smaller, so that it takes at most two lines
_LONG_TITLE = 100
#: the text sizes of titles, in points
_LONG_TITLE_SIZE = 20
_COVER_TITLE_SIZE = 40
#: the text size of the footer, in points
_FOOTER_SIZE = 11
#: PowerPoint's table style without lines and fills
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def to_pptx(
    markdown: str,
    metadata: DocumentMetadata,
    pictures: Pictures | None = None,
    *,
    one_page: bool = False,
) -> bytes:
    """Make a presentation of a document.

    Each section has a slide, or several if it is long; a document that should be ``one_page`` has
    one slide. The notes of a slide list the sources that it cites.

    Returns the same bytes for the same document and metadata. Raises DocumentError if the document
    has too many parts.
    """
    sections = outline(markdown)
    must_be_small("pptx", parts_of(sections, name="pptx"))
    if one_page:
        return _one_slide(sections, metadata)
    laid_out = list(
        islice(slides(sections, title=metadata.title), MOST["pptx"]["slides"] + 1)
    )
    must_be_small("pptx", {"slides": len(laid_out)})
    presentation = blank(metadata.look, metadata.day)
    sources = [_source(item) for item in _sources(sections)]
    for slide in laid_out:
        page = _draw(presentation, slide, metadata, sources)
        for piece in slide.pieces:
            if isinstance(piece, SlidePicture) and piece.name in (pictures or {}):
                _show(page, (pictures or {})[piece.name], metadata.day)
    return sealed(presentation, metadata, title=title_of(sections) or metadata.title)


def _one_slide(sections: Sequence[Section], metadata: DocumentMetadata) -> bytes:
    presentation = blank(metadata.look, metadata.day)
    card = card_of(sections, title=metadata.title)
    page = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY])
    draw_card(page, card)
    _foot(page, _footer(metadata))
    lines = [line for column in card.columns for line in column]
    sources = [_source(item) for item in _sources(sections)]
    notes = [plain(line.runs) for line in card.left_out]
    cited = [SlideLine(card.about), *lines, *card.left_out]
    _note(page, cited_in(cited), sources, before=notes)
    return sealed(presentation, metadata, title=card.title)


def _footer(metadata: DocumentMetadata) -> str:
    footer = f"{metadata.product} · {metadata.reader} · {metadata.footer_day}"
    return footer.removesuffix(" · ")


def _note(
    page: Page,
    numbers: Iterable[int],
    sources: Sequence[str],
    *,
    before: Sequence[str] = (),
) -> None:
    """Write the sources of a slide into its notes, after other lines."""
    cited = [
        f"{number}. {sources[number - 1]}"
        for number in numbers
        if number <= len(sources)
    ]
    lines = [*before, *(["Sources", *cited] if cited else [])]
    frame = page.notes_slide.notes_text_frame if lines else None
    if frame is not None:
        frame.text = "\n".join(lines)


def _sources(sections: Iterable[Section]) -> Sequence[tuple[Block, ...]]:
    return [
        item
        for section in sections
        for block in section.blocks
        if isinstance(block, Notes)
        for item in block.items
    ]


def _source(item: Iterable[Block]) -> str:
    """The text of a source, and its addresses, for the notes."""
    runs = [run for block in item if isinstance(block, Paragraph) for run in block.runs]
    addresses = dict.fromkeys(run.href for run in runs if run.href)
    return " ".join([plain(runs), *addresses])


def _draw(
    presentation: Presentation,
    slide: Slide,
    metadata: DocumentMetadata,
    sources: Sequence[str],
) -> Page:
    page = presentation.slides.add_slide(presentation.slide_layouts[_layout_of(slide)])
    title = page.shapes.title.text_frame
    title.text = slide.title
    if len(slide.title) > _LONG_TITLE:
        set_size(title, _LONG_TITLE_SIZE)
    elif slide.cover:
        set_size(title, _COVER_TITLE_SIZE)
    if slide.cover:
        _fill_cover(page, slide)
    else:
        _fill(page, slide)
        _foot(page, _footer(metadata))
    _note(page, slide.cited, sources)
    return cast("Page", page)


def _show(page: Page, picture: DocumentPicture, day: date) -> None:
    """Show a picture below the title, as large as the slide allows."""
    from pptx.util import Pt

    width = min(WIDTH, HEIGHT / picture.proportion)
    shape = page.shapes.add_picture(
        BytesIO(picture.png(day=day)),
        Pt(LEFT + (WIDTH - width) / 2),
        Pt(TOP),
        width=Pt(width),
    )
    shape.element.find(".//{*}cNvPr").set("descr", picture.description)


def _layout_of(slide: Slide) -> int:
    if slide.cover:
        return COVER
    return BODY if _lines(slide.pieces) else TITLE_ONLY


def _lines(pieces: Iterable[Piece]) -> list[SlideLine]:
    return [piece for piece in pieces if isinstance(piece, SlideLine)]


def _fill_cover(page: Page, slide: Slide) -> None:
    subtitle = page.placeholders[1]
    if slide.pieces:
        write_lines(subtitle.text_frame, _lines(slide.pieces), slide.size)
    else:
        subtitle.element.getparent().remove(subtitle.element)


def _fill(page: Page, slide: Slide) -> None:
    """Put text and tables onto a page, from top to bottom.

    The first text goes into the placeholder of the layout.
    """
    from pptx.util import Pt

    top = TOP
    box: Shape | None = None
    for _, group in groupby(slide.pieces, key=type):
        pieces = list(group)
        height = sum(piece.height(slide.size) for piece in pieces)
        lines = _lines(pieces)
        if lines:
            if box:
                box = page.shapes.add_textbox(Pt(0), Pt(0), Pt(0), Pt(0))
            else:
                box = page.placeholders[1]
            box.left = Pt(LEFT)
            box.top = Pt(top)
            box.width = Pt(WIDTH)
            box.height = Pt(height + slide.size * SPACING)
            write_lines(box.text_frame, lines, slide.size)
        for piece in pieces:
            if isinstance(piece, SlideTable):
                _table(page, piece, top + slide.size * SPACING, slide.size)
        top += height


def _table(page: Page, grid: SlideTable, top: float, size: float) -> None:
    from pptx.util import Pt

    rows = grid.table.rows
    widths = grid.table.widths()
    shape = page.shapes.add_table(
        len(rows), len(widths), Pt(LEFT), Pt(top), Pt(WIDTH), Pt(1)
    )
    shape.element.find(".//{*}tableStyleId").text = _PLAIN_TABLE
    table = shape.table
    for at, width in enumerate(widths):
        table.columns[at].width = Pt(WIDTH * width / sum(widths))
    for at, row in enumerate(rows):
        table.rows[at].height = Pt(row_height(widths, row, size))
        for cell, runs in zip(table.rows[at].cells, row, strict=True):
            _cell(cell, runs, table_size(size), head=at == 0)


def _cell(cell: _Cell, runs: Runs, size: float, *, head: bool) -> None:
    from pptx.oxml.xmlchemy import OxmlElement
    from pptx.util import Pt

    cell.margin_left = Pt(0)
    cell.margin_right = Pt(12)
    cell.margin_top = cell.margin_bottom = Pt(4)
    shown = tuple(run._replace(bold=True) for run in runs) if head else runs
    write_runs(cell.text_frame.paragraphs[0], shown, size, SOFT if head else INK)
    colour = OxmlElement("a:srgbClr")
    colour.set("val", LINE)
    fill = OxmlElement("a:solidFill")
    fill.append(colour)
    line = OxmlElement("a:lnB")
    line.set("w", str(Pt(0.75)))
    line.append(fill)
    cell._tc.get_or_add_tcPr().append(line)  # noqa: SLF001 - python-pptx has no borders


def _foot(page: Page, text: str) -> None:
    """Add the footer and the slide number, which are not inherited."""
    from pptx.enum.text import PP_ALIGN
    from pptx.text.text import TextFrame

    for shape in placeholders(page.slide_layout):
        if kind_of(shape) not in {"FOOTER", "SLIDE_NUMBER"}:
            continue
        own = deepcopy(shape.element)
        page.shapes.element.append(own)
        if kind_of(shape) == "FOOTER":
            paragraph = TextFrame(own.find("{*}txBody"), page).paragraphs[0]
            paragraph.alignment = PP_ALIGN.LEFT
            write_runs(paragraph, (Run(text),), _FOOTER_SIZE, SOFT)
