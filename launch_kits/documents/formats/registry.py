"""The formats that documents come in, which of them a template offers, and a document made in one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.page import to_html
from launch_kits.errors import DocumentError, suggest

__all__ = ["EVERY", "FORMATS", "formats_of", "make"]

#: what every template offers
EVERY = ("md", "html", "pdf")

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
    return tuple(name for name in FORMATS if name in EVERY or name in named)


def make(name: str, markdown: str, imprint: DocumentMetadata) -> bytes:
    """A document, given as Markdown, as a file of one of FORMATS.

    Raises DocumentError for slides and Word files longer than their programs make in a reasonable time.
    """
    if name in ("pptx", "docx") and (
        len(markdown) > LONGEST or markdown.count("\n") > LINES
    ):
        raise DocumentError(
            f"a document as {name} has at most {LONGEST:,} characters and {LINES:,} lines; ask for pdf, or shorten it"
        )
    return _MAKERS[name](markdown, imprint)


def _html(markdown: str, imprint: DocumentMetadata) -> bytes:
    return to_html(markdown, title=f"{imprint.title} · {imprint.product}").encode()


def _pdf(markdown: str, imprint: DocumentMetadata) -> bytes:
    from launch_kits.documents.formats.pdf import to_pdf

    return to_pdf(markdown, imprint)


def _pptx(markdown: str, imprint: DocumentMetadata) -> bytes:
    from launch_kits.documents.formats.pptx import to_pptx

    return to_pptx(markdown, imprint)


def _docx(markdown: str, imprint: DocumentMetadata) -> bytes:
    from launch_kits.documents.formats.docx import to_docx

    return to_docx(markdown, imprint)


_MAKERS: Mapping[str, Callable[[str, DocumentMetadata], bytes]] = {
    "md": lambda markdown, imprint: markdown.encode(),
    "html": _html,
    "pdf": _pdf,
    "pptx": _pptx,
    "docx": _docx,
}

#: every format, by the ending of its files
FORMATS = tuple(_MAKERS)
