"""The command `init --continue`: the parts that a brief still lacks."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launch_kits.cli.interview import NONE, Interview, unless_none
from launch_kits.cli.options import say, tell
from launch_kits.errors import Refused
from launch_kits.settings import Settings

if TYPE_CHECKING:
    from launch_kits.inputs.starter.missing import Missing

__all__ = ["go_on"]


def go_on(directory: Path, interview: Interview) -> None:
    """Ask for the parts that the brief in a folder lacks, and write each answer into it.

    Without a terminal it prints the parts and the lines to add. Raises Refused if there is no
    brief, and InputError if it has faults.
    """
    from launch_kits.inputs.loading import load_brief
    from launch_kits.inputs.starter.missing import missing_parts

    path = (
        directory if directory.suffix in (".yaml", ".yml") else directory / "brief.yaml"
    )
    if not path.is_file():
        raise Refused(f"no brief {path} to go on with; `init {directory}` writes one")
    loaded = load_brief(path, search=Settings.read().path)
    missing = list(missing_parts(loaded.brief, loaded.brief.kit_in_place))
    if not missing:
        say(f"{path} lacks nothing that is asked for here")
        return
    if not interview.asks:
        _list(path, missing)
        return
    say(
        f"{path} lacks {len(missing)} parts, the most useful first. "
        "Press Enter to skip one, Ctrl-C to stop; each answer is written at once."
    )
    added = [part for part in missing if _ask(path, part, interview)]
    say(f"{len(added)} of {len(missing)} written")
    say(f"next: launch-kits check {shlex.quote(str(directory))}    # the faults")


def _list(path: Path, missing: list[Missing]) -> None:
    from launch_kits.inputs.starter.filling import lines_to_add

    say(
        f"no terminal to ask at. {path} lacks {len(missing)} parts, the most useful first; "
        "add these lines with your own values"
    )
    for part in missing:
        tell(f"# {part.question} ({part.used_in})")
        for line in lines_to_add(part.where, part.write(part.example)).splitlines():
            click.echo(line)


def _ask(path: Path, part: Missing, interview: Interview) -> bool:
    """Ask for a part and write it; return whether it was written."""
    from launch_kits.inputs.starter.filling import lines_to_add, write_value

    say(
        f"\n{'.'.join(map(str, part.where))}, for {part.used_in}; such as: {part.example}"
    )
    value = interview.ask(part.question, unless_none(part.write), default=NONE)
    if value is None:
        return False
    faults = write_value(path, part.where, value, search=Settings.read().path)
    if faults is not None:
        for fault in faults:
            say(fault.message)
        say(f"{path} was left as it is. Add these lines yourself, and run `check`:")
        click.echo(lines_to_add(part.where, value), err=True)
        return False
    return True
