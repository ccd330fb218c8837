"""Texts of other people on a terminal or in a log: shown, never obeyed.

A terminal obeys control characters, and a reader is deceived by characters that turn the text
around them. Each is shown as a replacement character.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["UNSHOWN", "is_blank", "one_line", "visible"]

#: control characters, marks that turn the direction of the text behind them, and halves of
#: characters; tabs, line breaks and the marks that Hebrew and Arabic need are not among them
UNSHOWN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
)
_UNSHOWN = re.compile(f"[{UNSHOWN}]")
#: whatever a terminal, an editor or a log takes for the end of a line
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


#: letters and symbols that are drawn as nothing: fillers of Hangul, and the empty Braille cell
_EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of a text.

    Spaces, control and format characters, and marks without a letter are not seen.
    """
    return all(
        letter in _EMPTY
        or unicodedata.category(letter) in ("Cc", "Cf", "Cs")
        or unicodedata.category(letter)[0] in "ZM"
        for letter in text
    )


def visible(text: str) -> str:
    """The text without characters that a terminal obeys, but with its lines."""
    return _UNSHOWN.sub("\ufffd", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The text as one line, so that none of it can pass for a line of ours."""
    return visible(_BREAKS.sub(" ", text))
