"""The command `kits`."""

from __future__ import annotations

import click

from launch_kits.cli.options import json_option, say
from launch_kits.settings import Settings

__all__ = ["kits"]


@click.command()
@json_option
def kits(json: bool) -> None:
    """List the kits by their names."""
    from launch_kits.cli import output
    from launch_kits.errors import InputError
    from launch_kits.inputs.loading import load_kit
    from launch_kits.inputs.search import find_kits
    from launch_kits.views.as_json import kits_json

    found = []
    for name, path in sorted(find_kits(Settings.read().path).items()):
        try:
            kit = load_kit(path)
        except InputError as error:
            say(
                f"{path}: not a usable kit; "
                f"`launch-kits check {path}` says why ({len(error.faults)} faults)"
            )
            continue
        found.append((name, kit, path))
    if json:
        output.as_json(kits_json(found))
        return
    rows = output.table("Kit", "Version", "Title", "Path", right=("Version",))
    for name, kit, path in found:
        rows.add_row(name, str(kit.version), kit.title, str(path))
    output.show(rows)
