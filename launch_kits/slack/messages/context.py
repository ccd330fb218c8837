"""The context of messages, within a transaction that a click has begun."""

from __future__ import annotations

from pathlib import Path

from launch_kits.verbs import Change
from launch_kits.views.launch import view_of
from launch_kits.views.notices.context import MessageContext
from launch_kits.views.notices.outsiders import named, outsiders
from launch_kits.views.room_pages import RoomPages

__all__ = ["context_of"]


def context_of(
    change: Change, *, documents: Path, room: str | None = None
) -> MessageContext:
    """The context of a launch as a transaction holds it, without reading it again.

    ``room`` is the public address of the launch room.
    """
    view = view_of(
        change.session,
        change.launch,
        now=change.now,
        documents=documents,
        calendars=change.calendars,
        graph=change.graph,
    )
    people = outsiders(change.session, view, change.brief)
    return MessageContext(
        named(view, people),
        change.brief,
        change.calendars,
        room=RoomPages(room) if room else None,
        outsiders=people,
    )
