"""The colours of a company's own slides: those of its theme, and readable ones beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from launch_kits.documents.formats.colours import (
    ACCENT,
    DARK,
    HEADING,
    INK,
    LARGE,
    READABLE,
)
from launch_kits.inputs.contrast import contrast

if TYPE_CHECKING:
    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.slide import SlideLayout

__all__ = ["shades_of"]

_SPACE = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
#: colour of a theme → its name in python-pptx
_NAMES = {
    "tx1": "TEXT_1",
    "tx2": "TEXT_2",
    "bg1": "BACKGROUND_1",
    "bg2": "BACKGROUND_2",
    "hlink": "HYPERLINK",
    **{f"accent{at}": f"ACCENT_{at}" for at in range(1, 7)},
}
_WHITE = "FFFFFF"
_BLACK = "000000"


def shades_of(layout: SlideLayout) -> Mapping[str, str]:
    """The colours to use on a layout in place of the project's.

    Returns colour → another one, or the name of one of the theme. Text has the colour of the
    master's texts; headings and links have theirs if they can be read on its paper.
    """
    theme = _Theme(layout)
    text = theme.text
    ink = theme.rgb(text) or _BLACK
    paper = theme.paper or (_WHITE if _is_dark(ink) else _BLACK)
    own = _NAMES.get(text, ink)
    shades = {INK: own}
    for colour, name, needed in ((HEADING, "tx2", LARGE), (ACCENT, "hlink", READABLE)):
        found = theme.rgb(name)
        readable = found is not None and _between(found, paper) >= needed
        shades[colour] = _NAMES[name] if readable else own
    return shades if _is_dark(ink) else {**shades, **DARK}


def _between(one: str, other: str) -> float:
    return contrast(f"#{one}", f"#{other}")


def _is_dark(colour: str) -> bool:
    return _between(colour, _WHITE) > _between(colour, _BLACK)


class _Theme:
    """The colours of a layout's master."""

    def __init__(self, layout: SlideLayout) -> None:
        from pptx.opc.constants import RELATIONSHIP_TYPE
        from pptx.oxml import parse_xml

        self._layout = layout
        self._master = layout.slide_master
        part = self._master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        self._theme = parse_xml(part.blob)
        self._map = dict(self._master.element.find("{*}clrMap").attrib)

    @property
    def text(self) -> str:
        """The colour of texts: a name of the theme, or hexadecimal RGB."""
        style = self._master.element.find(".//{*}bodyStyle/{*}lvl1pPr/{*}defRPr")
        return self._named(style) or "tx1"

    @property
    def paper(self) -> str | None:
        """The colour behind the texts; None if it is not one colour."""
        for holder in (self._layout, self._master):
            behind = holder.element.find("{*}cSld/{*}bg")
            if behind is None:
                continue
            whole = behind.find("{*}bgRef")
            plain = behind.find("{*}bgPr/{*}solidFill")
            found = whole if plain is None else plain
            name = self._colour_in(found) if found is not None else None
            return self.rgb(name) if name else None
        return self.rgb("bg1")

    def rgb(self, name: str) -> str | None:
        """A colour in hexadecimal RGB; None if the theme does not have it."""
        if len(name) == len(_WHITE) and name not in _NAMES:
            return name
        slot = str(self._map.get(name, name))
        found = self._theme.find(f".//a:clrScheme/a:{slot}/*", _SPACE)
        if found is None:
            return None
        value = found.get("lastClr") or found.get("val") or ""
        return value.upper() if len(value) == len(_WHITE) else None

    def _named(self, style: BaseOxmlElement | None) -> str | None:
        fill = style.find("a:solidFill", _SPACE) if style is not None else None
        return self._colour_in(fill) if fill is not None else None

    @staticmethod
    def _colour_in(fill: BaseOxmlElement) -> str | None:
        """The colour of a fill, without changes of its brightness."""
        for kind in ("schemeClr", "srgbClr"):
            found = fill.find(f"a:{kind}", _SPACE)
            if found is not None:
                value = str(found.get("val"))
                return value if kind == "schemeClr" else value.upper()
        return None
