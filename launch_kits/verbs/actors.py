"""Who acts on a launch, and the door by which the change came in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from launch_kits.database.records import MemberStanding
from launch_kits.database.store import Store
from launch_kits.views.last_acts import SWEEP

__all__ = [
    "OUTSIDERS",
    "PREFECT",
    "SWEEP",
    "Actor",
    "Door",
    "Via",
    "coming_from",
    "via_of",
]

_ORIGIN: ContextVar[str | None] = ContextVar("origin", default=None)

#: the actor if a run was cancelled in Prefect, which names no person; its users may end a launch
PREFECT = "Prefect"


class Door(StrEnum):
    """The way by which a change came in; events record it."""

    COMMAND_LINE = "cli"
    SLACK = "slack"
    #: the launch room, in a browser
    ROOM = "room"
    PREFECT = "prefect"
    #: the software itself, as time passes
    SWEEP = "sweep"


#: why a user of Slack may do nothing, whatever email the profile has
OUTSIDERS: Mapping[MemberStanding, str] = MappingProxyType(
    {
        MemberStanding.GUEST: "guests of the workspace may change nothing",
        MemberStanding.BOT: "bots may change nothing",
        MemberStanding.LEFT: "this account was deactivated",
        MemberStanding.FOREIGN: "members of other workspaces may change nothing",
    }
)


@dataclass(frozen=True, slots=True)
class Via:
    """The way by which a change came in, and the actor's standing there."""

    #: None if the caller names none
    door: Door | None = None
    #: the id of the actor's Slack workspace; None at other doors
    workspace: str | None = None
    standing: MemberStanding = MemberStanding.MEMBER
    #: the place from which it came: an address, a user and machine, or a Slack workspace
    origin: str | None = None

    @property
    def recorded(self) -> dict[str, Any]:
        """The columns of an event that record the way."""
        return {"door": self.door, "origin": self.origin}

    def of(self, by: str) -> Via:
        """The way of an actor: some have only one, such as the sweep."""
        door = {PREFECT: Door.PREFECT, SWEEP: Door.SWEEP}.get(by)
        return Via(door, origin=self.origin) if door else self


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who acts."""

    email: str
    via: Via = Via()


def via_of(store: Store) -> Via:
    """The way by which changes of a store come in."""
    door = Door(store.door) if store.door else None
    return Via(door, origin=_ORIGIN.get() or store.origin)


@contextmanager
def coming_from(origin: str | None) -> Iterator[None]:
    """Let all changes of one request come from a place, whatever the place of the store."""
    token = _ORIGIN.set(origin)
    try:
        yield
    finally:
        _ORIGIN.reset(token)
