"""The contrast of colours with the paper that they stand on (WCAG 2.2)."""

from __future__ import annotations

import math

__all__ = ["PAPERS", "contrast", "on_paper"]

#: the light papers of documents: pages, cards and warnings
PAPERS = ("#FFFFFF", "#F7F8FA", "#FFF4E0")


def contrast(colour: str, paper: str = "#FFFFFF") -> float:
    """The contrast of a colour such as ``#1F4E79`` with its paper, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted(map(_luminance, (colour, paper)))
    return (lighter + 0.05) / (darker + 0.05)


def on_paper(colour: str) -> float:
    """The least contrast of a colour with the light papers of documents."""
    return min(contrast(colour, paper) for paper in PAPERS)


def _luminance(colour: str) -> float:
    red = _linear(colour[1:3])
    green = _linear(colour[3:5])
    blue = _linear(colour[5:7])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(written: str) -> float:
    """A part of a colour in sRGB, two hexadecimal digits, as light from 0 to 1."""
    part = int(written, 16) / 255
    if part <= 0.04045:  # noqa: PLR2004  where sRGB's straight piece ends
        return part / 12.92
    return math.pow((part + 0.055) / 1.055, 2.4)
