"""Patterns of names and addresses, and their explanation in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

__all__ = [
    "COLOUR",
    "CURRENCY",
    "EMAIL",
    "FILE_NAME",
    "KEY",
    "LONGEST_KEY",
    "LONGEST_NAME",
    "LONGEST_SLUG",
    "NAME",
    "NOTICE",
    "SLUG",
    "TASK_KEY",
    "TASK_OF_PLAN",
    "in_words",
    "short_key",
    "slug_of",
]

#: Identifiers become files, tags and arguments of commands. None begins with a hyphen, which an
#: option would, and each is bounded: `LONGEST_SLUG` leaves a channel's name its `-launch`, and two
#: keys and a format make a file's name.
LONGEST_SLUG = 73
LONGEST_KEY = 60
LONGEST_NAME = 100
#: a key that a person types again, such as that of an attribute
_SHORT_KEY = 30
#: a launch
SLUG = r"^[a-z0-9][a-z0-9-]*$"
#: a role, an alternative, a partner, a persona
KEY = r"^[a-z0-9_][a-z0-9_-]*$"
#: a task or stage of a kit
TASK_KEY = r"^[a-z0-9_]+$"
#: a task as the plan has it: fanned out, it ends with the key of its item
TASK_OF_PLAN = r"^[a-z0-9_]+(?::[a-z0-9_][a-z0-9_-]*)?$"
#: a kit, a claim
NAME = r"^[A-Za-z0-9_][A-Za-z0-9_-]*$"
#: a template
FILE_NAME = r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$"
EMAIL = r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$"
CURRENCY = r"^[A-Z]{3}$"
COLOUR = r"^#[0-9A-Fa-f]{6}$"
#: calendar days or weeks
NOTICE = r"^[1-9][0-9]{0,3}[dw]$"

#: pattern → the fault of a text that does not match it, and the remedy
_WHOLE: Mapping[str, str] = {
    FILE_NAME: "is not a template's file name; write one such as battlecard.md.j2",
    EMAIL: "is not an email address; write one such as pia@example.com",
    NOTICE: "is not a time; write calendar days or weeks, such as 30d or 4w",
    COLOUR: "is not a colour; write six digits in quotes, such as #1F4E79",
    TASK_OF_PLAN: "is not a task; write its key, such as battlecard or battlecard:redis",
    CURRENCY: "is not a currency's code; write one such as USD",
}
#: pattern → the characters that a text may have, and the one that joins words
_LETTERS: Mapping[str, tuple[str, str]] = {
    SLUG: ("lower-case letters, digits and hyphens", "-"),
    KEY: ("lower-case letters, digits, hyphens and underscores", "_"),
    TASK_KEY: ("lower-case letters, digits and underscores", "_"),
    NAME: ("letters, digits, hyphens and underscores", "_"),
}


def in_words(pattern: str, given: str) -> str:
    """The fault of a text that does not match a pattern, with a remedy.

    Returns words such as ``takes letters only; write it such as falcon-2``.
    """
    if pattern in _WHOLE:
        return _WHOLE[pattern]
    letters, joint = _LETTERS[pattern]
    cased = given if pattern == NAME else given.lower()
    example = re.sub(r"[^A-Za-z0-9]+", joint, cased).strip(joint) or f"falcon{joint}2"
    first = ", and does not begin with a hyphen" if given.startswith("-") else ""
    return f"takes {letters} only{first}; write it such as {example}"


def slug_of(name: str, *, otherwise: str) -> str:
    """Make a key of a name: lower-case words joined by hyphens.

    Returns at most 60 characters; ``otherwise`` if no Latin letter or digit is left.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower())
    return slug[:LONGEST_KEY].strip("-") or otherwise


def short_key(name: str, *, otherwise: str) -> str:
    """Make a key of the first words of a name, of at most 30 characters.

    ``otherwise`` if no Latin letter or digit is left.
    """
    slug = slug_of(name, otherwise=otherwise)
    if len(slug) <= _SHORT_KEY:
        return slug
    return slug[: _SHORT_KEY + 1].rpartition("-")[0] or slug[:_SHORT_KEY]
