"""The size of a document as PDF, as slides or as a Word file.

The programs that make them take the longer for each part the more parts there are, so a hostile
template could take minutes. Parts are counted before the first one is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from launch_kits.documents.formats.blocks import (
    Block,
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Runs,
    Section,
    Table,
)
from launch_kits.errors import DocumentError

__all__ = ["MOST", "MOST_COLUMNS", "must_be_small", "parts_of", "remedy"]

_OFFICE: Mapping[str, int] = {
    "paragraphs": 800,
    "cells of tables": 2_000,
    "changes of format": 3_000,
    "slides": 150,
    "links": 500,
}
#: format → the most of each kind of part; the documents of the examples have at most a third
MOST: Mapping[str, Mapping[str, int]] = {
    "pdf": {
        "paragraphs": 10_000,
        "cells of tables": 10_000,
        "changes of format": 10_000,
        "links": 5_000,
    },
    "pptx": _OFFICE,
    "docx": _OFFICE,
}
#: format → the most columns of one table
MOST_COLUMNS: Mapping[str, int] = {"pdf": 100, "pptx": 30, "docx": 30}


def must_be_small(name: str, parts: Mapping[str, int]) -> None:
    """Raise DocumentError if a document has too many parts for a format; ``name`` is its name."""
    for part, most in MOST[name].items():
        if parts.get(part, 0) > most:
            raise DocumentError(
                f"a document as {name} has at most {most:,} {part}, and this has "
                f"{parts[part]:,}; {remedy(name)}"
            )


def remedy(name: str) -> str:
    """Return a way out, for a document that is too large for a format."""
    return "shorten it" if name in ("pdf", "html") else "ask for pdf, or shorten it"


def parts_of(sections: Iterable[Section], *, name: str) -> Mapping[str, int]:
    """Count the parts of a document.

    Raises DocumentError if a table has too many columns; ``name`` is the name of the format.
    """
    parts: Counter[str] = Counter()
    waiting: list[Block] = []
    for section in sections:
        waiting += [*section.blocks, *([section.heading] if section.heading else [])]
    while waiting:
        block = waiting.pop()
        parts["paragraphs"] += 1
        match block:
            case Heading() | Paragraph():
                _count_runs(parts, block.runs)
            case Listing() | Notes():
                parts["paragraphs"] += len(block.items)
                waiting += [inner for item in block.items for inner in item]
            case Callout():
                waiting += block.blocks
            case Code():
                parts["paragraphs"] += block.text.count("\n")
            case Table():
                cells = [cell for row in block.rows for cell in row]
                _must_be_narrow(block.rows, name)
                parts["cells of tables"] += len(cells)
                for cell in cells:
                    _count_runs(parts, cell)
            case _:
                pass
    return parts


def _count_runs(parts: Counter[str], runs: Runs) -> None:
    parts["changes of format"] += len(runs)
    parts["links"] += sum(run.href is not None for run in runs)


def _must_be_narrow(rows: Sequence[Sequence[object]], name: str) -> None:
    columns = max(map(len, rows), default=0)
    if columns > MOST_COLUMNS[name]:
        raise DocumentError(
            f"a table as {name} has at most {MOST_COLUMNS[name]} columns, and this has "
            f"{columns:,}; {remedy(name)}"
        )
