"""Characters: those that a page cannot show, and the breadth of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

__all__ = ["breadth", "cut", "one_line", "printable"]

#: control characters other than tab and line break, surrogates, and code points without a character
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: characters that change the direction of the text around them
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Remove the characters that PDF and Office files may not hold."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """Make a text fit for a header, a footer or a file's properties.

    Returns printable text on one line that does not change the direction of its surroundings.
    """
    return " ".join(_TURNING.sub("", printable(text)).split())


def breadth(text: str) -> int:
    """The breadth of a text in characters of usual width.

    Chinese, Japanese and Korean characters and most emoji are twice as wide; combining ones add
    nothing.
    """
    if text.isascii():
        return len(text)
    return sum(map(_breadth, text))


def _breadth(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def cut(text: str, most: int) -> Iterator[str]:
    """Cut a text into parts of a breadth at most."""
    begin = used = 0
    for at, character in enumerate(text):
        own = _breadth(character)
        if used + own > most and at > begin:
            yield text[begin:at]
            begin, used = at, 0
        used += own
    if begin < len(text):
        yield text[begin:]
