"""Characters: those that a page cannot show, and the breadth of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import ceil
from unicodedata import bidirectional, combining, east_asian_width

__all__ = ["breadth", "cut", "is_right_to_left", "lines_of", "one_line", "printable"]

#: control characters other than tab and line break, surrogates, and code points without a character
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: characters that change the direction of the text around them
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Remove the characters that PDF and Office files may not hold."""
    return _FORBIDDEN.sub("", text)


@lru_cache(maxsize=4096)
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
            begin = at
            used = 0
        used += own
    if begin < len(text):
        yield text[begin:]


def lines_of(text: str, most: float) -> int:
    """The number of lines of a breadth at most that a text takes, at least one.

    Lines break at spaces and between Chinese characters; a word that is too long is broken.
    """
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0
        for word in paragraph.split(" "):
            own = breadth(word)
            if used and used + 1 + own <= most:
                used += 1 + own
                continue
            breaks_within = own > most or own > len(word)
            if breaks_within:
                # it begins on the line before and fills each line after
                used += own
                further = max(0, ceil(used / max(most, 1)) - 1)
                lines += further
                used -= int(further * most)
            else:
                lines += bool(used)
                used = own
    return lines


def is_right_to_left(text: str) -> bool:
    """Whether a text is read from right to left, by its first letter."""
    for character in text:
        kind = bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False
