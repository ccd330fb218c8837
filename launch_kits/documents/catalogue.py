"""The list of templates: subject, path and used names of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import nodes

from launch_kits.documents.dependencies import names_used
from launch_kits.documents.engine import engine
from launch_kits.documents.names import NAMES
from launch_kits.errors import DocumentError

__all__ = ["TemplateFile", "sections_of", "template_files"]


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template file."""

    #: such as ``battlecard.md.j2``
    name: str
    path: Path
    #: the comment at its beginning
    about: str
    #: names and parts of the brief that it uses, such as ``attributes`` and ``brief.goals``
    uses: tuple[str, ...]
    #: the names of its sections, in order: the brief and other templates may override them
    sections: tuple[str, ...] = ()
    #: the reason why it cannot be read; None if it can
    fault: str | None = None


def template_files(*, folders: tuple[Path, ...]) -> Iterator[TemplateFile]:
    """Every template, ordered by name.

    If several folders have a file of one name, only the first is listed. Parts of templates, whose
    names begin with ``_``, are left out.
    """
    templates = engine(folders)
    for name, path in templates.files():
        try:
            source, tree = next(templates.parse(name))
        except DocumentError as error:
            yield TemplateFile(name, path, "", (), fault=str(error))
            continue
        used = {name.removesuffix("?") for name in names_used(tree)}
        known = sorted(name for name in used if name.partition(".")[0] in NAMES)
        sections = sections_of(name, folders=folders)
        yield TemplateFile(name, path, _about(source), tuple(known), sections)


def sections_of(template: str, *, folders: tuple[Path, ...] = ()) -> tuple[str, ...]:
    """The names of a template's sections: the blocks of it and of those that it extends.

    Raises DocumentError if one cannot be read.
    """
    blocks = (
        block.name
        for _, tree in engine(folders).parse(template)
        for block in tree.find_all(nodes.Block)
    )
    return tuple(dict.fromkeys(blocks))


def _about(source: str) -> str:
    """The comment at the beginning of a template, on one line.

    Returns an empty text if there is none.
    """
    before, _, rest = source.lstrip().partition("{#")
    comment, closed, _ = rest.partition("#}")
    if before or not closed:
        return ""
    return " ".join(comment.removeprefix("-").removesuffix("-").split())
