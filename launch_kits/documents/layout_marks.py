"""The lines of a document that set its layout, which a Markdown file does without.

Other formats need them, also if they are made from a file that a person edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["with_marks", "without_marks"]

_MARK = re.compile(r"<!-- layout: [a-z]+ -->\s*")


def without_marks(markdown: str) -> str:
    """A document without the lines that set its layout, and the empty lines after them."""
    kept: list[str] = []
    after_mark = False
    for line in markdown.splitlines(keepends=True):
        if _MARK.fullmatch(line):
            after_mark = True
        elif not (after_mark and not line.strip()):
            kept.append(line)
            after_mark = False
    return "".join(kept)


def with_marks(edited: str, draft: str) -> str:
    """An edited document with the marks of a draft, each before the line that it is before there.

    A mark whose line is gone is left out. A document with marks of its own stays as it is.
    """
    lines = edited.splitlines(keepends=True)
    if any(_MARK.fullmatch(line) for line in lines):
        return edited
    made: list[str] = []
    at = 0
    for mark, anchor in _marks(draft):
        found = next(
            (
                number
                for number in range(at, len(lines))
                if lines[number].strip() == anchor
            ),
            None,
        )
        if found is not None:
            made += [*lines[at:found], mark, "\n"]
            at = found
    return "".join([*made, *lines[at:]])


def _marks(draft: str) -> Iterator[tuple[str, str]]:
    """Yield each mark with the next line of text, in the order of the draft."""
    waiting: list[str] = []
    for line in draft.splitlines(keepends=True):
        if _MARK.fullmatch(line):
            waiting.append(line)
        elif line.strip():
            for mark in waiting:
                yield mark, line.strip()
            waiting = []
