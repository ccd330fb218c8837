"""The text of a document in any format.

Tests compare the texts of its outline, or its visible characters.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from launch_kits.documents.formats.blocks import (
    Block,
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Run,
    Table,
)
from launch_kits.documents.formats.outline import outline


def said(markdown: str) -> str:
    """All texts of a document in order, without the numbers of sources."""
    texts = []
    for section in outline(markdown):
        texts += _said(
            [section.heading, *section.blocks] if section.heading else section.blocks
        )
    return "\n".join(texts)


def _said(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(_, runs) | Paragraph(runs):
                yield _plain(runs)
            case Listing(_, items) | Notes(items):
                for item in items:
                    yield from _said(item)
            case Callout(inner):
                yield from _said(inner)
            case Table(rows):
                yield from (_plain(cell) for row in rows for cell in row)
            case Code(text):
                yield text


def _plain(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs if not run.note)


def letters(text: str) -> Counter[str]:
    """The visible characters of a text, with their numbers.

    Their order is lost, because lines break anywhere and Hebrew runs backwards.
    """
    kept = unicodedata.normalize("NFKC", text)
    return Counter(
        each
        for each in kept
        if not each.isspace() and unicodedata.category(each) not in ("Cc", "Cf")
    )
