"""Addresses of the launch room that a person wrote: which launch, page and thing they are about."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

__all__ = ["RoomPlace", "read_link"]


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """A page of the launch room about a launch."""

    launch: str
    #: such as ``tasks``, ``documents``, ``cards`` or ``gates``; empty for the launch's own page
    page: str = ""
    #: of a task, of the document of a task, or of a card; empty for the page itself
    key: str = ""


def read_link(url: str, *, base: str | None) -> RoomPlace | None:
    """Read an address of the launch room at ``base``; None if it is another, or about no launch.

    Links that open a page for people who have no account hold a secret, and are none.
    """
    if not base or not url.startswith(f"{base}/"):
        return None
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    first, *parts = [unquote(part) for part in path.strip("/").split("/")]
    if first != "launches" or not 1 <= len(parts) <= len(RoomPlace.__slots__):
        return None
    return RoomPlace(*parts) if all(parts) else None
