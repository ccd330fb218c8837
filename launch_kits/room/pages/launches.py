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
    found = read_launch_list(
        asked.room.store,
        lambda slug: asked.context(slug).view,
        now=asked.now,
        email=asked.visitor.email,
        ended=everything,
        kept=asked.room.rows,
    )
    may_start = asked.visitor.email is not None
    values = {
        "rows": found.rows,
        "everything": everything,
        "starts": may_start or (not found.any_runs and starts_first(asked)),
        "weeks": found.weeks,
        "live": ("*", found.version),
    }
    return Shown("launches.html", values)


ROOT = page("/")(_root)
LAUNCHES = page("/launches")(_launches)
