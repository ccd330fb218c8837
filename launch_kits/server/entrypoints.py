"""The entry points of the flows."""

from __future__ import annotations

from pathlib import Path

import launch_kits

__all__ = ["entrypoint"]


def entrypoint(name: str) -> str:
    """The entry point of a flow, as file and function.

    The file is beside the package in the repository, and inside the package in a wheel.
    """
    package = Path(launch_kits.__file__).parent
    inside = package / "flows"
    folder = inside if inside.is_dir() else package.parent / "flows"
    return f"{folder / name}.py:{name}"
