"""The page of all launches: state, landing, and launches that collide."""

from __future__ import annotations

from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.page import page
from launch_kits.room.people import starts_first
from launch_kits.views.launch_list import read_launch_list

__all__ = ["LAUNCHES", "ROOT"]


def _root(_: RoomRequest) -> Redirect:
    return Redirect("/launches")


def _launches(asked: RoomRequest) -> Shown:
    everything = bool(asked.wanted("all"))
    version = asked.room.launches.version()
    found = read_launch_list(
        asked.room.store,
        lambda slug: asked.context(slug).view,
        now=asked.now,
        email=asked.visitor.email,
        ended=everything,
        computed=asked.room.computed,
    )
    values = {
        "rows": found.rows,
        "everything": everything,
        "starts": asked.visitor.email is not None or starts_first(asked),
        "weeks": found.weeks,
        "live": ("*", version),
    }
    return Shown("launches.html", values)


ROOT = page("/")(_root)
LAUNCHES = page("/launches")(_launches)
