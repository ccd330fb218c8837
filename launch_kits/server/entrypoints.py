"""The entry points of the flows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import launch_kits

if TYPE_CHECKING:
    from prefect.flows import Flow

__all__ = ["entrypoint", "load_flow"]


def entrypoint(name: str) -> str:
    """The entry point of a flow, as file and function.

    The file is beside the package in the repository, and inside the package in a wheel.
    """
    package = Path(launch_kits.__file__).parent
    inside = package / "flows"
    folder = inside if inside.is_dir() else package.parent / "flows"
    return f"{folder / name}.py:{name}"


def load_flow(entry: str) -> Flow[..., Any]:
    """The flow of an entry point.

    Raises ScriptError if its file cannot be imported: Prefect's own loader would make a flow of the
    lines that it could run, and the first of the missing names would be blamed.
    """
    from prefect.flows import load_flow_from_entrypoint

    return load_flow_from_entrypoint(entry, use_placeholder_flow=False)
