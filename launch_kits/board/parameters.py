"""The parameters of a launch's run.

They hold the whole brief, so that the run depends on no file of the machine that started it. Logo,
font and pictures are in the database alone, with the launch.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from launch_kits.errors import PrefectError
from launch_kits.inputs.attachments import without_content

if TYPE_CHECKING:
    from launch_kits.inputs.brief import Brief

__all__ = ["MAX_BYTES", "check_size", "parameters"]

#: Prefect refuses larger parameters
MAX_BYTES = 512 * 1024


def check_size(brief: Brief) -> None:
    """Raise PrefectError if a brief is too large for Prefect.

    Call it before the launch is opened.
    """
    parameters(brief.launch, brief.model_dump(mode="json", by_alias=True))


def parameters(slug: str, brief: Mapping[str, object]) -> dict[str, object]:
    """The parameters of the run for a brief.

    ``brief`` is the brief as JSON, including its kit and its ledgers. Raises PrefectError if the
    parameters are too large for Prefect.
    """
    given: dict[str, object] = {"brief": without_content(dict(brief))}
    size = len(json.dumps(given, separators=(",", ":")).encode())
    if size > MAX_BYTES:
        raise PrefectError(
            f'launch "{slug}": brief, kit and ledgers together take {size // 1024} KiB, '
            f"and Prefect accepts at most {MAX_BYTES // 1024} KiB; "
            "shorten the ledgers, or leave out alternatives that customers rarely consider"
        )
    return given
