"""Documents made from templates and facts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from launch_kits.documents.facts import Facts

__all__ = ["file_stem", "inputs_of", "render"]


def render(template: str, facts: Facts, *, folders: Sequence[Path] = ()) -> str:
    """A document as Markdown.

    ``template`` is a file name such as ``battlecard.md.j2``, looked for in ``folders`` and then
    among the built-in ones. The document says what ``facts.audience`` may read, with its numbered
    sources at the end. Raises DocumentError naming the template, the line, the fault and the
    remedy.
    """
    from launch_kits.documents.engine import engine

    text = engine(tuple(folders)).run(template, facts)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def inputs_of(template: str, facts: Facts, *, folders: Sequence[Path] = ()) -> str:
    """A digest (sha256, hex) of what a document is made from: it changes when the document may have
    changed.

    It covers the template with what it includes, the parts of the facts that these use, and what a
    new day alone brings about: claims that end, sources and cards that grow stale, release and
    launch. Raises DocumentError.
    """
    from launch_kits.documents.dependencies import footprint

    return footprint(template, facts, folders=tuple(folders))


def file_stem(task_key: str) -> str:
    """A task's key as a file name without its ending.

    ``battlecard:redis`` gives ``battlecard-redis``.
    """
    return task_key.replace(":", "-")
