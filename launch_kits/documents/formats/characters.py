"""Texts fit for files: no characters that a page cannot show or a format forbids."""

from __future__ import annotations

import re

__all__ = ["one_line", "printable"]

#: controls but tab and line break, halves of characters, and what is no character at all
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: what turns the text around it about
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """A text without what neither PDF nor Office files may hold."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """A text for a header, a footer or a file's properties.

    Printable, on one line, and turning nothing about.
    """
    return " ".join(_TURNING.sub("", printable(text)).split())
