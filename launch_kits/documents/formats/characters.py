"""Remove characters that a page cannot show or a format forbids."""

from __future__ import annotations

import re

__all__ = ["one_line", "printable"]

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
