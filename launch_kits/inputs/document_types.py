"""Document types in XML: they name entities and other files, which no file of ours needs."""

from __future__ import annotations

__all__ = ["has_document_type"]

#: the beginning of a document type, in the encodings that XML parsers guess
_MARKS = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


def has_document_type(content: bytes) -> bool:
    """Whether XML has a document type, in UTF-8 or UTF-16."""
    return any(mark in content for mark in _MARKS)
