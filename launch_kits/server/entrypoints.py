"""Where the flows lie, as Prefect wants it: file and function."""

from __future__ import annotations

from pathlib import Path

import launch_kits

__all__ = ["entrypoint"]


def entrypoint(name: str) -> str:
    """The entry point of the flow with a name.

    Beside the package in the repository, inside it in a wheel.
    """
    package = Path(launch_kits.__file__).parent
    inside = package / "flows"
    folder = inside if inside.is_dir() else package.parent / "flows"
    return f"{folder / name}.py:{name}"
