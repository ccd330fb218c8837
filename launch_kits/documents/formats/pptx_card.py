"""Draws a document on one slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launch_kits.documents.formats.colours import SOFT
from launch_kits.documents.formats.masters.deck import Deck
from launch_kits.documents.formats.masters.titles import title_size
from launch_kits.documents.formats.pptx_text import set_size, write_lines, write_runs
from launch_kits.documents.formats.slide_card import GUTTER, SlideCard

if TYPE_CHECKING:
    from pptx.slide import Slide as Page

__all__ = ["draw_card"]

#: the top and the height of the title on the project's own slides, and the room beside it that
#: the logo needs
_TITLE = (14.0, 40.0)
_LOGO = 170.0
#: the height of the line under the title, and the gap below it
_ABOUT = (22.0, 10.0)
_TITLE_SIZE = 24.0
_ABOUT_SIZE = 10


def draw_card(page: Page, card: SlideCard, deck: Deck) -> None:
    """Draw a card: its title and columns, on an empty page of the title's layout."""
    from pptx.util import Pt

    room = deck.card
    _draw_title(page, card, deck)
    top = deck.room.top if deck.own else room.top - sum(_ABOUT)
    about = page.shapes.add_textbox(
        Pt(room.left), Pt(top), Pt(room.width), Pt(_ABOUT[0])
    ).text_frame
    about.word_wrap = True
    about.margin_left = about.margin_top = about.margin_bottom = Pt(0)
    write_runs(about.paragraphs[0], card.about, _ABOUT_SIZE, SOFT, deck.shades)
    for at, column in enumerate(card.columns):
        box = page.shapes.add_textbox(
            Pt(room.left + at * (card.width + GUTTER)),
            Pt(room.top),
            Pt(card.width),
            Pt(room.height),
        )
        write_lines(box.text_frame, column, card.size, deck.shades)


def _draw_title(page: Page, card: SlideCard, deck: Deck) -> None:
    from pptx.util import Pt

    title = page.shapes.title
    if title is None:
        return
    title.text_frame.text = card.title
    size: float | None = _TITLE_SIZE
    if deck.own:
        size = title_size(page.slide_layout, title, card.title)
    else:
        room = deck.room
        title.left, title.top, title.width, title.height = (
            Pt(each) for each in (room.left, _TITLE[0], room.width - _LOGO, _TITLE[1])
        )
    if size is not None:
        set_size(title.text_frame, size)
