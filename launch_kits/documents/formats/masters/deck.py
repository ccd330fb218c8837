"""A presentation to be filled, with its layouts and the room on its slides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from launch_kits.documents.formats.pptx_text import THEMED
from launch_kits.documents.formats.slide_card import CARD_ROOM
from launch_kits.documents.formats.slide_master import (
    BODY,
    COVER,
    TITLE_ONLY,
    blank,
)
from launch_kits.documents.formats.slide_pieces import ROOM, SlideRoom

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import SlideLayout

    from launch_kits.documents.formats.metadata import DocumentMetadata

__all__ = ["Deck", "deck_of"]


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation without slides."""

    presentation: Presentation
    #: the layouts of the first slide, of slides with text, and of slides with a title alone
    cover: SlideLayout
    text: SlideLayout
    title: SlideLayout
    #: the room for text and tables, and the room for the columns of a card
    room: SlideRoom = ROOM
    card: SlideRoom = CARD_ROOM
    #: the numbers of the placeholders for the subtitle of the first slide, and for text
    subtitle: int = 1
    body: int = 1
    #: colour → the colour to use in its place, or the name of one of the theme
    shades: Mapping[str, str] = field(default_factory=lambda: THEMED)
    #: whether the company's own master gives sizes, colours and places
    own: bool = False


def deck_of(metadata: DocumentMetadata) -> Deck:
    """Open the presentation for a document: the company's own, or the project's.

    Raises DocumentError if the company's own lacks a layout or cannot be used.
    """
    if metadata.master is not None:
        from launch_kits.documents.formats.masters.slides import own_deck

        return own_deck(metadata.master)
    made = blank(metadata.look, metadata.day)
    layouts = made.slide_layouts
    return Deck(
        made, cover=layouts[COVER], text=layouts[BODY], title=layouts[TITLE_ONLY]
    )
