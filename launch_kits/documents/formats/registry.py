"""The formats of documents, and the formats that a template offers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launch_kits.documents.formats.limits import remedy
from launch_kits.documents.formats.metadata import DocumentMetadata
from launch_kits.documents.formats.page import to_html
from launch_kits.documents.formats.pictures import Pictures
from launch_kits.errors import DocumentError, suggest

__all__ = ["BASIC_FORMATS", "FORMATS", "formats_of", "make"]

#: the formats that every template offers
BASIC_FORMATS = ("md", "html", "pdf", "docx")

#: format → the most characters and the most lines of a document in it; the longest document of
#: the examples has 14,000 and 260
LONGEST: Mapping[str, tuple[int, int]] = {
    "html": (130_000, 20_000),
    "pdf": (100_000, 20_000),
    "pptx": (50_000, 2_000),
    "docx": (50_000, 2_000),
}

#: the most pictures of a document: each is drawn anew
MOST_PICTURES = 10

#: the comment in which a template offers further formats, such as ``{# formats: pptx #}``
_DECLARED = re.compile(r"\{#-?\s*formats:([^#]*?)-?#\}")


def formats_of(template: str, *, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The formats that a template offers.

    Returns md, html, pdf and docx, and the formats that a comment such as ``{# formats: pptx #}``
    adds. Raises DocumentError if the template is not found or names an unknown format.
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


def make(
    name: str,
    markdown: str,
    metadata: DocumentMetadata,
    pictures: Pictures | None = None,
    *,
    one_page: bool = False,
) -> bytes:
    """Make a file of a document.

    ``name`` is one of ``FORMATS``; a document that should be ``one_page`` gets smaller text in PDF
    and Word, and one slide.

    Returns the content of the file. Raises DocumentError if the document is too long for PDF,
    slides or a Word file, which would take minutes to make.
    """
    characters, lines = LONGEST.get(name, (len(markdown), len(markdown)))
    if len(markdown) > characters or markdown.count("\n") > lines:
        raise DocumentError(
            f"a document as {name} has at most {characters:,} characters "
            f"and {lines:,} lines; {remedy(name)}"
        )
    if markdown.count("<!-- picture: ") > MOST_PICTURES:
        raise DocumentError(
            f"a document has at most {MOST_PICTURES} pictures; leave some of them out"
        )
    if name == "pdf":
        return _pdf(markdown, metadata, pictures or {}, one_page=one_page)
    if name == "pptx":
        return _pptx(markdown, metadata, pictures or {}, one_page=one_page)
    if name == "docx":
        return _docx(markdown, metadata, pictures or {}, one_page=one_page)
    return _MAKERS[name](markdown, metadata, pictures or {})


def _html(markdown: str, metadata: DocumentMetadata, pictures: Pictures) -> bytes:
    title = f"{metadata.title} · {metadata.product}"
    return to_html(
        markdown, title=title, pictures=pictures, look=metadata.look
    ).encode()


def _pdf(
    markdown: str,
    metadata: DocumentMetadata,
    pictures: Pictures,
    *,
    one_page: bool = False,
) -> bytes:
    from launch_kits.documents.formats.pdf import to_pdf

    return to_pdf(markdown, metadata, pictures, one_page=one_page)


def _pptx(
    markdown: str,
    metadata: DocumentMetadata,
    pictures: Pictures,
    *,
    one_page: bool = False,
) -> bytes:
    from launch_kits.documents.formats.pptx import to_pptx

    return to_pptx(markdown, metadata, pictures, one_page=one_page)


def _docx(
    markdown: str,
    metadata: DocumentMetadata,
    pictures: Pictures,
    *,
    one_page: bool = False,
) -> bytes:
    from launch_kits.documents.formats.docx import to_docx

    return to_docx(markdown, metadata, pictures, one_page=one_page)


_MAKERS: Mapping[str, Callable[[str, DocumentMetadata, Pictures], bytes]] = {
    "md": lambda markdown, metadata, pictures: markdown.encode(),
    "html": _html,
    "pdf": _pdf,
    "pptx": _pptx,
    "docx": _docx,
}

#: all formats, by the endings of their files
FORMATS = tuple(_MAKERS)
