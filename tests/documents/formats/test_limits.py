from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from launch_kits.documents.formats.limits import MOST, MOST_COLUMNS, parts_of
from launch_kits.documents.formats.outline import outline
from launch_kits.documents.formats.registry import make
from launch_kits.errors import DocumentError
from tests.documents.formats.test_registry import METADATA

#: a document of 33 sections, longer than those of the examples
USUAL = (
    "# T\n\n"
    + "## Section\n\nText of *some* words, and **more** of them.\n\n- one\n- two\n\n"
    * 33
)


def table(columns: int, rows: int) -> str:
    head = "|" + "a|" * columns + "\n|" + "-|" * columns + "\n"
    return head + ("|" + "b|" * columns + "\n") * rows


#: kind of part → as many of them as are allowed, and many more, within the bound on characters
KINDS = {
    "paragraphs": ("a\n\n" * 799, "a\n\n" * 990),
    "items": ("- a\n" * 399, "- a\n" * 1990),
    "lines of code": ("```\n" + "a\n" * 790 + "```", "```\n" + "a\n" * 1990 + "```"),
    "narrow cells": (table(1, 1990), table(2, 1990)),
    "cells": (table(30, 64), table(30, 400)),
    "columns": (table(MOST_COLUMNS["docx"], 1), table(12_000, 0)),
    "formats": ("*a* " * 1499, "*a* " * 12_000),
    "formats of cells": ("|a|\n|-|\n|" + "*a* " * 1490 + "|\n",) * 1
    + ("|a|\n|-|\n|" + "`a` " * 9_000 + "|\n",),
    "links": ("[a](http://b.c) " * 499, "[a](http://b.c) " * 3000),
    "slides": ("## a\n" * 149, "## a\n" * 700),
}


def steps(work: Callable[[], object]) -> int:
    """The calls of functions that a piece of work makes, in Python and below it."""
    counted = 0

    def count(_frame: FrameType, event: str, _: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


@pytest.fixture(scope="module")
def usual() -> dict[str, int]:
    """Format → the steps for a usual document."""
    for name in ("pptx", "docx"):
        make(name, USUAL, METADATA)
    return {
        name: steps(lambda name=name: make(name, USUAL, METADATA))
        for name in ("pptx", "docx")
    }


#: kind of part → more of them than a PDF may have, within the bound on characters
TOO_MANY = {
    "paragraphs": "- a\n" * 9_900,
    "cells": table(30, 500),
    "columns": table(120, 1),
    "formats": "*a* " * 20_000,
    "links": "[a](http://b.c) " * 6_000,
}


@pytest.mark.parametrize("kind", TOO_MANY)
def test_a_pdf_has_bounds_too(kind: str) -> None:
    with pytest.raises(DocumentError, match=r"as pdf has at most .*; shorten it$"):
        make("pdf", TOO_MANY[kind], METADATA)


COSTLIEST = {
    "pptx": ["narrow cells", "cells", "formats of cells", "links", "slides"],
    "docx": ["paragraphs", "cells", "formats", "links"],
}


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name, kinds in COSTLIEST.items() for kind in kinds],
)
def test_the_most_that_is_allowed_costs_a_few_usual_documents(
    usual: dict[str, int], name: str, kind: str
) -> None:
    allowed, _ = KINDS[kind]
    assert steps(lambda: make(name, allowed, METADATA)) < 15 * usual[name]


@pytest.mark.parametrize("kind", KINDS)
def test_more_is_a_clear_fault_soon(usual: dict[str, int], kind: str) -> None:
    """It costs a few usual documents: the text is read, and nothing is made of it."""
    name = "pptx" if kind == "slides" else "docx"
    _, hostile = KINDS[kind]

    def refused() -> None:
        with pytest.raises(DocumentError, match=r"at most .* ask for pdf, or "):
            make(name, hostile, METADATA)

    assert steps(refused) < 6 * usual[name]


def test_every_kind_of_block_is_counted() -> None:
    text = "# a\n\n> *b* c\n\n- d\n- [e](http://f.g)\n\n```\nh\ni\n```\n\n|j|\n|-|\n|k|\n\n---\n"
    parts = parts_of(outline(text), name="docx")
    assert parts == {
        # heading, quote and its text, list, its items and their texts, code and its lines,
        # table, rule
        "paragraphs": 1 + 2 + 1 + 2 + 2 + 1 + 2 + 1 + 1,
        "changes of format": 1 + 2 + 1 + 1 + 2,
        "links": 1,
        "cells of tables": 2,
    }
    assert set(parts) == set(MOST["pdf"]) < set(MOST["docx"])
