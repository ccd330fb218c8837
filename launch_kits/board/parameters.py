"""What a launch's run is created with.

The whole brief, so that it depends on no file of the machine it came from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from launch_kits.errors import PrefectError

if TYPE_CHECKING:
    from launch_kits.inputs.brief import Brief

__all__ = ["MAX_BYTES", "check_size", "parameters"]

#: Prefect refuses larger parameters
MAX_BYTES = 512 * 1024


def check_size(brief: Brief) -> None:
    """Raise PrefectError for a brief that Prefect would not take.

    To be asked before the launch is opened.
    """
    parameters(brief.launch, brief.model_dump(mode="json", by_alias=True))


def parameters(slug: str, brief: Mapping[str, object]) -> dict[str, object]:
    """The run's parameters for a brief as JSON, kit and ledgers in place.

    Raises PrefectError where it is too large.
    """
    given: dict[str, object] = {"brief": brief}
    size = len(json.dumps(given, separators=(",", ":")).encode())
    if size > MAX_BYTES:
        raise PrefectError(
            f'launch "{slug}": brief, kit and ledgers together take {size // 1024} KiB, and Prefect takes parameters '
            f"up to {MAX_BYTES // 1024} KiB; shorten the ledgers, or leave out alternatives nobody meets"
        )
    return given
