"""A document as slides for PowerPoint.

Titles, text and tables that can be worked on, sources in the notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING

from launch_kits.documents.formats.colours import ACCENT, INK, LINE, SOFT, WARN
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
from launch_kits.documents.formats.slide_master import (
    BODY,
    COVER,
    LEFT,
    TITLE_ONLY,
    TOP,
    blank,
    kind_of,
)
from launch_kits.documents.formats.slides import (
    INDENT,
    SPACING,
    WIDTH,
    Slide,
    SlideLine,
    SlideTable,
    row_height,
    slides,
    table_size,
)

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide as Page
    from pptx.table import _Cell
    from pptx.text.text import TextFrame, _Paragraph

__all__ = ["to_pptx"]

#: titles longer than this are set smaller, so that they take two lines at most
_LONG_TITLE = 100


def to_pptx(markdown: str, metadata: DocumentMetadata) -> bytes:
    """A document as a presentation, a slide for each heading of level 2; the same document gives
    the same bytes.

    What a slide cannot hold goes on to further ones. Its notes list the sources that it names.
    """
    presentation = blank()
    sections = outline(markdown)
    sources = [_source(item) for item in _sources(sections)]
    for slide in slides(sections, title=metadata.title):
        _draw(presentation, slide, metadata, sources)
    return sealed(presentation, metadata, title=title_of(sections) or metadata.title)


def _sources(sections: Iterable[Section]) -> Sequence[tuple[Block, ...]]:
    return [
        item
        for section in sections
        for block in section.blocks
        if isinstance(block, Notes)
        for item in block.items
    ]


def _source(item: Iterable[Block]) -> str:
    """A source as the notes have it: what it says, and its address."""
    runs = [run for block in item if isinstance(block, Paragraph) for run in block.runs]
    return " ".join([plain(runs), *dict.fromkeys(run.href for run in runs if run.href)])


def _draw(
    presentation: Presentation,
    slide: Slide,
    metadata: DocumentMetadata,
    sources: Sequence[str],
) -> None:
    texts = any(isinstance(piece, SlideLine) for piece in slide.pieces)
    layout = COVER if slide.cover else BODY if texts else TITLE_ONLY
    page = presentation.slides.add_slide(presentation.slide_layouts[layout])
    page.shapes.title.text_frame.text = slide.title
    long = len(slide.title) > _LONG_TITLE
    if long or slide.cover:
        _size(page.shapes.title.text_frame, 20 if long else 40)
    _fill(page, slide)
    if not slide.cover:
        _foot(page, f"{metadata.product} · {metadata.reader} · {metadata.day}")
    named = [
        f"{number}. {sources[number - 1]}"
        for number in slide.cited
        if number <= len(sources)
    ]
    if named:
        page.notes_slide.notes_text_frame.text = "\n".join(["Sources", *named])


def _fill(page: Page, slide: Slide) -> None:
    """Text and tables from top to bottom, the first text in the layout's own place for it."""
    from pptx.util import Pt

    if slide.cover:
        under = page.placeholders[1]
        if slide.pieces:
            _write(under.text_frame, slide.pieces, slide.size)
        else:
            under.element.getparent().remove(under.element)
        return
    top, placed = TOP, False
    for is_text, group in groupby(
        slide.pieces, key=lambda piece: isinstance(piece, SlideLine)
    ):
        pieces = list(group)
        height = sum(piece.height(slide.size) for piece in pieces)
        if is_text:
            box = (
                page.shapes.add_textbox(*map(Pt, (0, 0, 0, 0)))
                if placed
                else page.placeholders[1]
            )
            box.left, box.top, box.width, box.height = map(
                Pt, (LEFT, top, WIDTH, height + slide.size * SPACING)
            )
            _write(box.text_frame, pieces, slide.size)
            placed = True
        for piece in pieces:
            if isinstance(piece, SlideTable):
                _table(page, piece, top + slide.size * SPACING, slide.size)
        top += height


def _write(
    frame: TextFrame, pieces: Iterable[SlideLine | SlideTable], size: float
) -> None:
    from pptx.util import Pt

    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = (
        Pt(0)
    )
    paragraph = frame.paragraphs[0]
    for at, line in enumerate(
        piece for piece in pieces if isinstance(piece, SlideLine)
    ):
        if at:
            paragraph = frame.add_paragraph()
        paragraph.space_before, paragraph.space_after, paragraph.line_spacing = (
            Pt(0),
            Pt(size * SPACING),
            1.0,
        )
        _mark(paragraph, line, size)
        _runs(paragraph, line.runs, size, WARN if line.loud else INK)


def _mark(paragraph: _Paragraph, line: SlideLine, size: float) -> None:
    """How far a paragraph is moved in, and the bullet or number before it."""
    from pptx.oxml.xmlchemy import OxmlElement
    from pptx.util import Pt

    paragraph.level = min(8, max(0, line.level - 1))
    look = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-pptx knows no bullets
    look.set("marL", str(Pt(line.level * INDENT * size)))
    look.set("indent", str(-Pt(INDENT * size) if line.mark else 0))
    if line.mark is None:
        look.append(OxmlElement("a:buNone"))
    elif isinstance(line.mark, int):
        numbered = OxmlElement("a:buAutoNum")
        numbered.set("type", "arabicPeriod")
        numbered.set("startAt", str(max(1, min(line.mark, 32767))))
        look.append(numbered)
    else:
        bullet = OxmlElement("a:buChar")
        bullet.set("char", line.mark)
        look.append(bullet)


def _runs(paragraph: _Paragraph, runs: Runs, size: float, colour: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    noted = False
    for run in runs:
        if run.text == "\n":
            paragraph.add_line_break()
            continue
        made = paragraph.add_run()
        made.text = f",{run.text}" if noted and run.note else run.text
        noted = run.note
        font = made.font
        font.size, font.bold, font.italic = (
            Pt(size),
            run.bold or None,
            run.italic or None,
        )
        font.color.rgb = RGBColor.from_string(
            ACCENT if run.note else SOFT if run.italic else colour
        )
        if run.note:
            made._r.get_or_add_rPr().set("baseline", "30000")  # noqa: SLF001 - python-pptx knows no superscript
        if run.code:
            font.name = "Consolas"
        if run.href:
            made.hyperlink.address = run.href


def _table(page: Page, grid: SlideTable, top: float, size: float) -> None:
    from pptx.util import Pt

    rows, widths = grid.table.rows, grid.table.widths()
    shape = page.shapes.add_table(
        len(rows), len(widths), Pt(LEFT), Pt(top), Pt(WIDTH), Pt(1)
    )
    table = shape.table
    # a style without lines and fills
    shape.element.find(
        ".//{*}tableStyleId"
    ).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    for at, width in enumerate(widths):
        table.columns[at].width = Pt(WIDTH * width / sum(widths))
    for at, row in enumerate(rows):
        table.rows[at].height = Pt(row_height(grid.table, row, size))
        for cell, runs in zip(table.rows[at].cells, row, strict=True):
            _cell(cell, runs, table_size(size), head=at == 0)


def _cell(cell: _Cell, runs: Runs, size: float, *, head: bool) -> None:
    from pptx.oxml.xmlchemy import OxmlElement
    from pptx.util import Pt

    cell.margin_left, cell.margin_right, cell.margin_top, cell.margin_bottom = map(
        Pt, (0, 12, 4, 4)
    )
    shown = tuple(run._replace(bold=True) for run in runs) if head else runs
    _runs(cell.text_frame.paragraphs[0], shown, size, SOFT if head else INK)
    line, fill, colour = (
        OxmlElement("a:lnB"),
        OxmlElement("a:solidFill"),
        OxmlElement("a:srgbClr"),
    )
    line.set("w", str(Pt(0.75)))
    colour.set("val", LINE)
    fill.append(colour)
    line.append(fill)
    cell._tc.get_or_add_tcPr().append(line)  # noqa: SLF001 - python-pptx knows no borders


def _foot(page: Page, text: str) -> None:
    """The footer and the number, which a slide does not take over from its layout by itself."""
    from pptx.enum.text import PP_ALIGN
    from pptx.text.text import TextFrame

    for shape in [shape for shape in page.slide_layout.shapes if shape.is_placeholder]:
        if kind_of(shape) not in {"FOOTER", "SLIDE_NUMBER"}:
            continue
        own = deepcopy(shape.element)
        page.shapes.element.append(own)
        if kind_of(shape) == "FOOTER":
            paragraph = TextFrame(own.find("{*}txBody"), page).paragraphs[0]
            paragraph.alignment = PP_ALIGN.LEFT
            _runs(paragraph, (Run(text),), 11, SOFT)


def _size(frame: TextFrame, points: float) -> None:
    from pptx.util import Pt

    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(points)
