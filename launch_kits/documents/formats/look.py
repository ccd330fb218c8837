"""The look of documents by the brand of their launch: name, logo, colours and font."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from launch_kits.documents.formats.characters import one_line
from launch_kits.documents.formats.colours import ACCENT, INK, READABLE
from launch_kits.inputs.brand import Brand
from launch_kits.inputs.contrast import on_paper

__all__ = ["PLAIN", "BrandLook", "family_of", "look_of"]

#: the width of a logo in mm, by which the size of its PNG is chosen
_LOGO_WIDTH = 60
#: the record of a font's name table for a family: preferred, then usual (OpenType, name table)
_FAMILIES = (16, 1)
_WINDOWS = 3


@dataclass(frozen=True, slots=True)
class BrandLook:
    """The look of a document; without a brand, that of the project."""

    #: the company; empty if the brand has no name
    name: str = ""
    #: colours as hexadecimal RGB, such as ``1B1F24``: of headings, and of rules and bands
    main: str = INK
    accent: str = ACCENT
    #: the content of a PNG or SVG file
    logo: bytes | None = None
    #: the content of a font file, and the name of its family
    font: bytes | None = None
    family: str | None = None

    @property
    def link(self) -> str:
        """The colour of links: the accent if it can be read on light paper."""
        readable = (self.accent, self.main)
        return next(
            (each for each in readable if on_paper(f"#{each}") >= READABLE), ACCENT
        )

    @property
    def logo_is_svg(self) -> bool:
        """Whether the logo is drawn in SVG."""
        return self.logo is not None and not self.logo.startswith(b"\x89PNG")

    def logo_png(self, *, day: date) -> bytes | None:
        """The logo as a PNG file, for formats that show no SVG; ``day`` is the file's date."""
        if self.logo is None or not self.logo_is_svg:
            return self.logo
        return _drawn(self.logo, self.name, day)


#: the look without a brand
PLAIN = BrandLook()


def look_of(brand: Brand) -> BrandLook:
    """The look by a brand.

    A main colour that cannot be read on light paper is replaced; `check` warns about it.
    """
    main, accent = (
        colour.removeprefix("#").upper() if colour else None
        for colour in (brand.colours.main, brand.colours.accent)
    )
    if main and on_paper(f"#{main}") < READABLE:
        main = None
    logo = brand.file("logo")
    font = brand.file("font")
    family = family_of(font.data) if font else None
    return BrandLook(
        name=one_line(brand.name or ""),
        main=main or INK,
        accent=accent or main or ACCENT,
        logo=logo.data if logo else None,
        font=font.data if font and family else None,
        family=family,
    )


@lru_cache(maxsize=8)
def _drawn(svg: bytes, name: str, day: date) -> bytes:
    from launch_kits.documents.formats.typst import compiler

    return compiler().picture(
        svg.decode("utf-8-sig"),
        width=_LOGO_WIDTH,
        title=name,
        description=name,
        kind="png",
        day=day,
    )


def family_of(font: bytes) -> str | None:
    """The family of a TrueType or OpenType font; None if it has no readable name."""
    try:
        return _family(font)
    except (struct.error, UnicodeDecodeError):
        return None


def _family(font: bytes) -> str | None:
    tables = struct.unpack_from(">H", font, 4)[0]
    for at in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * at)
        if tag == b"name":
            return _family_in(font, start)
    return None


def _family_in(font: bytes, start: int) -> str | None:
    _, count, texts = struct.unpack_from(">HHH", font, start)
    found: dict[int, str] = {}
    for at in range(count):
        platform, _, _, kind, length, offset = struct.unpack_from(
            ">HHHHHH", font, start + 6 + 12 * at
        )
        if platform == _WINDOWS and kind in _FAMILIES:
            begin = start + texts + offset
            name = one_line(font[begin : begin + length].decode("utf-16-be"))
            found.setdefault(kind, name)
    named = (found[kind] for kind in _FAMILIES if found.get(kind))
    return next(named, None)
