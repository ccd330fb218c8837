"""Escape values for Markdown.

A text of a brief or a ledger is shown as it was written, and is never read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Self

from jinja2 import runtime
from markupsafe import Markup

from launch_kits.inputs.links import is_web_link

__all__ = [
    "Macro",
    "Markdown",
    "escape",
    "escaped",
    "joined",
    "link",
    "remark",
    "written",
]

#: escaped texts that are kept: the briefs and ledgers of several launches
KEPT = 8192

#: line breaks, tabs and other control characters; they become a space, so that a value is one line
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
#: characters that change the direction of the text around them
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
#: surrogates: halves of characters
_HALVES = re.compile(r"[\ud800-\udfff]")

#: characters that can be markup anywhere in a line. A backslash, `<`, `&`, `_` and `~` match only
#: if they could be read as markup, so that `snake_case`, `R&D`, `< 5 ms` and `~40%` stay unchanged.
_ANYWHERE = re.compile(
    r"""
    [*`\[\]|]
    | \\ (?= [!-/:-@\[-`{-~] | $ )
    | <  (?= [A-Za-z/!?] | [^\s<>]*> | $ )
    | &  (?= \#?\w+; )
    | (?<!\w) _++ | (?<!_) _++ (?!\w)
    | (?<=\S) ~
    | (?<=\s) \#+ $
    """,
    re.VERBOSE,
)
#: markup at the beginning of a line: headings, quotes, lists, rules and underlines
_FIRST = re.compile(
    r"(?: \#{1,6}(?=\s|$) | > | \+(?=\s|$) | -(?=\s|[-:\s]*$) | =(?==*$) | :(?=:|-+:?$) )",
    re.VERBOSE,
)
#: characters for which some Markdown readers ignore a backslash, and then obey a tag
_ENTITIES = {"<": "&lt;", "&": "&amp;"}
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


class Markdown(Markup):
    """Text that is Markdown: escaped, or written by a template.

    A text that is added to it is escaped.
    """

    __slots__ = ()

    @classmethod
    def escape(cls, value: object, /) -> Self:
        """Escape a value for Markdown."""
        return cls(escape(value))


class Macro(runtime.Macro):
    """A macro of a template, whose result is Markdown."""

    def _invoke(self, arguments: list[object], autoescape: bool) -> str:
        return Markdown(self._func(*arguments))


EMPTY = Markdown("")


def escape(value: object) -> Markdown:
    """Escape a value for Markdown, on one line.

    Returns Markdown unchanged, and an empty text for None.
    """
    if type(value) is Markdown:
        return value
    if type(value) is str:
        return escaped(value)
    if value is None:
        return EMPTY
    if hasattr(value, "__html__"):
        return Markdown(value.__html__())
    return escaped(str(value))


@lru_cache(maxsize=KEPT)
def escaped(text: str) -> Markdown:
    """Escape a text for Markdown, on one line.

    The result is kept, because most texts are printed many times.
    """
    text = _CONTROLS.sub(" ", text)
    text = _TURNING.sub("", text)
    text = _HALVES.sub("\ufffd", text).strip(" ")
    first = _FIRST.match(text)
    numbered = _NUMBERED.match(text)
    text = _ANYWHERE.sub(
        lambda found: "".join(_ENTITIES.get(each) or f"\\{each}" for each in found[0]),
        text,
    )
    if first:
        text = f"\\{text}"
    elif numbered:
        text = f"{numbered[1]}\\{text[numbered.end(1) :]}"
    return Markdown(text)


def remark(text: str) -> str:
    """A remark behind a text, in italics and brackets; empty for an empty text."""
    return f" *({escape(text)})*" if text else ""


def written(text: str) -> Markdown:
    """Markdown of a brief as a part of a document: paragraphs, lists, tables, links and emphasis.

    Headings, HTML and footnotes stay text, since they would change the rest of the document.
    """
    lines = text.strip().splitlines()
    return (
        Markdown("\n".join([_part_of_section(line) for line in lines]))
        if lines
        else EMPTY
    )


def _part_of_section(line: str) -> str:
    line = _HALVES.sub("\ufffd", _TURNING.sub("", line)).rstrip()
    line = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", line)
    line = re.sub(
        r"^(\s*(?:[-+*>]\s+|\d+[.)]\s+)*)(#{1,6}(?=\s|$)|=+$|-+$|~~~|```)",
        r"\1\\\2",
        line,
    )
    return line.replace("<", "&lt;").replace("[^", "\\[^")


def joined(values: Iterable[object]) -> str:
    """Join values as ``a ~ b`` does in a template.

    Returns Markdown if one of the values is Markdown, else plain text, which is escaped when it is
    printed.
    """
    parts = list(values)
    if any(hasattr(part, "__html__") for part in parts):
        return Markdown("".join(map(escape, parts)))
    return "".join(map(str, parts))


@lru_cache(maxsize=KEPT)
def link(url: str, text: str) -> Markdown:
    """Link to an http or https address, with a text or the address itself.

    Returns the text and the address without a link for any other address.
    """
    address = _address(url)
    if address is None and text == url:
        return escape(url)
    if address is None:
        return Markdown(f"{escape(text)} ({escape(url)})")
    if text == url:
        # an address between angle brackets is a link that is not written twice
        return Markdown(f"<{address}>")
    # elsewhere Markdown reads entities in addresses as well
    address = re.sub(r"&(?=#?\w+;)", "&amp;", address)
    shown = escape(text)
    # `[^` would begin a footnote
    guard = "\\" if shown.startswith("^") else ""
    return Markdown(f"[{guard}{shown}]({address})")


def _address(url: str) -> str | None:
    """An address that can be put into a Markdown link.

    Characters that could end a link or a table cell are percent-encoded. Returns None if the
    address is not a web link.
    """
    plain = re.sub(r"[^\w:/?#@!$&'*+,;=.~%-]", lambda found: _percent(found[0]), url)
    return plain if is_web_link(plain) else None


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
