"""The command `templates`."""

from __future__ import annotations

from shutil import get_terminal_size

import click
from click.formatting import wrap_text

from launch_kits.cli.options import json_option, say, tell
from launch_kits.settings import Settings

__all__ = ["templates"]


@click.command()
@json_option
def templates(json: bool) -> None:
    """List the templates of documents.

    With the parts of brief, ledgers and plan that each uses, and the names of its sections, which
    a brief may write under `documents`. A file of the same name in a folder
    of LAUNCH_KITS_TEMPLATES takes the place of a built-in one.
    """
    from launch_kits.cli import output
    from launch_kits.documents.catalogue import template_files
    from launch_kits.documents.names import NAMES
    from launch_kits.views.as_json import templates_json

    found = []
    for each in template_files(folders=tuple(Settings.read().templates)):
        if each.fault:
            say(f"{each.path}: not a template that can be used: {each.fault}")
        else:
            found.append(each)
    if json:
        output.as_json(templates_json(found))
        return
    for each in found:
        tell(each.name)
        tell(_told(each.about))
        tell(_told(f"uses: {', '.join(each.uses)}"))
        if each.sections:
            tell(_told(f"sections: {', '.join(each.sections)}"))
    print()
    tell(wrap_text(f"Any template may use: {', '.join(NAMES)}.", width=_width()))


def _told(text: str) -> str:
    return wrap_text(
        text, width=_width(), initial_indent="    ", subsequent_indent="    "
    )


def _width() -> int:
    return min(get_terminal_size().columns, 110)
