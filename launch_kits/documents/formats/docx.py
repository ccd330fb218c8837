"""Documents as Word files.

Headings, lists and tables have Word's own styles, so that people can edit them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from launch_kits.documents.formats.addresses import with_addresses
from launch_kits.documents.formats.blocks import (
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
    plain,
)
from launch_kits.documents.formats.characters import is_right_to_left
from launch_kits.documents.formats.colours import ACCENT, INK, SOFT, WARN
from launch_kits.documents.formats.docx_fitting import narrowed, page_room, scale_of
from launch_kits.documents.formats.docx_styles import (
    blank,
    linked,
    mark_sized,
    numbering,
    ruled,
    turned,
)
from launch_kits.documents.formats.docx_tables import room_of, table, table_size
from launch_kits.documents.formats.limits import must_be_small, parts_of
from launch_kits.documents.formats.masters.word import own_file, style_in
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.office import sealed
from launch_kits.documents.formats.outline import outline, title_of
from launch_kits.documents.formats.pictures import DocumentPicture, Picture, Pictures

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as DocxParagraph

__all__ = ["to_docx"]

#: the deepest levels that have a style of their own
_DEEPEST_LIST = 3
_DEEPEST_HEADING = 4

#: the width of a picture, in mm
_PICTURE_WIDTH = 170

#: the text size of sources, in points
_SMALL = 9.0
#: the sources that stay on one page with their heading; more of them would leave it half empty
_TOGETHER = 12


def to_docx(
    markdown: str,
    metadata: DocumentMetadata,
    pictures: Pictures | None = None,
    *,
    one_page: bool = False,
) -> bytes:
    """Make a Word file of a document.

    Its text is smaller if its pages end better so (see `scale_of`), or if it should be
    ``one_page``; in a company's own file the text keeps its size.

    Returns the same bytes for the same document and metadata. Raises DocumentError if the document
    has too many parts.
    """
    sections = with_addresses(outline(markdown))
    must_be_small("docx", parts_of(sections, name="docx"))
    title = title_of(sections) or metadata.title
    scale = 1.0
    if metadata.master:
        file = own_file(metadata, metadata.master, title=title)
    else:
        room = page_room(metadata.paper)
        pictures = narrowed(sections, room, pictures or {}) if one_page else pictures
        scale = scale_of(sections, room, pictures or {}, one_page=one_page)
        file = blank(metadata, title=title, scale=scale)
    writer = _Writer(file, pictures or {}, metadata, scale)
    for section in sections:
        heading = [section.heading] if section.heading else []
        writer.blocks([*heading, *section.blocks])
    return sealed(file, metadata, title=title)


class _Writer:
    """Writes blocks at the end of a file."""

    def __init__(
        self,
        file: Document,
        pictures: Pictures,
        metadata: DocumentMetadata,
        scale: float,
    ) -> None:
        self._scale = scale
        self._small = round(_SMALL * scale * 2) / 2
        self._file = file
        self._pictures = pictures
        self._day = metadata.day
        self._own = metadata.master is not None
        #: colours that a company's own styles have themselves
        self._link = None if self._own else metadata.look.link
        self._ink = None if self._own else INK
        self._last: DocxParagraph | None = None

    def blocks(
        self, blocks: Iterable[Block], *, depth: int = 0, colour: str | None = None
    ) -> None:
        """Write blocks one after the other.

        ``depth`` is the number of lists that the blocks are in.
        """
        shown = list(blocks)
        for at, block in enumerate(shown):
            self._block(block, depth, colour or self._ink)
            if self._last and _leads(block, shown[at + 1 : at + 2]):
                self._last.paragraph_format.keep_with_next = True

    def _block(self, block: Block, depth: int, colour: str | None) -> None:
        match block:
            case Heading(level, runs):
                self._paragraph(runs, _heading_style(level), None)
            case Paragraph(runs):
                self._paragraph(runs, _paragraph_style(depth), colour)
            case Listing(start, items):
                self._items(items, start, depth + 1, colour)
            case Notes(items):
                first = len(self._file.paragraphs)
                self._items(items, 1, depth + 1, colour, small=True)
                if len(items) <= _TOGETHER:
                    for line in self._file.paragraphs[first:-1]:
                        line.paragraph_format.keep_with_next = True
            case Callout(inner):
                self.blocks(inner, depth=depth, colour=WARN)
            case Table():
                self._table(block)
            case Code(text):
                self._code(text, colour)
            case Picture(name) if name in self._pictures:
                self._picture(self._pictures[name])
            case Rule():
                ruled(self._file.add_paragraph())

    def _paragraph(
        self, runs: Runs, style: str, colour: str | None, *, size: float | None = None
    ) -> DocxParagraph:
        made = self._file.add_paragraph(style=self._style(style))
        write(made, runs, colour, size=size, link=self._link)
        if is_right_to_left(plain(runs)):
            turned(made)
        self._last = made
        return made

    def _style(self, name: str) -> str | None:
        return style_in(self._file, name) if self._own else name

    def _code(self, text: str, colour: str | None) -> None:
        for line in text.rstrip("\n").split("\n"):
            self._paragraph((Run(line, code=True),), "No Spacing", colour)

    def _items(
        self,
        items: Iterable[tuple[Block, ...]],
        start: int | None,
        depth: int,
        colour: str | None,
        *,
        small: bool = False,
    ) -> None:
        style = _list_style("List Bullet" if start is None else "List Number", depth)
        number = None
        if start is not None:
            number = numbering(self._file, self._style(style) or style, start)
        size = self._small if small else None
        for item in items:
            # an item that begins with another block has an empty paragraph for its bullet
            if item and isinstance(item[0], Paragraph):
                runs = item[0].runs
                rest = item[1:]
            else:
                runs = ()
                rest = item
            paragraph = self._paragraph(runs, style, colour, size=size)
            if number is not None:
                number(paragraph)
            if size is not None:
                mark_sized(paragraph, size)
            if rest:
                paragraph.paragraph_format.keep_with_next = True
            self.blocks(rest, depth=depth, colour=colour)

    def _picture(self, picture: DocumentPicture) -> None:
        from docx.shared import Mm

        content = BytesIO(picture.bitmap(day=self._day))
        width = int(min(Mm(_PICTURE_WIDTH), room_of(self._file)) * picture.share)
        paragraph = self._file.add_paragraph()
        shape = paragraph.add_run().add_picture(content, width=width)
        shape._inline.docPr.set("descr", picture.description)  # noqa: SLF001 - no other way
        if picture.caption:
            paragraph.paragraph_format.keep_with_next = True
            self._paragraph((Run(picture.caption, italic=True),), "Normal", None)

    def _table(self, block: Table) -> None:
        paragraphs = table(self._file, block, scale=self._scale)
        # a company's own style has its size
        size = None if self._own else round(table_size(block) * self._scale * 2) / 2
        headings, *rows = zip(paragraphs, block.rows, strict=True)
        for paragraph, runs in zip(*headings, strict=True):
            shown = tuple(run._replace(bold=True) for run in runs)
            write(paragraph, shown, SOFT, size=size)
        for row in rows:
            for paragraph, runs in zip(*row, strict=True):
                write(paragraph, runs, self._ink, size=size, link=self._link)
                if is_right_to_left(plain(runs)):
                    turned(paragraph)


def _leads(block: Block, after: Sequence[Block]) -> bool:
    """Whether a block leads to a list or a table, and stays on its page."""
    return isinstance(block, Paragraph) and any(
        isinstance(each, Listing | Table) for each in after
    )


def _heading_style(level: int) -> str:
    return "Title" if level == 1 else f"Heading {min(level - 1, _DEEPEST_HEADING)}"


def _list_style(name: str, depth: int) -> str:
    """Word's name of a list style at a depth: List Bullet, List Bullet 2."""
    return name if depth == 1 else f"{name} {min(depth, _DEEPEST_LIST)}"


def _paragraph_style(depth: int) -> str:
    return _list_style("List Continue", depth) if depth else "Normal"


def write(
    paragraph: DocxParagraph,
    runs: Runs,
    colour: str | None,
    *,
    size: float | None = None,
    link: str | None = ACCENT,
) -> None:
    """Add runs to a paragraph.

    ``size`` is in points; ``link`` is the colour of links and of numbers of sources. Without a
    colour or a size, the text has that of the paragraph's style, and links have their own.
    """
    from docx.shared import Pt, RGBColor

    after_note = False
    for run in runs:
        # a comma separates the numbers of two sources
        text = f",{run.text}" if after_note and run.note else run.text
        after_note = run.note
        made = linked(paragraph, run.href) if run.href else paragraph.add_run()
        if text == "\n":
            made.add_break()
            continue
        made.text = text
        made.bold = run.bold or None
        made.italic = run.italic or None
        shown = link if run.note or run.href else _colour_of(run, colour)
        if shown:
            made.font.color.rgb = RGBColor.from_string(shown)
        made.font.size = Pt(size) if size else None
        if run.note:
            made.font.superscript = True
        if run.code:
            made.font.name = "Consolas"


def _colour_of(run: Run, colour: str | None) -> str | None:
    return SOFT if run.italic else colour
