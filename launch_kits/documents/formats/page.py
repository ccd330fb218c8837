"""Markdown as one HTML page that needs nothing else, for a laptop, a phone and paper.

No scripts, no requests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from launch_kits.documents.formats.sections import Layout, Part, parser, parts

if TYPE_CHECKING:
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


def to_html(markdown: str, *, title: str, lang: str = "en") -> str:
    """A document as a page of its own, ``title`` and ``lang`` (BCP 47) as plain text.

    HTML in the Markdown stays text, only http and https addresses become links, and images are not
    loaded. Sections after ``<!-- layout: columns -->`` stand side by side, those after ``<!--
    layout: folded -->`` open on a click and on paper, ``<!-- layout: plain -->`` ends either.
    """
    notes: dict[str, object] = {}
    tokens = _labelled(parser().parse(markdown, notes))
    body = "".join(_laid_out(parts(tokens), _writer(notes)))
    return _PAGE.format(
        lang=escape(lang), title=escape(title), style=_style(), body=body
    )


@lru_cache(maxsize=1)
def _style() -> str:
    return files(__package__).joinpath("page.css").read_text("utf-8")


def _writer(notes: dict[str, object]) -> Callable[[Sequence[Token]], str]:
    reader = parser()
    _ruled()
    return lambda tokens: str(reader.renderer.render(tokens, reader.options, notes))


@lru_cache(maxsize=1)
def _ruled() -> None:
    """Days that do not break, and footnotes as a list that needs no more than the page's style."""
    rules = parser().renderer.rules  # type: ignore[attr-defined]
    text, first_anchor = rules["text"], rules["footnote_anchor"]
    rules["text"] = lambda tokens, at, options, env: _DAY.sub(
        r"<time>\g<0></time>", text(tokens, at, options, env)
    )
    rules["footnote_caption"] = lambda tokens, at, options, env: str(
        tokens[at].meta["id"] + 1
    )
    # one way back is enough, however often a source is named
    rules["footnote_anchor"] = lambda tokens, at, options, env: (
        "" if tokens[at].meta["subId"] else first_anchor(tokens, at, options, env)
    )
    rules["footnote_block_open"] = lambda tokens, at, options, env: (
        '<ol class="footnotes">\n'
    )
    rules["footnote_block_close"] = lambda tokens, at, options, env: "</ol>\n"


def _labelled(tokens: Sequence[Token]) -> list[Token]:
    """Each cell of a table knows its column's heading, which a phone shows beside it.

    Wide tables are told apart.
    """
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


def _laid_out(
    sections: Iterator[Part], html: Callable[[Sequence[Token]], str]
) -> Iterator[str]:
    for (layout, section), group in groupby(sections, key=lambda part: part.group):
        if section and layout is Layout.COLUMNS:
            yield '<div class="columns">\n'
        for part in group:
            yield _part(part, html)
        if section and layout is Layout.COLUMNS:
            yield "</div>\n"


def _part(part: Part, html: Callable[[Sequence[Token]], str]) -> str:
    if not part.section:
        return html(part.tokens)
    if part.layout is Layout.FOLDED and not any(
        token.type == "footnote_block_open" for token in part.tokens
    ):
        # the heading is three tokens: opening, text, closing
        return f"<details>\n<summary>{html(part.tokens[:3]).strip()}</summary>\n{html(part.tokens[3:])}</details>\n"
    return f"<section>\n{html(part.tokens)}</section>\n"
