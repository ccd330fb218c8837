"""Bring an edited text and its new draft together, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from launch_kits.errors import DocumentError

__all__ = ["MOST_LINES", "Merged", "is_marked", "merge"]

#: the most lines of a text: the work grows with the square of repeated lines
MOST_LINES = 4_000

_EDITED = "<<<<<<< edited\n"
_BETWEEN = "=======\n"
_DRAFT = ">>>>>>> new draft\n"
_MARK = re.compile(r"^<<<<<<< edited\r?$", re.MULTILINE)

#: lines base, edited and draft: from a to b of each
_Region = tuple[Sequence[str], Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged text, and the number of places that a person has to decide."""

    text: str
    conflicts: int


def is_marked(text: str) -> bool:
    """Whether a text has places that a person has still to decide."""
    return _MARK.search(text) is not None


def merge(base: str | None, edited: str, draft: str) -> Merged:
    """Take the changes of both texts since their common base.

    Lines that both changed differently are marked, as version control does it; lines that one text
    added beside a line that the other changed are kept with it. Without a base, every difference is
    marked. Line ends stay as in the edited text. Raises DocumentError for a
    text that is too long.
    """
    ends = "\r\n" if "\r\n" in edited else "\n"
    mine = _lines(edited)
    new = _lines(draft)
    old = None if base is None else _lines(base)
    for lines in (mine, new, old or []):
        if len(lines) > MOST_LINES:
            raise DocumentError(
                f"a text of more than {MOST_LINES:,} lines cannot be merged; "
                "merge it by hand with the new draft beside it"
            )
    regions = _without_base(mine, new) if old is None else _regions(old, mine, new)
    text: list[str] = []
    conflicts = 0
    for was, ours, theirs in regions:
        if ours == theirs or (old is not None and theirs == was):
            text += ours
        elif old is not None and ours == was:
            text += theirs
        elif (both := _beside(was, ours, theirs)) is not None:
            text += both
        else:
            conflicts += 1
            text += [_EDITED, *_closed(ours), _BETWEEN, *_closed(theirs), _DRAFT]
    return Merged("".join(text).replace("\n", ends), conflicts)


def _beside(
    was: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Sequence[str] | None:
    """Lines that one text added beside those that the other changed, with the change.

    Returns None if that is not what happened.
    """
    size = len(was)
    if not (was and ours and theirs):
        return None
    for grown, changed in ((ours, theirs), (theirs, ours)):
        if grown[:size] == was:
            return [*_closed(changed), *grown[size:]]
        if grown[-size:] == was:
            return [*grown[:-size], *changed]
    return None


def _lines(text: str) -> list[str]:
    """The lines of a text, each with its line feed."""
    text = text.replace("\r\n", "\n")
    found = [f"{line}\n" for line in text.split("\n")]
    if found[-1] == "\n":
        return found[:-1]
    return [*found[:-1], found[-1].removesuffix("\n")]


def _closed(lines: Sequence[str]) -> list[str]:
    """The lines, the last one with a line feed too: a mark follows."""
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _without_base(mine: list[str], new: list[str]) -> Iterator[_Region]:
    matcher = SequenceMatcher(None, mine, new, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield [], mine[a:b], new[c:d]


def _regions(old: list[str], mine: list[str], new: list[str]) -> Iterator[_Region]:
    """The three texts cut at the lines that all of them share."""
    i = j = k = 0
    for (start, end), (a, _), (b, _) in _shared(old, mine, new):
        yield old[i:start], mine[j:a], new[k:b]
        same = old[start:end]
        yield same, same, same
        size = end - start
        i = end
        j = a + size
        k = b + size
    yield old[i:], mine[j:], new[k:]


def _shared(
    old: list[str], mine: list[str], new: list[str]
) -> Iterator[tuple[tuple[int, int], tuple[int, int], tuple[int, int]]]:
    """The runs of lines that all texts share, with their place in each."""
    in_mine = SequenceMatcher(None, old, mine, autojunk=False).get_matching_blocks()
    in_new = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    i = j = 0
    while i < len(in_mine) and j < len(in_new):
        one = in_mine[i]
        other = in_new[j]
        start = max(one.a, other.a)
        end = min(one.a + one.size, other.a + other.size)
        if start < end:
            a = one.b + start - one.a
            b = other.b + start - other.a
            size = end - start
            yield (start, end), (a, a + size), (b, b + size)
        if one.a + one.size < other.a + other.size:
            i += 1
        else:
            j += 1
