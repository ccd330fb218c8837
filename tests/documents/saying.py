"""What a document says, whatever its format.

The texts of its outline, and the characters that show in a text.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from launch_kits.documents.formats.outline import (
    Block,
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Run,
    Table,
    outline,
)


def said(markdown: str) -> str:
    """All the texts of a document, one after the other, without the numbers of sources."""
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
    """The characters that show, each as often as it is there.

    Lines break anywhere, and Hebrew runs backwards.
    """
    kept = unicodedata.normalize("NFKC", text)
    return Counter(
        each
        for each in kept
        if not each.isspace() and unicodedata.category(each) not in ("Cc", "Cf")
    )
