"""Markdown as one HTML page that needs nothing else, for a laptop, a phone and paper: no scripts, no requests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

# the parser itself is imported inside the functions: not every command makes pages
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["to_html"]

#: columns from which a phone shows the cells of a row side by side
WIDE = 5

#: a day, which a line must not break at its hyphens
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""


class _Layout(StrEnum):
    """How the sections after a line ``<!-- layout: … -->`` stand; a section begins with a heading of level 2."""

    PLAIN = "plain"
    COLUMNS = "columns"
    FOLDED = "folded"


#: a value cannot write such a line: its `<` is escaped
_MARKERS = {f"<!-- layout: {layout} -->": layout for layout in _Layout}


@dataclass(slots=True)
class _Part:
    """A section, or what stands before the first one."""

    layout: _Layout
    section: bool
    tokens: list[Token] = field(default_factory=list)

    @property
    def group(self) -> tuple[_Layout, bool]:
        return self.layout, self.section


def to_html(markdown: str, *, title: str, lang: str = "en") -> str:
    """A document as a page of its own, ``title`` and ``lang`` (BCP 47) as plain text.

    HTML in the Markdown stays text, only http and https addresses become links, and images are not loaded. Sections
    after ``<!-- layout: columns -->`` stand side by side, those after ``<!-- layout: folded -->`` open on a click and
    on paper, ``<!-- layout: plain -->`` ends either.
    """
    parser = _parser()
    notes: dict[str, object] = {}
    tokens = _labelled(parser.parse(markdown, notes))
    body = "".join(_laid_out(parser, _parts(tokens), notes))
    return _PAGE.format(lang=escape(lang), title=escape(title), style=_style(), body=body)


@lru_cache(maxsize=1)
def _style() -> str:
    return files(__package__).joinpath("page.css").read_text("utf-8")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:
            return url.lower().startswith(("http://", "https://"))

    parser = Parser("commonmark", {"html": False}).enable("table").disable("image")
    footnote_plugin(parser, inline=False)
    rules = parser.renderer.rules  # type: ignore[attr-defined]
    text, first_anchor = rules["text"], rules["footnote_anchor"]
    rules["text"] = lambda tokens, at, options, env: _DAY.sub(r"<time>\g<0></time>", text(tokens, at, options, env))
    rules["footnote_caption"] = lambda tokens, at, options, env: str(tokens[at].meta["id"] + 1)
    # one way back is enough, however often a source is named
    rules["footnote_anchor"] = lambda tokens, at, options, env: (
        "" if tokens[at].meta["subId"] else first_anchor(tokens, at, options, env)
    )
    rules["footnote_block_open"] = lambda tokens, at, options, env: '<ol class="footnotes">\n'
    rules["footnote_block_close"] = lambda tokens, at, options, env: "</ol>\n"
    return parser


def _labelled(tokens: Sequence[Token]) -> list[Token]:
    """Each cell of a table knows its column's heading, which a phone shows beside it; wide tables are told apart."""
    headings: list[str] = []
    table, column = tokens[0] if tokens else None, 0
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            table, headings = token, []
        elif token.type == "th_open":
            headings.append(tokens[at + 1].content)
        elif token.type == "tr_open":
            column = 0
        elif token.type == "tbody_open" and table and len(headings) >= WIDE:
            table.attrSet("class", "wide")
        elif token.type == "td_open":
            token.attrSet("data-label", headings[column].replace("\\", ""))
            column += 1
    return list(tokens)


def _parts(tokens: Sequence[Token]) -> Iterator[_Part]:
    part = _Part(_Layout.PLAIN, section=False)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        marker = _marker(tokens, at)
        if marker:
            yield part
            part = _Part(marker, section=False)
            at += 3
            continue
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0:
            yield part
            part = _Part(part.layout, section=True)
        part.tokens.append(token)
        at += 1
    yield part


def _marker(tokens: Sequence[Token], at: int) -> _Layout | None:
    if tokens[at].type != "paragraph_open" or tokens[at].level:
        return None
    return _MARKERS.get(tokens[at + 1].content)


def _laid_out(parser: MarkdownIt, parts: Iterator[_Part], notes: dict[str, object]) -> Iterator[str]:
    for (layout, section), group in groupby(parts, key=lambda part: part.group):
        if section and layout is _Layout.COLUMNS:
            yield '<div class="columns">\n'
        for part in group:
            yield from _part(parser, part, notes)
        if section and layout is _Layout.COLUMNS:
            yield "</div>\n"


def _part(parser: MarkdownIt, part: _Part, notes: dict[str, object]) -> Iterator[str]:
    def html(tokens: Sequence[Token]) -> str:
        return str(parser.renderer.render(tokens, parser.options, notes))

    if not part.section:
        yield html(part.tokens)
    elif part.layout is _Layout.FOLDED and not any(token.type == "footnote_block_open" for token in part.tokens):
        # the heading is three tokens: opening, text, closing
        yield f"<details>\n<summary>{html(part.tokens[:3]).strip()}</summary>\n{html(part.tokens[3:])}</details>\n"
    else:
        yield f"<section>\n{html(part.tokens)}</section>\n"
