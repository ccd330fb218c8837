"""The outline of a Markdown document: its sections, as blocks.

PDF, slides and Word files are made from an outline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from launch_kits.documents.formats.blocks import (
    Block,
    Callout,
    Code,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Picture,
    Rule,
    Run,
    Runs,
    Section,
    Table,
    plain,
)
from launch_kits.documents.formats.characters import printable
from launch_kits.documents.formats.sections import Layout, parsed, parts

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["outline", "title_of"]


@lru_cache(maxsize=4)
def outline(markdown: str) -> tuple[Section, ...]:
    """Read the outline of a Markdown document.

    Returns its sections in order, without empty ones. Texts have no control characters other than
    line breaks. They are kept, since several formats are made of one document.
    """
    sections = []
    for part in parts(parsed(markdown)):
        blocks = tuple(_blocks(iter(part.tokens), ""))
        if blocks:
            sections.append(_section(part.layout, blocks, headed=part.section))
    return tuple(sections)


def title_of(sections: Iterable[Section]) -> str:
    """The title of a document: its first heading of level 1.

    Returns plain text, which is empty if there is no such heading.
    """
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Heading) and block.level == 1:
                return plain(block.runs)
    return ""


def _section(layout: Layout, blocks: tuple[Block, ...], *, headed: bool) -> Section:
    first = blocks[0]
    if headed and isinstance(first, Heading):
        return Section(layout, first, blocks[1:])
    return Section(layout, None, blocks)


def _blocks(tokens: Iterator[Token], end: str) -> Iterator[Block]:
    """Read blocks up to the token of type ``end``, which is consumed too."""
    for token in tokens:
        if token.type == end:
            return
        make = _BLOCKS.get(token.type)
        if make:
            yield make(token, tokens)


def _runs(tokens: Iterator[Token]) -> Runs:
    """Read the text of a heading, a paragraph or a cell.

    The next token has the text, and the one after it closes the block.
    """
    runs = tuple(_merged(_inline(next(tokens).children or ())))
    next(tokens)
    return runs


def _inline(tokens: Iterable[Token]) -> Iterator[Run]:
    bold = italic = False
    href = None
    for token in tokens:
        kind = token.type
        if kind in _TEXTS:
            yield Run(
                printable(token.content), bold, italic, kind == "code_inline", href
            )
        elif kind == "softbreak":
            yield Run(" ", bold, italic, href=href)
        elif kind in ("strong_open", "strong_close"):
            bold = kind == "strong_open"
        elif kind in ("em_open", "em_close"):
            italic = kind == "em_open"
        elif kind in ("link_open", "link_close"):
            href = str(token.attrGet("href")) if kind == "link_open" else None
        elif kind == "hardbreak":
            yield Run("\n")
        elif kind == "footnote_ref":
            yield Run(str(token.meta["id"] + 1), note=True)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Merge neighbouring runs of one format.

    Numbers of sources and line breaks stay separate.
    """
    last = Run("")
    for run in runs:
        if run[1:] == last[1:] and not (run.note or "\n" in (last.text, run.text)):
            last = last._replace(text=last.text + run.text)
            continue
        if last.text:
            yield last
        last = run
    if last.text:
        yield last


def _heading(token: Token, tokens: Iterator[Token]) -> Heading:
    return Heading(int(token.tag[1]), _runs(tokens))


def _paragraph(token: Token, tokens: Iterator[Token]) -> Paragraph:
    return Paragraph(_runs(tokens))


def _listing(token: Token, tokens: Iterator[Token]) -> Listing:
    numbered = token.type == "ordered_list_open"
    start = int(token.attrGet("start") or 1) if numbered else None
    return Listing(
        start, tuple(_items(tokens, "list_item", token.type.replace("open", "close")))
    )


def _notes(token: Token, tokens: Iterator[Token]) -> Notes:
    return Notes(tuple(_items(tokens, "footnote", "footnote_block_close")))


def _items(tokens: Iterator[Token], name: str, end: str) -> Iterator[tuple[Block, ...]]:
    for token in tokens:
        if token.type == end:
            return
        if token.type == f"{name}_open":
            yield tuple(_blocks(tokens, f"{name}_close"))


def _quote(token: Token, tokens: Iterator[Token]) -> Callout:
    return Callout(tuple(_blocks(tokens, "blockquote_close")))


def _table(token: Token, tokens: Iterator[Token]) -> Table:
    rows: list[list[Runs]] = []
    for part in tokens:
        if part.type == "table_close":
            break
        if part.type == "tr_open":
            rows.append([])
        elif part.type in ("th_open", "td_open"):
            rows[-1].append(_runs(tokens))
    return Table(tuple(map(tuple, rows)))


#: inline tokens that are text
_TEXTS = frozenset({"text", "text_special", "code_inline"})

_BLOCKS: Mapping[str, Callable[[Token, Iterator[Token]], Block]] = {
    "heading_open": _heading,
    "paragraph_open": _paragraph,
    "bullet_list_open": _listing,
    "ordered_list_open": _listing,
    "blockquote_open": _quote,
    "table_open": _table,
    "fence": lambda token, tokens: Code(printable(token.content)),
    "code_block": lambda token, tokens: Code(printable(token.content)),
    "picture": lambda token, tokens: Picture(token.content),
    "hr": lambda token, tokens: Rule(),
    "footnote_block_open": _notes,
}
