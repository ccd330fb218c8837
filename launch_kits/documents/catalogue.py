"""The templates that there are.

What each is about, where it lies, and what it takes from the context.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from launch_kits.documents.context import NAMES
from launch_kits.documents.dependencies import names_used
from launch_kits.documents.engine import engine
from launch_kits.errors import DocumentError

__all__ = ["TemplateFile", "template_files"]


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template that can be used."""

    #: such as ``battlecard.md.j2``
    name: str
    path: Path
    #: the comment at its beginning
    about: str
    #: names of the context and parts of the brief, such as ``attributes`` and ``brief.goals``
    uses: tuple[str, ...]
    #: why it cannot be read; None where it can
    fault: str | None = None


def template_files(*, folders: tuple[Path, ...]) -> Iterator[TemplateFile]:
    """Every template, by name.

    The file that is taken where several bear it; parts (`_…`) are none of their own.
    """
    found = engine(folders)
    for name, path in found.files():
        try:
            source, tree = next(found.parse(name))
        except DocumentError as error:
            yield TemplateFile(name, path, "", (), str(error))
            continue
        taken = {used.removesuffix("?") for used in names_used(tree)}
        uses = tuple(sorted(used for used in taken if used.partition(".")[0] in NAMES))
        yield TemplateFile(name, path, _about(source), uses)


def _about(source: str) -> str:
    """The comment at the beginning of a template; empty where there is none."""
    begun, _, rest = source.lstrip().partition("{#")
    comment, closed, _ = rest.partition("#}")
    return (
        ""
        if begun or not closed
        else " ".join(comment.removeprefix("-").removesuffix("-").split())
    )
