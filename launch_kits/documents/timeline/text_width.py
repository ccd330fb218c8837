"""The width of a line of text, estimated without a font; rather too wide than too narrow."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import combining, east_asian_width

__all__ = ["shortened", "width_of"]

# the letters of DejaVu Sans, the widest of the usual fonts: a browser takes it if the machine has
# none of the fonts that the picture names
_NARROW = frozenset("ilj.,:;'| /-")
_HALF = frozenset("tfrI!()[]")
_WIDE = frozenset("mwMW@%&")


def width_of(text: str, size: float) -> float:
    """The width of a text in letters of a size, in the unit of the size."""
    return size * _ems_of(text)


def shortened(text: str, *, room: float, size: float) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    left = room - width_of("…", size)
    kept = []
    for letter in text:
        left -= width_of(letter, size)
        if left < 0:
            break
        kept.append(letter)
    return f"{''.join(kept).rstrip()}…" if kept else ""


@lru_cache(maxsize=4096)
def _ems_of(text: str) -> float:
    # each text is tried in several sizes
    return sum(map(_ems, text))


@lru_cache(maxsize=4096)
def _ems(letter: str) -> float:
    if combining(letter):
        return 0.0
    if east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.34
    if letter in _HALF:
        return 0.4
    if letter in _WIDE:
        return 0.95
    return 0.74 if letter.isupper() or not letter.isascii() else 0.62
