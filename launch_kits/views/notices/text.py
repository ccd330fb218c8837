"""Values made harmless and cut to size, for every channel."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = [
    "ELLIPSIS",
    "NOTHING",
    "capitalize",
    "clean",
    "cut",
    "is_or_are",
    "quoted",
    "shares_in_words",
    "shorten",
    "spoken",
    "stopped",
]

#: shown if a value has no visible characters
NOTHING = "–"  # noqa: RUF001  an en dash is meant
ELLIPSIS = "…"
#: fields of a brief that people call by other words
FIELDS = {
    "launch_on": "launch day",
    "release_on": "release day",
    "begin_on": "first day of work",
}


#: control characters, marks that turn the direction of the text around them, and invisible
#: characters; joiners stay, since Persian and composed emoji need them
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_LONE = re.compile("[\ud800-\udfff]")


def clean(value: str) -> str:
    """Return a value on one line, without invisible or disturbing characters."""
    return " ".join(_UNSEEN.sub("", _LONE.sub("\ufffd", value)).split()) or NOTHING


def shorten(name: str) -> str:
    """Return a name or title for a sentence: cleaned, at most 100 characters."""
    return cut(clean(name), 100)


def quoted(title: str) -> str:
    """Return a title for a sentence: shortened, in quotes."""
    return f'"{shorten(title)}"'


def spoken(field: str) -> str:
    """Return a field of a brief as people say it: ``launch day`` for ``launch_on``."""
    return FIELDS.get(field, field.replace("_", " "))


def stopped(line: str) -> str:
    """Return the line as a sentence: with a full stop, unless it ends like one."""
    return line if line.endswith((".", "!", "?", '."', '!"', '?"')) else f"{line}."


def is_or_are(number: int) -> str:
    """Return the verb that follows a number of things."""
    return "is" if number == 1 else "are"


def cut(text: str, limit: int) -> str:
    """Return the text, cut with an ellipsis if it is longer than the limit."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def capitalize(line: str) -> str:
    """Return the line with a capital first letter, the rest unchanged.

    A line that begins with an email address stays as it is.
    """
    if "@" in line.partition(" ")[0]:
        return line
    return f"{line[:1].upper()}{line[1:]}"


def shares_in_words(shares: Iterable[tuple[object, object]]) -> str:
    """Write causes with the working days of each: ``"Copy" (+3 working days), "Deck" (+1)``."""
    named: list[str] = []
    for cause, days in shares:
        one = "working day" if days == 1 else "working days"
        named.append(f"{cause} (+{days})" if named else f"{cause} (+{days} {one})")
    return ", ".join(named)
