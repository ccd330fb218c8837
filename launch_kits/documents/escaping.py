"""Values made harmless in Markdown.

What stands in a brief or ledger is printed as it stands, and never obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Self

from jinja2 import runtime
from markupsafe import Markup

from launch_kits.inputs.links import is_web_link

__all__ = ["Macro", "Markdown", "escape", "escaped", "joined", "link"]

#: texts kept escaped: some launches' worth of briefs and ledgers
KEPT = 8192

#: line breaks, tabs and other controls become a space: a value is one line
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
#: turn the text around them about, or are half a character
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_HALVES = re.compile(r"[\ud800-\udfff]")

#: what can be markup anywhere in a line. A backslash, `<`, `&`, `_` and `~` only where they could
#: be read as markup, so that `snake_case`, `R&D`, `< 5 ms` and `~40%` stay as they are.
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
#: what can be markup at the beginning of a line: headings, quotes, lists, rules and underlines
_FIRST = re.compile(
    r"(?: \#{1,6}(?=\s|$) | > | \+(?=\s|$) | -(?=\s|[-:\s]*$) | =(?==*$) | :(?=:|-+:?$) )",
    re.VERBOSE,
)
#: not every reader of Markdown takes a backslash before these, and what it takes for a tag it obeys
_ENTITIES = {"<": "&lt;", "&": "&amp;"}
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


class Markdown(Markup):
    """Text that is Markdown already.

    Escaped, or written by a template. What is added to it is escaped.
    """

    __slots__ = ()

    @classmethod
    def escape(cls, value: object, /) -> Self:
        """A value as Markdown of this class."""
        return cls(escape(value))


class Macro(runtime.Macro):
    """A template's macro, whose result is Markdown."""

    def _invoke(self, arguments: list[object], autoescape: bool) -> str:
        return Markdown(self._func(*arguments))


EMPTY = Markdown("")


def escape(value: object) -> Markdown:
    """A value as Markdown that shows it as it is, on one line.

    What is Markdown already stays, None shows nothing.
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
    """A text as Markdown that shows it as it is, on one line.

    Kept, since most are printed many times.
    """
    text = _HALVES.sub("\ufffd", _TURNING.sub("", _CONTROLS.sub(" ", text))).strip(" ")
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


def joined(values: Iterable[object]) -> str:
    """What ``a ~ b`` gives in a template.

    Markdown where one of them is, else plain text, escaped when printed.
    """
    parts = list(values)
    if any(hasattr(part, "__html__") for part in parts):
        return Markdown("".join(map(escape, parts)))
    return "".join(map(str, parts))


@lru_cache(maxsize=KEPT)
def link(url: str, text: str) -> Markdown:
    """A link where the address is http or https.

    Anything else is printed as text and leads nowhere.
    """
    address = _address(url)
    if address is None:
        return (
            escape(url) if text == url else Markdown(f"{escape(text)} ({escape(url)})")
        )
    shown = escape(text)
    # `[^` would begin a footnote
    guard = "\\" if shown.startswith("^") else ""
    return Markdown(f"[{guard}{shown}]({address})")


def _address(url: str) -> str | None:
    """The address with what could end a link or a table cell percent-encoded.

    None for what is no link.
    """
    plain = re.sub(r"[^\w:/?#@!$&'*+,;=.~%-]", lambda found: _percent(found[0]), url)
    if not is_web_link(plain):
        return None
    # Markdown reads entities in addresses as well
    return re.sub(r"&(?=#?\w+;)", "&amp;", plain)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
