"""The declaration of a page: its address, its method and its place in the navigation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from launch_kits.room.asked import File, Redirect, RoomRequest, Shown

__all__ = ["Answer", "Handler", "Page", "act", "page"]

Answer = Shown | Redirect | File
Handler = Callable[[RoomRequest], Answer]


@dataclass(frozen=True, slots=True)
class Page:
    """A page or an act at an address."""

    path: str
    handler: Handler
    #: whether it may change something; such an address accepts forms alone
    changes: bool = False
    #: its name among the pages of a launch; None keeps it out
    tab: str | None = None
    #: its place among them, from left to right
    position: int = 0
    #: whether people who are not known yet may open it
    without_sign_in: bool = False


def page(
    path: str,
    *,
    tab: str | None = None,
    position: int = 0,
    without_sign_in: bool = False,
) -> Callable[[Handler], Page]:
    """Declare a function that shows a page and changes nothing."""
    return lambda handler: Page(
        path,
        handler,
        tab=tab,
        position=position,
        without_sign_in=without_sign_in,
    )


def act(path: str) -> Callable[[Handler], Page]:
    """Declare a function that acts on a form, and leads to another page."""
    return lambda handler: Page(path, handler, changes=True)
