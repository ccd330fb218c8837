"""The folders of templates: the user's, then the built-in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from launch_kits.settings.small_file import NotAFile, TooLarge, read_file

__all__ = ["built_in_templates", "template_names", "template_sections"]

#: characters of a template at most, and templates that one may be made from
_MOST_BYTES = 1024 * 1024
_MOST_PARTS = 50
#: how a template names the built-in one from within the file that takes its place
_BUILT_IN = "built-in/"
_SECTION = re.compile(r"\{%[-+]?\s*block\s+([A-Za-z_]\w*)")
_PART = re.compile(r"""\{%[-+]?\s*(?:extends|include)\s+["']([^"']+)["']""")


def built_in_templates() -> Path:
    """The built-in templates: beside the package in a checkout, within it in an installed wheel."""
    package = Path(__file__).parents[1]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def template_names(folders: Iterable[Path]) -> set[str]:
    """The names of the templates in folders, and of built-in ones.

    A kit's task can give each of them as its document.
    """
    names: set[str] = set()
    for folder in (*folders, built_in_templates()):
        # A folder that is missing or unreadable holds no template for us.
        with suppress(OSError):
            names.update(file.name for file in folder.iterdir() if file.is_file())
    return names


def template_sections(name: str, folders: Sequence[Path]) -> list[str]:
    """The sections that a brief can write in a template, in their order.

    They are the blocks of the template and of those that it extends or includes. Returns an empty
    list for a template that cannot be found or read.
    """
    found: dict[str, None] = {}
    ahead = [name]
    seen: set[str] = set()
    while ahead and len(seen) < _MOST_PARTS:
        part = ahead.pop(0)
        if part in seen:
            continue
        seen.add(part)
        text = _text(part, folders)
        found |= dict.fromkeys(_SECTION.findall(text))
        ahead += _PART.findall(text)
    return list(found)


def _text(name: str, folders: Sequence[Path]) -> str:
    """The text of a template; empty if it cannot be found or read."""
    own = () if name.startswith(_BUILT_IN) else folders
    for folder in (*own, built_in_templates()):
        path = folder / name.removeprefix(_BUILT_IN)
        with suppress(OSError, ValueError, NotAFile, TooLarge):
            return read_file(path, most=_MOST_BYTES).decode()
    return ""
