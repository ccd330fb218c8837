"""Documents as HTML pages for a laptop, a phone and paper.

A page needs no other file, runs no script and sends no request.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from launch_kits.documents.formats.look import PLAIN, BrandLook
from launch_kits.documents.formats.pictures import Pictures
from launch_kits.documents.formats.sections import Layout, Part, parsed, parser, parts

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["to_html"]

#: the fewest columns of a table whose cells a phone shows side by side
WIDE = 5

#: a date, which must not break at its hyphens
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")

#: signs of a comparison → the class that colours them
_SIGNS = {"▲": "win", "▼": "lose", "◆": "careful"}
_SIGN = re.compile("[▲▼◆]")

#: nothing is loaded; styles and pictures lie within the page
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
{style}{brand}</style>
</head>
<body>
{head}<main>
{body}</main>
</body>
</html>
"""


def to_html(
    markdown: str,
    *,
    title: str,
    lang: str = "en",
    pictures: Pictures | None = None,
    look: BrandLook = PLAIN,
) -> str:
    """Make an HTML page of a document.

    ``title`` and ``lang`` (BCP 47) are plain text. HTML in the Markdown stays text, only http and
    https addresses become links, and images are not loaded. A line ``<!-- layout: columns -->``
    puts the sections after it side by side, ``<!-- layout: folded -->`` folds them on a screen,
    ``<!-- layout: pages -->`` keeps them from slides, and ``<!-- layout: plain -->`` ends each. A
    line ``<!-- picture: NAME -->`` shows one of ``pictures``, which lie within the page. ``look``
    is that of the brand.

    Returns the page.
    """
    tokens = _labelled(parsed(markdown))
    body = "".join(_laid_out(parts(tokens), _writer({"pictures": pictures or {}})))
    return _PAGE.format(
        lang=escape(lang),
        policy=_POLICY,
        title=escape(title),
        style=_style(),
        brand=_brand(look),
        head=_head(look),
        body=body,
    )


def _brand(look: BrandLook) -> str:
    """The styles of a brand; on dark paper the project's colours stay, which are made for it."""
    styles = ""
    if look != PLAIN:
        styles = (
            "@media (prefers-color-scheme: light) { :root "
            f"{{ --main: #{look.main}; --accent: #{look.link}; --band: #{look.accent}; }} }}\n"
        )
    if look.font is not None:
        content = b64encode(look.font).decode()
        styles += (
            "@font-face { font-family: brand; "
            f"src: url(data:font/sfnt;base64,{content}); }}\n"
            ":root { --font: brand, system-ui, sans-serif; }\n"
        )
    return styles


def _head(look: BrandLook) -> str:
    """The logo of a brand above the page; empty if it has none."""
    if look.logo is None:
        return ""
    kind = "svg+xml" if look.logo_is_svg else "png"
    content = b64encode(look.logo).decode()
    return (
        f'<header class="brand"><img src="data:image/{kind};base64,{content}" '
        f'alt="{escape(look.name)}"></header>\n'
    )


@lru_cache(maxsize=1)
def _style() -> str:
    return files(__package__).joinpath("page.css").read_text("utf-8")


def _writer(notes: dict[str, object]) -> Callable[[Sequence[Token]], str]:
    reader = parser()
    _set_rules()
    return lambda tokens: str(reader.renderer.render(tokens, reader.options, notes))


@lru_cache(maxsize=1)
def _set_rules() -> None:
    """Keep dates on one line, colour signs, and write footnotes as a plain list."""
    rules = parser().renderer.rules  # type: ignore[attr-defined]
    write_text = rules["text"]
    write_anchor = rules["footnote_anchor"]

    def text(tokens: Sequence[Token], at: int, options: object, env: object) -> str:
        shown = _DAY.sub(r"<time>\g<0></time>", write_text(tokens, at, options, env))
        return _SIGN.sub(
            lambda found: f'<span class="{_SIGNS[found[0]]}">{found[0]}</span>', shown
        )

    def caption(tokens: Sequence[Token], at: int, options: object, env: object) -> str:
        return str(tokens[at].meta["id"] + 1)

    def anchor(tokens: Sequence[Token], at: int, options: object, env: object) -> str:
        # one link back is enough, even if a source is cited several times
        is_first = not tokens[at].meta["subId"]
        return str(write_anchor(tokens, at, options, env)) if is_first else ""

    rules["text"] = text
    rules["footnote_caption"] = caption
    rules["footnote_anchor"] = anchor
    rules["footnote_block_open"] = lambda *_: '<ol class="footnotes">\n'
    rules["footnote_block_close"] = lambda *_: "</ol>\n"
    rules["picture"] = _picture


def _picture(
    tokens: Sequence[Token], at: int, options: object, env: Mapping[str, Pictures]
) -> str:
    # as an image, so that the styles of the picture and of the page stay apart
    picture = env["pictures"].get(tokens[at].content)
    if picture is None:
        return ""
    kind, data = picture.for_page()
    content = b64encode(data).decode()
    described = escape(picture.description)
    caption = escape(picture.caption)
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    fitted = ' class="photo"' if picture.fitted else ""
    return (
        f'<figure{fitted}><img src="data:{kind};base64,{content}" '
        f'alt="{described}">{below}</figure>\n'
    )


def _labelled(tokens: Sequence[Token]) -> list[Token]:
    """Label each cell of a table with its column's heading.

    A phone shows the label beside the cell. Wide tables get a class of their own.
    """
    headings: list[str] = []
    table = tokens[0] if tokens else None
    column = 0
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            table = token
            headings = []
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
    has_notes = any(token.type == "footnote_block_open" for token in part.tokens)
    if part.layout is Layout.FOLDED and not has_notes:
        # the heading is three tokens: opening, text, closing
        heading = html(part.tokens[:3]).strip()
        rest = html(part.tokens[3:])
        return f"<details>\n<summary>{heading}</summary>\n{rest}</details>\n"
    return f"<section>\n{html(part.tokens)}</section>\n"
