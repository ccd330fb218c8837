"""The command `config`."""

from __future__ import annotations

import click

from launch_kits.cli.options import json_option, tell
from launch_kits.settings import Settings

__all__ = ["config"]


@click.command()
@json_option
def config(json: bool) -> None:
    """Show the settings in force; secrets are masked."""
    from launch_kits.cli import output

    shown = Settings.read().shown()
    if json:
        output.as_json({name: value for name, value, _ in shown})
        return
    found = output.table("Setting", "Value", "Note", spare=("Note",))
    for row in shown:
        found.add_row(*(output.cell(text) for text in row))
    if found.fits(output.console()):
        output.show(found)
    else:
        # An address cut in two could not be copied: the terminal may break the line, which leaves
        # it whole.
        for name, value, note in shown:
            tell(f"{name}={value}")
            tell(f"  {note}")
