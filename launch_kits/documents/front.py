"""The front page of a document, for formats in which it has no other page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from launch_kits.documents.engine import engine
from launch_kits.documents.gaps import TO_FINISH

__all__ = ["finished", "front_formats", "front_of"]

#: the comment in which a template names these formats, such as ``{# one page: pdf, pptx #}``
_DECLARED = re.compile(r"\{#-?\s*one page:([^#]*?)-?#\}")
#: the first one folds a part of the front page on a screen, the second one ends the front page
_FOLD = "<!-- layout: folded -->\n"
_COLUMNS = "<!-- layout: columns -->\n"
_SOURCES = "\n## Sources\n"
_NOTE = re.compile(r"^\[\^(\d+)\]: (.*)$", re.MULTILINE)
_CITED = re.compile(r"\[\^(\d+)\]")


def front_formats(template: str, *, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The formats in which a document has its front page alone.

    Raises DocumentError if the template is not found.
    """
    declared = _DECLARED.search(engine(tuple(folders)).source(template))
    return tuple(name.strip() for name in declared[1].split(",")) if declared else ()


def finished(markdown: str) -> str:
    """A document without the list of its missing parts, for formats that people show."""
    body, heading, sources = markdown.partition(_SOURCES)
    kept, listed, _ = body.partition(f"\n## {TO_FINISH}\n")
    return f"{kept.rstrip()}\n{heading}{sources}" if listed else markdown


def front_of(markdown: str) -> str:
    """The front page of a document: all up to its second fold.

    Its sources are those that it cites, numbered from 1. Returns Markdown; a document without a
    second fold is returned whole.
    """
    body, _, sources = markdown.partition(_SOURCES)
    first, *folded = body.split(_FOLD)
    if len(folded) <= 1:
        return markdown
    front = f"{first}{_COLUMNS}{folded[0]}".rstrip()
    numbers = {
        was: str(now) for now, was in enumerate(dict.fromkeys(_CITED.findall(front)), 1)
    }
    notes = dict(_NOTE.findall(sources))
    front = _CITED.sub(lambda found: f"[^{numbers[found[1]]}]", front)
    kept = [f"[^{numbers[was]}]: {notes[was]}" for was in numbers if was in notes]
    return "\n".join([front, _SOURCES, *kept, ""]) if kept else f"{front}\n"
