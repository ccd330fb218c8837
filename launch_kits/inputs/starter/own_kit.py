"""A kit of one's own for a first brief, given by its file."""

from __future__ import annotations

from pathlib import Path

from launch_kits.inputs.yaml_source import MAX_BYTES
from launch_kits.settings.small_file import read_file

__all__ = ["beside_the_brief", "is_kit_path"]


def is_kit_path(written: str) -> bool:
    """Whether a kit is given by its file, not by its name."""
    return Path(written).suffix in (".yaml", ".yml")


def beside_the_brief(kit: str, folder: Path) -> tuple[str, dict[str, str]]:
    """Give a kit as a brief in the folder names it: by its name, or its path there.

    Returns the name or path, and the copy to write if the file lies elsewhere: place → text.
    """
    if not is_kit_path(kit):
        return kit, {}
    file = Path(kit)
    home = folder.resolve()
    found = file.resolve()
    if found.is_relative_to(home):
        return found.relative_to(home).as_posix(), {}
    place = f"kits/{file.name}"
    return place, {place: read_file(file, most=MAX_BYTES).decode()}
