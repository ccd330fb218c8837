"""A document as PDF, set by Typst."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.outline import (
    Block,
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Rule,
    Run,
    Section,
    Table,
    outline,
    title_of,
)
from launch_kits.documents.formats.sections import Layout
from launch_kits.documents.formats.typst import compiler

__all__ = ["LIMIT", "SIZES", "document_of", "to_pdf"]

#: pages that a document has at most if smaller text brings that about
LIMIT = 2

#: text sizes in points, in the order in which they are tried
SIZES = (9.5, 8.7, 8.0)

#: items of a list in a folded section that stay together, whichever column or page they come to
#: stand in
TOGETHER = 6

#: so much of a word may stand in one line
_LONG = re.compile(r"[^\s\u200b]{24}(?=[^\s\u200b])")

_PAGES = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")


def to_pdf(markdown: str, metadata: DocumentMetadata) -> bytes:
    """A document as PDF; the same document and metadata give the same bytes.

    One of three pages is set smaller where that makes it two. Characters that the project's fonts
    lack, such as Chinese ones, are taken from the fonts of the machine.
    """
    document = document_of(markdown, metadata)

    def printed(size: float) -> bytes:
        return compiler().compile(
            json.dumps({**document, "size": size}), day=metadata.day
        )

    made = printed(SIZES[0])
    if _pages(made) == LIMIT + 1:
        for smaller in SIZES[1:]:
            shorter = printed(smaller)
            if _pages(shorter) <= LIMIT:
                return shorter
    return made


def _pages(pdf: bytes) -> int:
    found = _PAGES.search(pdf)
    return int(found[1]) if found else 0


def document_of(markdown: str, metadata: DocumentMetadata) -> Mapping[str, object]:
    """What the program takes, as JSON can say it, but for the size of the text."""
    sections = outline(markdown)
    title = title_of(sections)
    return {
        "about": {
            "title": title or metadata.title,
            "called": metadata.called(title),
            "product": metadata.product,
            "reader": metadata.reader,
            "author": metadata.author,
            "day": metadata.day.isoformat(),
            "paper": metadata.paper,
        },
        "groups": [
            {
                "layout": layout,
                "sections": [
                    _section(part) for section in group for part in _portions(section)
                ],
            }
            for layout, group in groupby(sections, key=_layout)
        ],
    }


def _layout(section: Section) -> Layout:
    """Sources, and what is no section, stand by themselves."""
    lone = section.heading is None or any(
        isinstance(block, Notes) for block in section.blocks
    )
    return Layout.PLAIN if lone else section.layout


def _portions(section: Section) -> Iterator[Section]:
    """A folded section in parts that need not stand in one column, where it is one long list."""
    match section:
        case Section(Layout.FOLDED, heading, (Listing(None, items),)) if (
            len(items) > TOGETHER
        ):
            for at in range(0, len(items), TOGETHER):
                yield Section(
                    Layout.FOLDED,
                    None if at else heading,
                    (Listing(None, items[at : at + TOGETHER]),),
                )
        case _:
            yield section


def _section(section: Section) -> Mapping[str, object]:
    return {
        "heading": _data(section.heading) if section.heading else None,
        "blocks": _each(section.blocks),
        "wide": any(isinstance(block, Table) for block in section.blocks),
    }


def _each(blocks: Iterable[Block]) -> list[Mapping[str, object]]:
    return [_data(block) for block in blocks]


def _runs(runs: Iterable[Run]) -> list[Run]:
    """Runs whose long words, such as addresses, may break: Typst lets them run over the edge."""
    return [run._replace(text=_LONG.sub("\\g<0>\u200b", run.text)) for run in runs]


def _data(block: Block) -> Mapping[str, object]:  # noqa: PLR0911 - one for each kind
    match block:
        case Heading(level, runs):
            return {"kind": "heading", "level": level, "runs": _runs(runs)}
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs(runs)}
        case Listing(None, items):
            return {"kind": "bullets", "items": [_each(item) for item in items]}
        case Listing(start, items):
            return {
                "kind": "numbers",
                "start": start,
                "items": [_each(item) for item in items],
            }
        case Notes(items):
            return {"kind": "notes", "items": [_each(item) for item in items]}
        case Callout(blocks):
            return {"kind": "quote", "blocks": _each(blocks)}
        case Table(rows):
            return {
                "kind": "table",
                "rows": [list(map(_runs, row)) for row in rows],
                "widths": block.widths(),
            }
        case Code(text):
            return {"kind": "code", "text": text}
        case Rule():
            return {"kind": "rule"}
