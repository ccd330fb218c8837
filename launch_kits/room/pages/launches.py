"""The page of all launches: state, landing, and launches that collide."""

from __future__ import annotations

from launch_kits.room.asked import Redirect, RoomRequest, Shown
from launch_kits.room.page import page
from launch_kits.room.people import starts_first
from launch_kits.views.collisions import crowded_weeks
from launch_kits.views.landing import in_words

__all__ = ["LAUNCHES", "ROOT"]


def _root(_: RoomRequest) -> Redirect:
    return Redirect("/launches")


def _launches(asked: RoomRequest) -> Shown:
    everything = bool(asked.wanted("all"))
    version = asked.room.launches.version()
    found = list(asked.room.launches.all(now=asked.now, running=not everything))
    rows = []
    for each in found:
        reader = asked.reader(each)
        words = in_words(each.view, day=reader.day)
        row = {"view": each.view, "reader": reader, "words": words}
        rows.append({**row, "lead": each.brief.lead})
    values = {
        "rows": rows,
        "everything": everything,
        "starts": asked.visitor.email is not None or starts_first(asked),
        "weeks": crowded_weeks(found),
        "live": ("*", version),
    }
    return Shown("launches.html", values)


ROOT = page("/")(_root)
LAUNCHES = page("/launches")(_launches)
