"""Render documents from templates and facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from launch_kits.documents.facts import Facts

if TYPE_CHECKING:
    from launch_kits.documents.gaps import Rendered

#: the sign behind a line that customers may be told, and its legend
_TICK = "\u00a0✓"
_LEGEND = re.compile(
    r" · ✓ may be told to customers|^✓ may be told to customers\n", re.MULTILINE
)
#: the empty line between two items of a list that have a line each
_SPACED_ITEM = re.compile(r"(?<=\n)(- [^\n]*)\n\n(?=- )")

__all__ = ["file_stem", "inputs_digest", "render", "rendered"]


def render(template: str, facts: Facts, *, folders: Sequence[Path] = ()) -> str:
    """Render a template as Markdown.

    ``template`` is a file name such as ``battlecard.md.j2``. It is looked for in ``folders``, then
    among the built-in templates.

    Returns the document as ``facts.audience`` may read it, with its numbered sources at the end.
    Raises DocumentError, which names the template, the line, the fault and the remedy.
    """
    return rendered(template, facts, folders=folders).text


def rendered(template: str, facts: Facts, *, folders: Sequence[Path] = ()) -> Rendered:
    """Render a template as `render` does, and tell the parts that the document lacks."""
    from launch_kits.documents.engine import engine

    made = engine(tuple(folders)).run(template, facts)
    text = made.text
    if _TICK not in text:
        text = _LEGEND.sub("", text)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    # items of several macros are one list
    return replace(made, text=_SPACED_ITEM.sub(r"\1\n", text))


def inputs_digest(template: str, facts: Facts, *, folders: Sequence[Path] = ()) -> str:
    """Digest all that a document is made from.

    Returns a SHA-256 digest in hexadecimal. It changes if the document may have changed: it covers
    the template with its includes, the facts that these use, and the effects of a new day (claims
    that end, sources and cards that become stale, release and launch). Raises DocumentError if the
    template cannot be read.
    """
    from launch_kits.documents import dependencies

    return dependencies.inputs_digest(template, facts, folders=tuple(folders))


def file_stem(task_key: str) -> str:
    """The name of a task's document file, without its ending.

    Returns ``battlecard-redis`` for the key ``battlecard:redis``.
    """
    return task_key.replace(":", "-")
