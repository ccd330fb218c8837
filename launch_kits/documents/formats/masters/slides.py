"""Slides in the company's own PowerPoint file: its layouts, colours, fonts, logo and footer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from launch_kits.documents.formats.masters.deck import Deck
from launch_kits.documents.formats.masters.office_file import (
    OfficeMaster,
    must_be_clean,
)
from launch_kits.documents.formats.masters.theme import shades_of
from launch_kits.documents.formats.slide_master import kind_of, placeholders
from launch_kits.documents.formats.slide_pieces import SlideRoom

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import SlideLayout

__all__ = ["COVER", "TEXT", "TITLE", "own_deck"]

#: the names by which a master tells which of its layouts to use
COVER, TEXT, TITLE = (f"Launch Kits {name}" for name in ("cover", "text", "title only"))
#: the least room for text, in points
_LEAST = (300.0, 150.0)
#: the height of the two lines above the columns of a card, in points
_ABOUT = 40.0

_TITLES = {"TITLE", "CENTER_TITLE"}
_SUBTITLES = {"SUBTITLE", "BODY"}
_TEXTS = {"BODY", "OBJECT"}
_UNUSED = {"DATE", "FOOTER", "SLIDE_NUMBER"}


def own_deck(master: OfficeMaster) -> Deck:
    """Open a master, without its slides.

    Raises DocumentError, which names the file, the layout that is missing and the remedy.
    """
    from pptx import Presentation

    with master.reading():
        made = Presentation(BytesIO(_emptied(master)))
        cover = _chosen(master, made, COVER, ("title",), _is_cover)
        text = _chosen(master, made, TEXT, ("obj", "tx"), _is_text)
        body = _largest(text)
        room = _room(master, text, body)
        card = room._replace(top=room.top + _ABOUT, height=room.height - _ABOUT)
        return Deck(
            made,
            cover=cover,
            text=text,
            title=_title_layout(made) or text,
            room=room,
            card=card,
            subtitle=_first(cover, _SUBTITLES).placeholder_format.idx,
            body=body.placeholder_format.idx,
            shades=shades_of(text),
            own=True,
        )


@lru_cache(maxsize=2)
def _emptied(master: OfficeMaster) -> bytes:
    """The file without slides, sections of slides, names of commentators and thumbnail."""
    from pptx import Presentation

    with master.reading():
        made = Presentation(BytesIO(master.data))
        part = made.part
        ids = made.slides._sldIdLst  # noqa: SLF001 - python-pptx removes no slides
        for each in list(ids):
            part.drop_rel(each.rId)
            ids.remove(each)
        for name in ("extLst", "custShowLst"):
            for lists in part._element.findall(f"{{*}}{name}"):  # noqa: SLF001 - the same
                part._element.remove(lists)  # noqa: SLF001 - the same
        for holder in (part, part.package):
            rels = holder._rels  # noqa: SLF001 - the same
            for key, rel in list(rels.items()):
                if rel.reltype.endswith(("uthors", "thumbnail")):
                    rels.pop(key)
        saved = BytesIO()
        made.save(saved)
    clean = replace(master, data=saved.getvalue())
    must_be_clean(clean)
    return clean.data


def _chosen(
    master: OfficeMaster,
    presentation: Presentation,
    name: str,
    types: Iterable[str],
    fits: Callable[[SlideLayout], str | None],
) -> SlideLayout:
    """The layout of a name, else the first of some types that fits, else the first that fits."""
    layouts = list(presentation.slide_layouts)
    named = [layout for layout in layouts if layout.name.casefold() == name.casefold()]
    for layout in named:
        lacking = fits(layout)
        if lacking:
            raise master.fault(
                f'layout "{layout.name}" has no {lacking}; add it in the slide master'
            )
        return layout
    fitting = [layout for layout in layouts if fits(layout) is None]
    typed = [layout for layout in fitting if _type_of(layout) in types]
    for layout in (*typed, *fitting):
        return layout
    told = ", ".join(f'"{layout.name}"' for layout in layouts[:8]) or "none"
    needed = "a title and a subtitle" if name == COVER else "a title and one text"
    raise master.fault(
        f'no layout "{name}", and none with {needed} (layouts: {told}); '
        f'add one in the slide master and name it "{name}"'
    )


def _type_of(layout: SlideLayout) -> str:
    return str(layout.element.get("type", ""))


def _is_cover(layout: SlideLayout) -> str | None:
    """The placeholder that a layout lacks for the first slide, or None."""
    if not _of(layout, _TITLES):
        return "title"
    return None if _of(layout, _SUBTITLES) else "subtitle"


def _is_text(layout: SlideLayout) -> str | None:
    """The placeholder that a layout lacks for a slide with text, or None."""
    if not _of(layout, _TITLES):
        return "title"
    if _type_of(layout) == "title" or _of(layout, {"SUBTITLE"}):
        return "text alone, but a subtitle"
    return None if _of(layout, _TEXTS) else "text"


def _title_layout(presentation: Presentation) -> SlideLayout | None:
    """The layout with a title alone; None if there is none."""
    layouts = list(presentation.slide_layouts)
    for layout in layouts:
        if layout.name.casefold() == TITLE.casefold() and _of(layout, _TITLES):
            return layout
    alone = [
        layout
        for layout in layouts
        if _of(layout, _TITLES)
        and all(kind_of(each) in _TITLES | _UNUSED for each in placeholders(layout))
    ]
    typed = [layout for layout in alone if _type_of(layout) == "titleOnly"]
    return next(iter((*typed, *alone)), None)


def _of(layout: SlideLayout, kinds: set[str]) -> list[BaseShape]:
    return [each for each in placeholders(layout) if kind_of(each) in kinds]


def _first(layout: SlideLayout, kinds: set[str]) -> BaseShape:
    """The first placeholder of some kinds, a subtitle before a text."""
    return max(_of(layout, kinds), key=lambda each: kind_of(each) == "SUBTITLE")


def _largest(layout: SlideLayout) -> BaseShape:
    return max(_of(layout, _TEXTS), key=lambda each: each.width * each.height)


def _room(master: OfficeMaster, layout: SlideLayout, body: BaseShape) -> SlideRoom:
    """The room for text: the largest placeholder for it."""
    from pptx.util import Length

    room = SlideRoom(
        *(Length(each).pt for each in (body.left, body.top, body.width, body.height))
    )
    if room.width < _LEAST[0] or room.height < _LEAST[1]:
        raise master.fault(
            f'layout "{layout.name}" has too little room for text '
            f"({room.width:.0f} by {room.height:.0f} points); it needs "
            f"{_LEAST[0]:.0f} by {_LEAST[1]:.0f}, so make its text placeholder larger"
        )
    return room
