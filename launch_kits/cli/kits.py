"""The command `kits`."""

from __future__ import annotations

from pathlib import Path

import click

from launch_kits.cli.options import json_option, kit_option, say
from launch_kits.settings import Settings
from launch_kits.workdays.in_words import count

__all__ = ["kits"]


@click.command()
@kit_option
@json_option
def kits(kit: Path | None, json: bool) -> None:
    """List the kits by their names; with --kit only one, to see which file it is."""
    from launch_kits.cli import output
    from launch_kits.errors import InputError
    from launch_kits.inputs.loading import load_kit
    from launch_kits.inputs.search import find_kits
    from launch_kits.views.as_json import kits_json

    found = []
    files = find_kits(Settings.read().path)
    if kit is not None:
        files = {kit.stem: kit}
    for name, path in sorted(files.items()):
        try:
            read = load_kit(path)
        except InputError as error:
            say(
                f"{path}: not a usable kit; "
                f"`launch-kits check {path}` says why ({count(len(error.faults), 'fault')})"
            )
            continue
        found.append((name, read, path))
    if json:
        output.as_json(kits_json(found))
        return
    rows = output.table("Kit", "Version", "Title", "Path", right=("Version",))
    for name, read, path in found:
        rows.add_row(name, str(read.version), read.title, str(path))
    output.show(rows)
