"""The text size with which a document's pages end well."""

from __future__ import annotations

import re
from collections.abc import Callable
from zlib import decompressobj

__all__ = ["LIMIT", "SIZES", "fitted"]

#: the pages to which a document is shortened, if smaller text is enough
LIMIT = 2

#: text sizes in points, in the order in which they are tried
SIZES = (9.5, 8.7, 8.0)
#: smaller ones, for a document that has to be one page
_SMALL = (7.5, 7.0)

#: text sizes near the first, with which a last page of fewer lines is avoided; its header and
#: footer are three of them
_NEAR = (9.2, 8.9, 8.6, 10.0)
FEWEST_LINES = 9
#: the same for the second of two pages, which a reader expects to be filled or not to be there: the
#: largest of these that should fit is tried, then the smallest
_NEAR_ONE = (9.1, 8.9, 8.6, 8.3, 8.0)
#: the lines of a header and a footer, and how much larger than expected a size may be: the last
#: that is tried may need some luck
_EDGES = 3
_NEARLY = 1.01
_BARELY = 1.06
FEWEST_OF_TWO = 24

#: the height of a line on its page, in the order in which Typst writes it before a text
_LINE = re.compile(rb"1 0 0 -1 \S+ (\S+) cm/[^\n]*\nBT\b")
_PAGES = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")
#: a page with the number of its content, and the head of a compressed content
_PAGE = re.compile(rb"/Type/Page/[^\n]*?/Contents (\d+) 0 R")
_STREAM = re.compile(
    rb"^(\d+) 0 obj\s*<<[^\n]*/FlateDecode[^\n]*>>\s*stream\r?\n", re.MULTILINE
)


def fitted(compiled: Callable[[float], bytes], *, one_page: bool) -> bytes:
    """The PDF file that ``compiled`` makes with the text size that fits best.

    A document of three pages gets smaller text if that makes it two pages long, and one that should
    be ``one_page`` if that makes it one. A last page with a few lines alone is avoided, if a size
    near the usual one does so.
    """
    pdf = compiled(SIZES[0])
    limit = 1 if one_page else LIMIT
    if _pages(pdf) == limit + 1:
        for smaller in SIZES[1:] + (_SMALL if one_page else ()):
            shorter = compiled(smaller)
            if _pages(shorter) <= limit:
                return shorter
    return _ended_well(pdf, compiled) if _pages(pdf) > 1 else pdf


def _lines_of(pdf: bytes) -> list[int]:
    """The lines of each page, with those of its header and footer."""
    # read as Typst writes it, since a reader of PDF files takes longer than Typst's second try
    begins = {int(found[1]): found.end() for found in _STREAM.finditer(pdf)}
    contents = [
        decompressobj().decompress(pdf[begins[int(found[1])] :])
        for found in _PAGE.finditer(pdf)
    ]
    return [
        len({int(float(height)) for height in _LINE.findall(each)}) for each in contents
    ]


def _ended_well(pdf: bytes, compiled: Callable[[float], bytes]) -> bytes:
    """The document with one page less, or with more on its last page; else as it is.

    A second page with a third of its lines is avoided if the text fits on one; any last page with
    a few lines alone also by larger text.
    """
    lines = _lines_of(pdf)
    pages = _pages(pdf)
    if pages == LIMIT and lines[-1] < FEWEST_OF_TWO:
        for size in _sizes_for_one(lines[0], lines[1]):
            shorter = compiled(size)
            if _pages(shorter) < pages:
                return shorter
    if lines[-1] < FEWEST_LINES:
        for size in _NEAR:
            other = compiled(size)
            if _pages(other) < pages:
                return other
            if _pages(other) == pages and _lines_of(other)[-1] >= FEWEST_LINES:
                return other
    return pdf


def _sizes_for_one(first: int, second: int) -> list[float]:
    """The text sizes by which two pages may become one: two at most."""
    # a smaller text has as many more lines on a page; the header and footer are on both
    needed = SIZES[0] * first / (first + second - _EDGES)
    likely = [size for size in _NEAR_ONE if size < _NEARLY * needed][:1]
    last = [_NEAR_ONE[-1]] if _NEAR_ONE[-1] < _BARELY * needed else []
    return [*dict.fromkeys(likely + last)]


def _pages(pdf: bytes) -> int:
    found = _PAGES.search(pdf)
    return int(found[1]) if found else 0
