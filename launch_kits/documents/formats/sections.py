"""Markdown as tokens, divided into sections with their layouts.

All formats are made from these sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from launch_kits.inputs.links import is_web_link

# the parser is imported inside the functions, because most commands make no pages
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["Layout", "Part", "parsed", "parser", "parts", "picture_names"]


class Layout(StrEnum):
    """The layout of the sections after a line such as ``<!-- layout: columns -->``.

    A section begins with a heading of level 2.
    """

    PLAIN = "plain"
    COLUMNS = "columns"
    FOLDED = "folded"
    #: as PLAIN on pages; slides leave it out
    PAGES = "pages"


#: lines that set the layout; a value cannot add one, because its `<` is escaped
_MARKERS = {f"<!-- layout: {layout} -->": layout for layout in Layout}
#: a line that is replaced by a picture
_PICTURE = re.compile(r"<!-- picture: ([a-z]+[0-9]{0,2}) -->")


@dataclass(slots=True)
class Part:
    """A section, or the tokens before the first section."""

    layout: Layout
    section: bool
    tokens: list[Token] = field(default_factory=list)

    @property
    def group(self) -> tuple[Layout, bool]:
        """The key of a group of neighbours with one layout."""
        return self.layout, self.section


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The parser of CommonMark with tables and footnotes.

    HTML stays text, and only http and https addresses become links.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:
            return is_web_link(url)

    made = Parser("commonmark", {"html": False}).enable("table").disable("image")
    footnote_plugin(made, inline=False)
    return made


@lru_cache(maxsize=2)
def parsed(markdown: str) -> Sequence[Token]:
    """The tokens of a document; no one changes what they mean.

    They are kept, since a page and a file are made of one document after the other.
    """
    return parser().parse(markdown)


def picture_names(markdown: str) -> set[str]:
    """The names of the pictures that a document may show."""
    return set(_PICTURE.findall(markdown))


def parts(tokens: Sequence[Token]) -> Iterator[Part]:
    """Divide the tokens of a document into sections.

    Lines that set the layout are left out, and those for a picture become one token, ``picture``.
    """
    part = Part(Layout.PLAIN, section=False)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        marker = _marker(tokens, at)
        if marker:
            yield part
            part = Part(marker, section=False)
            at += 3
            continue
        picture = _picture(tokens, at)
        if picture:
            part.tokens.append(picture)
            at += 3
            continue
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0:
            yield part
            part = Part(part.layout, section=True)
        part.tokens.append(token)
        at += 1
    yield part


def _picture(tokens: Sequence[Token], at: int) -> Token | None:
    if tokens[at].type != "paragraph_open" or tokens[at].level:
        return None
    from markdown_it.token import Token

    found = _PICTURE.fullmatch(tokens[at + 1].content)
    return Token("picture", "", 0, content=found[1]) if found else None


def _marker(tokens: Sequence[Token], at: int) -> Layout | None:
    if tokens[at].type != "paragraph_open" or tokens[at].level:
        return None
    return _MARKERS.get(tokens[at + 1].content)
