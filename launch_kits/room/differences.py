"""The difference of two texts, word by word, for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from launch_kits.views.brief_values import value_in_words

__all__ = ["TextPart", "difference"]

#: words that a comparison by words has at most; longer texts are compared by lines
WORDS = 400
#: lines of a text that are compared at most
LINES = 2_000
#: characters of an unchanged part that are kept at each of its ends
AROUND = 60

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of a text: `same`, `gone` or `new`."""

    kind: str
    text: str


def difference(before: object, after: object) -> list[TextPart]:
    """The parts of two values, in the order of the later one.

    Long unchanged parts are cut in their middle.
    """
    was = value_in_words(before)
    now = value_in_words(after)
    old, new = _pieces(was, now)
    return [
        TextPart(kind, _cut(text) if kind == "same" else text)
        for kind, text in _parts(old, new)
        if text
    ]


def _pieces(was: str, now: str) -> tuple[list[str], list[str]]:
    """Both texts in words, or in lines if they are long."""
    words = _WORD.findall(was), _WORD.findall(now)
    if max(map(len, words)) <= 2 * WORDS:
        return words
    return was.splitlines(keepends=True)[:LINES], now.splitlines(keepends=True)[:LINES]


def _parts(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield "same", "".join(new[j1:j2])
        else:
            yield "gone", "".join(old[i1:i2])
            yield "new", "".join(new[j1:j2])


def _cut(text: str) -> str:
    if len(text) <= 3 * AROUND:
        return text
    return f"{text[:AROUND]} … {text[-AROUND:]}"
