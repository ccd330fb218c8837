"""The files that a brief names, by their paths beside it or by their names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from launch_kits.errors import suggest
from launch_kits.inputs.reading import FileReading
from launch_kits.inputs.search import find_kits, find_ledgers, kit_called
from launch_kits.inputs.yaml_source import Yaml

__all__ = ["NamedFile", "named_file", "shown_beside"]


class NamedFile(NamedTuple):
    """A file that a brief names."""

    path: Path
    #: the brief's folder, out of which no link may lead by the time of reading; None for a file of
    #: the search path
    within: Path | None


def shown_beside(path: Path, source: Yaml) -> str:
    """A path as the user would write it: beside the brief as they wrote that."""
    folder = Path(source.path).parent
    try:
        return str(folder / path.relative_to(folder.absolute()))
    except ValueError:
        return str(path)


def named_file(
    reading: FileReading,
    written: str,
    thing: str,
    where: tuple[str | int, ...],
    *,
    folder: Path | None,
    search: Sequence[Path],
) -> NamedFile | None:
    """The file that a brief means by a path or a name.

    Returns None, with a fault noted, if there is none.
    """
    source = reading.sources["brief"]
    if written.endswith((".yaml", ".yml")):
        if folder is None:
            message = (
                f'"{written}" is a path; a brief without a file takes a name, or the '
                f"{thing} in place"
            )
            reading.faults.append(source.fault(where, "path", message))
            return None
        base = folder.absolute()
        inside, there = _beside(base, written)
        if not inside:
            message = f'"{written}" leaves the brief\'s folder; put the {thing} beside the brief'
            reading.faults.append(source.fault(where, "path-outside", message))
            return None
        if not there:
            files = (file for file in base.glob("**/*.yaml") if file.is_file())
            near = suggest(written, (str(file.relative_to(base)) for file in files))
            reading.faults.append(
                source.fault(
                    where,
                    f"unknown-{thing}",
                    f'no {thing} file "{written}" beside the brief{near}',
                )
            )
            return None
        return NamedFile(base / written, base)
    known = find_kits(search) if thing == "kit" else find_ledgers(search)
    named = known.get(written) or (
        kit_called(written, known.values()) if thing == "kit" else None
    )
    if named:
        return NamedFile(named, None)
    hint = suggest(written, known) or f"; known: {', '.join(sorted(known)) or 'none'}"
    message = f'unknown {thing} "{written}"{hint} (a path ends in .yaml)'
    reading.faults.append(source.fault(where, f"unknown-{thing}", message))
    return None


def _beside(folder: Path, written: str) -> tuple[bool, bool]:
    """Whether a path stays in a folder, through links too, and whether a file is there."""
    found = folder / written
    try:
        inside = not Path(written).is_absolute() and found.resolve().is_relative_to(
            folder.resolve()
        )
        return inside, inside and found.is_file()
    except (OSError, RuntimeError, ValueError):
        # A name too long, or a link that leads back to itself: nothing is there.
        return True, False
