"""The outcome of a verb, and the evidence that it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from launch_kits.errors import Refused
from launch_kits.inputs.links import web_link

if TYPE_CHECKING:
    from launch_kits.verbs.plan_effect import PlanEffect

__all__ = ["Outcome", "evidence"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a verb, as its user reads it."""

    #: False if it was so already
    changed: bool
    message: str
    warnings: tuple[str, ...] = ()
    #: the effect on the plan, if the verb changed it
    effect: PlanEffect | None = None
    #: the next step, with its command
    hints: tuple[str, ...] = ()


def evidence(link: str | None) -> str | None:
    """The link that shows a result, as it is kept.

    Returns None for an empty one. Raises Refused if it is not a link.
    """
    if not link or not link.strip():
        return None
    try:
        return web_link(link)
    except ValueError as error:
        raise Refused(str(error)) from None
