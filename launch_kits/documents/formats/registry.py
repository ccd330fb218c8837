"""The formats that documents come in, which of them a template offers, and a document made in one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.page import to_html
from launch_kits.errors import DocumentError, suggest

__all__ = ["BASIC_FORMATS", "FORMATS", "formats_of", "make"]

#: what every template offers
BASIC_FORMATS = ("md", "html", "pdf")

#: characters and lines of slides and Word files at most: ten times what the longest of the examples have
LONGEST, LINES = 50_000, 2_000

#: what a template says in a comment such as ``{# formats: pptx #}``
_DECLARED = re.compile(r"\{#-?\s*formats:([^#]*?)-?#\}")


def formats_of(template: str, *, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The formats that a template offers: md, html, pdf, and those that a comment like ``{#
    formats: pptx #}`` adds.

    Raises DocumentError for a template that is not found, and for a format that is not known.
    """
    from launch_kits.documents.engine import engine

    declared = _DECLARED.search(engine(tuple(folders)).source(template))
    named = [name.strip() for name in declared[1].split(",")] if declared else []
    for name in named:
        if name not in FORMATS:
            hint = suggest(name, FORMATS) or f"; known: {', '.join(FORMATS)}"
            raise DocumentError(
                f'template {template}: declares the unknown format "{name}"{hint}'
            )
    return tuple(name for name in FORMATS if name in BASIC_FORMATS or name in named)


def make(name: str, markdown: str, metadata: DocumentMetadata) -> bytes:
    """A document, given as Markdown, as a file of one of FORMATS.

    Raises DocumentError for slides and Word files longer than their programs make in a reasonable time.
    """
    if name in ("pptx", "docx") and (
        len(markdown) > LONGEST or markdown.count("\n") > LINES
    ):
        raise DocumentError(
            f"a document as {name} has at most {LONGEST:,} characters and {LINES:,} lines; ask for pdf, or shorten it"
        )
    return _MAKERS[name](markdown, metadata)


def _html(markdown: str, metadata: DocumentMetadata) -> bytes:
    return to_html(markdown, title=f"{metadata.title} · {metadata.product}").encode()


def _pdf(markdown: str, metadata: DocumentMetadata) -> bytes:
    from launch_kits.documents.formats.pdf import to_pdf

    return to_pdf(markdown, metadata)


def _pptx(markdown: str, metadata: DocumentMetadata) -> bytes:
    from launch_kits.documents.formats.pptx import to_pptx

    return to_pptx(markdown, metadata)


def _docx(markdown: str, metadata: DocumentMetadata) -> bytes:
    from launch_kits.documents.formats.docx import to_docx

    return to_docx(markdown, metadata)


_MAKERS: Mapping[str, Callable[[str, DocumentMetadata], bytes]] = {
    "md": lambda markdown, metadata: markdown.encode(),
    "html": _html,
    "pdf": _pdf,
    "pptx": _pptx,
    "docx": _docx,
}

#: every format, by the ending of its files
FORMATS = tuple(_MAKERS)
