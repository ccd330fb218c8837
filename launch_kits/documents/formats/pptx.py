"""Documents as slides for PowerPoint.

People can edit titles, text and tables; the notes have the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, cast

from launch_kits.documents.formats.addresses import with_addresses
from launch_kits.documents.formats.blocks import Block, Notes, Paragraph, Section, plain
from launch_kits.documents.formats.characters import is_right_to_left
from launch_kits.documents.formats.limits import MOST, must_be_small, parts_of
from launch_kits.documents.formats.masters.deck import Deck, deck_of
from launch_kits.documents.formats.masters.titles import title_size
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.office import sealed
from launch_kits.documents.formats.outline import outline, title_of
from launch_kits.documents.formats.pictures import Pictures
from launch_kits.documents.formats.pptx_card import draw_card
from launch_kits.documents.formats.pptx_grid import draw_grid
from launch_kits.documents.formats.pptx_shapes import (
    draw_footer,
    draw_pictures,
    draw_table,
)
from launch_kits.documents.formats.pptx_text import set_size, turn, write_lines
from launch_kits.documents.formats.slide_card import card_of, cited_in
from launch_kits.documents.formats.slide_pieces import (
    SPACING,
    Piece,
    SlideLine,
    SlidePicture,
    SlideRoom,
    SlideTable,
)
from launch_kits.documents.formats.slides import SIZES, Slide, slides

if TYPE_CHECKING:
    from pptx.shapes.autoshape import Shape
    from pptx.slide import Slide as Page
    from pptx.slide import SlideLayout

__all__ = ["to_pptx"]

#: the text size of the title on the project's own first slide, in points
_COVER_TITLE_SIZE = 40.0


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
    pictures = pictures or {}
    sections = outline(markdown)
    must_be_small("pptx", parts_of(sections, name="pptx"))
    if one_page:
        return _one_slide(sections, metadata)
    deck = deck_of(metadata)
    laid_out = list(
        islice(
            slides(with_addresses(sections), title=metadata.title, room=deck.room),
            MOST["pptx"]["slides"] + 1,
        )
    )
    must_be_small("pptx", {"slides": len(laid_out)})
    sources = [_source(item) for item in _sources(sections)]
    for slide in laid_out:
        page = _draw(deck, slide, metadata, sources)
        for piece in slide.pieces:
            if isinstance(piece, SlidePicture):
                known = [pictures[name] for name in piece.names if name in pictures]
                draw_pictures(page, known, deck, metadata.day)
    title = title_of(sections) or metadata.title
    return sealed(deck.presentation, metadata, title=title)


def _one_slide(sections: Sequence[Section], metadata: DocumentMetadata) -> bytes:
    deck = deck_of(metadata)
    card = card_of(sections, title=metadata.title, room=deck.card)
    page = deck.presentation.slides.add_slide(deck.title)
    draw_card(page, card, deck)
    _remove_unused(page)
    draw_footer(page, _footer(metadata), deck)
    lines = [line for column in card.columns for line in column]
    sources = [_source(item) for item in _sources(sections)]
    notes = [plain(line.runs) for line in card.left_out]
    cited = [SlideLine(card.about), *lines, *card.left_out]
    _note(page, cited_in(cited), sources, before=notes)
    return sealed(deck.presentation, metadata, title=card.title)


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
    deck: Deck,
    slide: Slide,
    metadata: DocumentMetadata,
    sources: Sequence[str],
) -> Page:
    page = cast("Page", deck.presentation.slides.add_slide(_layout_of(slide, deck)))
    _title(page, slide, deck)
    if slide.cover:
        _fill_cover(page, slide, deck)
    elif slide.grid:
        draw_grid(page, slide.grid, deck)
    else:
        _fill(page, slide, deck)
    _remove_unused(page)
    if not slide.cover:
        draw_footer(page, _footer(metadata), deck)
    _note(page, slide.cited, sources)
    return page


def _title(page: Page, slide: Slide, deck: Deck) -> None:
    shape = page.shapes.title
    if shape is None:
        return
    shape.text_frame.text = slide.title
    if is_right_to_left(slide.title):
        turn(shape.text_frame.paragraphs[0])
    most = _COVER_TITLE_SIZE if slide.cover and not deck.own else None
    size = title_size(page.slide_layout, shape, slide.title, most=most)
    if size is not None:
        set_size(shape.text_frame, size)


def _layout_of(slide: Slide, deck: Deck) -> SlideLayout:
    if slide.cover:
        return deck.cover
    if slide.grid:
        return deck.text if slide.grid.above else deck.title
    return deck.text if _lines(slide.pieces) else deck.title


def _lines(pieces: Iterable[Piece]) -> list[SlideLine]:
    return [piece for piece in pieces if isinstance(piece, SlideLine)]


def _fill_cover(page: Page, slide: Slide, deck: Deck) -> None:
    lines = _lines(slide.pieces)
    if not lines:
        return
    from pptx.util import Length

    shape = page.placeholders[deck.subtitle]
    size = slide.size
    if deck.own:
        room = SlideRoom(0.0, 0.0, Length(shape.width).pt, Length(shape.height).pt)
        fitting = (
            each
            for each in SIZES
            if each <= slide.size
            and sum(line.height(each, room) for line in lines) <= room.height
        )
        size = next(fitting, SIZES[-1])
    write_lines(shape.text_frame, lines, size, deck.shades)


def _remove_unused(page: Page) -> None:
    """Remove placeholders without text, which PowerPoint shows to those who edit."""
    for shape in list(page.placeholders):
        if not (shape.has_text_frame and shape.text_frame.text):
            shape.element.getparent().remove(shape.element)


def _fill(page: Page, slide: Slide, deck: Deck) -> None:
    """Put text and tables onto a page, from top to bottom.

    The first text goes into the placeholder of the layout.
    """
    from pptx.util import Pt

    room = deck.room
    top = room.top
    extra = slide.extra
    box: Shape | None = None
    for _, group in groupby(slide.pieces, key=type):
        pieces = list(group)
        lines = _lines(pieces)
        if lines:
            if box:
                box = page.shapes.add_textbox(Pt(0), Pt(0), Pt(0), Pt(0))
            else:
                box = page.placeholders[deck.body]
            height = sum(line.height(slide.size, room) for line in lines)
            height += extra * (len(lines) - 1)
            box.left = Pt(room.left)
            box.top = Pt(top)
            box.width = Pt(room.width)
            box.height = Pt(height + slide.size * SPACING)
            write_lines(box.text_frame, lines, slide.size, deck.shades, extra=extra)
            top += height
        for piece in pieces:
            if isinstance(piece, SlideTable):
                below = top + slide.size * SPACING
                draw_table(page, piece, deck, below, slide.size, extra=extra)
                top += piece.height(slide.size, room) + extra * len(piece.table.rows)
