"""Markdown read into tokens, and its sections with the way they are to stand.

What every format begins with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from launch_kits.inputs.links import is_web_link

# the parser itself is imported inside the functions: not every command makes pages
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["Layout", "Part", "parser", "parts"]


class Layout(StrEnum):
    """How the sections after a line ``<!-- layout.

    … -->`` stand; a section begins with a heading of level 2.
    """

    PLAIN = "plain"
    COLUMNS = "columns"
    FOLDED = "folded"


#: a value cannot write such a line: its `<` is escaped
_MARKERS = {f"<!-- layout: {layout} -->": layout for layout in Layout}


@dataclass(slots=True)
class Part:
    """A section, or what stands before the first one."""

    layout: Layout
    section: bool
    tokens: list[Token] = field(default_factory=list)

    @property
    def group(self) -> tuple[Layout, bool]:
        """What neighbours have in common that stand together."""
        return self.layout, self.section


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Reads CommonMark with tables and footnotes.

    HTML stays text, only http and https addresses become links.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:
            return is_web_link(url)

    made = Parser("commonmark", {"html": False}).enable("table").disable("image")
    footnote_plugin(made, inline=False)
    return made


def parts(tokens: Sequence[Token]) -> Iterator[Part]:
    """A document's tokens by section, the lines that say how the sections stand left out."""
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
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0:
            yield part
            part = Part(part.layout, section=True)
        part.tokens.append(token)
        at += 1
    yield part


def _marker(tokens: Sequence[Token], at: int) -> Layout | None:
    if tokens[at].type != "paragraph_open" or tokens[at].level:
        return None
    return _MARKERS.get(tokens[at + 1].content)
