"""Texts from outside, with the place of each of their parts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from launch_kits.inputs.audience import Audience

__all__ = [
    "LONGEST",
    "OutsideText",
    "PlacedText",
    "TooLong",
    "Word",
    "text_of",
    "words",
]

#: characters of one text at most, a thousand pages of a book
LONGEST = 2_000_000
#: the head of a text, in which it says who reads it
_HEAD = 900
#: a mark of its own, or the words of one; a text may speak of its internal storage
_INTERNAL = re.compile(
    r"(?:^|[\s·])Internal[ \t]*(?:$|[,·])|(?i:\bworking copy\b"
    r"|\b(?:for internal use|internal (?:use|document|draft|memo)\b(?! of))"
    r"|\b(?:owner|lead)\s[^\n]{1,80}@)",
    re.MULTILINE,
)
_PARTNER = re.compile(r"\bfor partners\b|\bconfidential until\b", re.IGNORECASE)

#: the address of a link, a comment of a template, the number of a footnote
_NO_TEXT = re.compile(
    r"(?<=\])\([^)\s]{1,2000}\)|https?://\S+|<!--[^>]{0,200}-->|\[\^\w{1,20}\]:?"
)
#: marks of Markdown, and characters that readers do not see
_MARK = re.compile(r"\\(?=[^\w\s])|[*`\[\]\u200b\u00ad\u2060]|(?<!\w)_|_(?!\w)")
_WORD = re.compile(r"[^\W_]+(?:[.,'\u2019][^\W_]+)*")


class TooLong(ValueError):
    """A text of more than ``LONGEST`` characters."""


class PlacedText(NamedTuple):
    """A line, a paragraph, a slide or a page of a text."""

    place: str
    text: str
    #: whether its first sentence may have begun in the part before
    goes_on: bool = False


class Word(NamedTuple):
    """A word of a text, with its case folded, and the offset at which it begins."""

    text: str
    start: int


@dataclass(frozen=True)
class OutsideText:
    """A text as it was read; a line break parts its paragraphs."""

    #: the file as its user named it, ``-`` for a pasted text
    path: str
    text: str
    #: (offset, place) of each part in order, such as ``(0, "slide 1")``
    parts: tuple[tuple[int, str], ...]
    #: its subject by the properties of its file; empty if it has none
    subject: str = ""

    def place_at(self, offset: int) -> str:
        """The place of a character, such as ``slide 3``."""
        at = bisect_right(self._offsets, offset) - 1
        return self.parts[max(at, 0)][1] if self.parts else "line 1"

    @cached_property
    def _offsets(self) -> list[int]:
        return [offset for offset, _ in self.parts]

    @property
    def reader(self) -> Audience:
        """The readers it is for, as its head or its file's properties say; else customers."""
        head = f"{self.subject}\n{self.text[:_HEAD]}"
        if _INTERNAL.search(head):
            return Audience.INTERNAL
        return Audience.PARTNER if _PARTNER.search(head) else Audience.CUSTOMER

    def sentence_at(self, offset: int) -> str:
        """The sentence around a character, within its paragraph."""
        begins = (self.text.rfind(end, 0, offset) for end in ("\n", ". ", "! ", "? "))
        ends = (self.text.find(end, offset) for end in ("\n", ". ", "! ", "? "))
        last = min((end for end in ends if end >= 0), default=len(self.text))
        return self.text[max(begins) + 1 : last].strip()


def text_of(
    path: str, parts: Iterable[PlacedText], *, subject: str = ""
) -> OutsideText:
    """Put a text together from its parts, without marks of Markdown and addresses.

    Raises TooLong if it is longer than ``LONGEST`` characters.
    """
    places: list[tuple[int, str]] = []
    texts: list[str] = []
    length = 0
    for part in parts:
        text = _MARK.sub("", _NO_TEXT.sub(" ", part.text))
        length += len(text) + 1
        if length > LONGEST:
            raise TooLong(f"longer than {LONGEST:,} characters; split it")
        texts += [" " if part.goes_on else "\n", text]
        places.append((length - len(text), part.place))
    return OutsideText(path, "".join(texts), tuple(places), subject)


def words(text: str) -> list[Word]:
    """The words of a text, with their case folded."""
    return [Word(found[0].casefold(), found.start()) for found in _WORD.finditer(text)]
