"""Draws a document on one slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launch_kits.documents.formats.colours import SOFT
from launch_kits.documents.formats.pptx_text import set_size, write_lines, write_runs
from launch_kits.documents.formats.slide_card import (
    COLUMN_HEIGHT,
    COLUMN_WIDTH,
    GUTTER,
    SlideCard,
)
from launch_kits.documents.formats.slide_master import LEFT
from launch_kits.documents.formats.slide_pieces import WIDTH

if TYPE_CHECKING:
    from pptx.slide import Slide as Page

__all__ = ["draw_card"]

#: the top and the height of the title and of the line under it, and the top of the columns
_TITLE = (14.0, 40.0)
_ABOUT = (56.0, 22.0)
_COLUMNS_TOP = 88.0
_TITLE_SIZE = 24
_ABOUT_SIZE = 10


def draw_card(page: Page, card: SlideCard) -> None:
    """Put the title and the columns of a card onto an empty page of the title's layout."""
    from pptx.util import Pt

    title = page.shapes.title
    if title is not None:
        title.left, title.top, title.width, title.height = (
            Pt(each) for each in (LEFT, _TITLE[0], WIDTH - 170.0, _TITLE[1])
        )
        title.text_frame.text = card.title
        set_size(title.text_frame, _TITLE_SIZE)
    about = page.shapes.add_textbox(
        Pt(LEFT), Pt(_ABOUT[0]), Pt(WIDTH), Pt(_ABOUT[1])
    ).text_frame
    about.word_wrap = True
    about.margin_left = about.margin_top = about.margin_bottom = Pt(0)
    write_runs(about.paragraphs[0], card.about, _ABOUT_SIZE, SOFT)
    for at, column in enumerate(card.columns):
        box = page.shapes.add_textbox(
            Pt(LEFT + at * (COLUMN_WIDTH + GUTTER)),
            Pt(_COLUMNS_TOP),
            Pt(COLUMN_WIDTH),
            Pt(COLUMN_HEIGHT),
        )
        write_lines(box.text_frame, column, card.size)
