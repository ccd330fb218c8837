"""The folders of templates: the user's, then the built-in one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

__all__ = ["built_in_templates", "template_names"]


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
            names.update(file.name for file in folder.iterdir())
    return names
